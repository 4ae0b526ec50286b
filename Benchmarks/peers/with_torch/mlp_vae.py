"""VAE of dense layers, 784-400-20, on binary pixels."""

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, relu

CODES = 20


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(784, 400)
        self.moments = nn.Linear(400, 2 * CODES)
        self.decoder = nn.Sequential(nn.Linear(CODES, 400), nn.ReLU(), nn.Linear(400, 784))

    def forward(self, examples, noise):
        x = examples.flatten(1)
        mean, log_variance = self.moments(relu(self.encoder(x))).chunk(2, dim=1)
        logits = self.decoder(mean + torch.exp(0.5 * log_variance) * noise)
        return negative_elbo(logits, x, mean, log_variance)


def negative_elbo(logits, x, mean, log_variance):
    distortion = binary_cross_entropy_with_logits(logits, x, reduction="sum")
    rate = 0.5 * (mean**2 + log_variance.exp() - 1 - log_variance).sum()
    return (distortion + rate) / len(x)


def noise(examples, generator):
    return (torch.randn(len(examples), CODES, generator=generator),)
