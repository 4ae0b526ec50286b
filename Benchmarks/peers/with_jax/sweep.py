"""Sixteen VAEs of mlp_vae.py, four weights of the rate times four seeds, in one process: one after the other, or as one by `vmap`.

    python run.py jax TASK.json [--vmap]
"""

import functools

import jax
import jax.numpy as jnp
from safetensors.numpy import load_file

from with_jax.mlp_vae import CODES, cross_entropy, dense


def loss(p, x, beta, noise):
    hidden = jax.nn.relu(dense(p, "encoder.layers.1", x))
    mean, log_variance = jnp.split(dense(p, "bottleneck.moments", hidden), 2, axis=1)
    hidden = jax.nn.relu(dense(p, "decoder.network.layers.0", mean + jnp.exp(0.5 * log_variance) * noise))
    rate = 0.5 * (mean**2 + jnp.exp(log_variance) - 1 - log_variance).sum()
    return (cross_entropy(dense(p, "decoder.network.layers.2", hidden), x) + beta * rate) / len(x)


def update(state, x, beta, noise):
    p, means, squares, count = state
    count += 1
    value, gradients = jax.value_and_grad(loss)(p, x, beta, noise)
    means = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, means, gradients)
    squares = jax.tree.map(lambda s, g: 0.999 * s + 0.001 * g**2, squares, gradients)
    first, second = 1 - 0.9**count, 1 - 0.999**count
    p = jax.tree.map(lambda w, m, s: w - 1e-3 * m / first / (jnp.sqrt(s / second) + 1e-8), p, means, squares)
    return (p, means, squares, count), value


def fresh(p):
    return p, jax.tree.map(jnp.zeros_like, p), jax.tree.map(jnp.zeros_like, p), jnp.float32(0)


def drawn(p, key):
    """New weights of the same shapes, uniform as PyTorch's are."""
    parts = {}
    for index, (name, value) in enumerate(p.items()):
        inputs = p[name.replace(".bias", ".weight")].shape[1]
        parts[name] = jax.random.uniform(jax.random.fold_in(key, index), value.shape, minval=-1, maxval=1) / inputs**0.5
    return parts


def step(state, x, beta, key):
    return update(state, x, beta, jax.random.normal(jax.random.fold_in(key, state[-1].astype("int32")), (len(x), CODES)))


def job(side, task, options):
    start = load_file(task["start"])
    x = jnp.asarray(start["examples"].reshape(len(start["examples"]), -1))
    p = {name: jnp.asarray(start[name]) for name in task["parameters"]}
    if task["kind"] == "check":
        noise = load_file(task["noise_file"])
        parts = [noise[name] for name in sorted(noise)]

        def checked():
            losses = []
            for beta in task["betas"]:
                state = fresh(p)
                for part in parts:
                    state, value = jax.jit(update)(state, x, beta, part)
                losses.append(float(value))
            return losses

        return checked
    members = [(beta, jax.random.key(seed)) for beta in task["betas"] for seed in range(task["seeds"])]
    key = jax.random.key(3)

    def in_turn():
        move = jax.jit(step, donate_argnums=0)
        for beta, seed in members:
            state = fresh(drawn(p, seed))
            for _ in range(task["steps"]):
                state, value = move(state, x, beta, key)
                float(value)

    def as_one():
        betas = jnp.asarray([beta for beta, _ in members])
        state = jax.vmap(lambda seed: fresh(drawn(p, seed)))(jnp.stack([seed for _, seed in members]))
        move = jax.jit(jax.vmap(functools.partial(step), in_axes=(0, None, 0, None)), donate_argnums=0)
        for _ in range(task["steps"]):
            state, values = move(state, x, betas, key)
            values.block_until_ready()

    return as_one if "--vmap" in options else in_turn
