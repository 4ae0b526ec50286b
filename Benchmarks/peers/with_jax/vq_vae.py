"""VQ-VAE on 32 × 32 colour pictures: 512 codes of 16 numbers, moving averages (van den Oord et al. 2017, arXiv 1711.00937)."""

import math

import jax
import jax.numpy as jnp

from with_jax.conv_vae import LAYOUT, convolved, examples, grown  # noqa: F401

CODES, SIGMA, COMMITMENT, DECAY = 512, 0.2, 0.25, 0.99
BOOK = "autoencoder.bottleneck.codebook"


def conv(p, name, x):
    kernel = p[f"{name}.weight"]
    pad = [(kernel.shape[0] // 2,) * 2] * 2
    return jax.lax.conv_general_dilated(x, kernel, (1, 1), pad, dimension_numbers=LAYOUT) + p[f"{name}.bias"]


def residual(p, name, x):
    return x + conv(p, f"{name}.second", jax.nn.relu(conv(p, f"{name}.first", jax.nn.relu(x))))


def encode(p, x):
    name = "autoencoder.encoder.layers"
    x = jax.nn.relu(convolved(p, f"{name}.2", jax.nn.relu(convolved(p, f"{name}.0", x))))
    x = residual(p, f"{name}.6", residual(p, f"{name}.5", conv(p, f"{name}.4", x)))
    return conv(p, f"{name}.8", jax.nn.relu(x))


def decode(p, x):
    name = "autoencoder.decoder.network.layers"
    x = residual(p, f"{name}.2", residual(p, f"{name}.1", conv(p, f"{name}.0", x)))
    return grown(p, f"{name}.6", jax.nn.relu(grown(p, f"{name}.4", jax.nn.relu(x))))


def loss(p, fixed, x):
    table = fixed[f"{BOOK}.average"]
    rows = encode(p, x)
    vectors = jax.lax.stop_gradient(rows.reshape(-1, table.shape[1]))
    taken = ((table**2).sum(1) - 2 * vectors @ table.T).argmin(1)
    codewords = table[taken].reshape(rows.shape)
    commitment = ((rows - codewords) ** 2).sum() / len(x)
    codes = rows + jax.lax.stop_gradient(codewords - rows)
    error = (x - decode(p, codes)) / SIGMA
    distortion = 0.5 * (error**2 + math.log(2 * math.pi * SIGMA**2)).sum() / len(x)
    return distortion + COMMITMENT * commitment, (vectors, taken)


def after_step(fixed, found):
    vectors, taken = found
    usage = DECAY * fixed[f"{BOOK}.usage"] + (1 - DECAY) * jnp.bincount(taken, length=CODES)
    sums = DECAY * fixed[f"{BOOK}.sums"] + (1 - DECAY) * jax.ops.segment_sum(vectors, taken, CODES)
    smoothed = (usage + 1e-5) * (usage.sum() / (usage.sum() + CODES * 1e-5))
    moved = {f"{BOOK}.usage": usage, f"{BOOK}.sums": sums, f"{BOOK}.average": sums / smoothed[:, None]}
    return fixed | moved


def noise(x, key):
    return ()


def weights(given):
    """Kernels as XLA has them: HWIO, those of the two transposed convolutions flipped."""
    p = dict(given)
    for name, value in given.items():
        if name.startswith(("autoencoder.decoder.network.layers.4.", "autoencoder.decoder.network.layers.6.")) and value.ndim == 4:
            p[name] = jnp.flip(value, (2, 3)).transpose(2, 3, 0, 1)
        elif value.ndim == 4:
            p[name] = value.transpose(2, 3, 1, 0)
    return p
