"""Training steps of the VAE 784-400-20 on one batch in PyTorch eager with fused Adam, timed one by one.

    python vae_step.py START.safetensors STEPS THREADS     # prints {"losses": […], "milliseconds": […]}

The same network, mathematics, batch, noise (a generator of seed 3) and readings as `vae-step`; see compare.py.
"""

import json
import sys
import time

import torch
from safetensors.torch import load_file, save_file

from vae_mnist import VAE

NAMES = {
    "encoder": "encoder.layers.1",
    "moments": "bottleneck.moments",
    "decoder.0": "decoder.network.layers.0",
    "decoder.1": "decoder.network.layers.2",
}


def names():
    """Pairs of the PyTorch model's names and the Swift model's."""
    return [(f"{a}.{part}", f"{b}.{part}") for a, b in NAMES.items() for part in ("weight", "bias")]


def write_start(path, batch=128):
    """New weights and a batch of random binary images."""
    g = torch.Generator().manual_seed(1)
    state = VAE(g).state_dict()
    tensors = {theirs: state[ours].detach().clone() for ours, theirs in names()}
    tensors["examples"] = torch.bernoulli(torch.rand(batch, 784, generator=g), generator=g)
    save_file(tensors, path)


def run(path, steps, threads):
    torch.set_num_threads(threads)
    start = load_file(path)
    model = VAE(torch.Generator())
    model.load_state_dict({ours: start[theirs] for ours, theirs in names()})
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)
    examples, g = start["examples"], torch.Generator().manual_seed(3)
    losses, milliseconds = [], []
    for _ in range(steps):
        begin = time.perf_counter()
        loss = model.negative_elbo(examples, torch.randn(len(examples), 20, generator=g))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        milliseconds.append((time.perf_counter() - begin) * 1e3)
    return {"losses": losses, "milliseconds": milliseconds}


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
