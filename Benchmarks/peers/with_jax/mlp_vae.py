"""VAE of dense layers, 784-400-20, on binary pixels."""

import jax
import jax.numpy as jnp

CODES = 20


def dense(p, name, x):
    return x @ p[f"{name}.weight"].T + p[f"{name}.bias"]


def cross_entropy(logits, x):
    """Σ −log p(x) of ones and zeros."""
    return (jax.nn.softplus(logits) - x * logits).sum()


def negative_elbo(logits, x, mean, log_variance):
    rate = 0.5 * (mean**2 + jnp.exp(log_variance) - 1 - log_variance).sum()
    return (cross_entropy(logits, x) + rate) / len(x)


def loss(p, fixed, x, noise):
    hidden = jax.nn.relu(dense(p, "encoder.layers.1", x))
    mean, log_variance = jnp.split(dense(p, "bottleneck.moments", hidden), 2, axis=1)
    hidden = jax.nn.relu(dense(p, "decoder.network.layers.0", mean + jnp.exp(0.5 * log_variance) * noise))
    return negative_elbo(dense(p, "decoder.network.layers.2", hidden), x, mean, log_variance), None


def noise(x, key):
    return (jax.random.normal(key, (len(x), CODES)),)


def examples(given):
    return jnp.asarray(given.reshape(len(given), -1))


def weights(given):
    return given
