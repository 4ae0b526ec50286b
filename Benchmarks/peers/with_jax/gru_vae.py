"""VAE of series: a GRU reads them, another writes them from the code (after Fabius & van Amersfoort 2014, arXiv 1412.6581)."""

import math

import jax
import jax.numpy as jnp

from with_jax.mlp_vae import dense, weights  # noqa: F401

CODES, HIDDEN = 16, 128


def gru(p, name, inputs, state):
    """States `[T, B, H]` of a GRU over `inputs` `[T, B, D]`; the maps of all inputs are one product."""
    name = f"{name}.layers.0.forward"
    hidden_weight, hidden_bias = p[f"{name}.hiddenWeight"].T, p[f"{name}.hiddenBias"]
    mapped = inputs @ p[f"{name}.inputWeight"].T + p[f"{name}.inputBias"]

    def step(state, x):
        xr, xz, xn = jnp.split(x, 3, axis=-1)
        hr, hz, hn = jnp.split(state @ hidden_weight + hidden_bias, 3, axis=-1)
        update = jax.nn.sigmoid(xz + hz)
        new = jnp.tanh(xn + jax.nn.sigmoid(xr + hr) * hn)
        state = (1 - update) * new + update * state
        return state, state

    return jax.lax.scan(step, state, mapped)


def loss(p, fixed, x, noise):
    rows = x.transpose(2, 0, 1)
    last, _ = gru(p, "encoder.gru", rows, jnp.zeros((len(x), HIDDEN)))
    mean, log_variance = jnp.split(dense(p, "bottleneck.moments", last), 2, axis=1)
    codes = mean + jnp.exp(0.5 * log_variance) * noise
    start = jnp.tanh(dense(p, "decoder.network.start", codes))
    _, states = gru(p, "decoder.network.gru", jnp.broadcast_to(codes, (len(rows), *codes.shape)), start)
    error = rows - dense(p, "decoder.network.output", states)
    distortion = 0.5 * (error**2 + math.log(2 * math.pi)).sum()
    rate = 0.5 * (mean**2 + jnp.exp(log_variance) - 1 - log_variance).sum()
    return (distortion + rate) / len(x), None


def noise(x, key):
    return (jax.random.normal(key, (len(x), CODES)),)


def examples(given):
    return jnp.asarray(given)
