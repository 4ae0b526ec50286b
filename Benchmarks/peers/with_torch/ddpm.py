"""A diffusion model in continuous time on 28 × 28 pictures: U-Net of 32, 64 and 64 channels, cosine schedule, noise prediction.

Network: Ho, Jain & Abbeel 2020, arXiv 2006.11239, appendix B. Schedule: Nichol & Dhariwal 2021, arXiv 2102.09672, between
log signal-to-noise ratios of 13.3 and −10.
"""

import math

import torch
from torch import nn
from torch.nn.functional import interpolate, logsigmoid, mse_loss, scaled_dot_product_attention, silu

CHANNELS, WIDTHS, BLOCKS = 32, (32, 64, 64), 2
TOLD = 4 * CHANNELS


def norm(channels):
    return nn.GroupNorm(channels // 4 if channels <= 128 else 32, channels)


def conv(inputs, outputs, kernel=3, **options):
    return nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2, **options)


class Embedding(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Linear(TOLD, TOLD), nn.Linear(TOLD, TOLD)

    def forward(self, log_snr):
        half = TOLD // 2
        frequencies = torch.exp(torch.arange(half) * (-math.log(10_000) / (half - 1)))
        angles = (25 * (20 - log_snr))[:, None] * frequencies
        return self.second(silu(self.first(torch.cat([angles.sin(), angles.cos()], dim=1))))


class Block(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.norms = nn.ModuleList([norm(inputs), norm(outputs)])
        self.first = conv(inputs, outputs)
        self.level = nn.Linear(TOLD, outputs)
        self.second = conv(outputs, outputs, bias=False)
        self.shortcut = nn.Identity() if inputs == outputs else conv(inputs, outputs, 1)

    def forward(self, x, told):
        inner = self.first(silu(self.norms[0](x))) + self.level(told)[:, :, None, None]
        return self.shortcut(x) + self.second(silu(self.norms[1](inner)))


class Attention(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.norm = norm(channels)
        self.query, self.key, self.value, self.output = (nn.Linear(channels, channels) for _ in range(4))

    def forward(self, x):
        rows = self.norm(x).flatten(2).transpose(1, 2)
        heads = scaled_dot_product_attention(*(part(rows)[:, None] for part in (self.query, self.key, self.value)))
        return x + self.output(heads[:, 0]).transpose(1, 2).reshape(x.shape)


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = Embedding()
        self.start = conv(1, CHANNELS)
        width, kept, down, shrink, up, grow = CHANNELS, [CHANNELS], [], [], [], []
        for index, outputs in enumerate(WIDTHS):
            for _ in range(BLOCKS):
                down.append(Block(width, outputs))
                width = outputs
                kept.append(width)
            if index < len(WIDTHS) - 1:
                shrink.append(conv(width, width, stride=2))
                kept.append(width)
        middle = [Block(width, width), Block(width, width)]
        attention = Attention(width)
        for index, outputs in reversed(list(enumerate(WIDTHS))):
            for _ in range(BLOCKS + 1):
                up.append(Block(width + kept.pop(), outputs))
                width = outputs
            if index > 0:
                grow.append(conv(width, width))
        self.down, self.shrink, self.middle = nn.ModuleList(down), nn.ModuleList(shrink), nn.ModuleList(middle)
        self.attention = attention
        self.up, self.grow = nn.ModuleList(up), nn.ModuleList(grow)
        self.norm = norm(width)
        self.last = conv(width, 1, bias=False)
        for name in "mean", "scale", "is_fitted":
            self.register_buffer(name, torch.zeros([]) if name == "is_fitted" else torch.zeros(1, 28, 28))

    def predict(self, x, log_snr):
        told = silu(self.embedding(log_snr))
        x = self.start(x)
        kept = [x]
        for index in range(len(WIDTHS)):
            for block in self.down[BLOCKS * index : BLOCKS * (index + 1)]:
                x = block(x, told)
                kept.append(x)
            if index < len(self.shrink):
                x = self.shrink[index](x)
                kept.append(x)
        x = self.middle[1](self.attention(self.middle[0](x, told)), told)
        for index in range(len(WIDTHS)):
            for block in self.up[(BLOCKS + 1) * index : (BLOCKS + 1) * (index + 1)]:
                x = block(torch.cat([x, kept.pop()], dim=1), told)
            if index < len(self.grow):
                x = self.grow[index](interpolate(x, scale_factor=2, mode="nearest"))
        return self.last(silu(self.norm(x)))

    def forward(self, examples, start, noise):
        x = (torch.floor(examples * 255 + 0.5) / 255 - self.mean) / self.scale
        times = (start + torch.arange(len(x)) / len(x)) % 1
        first, final = math.atan(math.exp(-13.3 / 2)), math.atan(math.exp(10 / 2))
        log_snr = -2 * torch.log(torch.tan(first + (final - first) * times))
        level = log_snr[:, None, None, None]
        noised = torch.exp(0.5 * logsigmoid(level)) * x + torch.exp(0.5 * logsigmoid(-level)) * noise
        return mse_loss(self.predict(noised, log_snr).float(), noise)


def noise(examples, generator):
    return torch.rand([], generator=generator), torch.randn(examples.shape, generator=generator)
