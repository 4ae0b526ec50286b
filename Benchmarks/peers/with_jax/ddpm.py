"""A diffusion model in continuous time on 28 × 28 pictures: U-Net of 32, 64 and 64 channels, cosine schedule, noise prediction.

As with_torch/ddpm.py; channels last, as XLA has it on processors.
"""

import math

import jax
import jax.numpy as jnp

from with_jax.mlp_vae import dense

BLOCKS, SIZES, TOLD = 2, 3, 128


def norm(p, name, x):
    *places, channels = x.shape
    groups = channels // 4 if channels <= 128 else 32
    rows = x.reshape(len(x), -1, groups, channels // groups)
    mean, square = rows.mean((1, 3), keepdims=True), (rows**2).mean((1, 3), keepdims=True)
    rows = (rows - mean) * jax.lax.rsqrt(square - mean**2 + 1e-5)
    return rows.reshape(x.shape) * p[f"{name}.weight"] + p[f"{name}.bias"]


def conv(p, name, x, stride=1):
    kernel = p[f"{name}.weight"]
    pad = [(kernel.shape[0] // 2,) * 2] * 2
    x = jax.lax.conv_general_dilated(x, kernel, (stride, stride), pad, dimension_numbers=("NHWC", "HWIO", "NHWC"))
    return x + p[f"{name}.bias"] if f"{name}.bias" in p else x


def embedding(p, log_snr):
    half = TOLD // 2
    frequencies = jnp.exp(jnp.arange(half) * (-math.log(10_000) / (half - 1)))
    angles = (25 * (20 - log_snr))[:, None] * frequencies
    waves = jnp.concatenate([jnp.sin(angles), jnp.cos(angles)], axis=1)
    return dense(p, "denoiser.embedding.second", jax.nn.silu(dense(p, "denoiser.embedding.first", waves)))


def block(p, name, x, told):
    inner = conv(p, f"{name}.first", jax.nn.silu(norm(p, f"{name}.norms.0", x)))
    inner += dense(p, f"{name}.level", told)[:, None, None]
    if f"{name}.shortcut.weight" in p:
        x = conv(p, f"{name}.shortcut", x)
    return x + conv(p, f"{name}.second", jax.nn.silu(norm(p, f"{name}.norms.1", inner)))


def attention(p, name, x):
    rows = norm(p, f"{name}.norm", x).reshape(len(x), -1, x.shape[-1])
    query, key, value = (dense(p, f"{name}.attention.{part}", rows) for part in ("query", "key", "value"))
    scores = jax.nn.softmax(query @ key.transpose(0, 2, 1) / math.sqrt(x.shape[-1]), axis=-1)
    return x + dense(p, f"{name}.attention.output", scores @ value).reshape(x.shape)


def predict(p, x, log_snr):
    told = jax.nn.silu(embedding(p, log_snr))
    x = conv(p, "denoiser.first", x)
    kept = [x]
    for size in range(SIZES):
        for index in range(BLOCKS):
            x = block(p, f"denoiser.down.{size}.{index}", x, told)
            kept.append(x)
        if size < SIZES - 1:
            x = conv(p, f"denoiser.shrink.{size}", x, stride=2)
            kept.append(x)
    x = block(p, "denoiser.middle.0", x, told)
    x = block(p, "denoiser.middle.1", attention(p, "denoiser.attention", x), told)
    for size in range(SIZES):
        for index in range(BLOCKS + 1):
            x = block(p, f"denoiser.up.{size}.{index}", jnp.concatenate([x, kept.pop()], axis=-1), told)
        if size < SIZES - 1:
            x = conv(p, f"denoiser.grow.{size}", x.repeat(2, axis=1).repeat(2, axis=2))
    return conv(p, "denoiser.last", jax.nn.silu(norm(p, "denoiser.norm", x)))


def loss(p, fixed, given, start, noise):
    mean, scale = (fixed[f"scaling.{name}"].transpose(1, 2, 0) for name in ("mean", "scale"))
    x = (jnp.floor(given * 255 + 0.5) / 255 - mean) / scale
    times = (start + jnp.arange(len(x)) / len(x)) % 1
    first, final = math.atan(math.exp(-13.3 / 2)), math.atan(math.exp(10 / 2))
    log_snr = -2 * jnp.log(jnp.tan(first + (final - first) * times))
    level = log_snr[:, None, None, None]
    noise = noise.reshape(x.shape)
    noised = jnp.exp(0.5 * jax.nn.log_sigmoid(level)) * x + jnp.exp(0.5 * jax.nn.log_sigmoid(-level)) * noise
    return ((predict(p, noised, log_snr) - noise) ** 2).mean(), None


def noise(x, key):
    first, second = jax.random.split(key)
    return jax.random.uniform(first), jax.random.normal(second, x.shape)


def examples(given):
    return jnp.asarray(given.transpose(0, 2, 3, 1))


def weights(given):
    return {name: value.transpose(2, 3, 1, 0) if value.ndim == 4 else value for name, value in given.items()}
