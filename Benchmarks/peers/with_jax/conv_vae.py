"""VAE of four convolutions and their mirror on 64 × 64 pictures (Burgess et al. 2018, arXiv 1804.03599, appendix A).

Channels last, as XLA has it on processors.
"""

import jax
import jax.numpy as jnp

from with_jax.mlp_vae import dense, negative_elbo

CODES = 10
LAYOUT = ("NHWC", "HWIO", "NHWC")


def convolved(p, name, x):
    y = jax.lax.conv_general_dilated(x, p[f"{name}.weight"], (2, 2), [(1, 1)] * 2, dimension_numbers=LAYOUT)
    return y + p[f"{name}.bias"]


def grown(p, name, x):
    """A transposed convolution of kernel 4, stride 2 and padding 1; its kernel is flipped in `weights`."""
    y = jax.lax.conv_general_dilated(x, p[f"{name}.weight"], (1, 1), [(2, 2)] * 2, lhs_dilation=(2, 2), dimension_numbers=LAYOUT)
    return y + p[f"{name}.bias"]


def encode(p, x):
    for layer in 0, 2, 4, 6:
        x = jax.nn.relu(convolved(p, f"encoder.layers.{layer}", x))
    # The dense layer's columns stand in the order of channels first.
    x = jax.nn.relu(dense(p, "encoder.layers.9", x.transpose(0, 3, 1, 2).reshape(len(x), -1)))
    return jnp.split(dense(p, "bottleneck.moments", x), 2, axis=1)


def decode(p, codes):
    x = jax.nn.relu(dense(p, "decoder.network.layers.0", codes))
    x = jax.nn.relu(dense(p, "decoder.network.layers.2", x))
    x = x.reshape(len(x), 64, 4, 4).transpose(0, 2, 3, 1)
    for layer in 5, 7, 9:
        x = jax.nn.relu(grown(p, f"decoder.network.layers.{layer}", x))
    return grown(p, "decoder.network.layers.11", x)


def loss(p, fixed, x, noise):
    mean, log_variance = encode(p, x)
    return negative_elbo(decode(p, mean + jnp.exp(0.5 * log_variance) * noise), x, mean, log_variance), None


def noise(x, key):
    return (jax.random.normal(key, (len(x), CODES)),)


def examples(given):
    return jnp.asarray(given.transpose(0, 2, 3, 1))


def weights(given):
    """Kernels as XLA has them: HWIO, those of transposed convolutions flipped."""
    p = dict(given)
    for name, value in given.items():
        if value.ndim == 4 and name.startswith("decoder"):
            p[name] = jnp.flip(value, (2, 3)).transpose(2, 3, 0, 1)
        elif value.ndim == 4:
            p[name] = value.transpose(2, 3, 1, 0)
    return p
