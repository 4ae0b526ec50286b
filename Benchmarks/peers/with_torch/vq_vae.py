"""VQ-VAE on 32 × 32 colour pictures: 512 codes of 16 numbers, moving averages (van den Oord et al. 2017, arXiv 1711.00937)."""

import math

import torch
from torch import nn
from torch.nn.functional import embedding, relu

CODES, SIZE, CHANNELS, SIGMA, COMMITMENT, DECAY = 512, 16, 64, 0.2, 0.25, 0.99


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(CHANNELS, CHANNELS // 2, 3, padding=1)
        self.second = nn.Conv2d(CHANNELS // 2, CHANNELS, 1)

    def forward(self, x):
        return x + self.second(relu(self.first(relu(x))))


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Conv2d(3, CHANNELS, 4, stride=2, padding=1), nn.ReLU(),
            nn.Conv2d(CHANNELS, CHANNELS, 4, stride=2, padding=1), nn.ReLU(),
            nn.Conv2d(CHANNELS, CHANNELS, 3, padding=1), Residual(), Residual(), nn.ReLU(),
            nn.Conv2d(CHANNELS, SIZE, 1),
        )  # fmt: skip
        self.decoder = nn.Sequential(
            nn.Conv2d(SIZE, CHANNELS, 3, padding=1), Residual(), Residual(), nn.ReLU(),
            nn.ConvTranspose2d(CHANNELS, CHANNELS, 4, stride=2, padding=1), nn.ReLU(),
            nn.ConvTranspose2d(CHANNELS, 3, 4, stride=2, padding=1),
        )  # fmt: skip
        self.register_buffer("table", torch.zeros(CODES, SIZE))
        self.register_buffer("usage", torch.zeros(CODES))
        self.register_buffer("sums", torch.zeros(CODES, SIZE))
        self.register_buffer("is_placed", torch.zeros([]))

    def forward(self, examples):
        rows = self.encoder(examples).permute(0, 2, 3, 1).float()
        with torch.no_grad():
            self.vectors = rows.reshape(-1, SIZE)
            self.taken = (self.table.square().sum(1) - 2 * self.vectors @ self.table.T).argmin(1)
        codewords = embedding(self.taken.view(rows.shape[:3]), self.table)
        commitment = (rows - codewords).square().sum() / len(rows)
        codes = (rows + (codewords - rows).detach()).permute(0, 3, 1, 2)
        error = (examples - self.decoder(codes)) / SIGMA
        distortion = 0.5 * (error.square() + math.log(2 * math.pi * SIGMA**2)).sum() / len(rows)
        return distortion + COMMITMENT * commitment

    @torch.no_grad()
    def after_step(self):
        counts = torch.bincount(self.taken, minlength=CODES).float()
        self.usage.mul_(DECAY).add_(counts, alpha=1 - DECAY)
        found = torch.zeros_like(self.sums).index_add_(0, self.taken, self.vectors)
        self.sums.mul_(DECAY).add_(found, alpha=1 - DECAY)
        total = self.usage.sum()
        smoothed = (self.usage + 1e-5) * (total / (total + CODES * 1e-5))
        self.table.copy_(self.sums / smoothed[:, None])


def noise(examples, generator):
    return ()
