"""β-TCVAE with the network of conv_vae.py, minibatch-weighted sampling (Chen et al. 2018, arXiv 1802.04942)."""

import math

import jax
import jax.numpy as jnp

from with_jax.conv_vae import decode, encode, examples, noise, weights  # noqa: F401
from with_jax.mlp_vae import cross_entropy

COUNT, BETA = 60_000, 6


def log_normal(x, mean, log_variance):
    return -0.5 * ((x - mean) ** 2 * jnp.exp(-log_variance) + log_variance + math.log(2 * math.pi))


def loss(p, fixed, x, noise):
    mean, log_variance = encode(p, x)
    codes = mean + jnp.exp(0.5 * log_variance) * noise
    distortion = cross_entropy(decode(p, codes), x) / len(x)
    pairwise = log_normal(codes[:, None], mean[None], log_variance[None])
    weight = math.log(COUNT * len(codes))
    own = log_normal(codes, mean, log_variance).sum(1)
    joint = jax.nn.logsumexp(pairwise.sum(2), axis=1) - weight
    marginals = (jax.nn.logsumexp(pairwise, axis=1) - weight).sum(1)
    prior = -0.5 * (codes**2 + math.log(2 * math.pi)).sum(1)
    return distortion + (own - joint + BETA * (joint - marginals) + marginals - prior).mean(), None
