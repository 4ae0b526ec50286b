"""VAE of four convolutions and their mirror on 64 × 64 pictures (Burgess et al. 2018, arXiv 1804.03599, appendix A)."""

import torch
from torch import nn

from with_torch.mlp_vae import negative_elbo

CODES = 10


def encoder():
    layers = []
    for inputs, outputs in (1, 32), (32, 32), (32, 64), (64, 64):
        layers += [nn.Conv2d(inputs, outputs, 4, stride=2, padding=1), nn.ReLU()]
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(1024, 256), nn.ReLU())


def decoder():
    layers = [nn.Linear(CODES, 256), nn.ReLU(), nn.Linear(256, 1024), nn.ReLU(), nn.Unflatten(1, (64, 4, 4))]
    for inputs, outputs in (64, 64), (64, 32), (32, 32):
        layers += [nn.ConvTranspose2d(inputs, outputs, 4, stride=2, padding=1), nn.ReLU()]
    return nn.Sequential(*layers, nn.ConvTranspose2d(32, 1, 4, stride=2, padding=1))


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = encoder()
        self.moments = nn.Linear(256, 2 * CODES)
        self.decoder = decoder()

    def forward(self, examples, noise):
        mean, log_variance = self.moments(self.encoder(examples)).float().chunk(2, dim=1)
        logits = self.decoder(mean + torch.exp(0.5 * log_variance) * noise)
        return negative_elbo(logits, examples, mean, log_variance)


def noise(examples, generator):
    return (torch.randn(len(examples), CODES, generator=generator),)
