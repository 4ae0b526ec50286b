"""Records distributions.safetensors: what PyTorch and SciPy give for the table in Cases.swift.

Run: python Tests/DistributionsTests/Goldens/distributions.py
Everything is float64. A case NAME holds NAME.<parameter>, NAME.value, NAME.logProbability and, where
the twin has them, NAME.entropy, NAME.mean, NAME.variance; kl.P.Q holds KL(P||Q).
"""

import os

import numpy as np
import scipy
import scipy.stats as st
import torch
import torch.distributions as D
from safetensors.torch import save_file

torch.set_default_dtype(torch.float64)
torch.manual_seed(20261120)
out, twins = {}, {}


def put(name, value):
    out[name] = torch.as_tensor(value, dtype=torch.float64).contiguous().clone()


def case(name, twin, value, moments=True, entropy=True, **parameters):
    """Records a PyTorch twin."""
    twins[name] = twin
    for key, parameter in parameters.items():
        put(f"{name}.{key}", parameter)
    put(f"{name}.value", value)
    put(f"{name}.logProbability", twin.log_prob(torch.as_tensor(value)))
    if entropy:
        put(f"{name}.entropy", twin.entropy())
    if moments:
        put(f"{name}.mean", twin.mean)
        put(f"{name}.variance", twin.variance)


def kl(p, q):
    put(f"kl.{p}.{q}", D.kl_divergence(twins[p], twins[q]))


def randn(*shape):
    return torch.randn(shape)


# Normal, Bernoulli, Categorical
for name in ("normal", "normal2"):
    mean, log_variance = randn(3), randn(3)
    case(name, D.Normal(mean, (0.5 * log_variance).exp()), randn(5, 3), mean=mean, logVariance=log_variance)
sigma = randn(2, 3).exp()
mean = randn(3)
case("normalScale", D.Normal(mean, sigma), randn(2, 3), mean=mean, standardDeviation=sigma)
case("standardNormal", D.Normal(torch.zeros(3), torch.ones(3)), randn(5, 3))
for name in ("diagonal", "diagonal2"):
    mean, log_variance = randn(2, 3), randn(2, 3)
    twin = D.Independent(D.Normal(mean, (0.5 * log_variance).exp()), 1)
    case(name, twin, randn(4, 2, 3), mean=mean, logVariance=log_variance)
kl("normal", "normal2"), kl("normal2", "normal"), kl("normal", "standardNormal")
kl("standardNormal", "normal"), kl("normalScale", "normal"), kl("diagonal", "diagonal2")
for name in ("bernoulli", "bernoulli2"):
    logits = 3 * randn(4)
    case(name, D.Bernoulli(logits=logits), torch.tensor([[0.0, 1, 0, 1], [1, 1, 0, 0]]), logits=logits)
kl("bernoulli", "bernoulli2")
for name in ("categorical", "categorical2"):
    logits = 2 * randn(3, 5)
    twin = D.Categorical(logits=logits)
    case(name, twin, torch.tensor([[0, 4, 2], [1, 3, 3]]), moments=False, logits=logits)
kl("categorical", "categorical2")

here = os.path.dirname(os.path.abspath(__file__))
metadata = {"torch": torch.__version__, "scipy": scipy.__version__, "numpy": np.__version__}
save_file(out, os.path.join(here, "distributions.safetensors"), metadata=metadata)
print(len(out), "tensors", metadata)
