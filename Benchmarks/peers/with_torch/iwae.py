"""IWAE: the bound of 50 draws of the code, 784-200-200-50, on binary pixels (Burda et al. 2015, arXiv 1509.00519)."""

import math

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits

CODES, DRAWS = 50, 50


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(784, 200), nn.ReLU(), nn.Linear(200, 200), nn.ReLU())
        self.moments = nn.Linear(200, 2 * CODES)
        self.decoder = nn.Sequential(nn.Linear(CODES, 200), nn.ReLU(), nn.Linear(200, 200), nn.ReLU(), nn.Linear(200, 784))

    def forward(self, examples, noise):
        x = examples.flatten(1)
        mean, log_variance = self.moments(self.encoder(x)).chunk(2, dim=1)
        codes = mean + torch.exp(0.5 * log_variance) * noise
        logits = self.decoder(codes)
        likelihood = -binary_cross_entropy_with_logits(logits, x.expand_as(logits), reduction="none").sum(-1)
        # log p(z) − log q(z|x); the constants of both cancel.
        ratio = 0.5 * (noise**2 + log_variance - codes**2).sum(-1)
        return -(torch.logsumexp(likelihood + ratio, dim=0) - math.log(DRAWS)).mean()


def noise(examples, generator):
    return (torch.randn(DRAWS, len(examples), CODES, generator=generator),)
