"""VAE of series: a GRU reads them, another writes them from the code (after Fabius & van Amersfoort 2014, arXiv 1412.6581)."""

import math

import torch
from torch import nn

CODES, HIDDEN, CHANNELS = 16, 128, 8


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.reader = nn.GRU(CHANNELS, HIDDEN, batch_first=True)
        self.moments = nn.Linear(HIDDEN, 2 * CODES)
        self.start = nn.Linear(CODES, HIDDEN)
        self.writer = nn.GRU(CODES, HIDDEN, batch_first=True)
        self.output = nn.Linear(HIDDEN, CHANNELS)

    def forward(self, examples, noise):
        _, last = self.reader(examples.transpose(1, 2))
        mean, log_variance = self.moments(last[-1]).chunk(2, dim=1)
        codes = mean + torch.exp(0.5 * log_variance) * noise
        told = codes[:, None].expand(-1, examples.size(2), -1)
        states, _ = self.writer(told, torch.tanh(self.start(codes))[None])
        error = examples - self.output(states).transpose(1, 2)
        distortion = 0.5 * (error**2 + math.log(2 * math.pi)).sum()
        rate = 0.5 * (mean**2 + log_variance.exp() - 1 - log_variance).sum()
        return (distortion + rate) / len(examples)


def noise(examples, generator):
    return (torch.randn(len(examples), CODES, generator=generator),)
