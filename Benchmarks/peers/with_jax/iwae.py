"""IWAE: the bound of 50 draws of the code, 784-200-200-50, on binary pixels (Burda et al. 2015, arXiv 1509.00519)."""

import math

import jax
import jax.numpy as jnp

from with_jax.mlp_vae import dense, examples, weights  # noqa: F401

CODES, DRAWS = 50, 50


def loss(p, fixed, x, noise):
    hidden = jax.nn.relu(dense(p, "encoder.layers.3", jax.nn.relu(dense(p, "encoder.layers.1", x))))
    mean, log_variance = jnp.split(dense(p, "bottleneck.moments", hidden), 2, axis=1)
    codes = mean + jnp.exp(0.5 * log_variance) * noise
    hidden = jax.nn.relu(dense(p, "decoder.network.layers.0", codes))
    hidden = jax.nn.relu(dense(p, "decoder.network.layers.2", hidden))
    logits = dense(p, "decoder.network.layers.4", hidden)
    likelihood = (x * logits - jax.nn.softplus(logits)).sum(-1)
    # log p(z) − log q(z|x); the constants of both cancel.
    ratio = 0.5 * (noise**2 + log_variance - codes**2).sum(-1)
    return -(jax.nn.logsumexp(likelihood + ratio, axis=0) - math.log(DRAWS)).mean(), None


def noise(x, key):
    return (jax.random.normal(key, (DRAWS, len(x), CODES)),)
