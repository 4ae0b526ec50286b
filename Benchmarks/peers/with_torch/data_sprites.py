"""Rendered sprites: a batch of 256 of the grid of 3 figures, 6 scales, 40 angles and 32 × 32 places, 4 × 4 samples a pixel."""

import math

import torch

SIZE, COUNT, BATCH = 64, 3 * 6 * 40 * 32 * 32, 256


def render(index):
    y, x, angle, scale, shape = (index % 32, index // 32 % 32, index // 1024 % 40, index // 40960 % 6, index // 245760)
    place = lambda number: (SIZE * (0.19 + 0.62 * number / 31))[:, None, None]  # noqa: E731
    radius = (SIZE * 0.17 * (0.5 + 0.1 * scale))[:, None, None]
    angle = (2 * math.pi * angle / 40)[:, None, None]
    points = (torch.arange(4 * SIZE) + 0.5) / 4
    dx, dy = points[None, None] - place(x), points[None, :, None] - place(y)
    cosine, sine = angle.cos() / radius, angle.sin() / radius
    u, v = (cosine * dx - sine * dy).abs(), -sine * dx - cosine * dy
    square = (u <= 0.70710678) & (v.abs() <= 0.70710678)
    ellipse = u * u + 4 * v * v <= 1
    lobe = (u - 0.43) ** 2 + (v - 0.28) ** 2 <= 0.2209
    heart = lobe | ((v + 0.95 >= 1.1744595 * u) & (v - 0.28 <= -0.3867429 * u))
    shape = shape[:, None, None]
    inside = torch.where(shape == 0, square, torch.where(shape == 1, ellipse, heart))
    covered = inside.view(-1, SIZE, 4, SIZE, 4).float().mean((2, 4))
    return (covered >= 0.5).float()[:, None]


def job(side, task, options):
    draw = torch.compile(render) if side == "pytorch-compile" else render
    generator = torch.Generator().manual_seed(3)

    @torch.inference_mode()
    def batch():
        images = draw(torch.randint(COUNT, (BATCH,), generator=generator))
        return [images.mean().item()]

    return batch
