"""Loads a checkpoint of `latent train vae` and decodes codes with it, by NumPy and safetensors alone.

    latent encode RUN --out z.npy
    latent decode RUN --codes z.npy --out x.npy
    python load_checkpoint.py RUN z.npy x.npy

Prints by how much its pictures differ from those of `latent decode`, and ends with 1 if by more than 1e-5.
"""

import sys
from pathlib import Path
import numpy as np
from safetensors.numpy import load_file

run, codes_file, examples_file = map(Path, sys.argv[1:])
best, last = (run / "checkpoints" / f"{name}.safetensors" for name in ("best", "last"))
weights = load_file(best if best.exists() else last)

# Dense layers are decoder.layers.0, .2, … with ReLU between them; the last one gives logits.
layers = sorted((name[:-7] for name in weights if name.startswith("decoder.") and name.endswith(".weight")), key=lambda n: int(n.split(".")[-1]))
features = np.load(codes_file)
for layer in layers:
    features = features @ weights[f"{layer}.weight"].T + weights[f"{layer}.bias"]
    if layer != layers[-1]:
        features = np.maximum(features, 0)
pixels = 1 / (1 + np.exp(-features))

difference = np.abs(pixels.ravel() - np.load(examples_file).ravel()).max()
print(f"{len(pixels)} examples, largest difference {difference:.1e}")
sys.exit(0 if difference <= 1e-5 else 1)
