"""β-TCVAE with the network of conv_vae.py, minibatch-weighted sampling (Chen et al. 2018, arXiv 1802.04942)."""

import math

import torch
from torch.nn.functional import binary_cross_entropy_with_logits

from with_torch import conv_vae
from with_torch.conv_vae import noise  # noqa: F401

COUNT, BETA = 60_000, 6


def log_normal(x, mean, log_variance):
    return -0.5 * ((x - mean) ** 2 * torch.exp(-log_variance) + log_variance + math.log(2 * math.pi))


class Model(conv_vae.Model):
    def forward(self, examples, noise):
        mean, log_variance = self.moments(self.encoder(examples)).float().chunk(2, dim=1)
        codes = mean + torch.exp(0.5 * log_variance) * noise
        logits = self.decoder(codes)
        distortion = binary_cross_entropy_with_logits(logits, examples, reduction="sum") / len(examples)
        pairwise = log_normal(codes[:, None], mean[None], log_variance[None])
        weight = math.log(COUNT * len(codes))
        own = log_normal(codes, mean, log_variance).sum(1)
        joint = torch.logsumexp(pairwise.sum(2), dim=1) - weight
        marginals = (torch.logsumexp(pairwise, dim=1) - weight).sum(1)
        prior = -0.5 * (codes**2 + math.log(2 * math.pi)).sum(1)
        return distortion + (own - joint + BETA * (joint - marginals) + marginals - prior).mean()
