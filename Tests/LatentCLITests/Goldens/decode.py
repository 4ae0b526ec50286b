"""Decodes codes with the weights of a run, and compares with what `latent reconstruct` wrote.

    python decode.py RUN codes.npy reconstructions.npy

Stands on numpy and safetensors alone: a run's checkpoints open without the package that wrote them.
"""

import sys

import numpy as np
from safetensors.numpy import load_file


def decode(weights, codes):
    """Dense layers with ReLU between them; the last gives logits."""
    names = sorted(
        (name.removesuffix(".weight") for name in weights if name.startswith("decoder.") and name.endswith(".weight")),
        key=lambda name: int(name.split(".")[-1]),
    )
    for name in names:
        codes = codes @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
        if name != names[-1]:
            codes = np.maximum(codes, 0)
    return 1 / (1 + np.exp(-codes))


run, codes, expected = sys.argv[1], np.load(sys.argv[2]), np.load(sys.argv[3])
found = decode(load_file(f"{run}/checkpoints/best.safetensors"), codes[: len(expected)])
worst = np.abs(found.reshape(expected.shape) - expected).max()
assert worst < 1e-5, f"largest difference {worst}"
last = decode(load_file(f"{run}/checkpoints/last.safetensors"), codes[: len(expected)])
assert last.shape == found.shape
print(len(expected), "examples agree")
