"""Writes ivon_steps.safetensors: what the authors' optimiser computes, for the tests of LatentLearning.

Run:  python3 ivon_steps.py  (needs torch, safetensors and ivon-opt; the versions are stored in the file)

The loss of parameter w is mean(a w^2 / 2 + cos(b w)), with curvature of both signs. Draws come from LibTorch's generator
seeded with 7, all elements of w in one call, so that a test draws the same numbers.
`C/value` [steps, 4, 6] the parameter after each step, `C/hessian` [steps, 4, 6] h; `start`, `a`, `b` as above.
"""

import importlib.metadata
import pathlib

import ivon
import torch
from safetensors.torch import save_file

torch.set_default_dtype(torch.float64)
STEPS = 20
source = torch.Generator().manual_seed(1)
start = torch.randn(4, 6, generator=source)
a = 1 + torch.rand(4, 6, generator=source)
b = torch.randn(4, 6, generator=source)
tensors = {"start": start, "a": a, "b": b}
CASES = {
    "plain": dict(lr=0.1, ess=50.0, hess_init=0.5, beta2=0.99),
    "decay": dict(lr=0.2, ess=20.0, hess_init=0.1, beta1=0.8, beta2=0.95, weight_decay=0.05),
    "draws": dict(lr=0.1, ess=30.0, hess_init=0.3, beta2=0.9, mc_samples=3),
    "clipped": dict(lr=0.05, ess=10.0, hess_init=0.02, beta2=0.99, clip_radius=0.5),
    "unscaled": dict(lr=0.02, ess=100.0, hess_init=0.5, beta2=0.999, rescale_lr=False),
}
for name, options in CASES.items():
    torch.manual_seed(7)
    weight = torch.nn.Parameter(start.clone())
    optimizer = ivon.IVON([weight], **options)
    values, hessians = [], []
    for _ in range(STEPS):
        for _ in range(options.get("mc_samples", 1)):
            with optimizer.sampled_params(train=True):
                optimizer.zero_grad()
                (a * weight**2 / 2 + torch.cos(b * weight)).mean().backward()
        optimizer.step()
        values.append(weight.detach().clone())
        hessians.append(optimizer.param_groups[0]["hess"].reshape(4, 6).clone())
    tensors[f"{name}/value"], tensors[f"{name}/hessian"] = torch.stack(values), torch.stack(hessians)
versions = {"torch": torch.__version__, "ivon-opt": importlib.metadata.version("ivon-opt")}
save_file(tensors, str(pathlib.Path(__file__).with_suffix(".safetensors")), metadata=versions)
