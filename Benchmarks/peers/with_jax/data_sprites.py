"""Rendered sprites: a batch of 256 of the grid of 3 figures, 6 scales, 40 angles and 32 × 32 places, 4 × 4 samples a pixel."""

import math

import jax
import jax.numpy as jnp
from safetensors.numpy import load_file

SIZE, COUNT, BATCH = 64, 3 * 6 * 40 * 32 * 32, 256


def render(index):
    y, x, angle, scale, shape = (index % 32, index // 32 % 32, index // 1024 % 40, index // 40960 % 6, index // 245760)
    cx, cy = (SIZE * (0.19 + 0.62 * place / 31) for place in (x, y))
    radius, angle = SIZE * 0.17 * (0.5 + 0.1 * scale), 2 * math.pi * angle / 40
    points = (jnp.arange(4 * SIZE) + 0.5) / 4
    dx, dy = points[None] - cx, points[:, None] - cy
    cosine, sine = jnp.cos(angle) / radius, jnp.sin(angle) / radius
    u, v = jnp.abs(cosine * dx - sine * dy), -sine * dx - cosine * dy
    square = (u <= 0.70710678) & (jnp.abs(v) <= 0.70710678)
    ellipse = u * u + 4 * v * v <= 1
    lobe = (u - 0.43) ** 2 + (v - 0.28) ** 2 <= 0.2209
    heart = lobe | ((v + 0.95 >= 1.1744595 * u) & (v - 0.28 <= -0.3867429 * u))
    inside = jnp.where(shape == 0, square, jnp.where(shape == 1, ellipse, heart))
    covered = inside.reshape(SIZE, 4, SIZE, 4).mean((1, 3))
    return (covered >= 0.5).astype(jnp.float32)[None]


@jax.jit
def drawn(key):
    return jax.vmap(render)(jax.random.randint(key, (BATCH,), 0, COUNT))


def job(side, task, options):
    if task["kind"] == "check":
        index = load_file(task["start"])["indices"]
        return lambda: [float(jax.vmap(render)(jnp.asarray(index)).mean())]
    key = jax.random.key(3)

    def batch():
        nonlocal key
        key, now = jax.random.split(key)
        return [float(drawn(now).mean())]

    return batch
