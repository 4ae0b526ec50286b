"""Writes last_layers.safetensors: what the authors' package `vbll` computes, for the tests of the last layers.

Run:  python3 last_layers.py       (needs torch, safetensors and vbll; the versions are stored in the file)

`KIND/COVARIANCE/...` holds the parameters of a layer (`mean`, `scale` = log of the diagonal, `factor`, `noise` = log of the
noise's deviation), `features`, `targets` (classes or numbers), and what the layer makes of them, all float64:
`bound` [n], `divergence` without the package's missing constant -K d/2, `logits` and `variance` [n, K].
"""

import importlib.metadata
import pathlib

import torch
from safetensors.torch import save_file
from vbll.layers.classification import DiscClassification, GenClassification, gaussian_kl
from vbll.layers.regression import Regression

torch.manual_seed(20240)
torch.set_default_dtype(torch.float64)
N, D, K, RANK = 7, 5, 3, 2
tensors = {}


def record(name, layer, features, targets):
    with torch.no_grad():
        for parameter in filter(lambda each: each.requires_grad, layer.parameters()):
            parameter.copy_(0.4 * torch.randn_like(parameter))
        kept = {"mean": "W_mean", "scale": "W_logdiag", "factor": "W_offdiag", "noise": "noise_logdiag"}
        if isinstance(layer, GenClassification):
            kept = {"mean": "mu_mean", "scale": "mu_logdiag", "noise": "noise_logdiag"}
        for key, attribute in kept.items():
            if hasattr(layer, attribute):
                tensors[f"{name}/{key}"] = getattr(layer, attribute).clone()
        if name.endswith("lowrank"):
            tensors[f"{name}/scale"] /= 2  # what is added to U U^T there is exp(W_logdiag), not its square
        tensors[f"{name}/features"], tensors[f"{name}/targets"] = features, targets
        if isinstance(layer, Regression):
            weights, noise = layer.W(), layer.noise()
            mean = (weights.mean @ features[..., None]).squeeze(-1)
            density = torch.distributions.Normal(mean, noise.scale).log_prob(targets)
            spread = weights.covariance_weighted_inner_prod(features.unsqueeze(-2)[..., None])
            tensors[f"{name}/bound"] = (density - 0.5 * spread / noise.scale**2).sum(-1)
            predictive = layer.predictive(features)
        elif isinstance(layer, DiscClassification):
            weights = layer.W()
            tensors[f"{name}/bound"] = layer.jensen_bound(features, targets)
            predictive = layer.logit_predictive(features)
        else:
            tensors[f"{name}/bound"] = layer.jensen_bound(features, targets)
            tensors[f"{name}/logits"] = layer.logit_predictive(features)
            return
        tensors[f"{name}/divergence"] = gaussian_kl(weights, layer.prior_scale) - K * D / 2
        tensors[f"{name}/prior"] = torch.tensor(layer.prior_scale)
        tensors[f"{name}/logits"] = predictive.mean
        tensors[f"{name}/variance"] = predictive.covariance_diagonal


for covariance in ["diagonal", "dense", "lowrank"]:
    features = torch.randn(N, D)
    record(
        f"regression/{covariance}",
        Regression(D, K, 1.0, parameterization=covariance, cov_rank=RANK), features, torch.randn(N, K))
    record(
        f"discriminative/{covariance}",
        DiscClassification(D, K, 1.0, parameterization=covariance, cov_rank=RANK), features,
        torch.randint(0, K, (N,)))
record(
    "generative/diagonal", GenClassification(D, K, 1.0, parameterization="diagonal"), torch.randn(N, D),
    torch.randint(0, K, (N,)))
versions = {name: importlib.metadata.version(name) for name in ["torch", "vbll"]}
save_file(
    {name: tensor.clone().contiguous() for name, tensor in tensors.items()},
    str(pathlib.Path(__file__).with_suffix(".safetensors")), metadata=versions)
