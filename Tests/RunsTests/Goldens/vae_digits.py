"""Fifty training steps of `latent train vae --data digits --seed 3` in PyTorch, with the same random numbers.

    python vae_digits.py PATH/digits.csv      # 1,797 rows of 64 grey levels 0 … 16 and the class

Writes vae_digits.safetensors beside itself: `elbo`, `distortion` and `rate` of each step, in nats, and in the metadata torch's version.
Written for torch 2.13.0.

The protocol. Division: `randperm(1797)` of seed 0; the first 360 are for the test, the next 180 for validation, the rest for training.
Each purpose of the run has a generator of its own, seeded by SplitMix64 of the run's seed and the purpose's number. Weights: encoder,
moments, decoder, layer by layer, weight before bias, as `nn.Linear` draws them. Order: one `randperm` an epoch, the smaller last batch kept.
Noise of a step: `bernoulli` of the grey values, then `randn` for the code.
"""

import math
import pathlib
import sys

import torch
from safetensors.torch import save_file
from torch.nn import functional as F

INITIALISATION, ORDER, NOISE = 1, 2, 3
SEED, STEPS, BATCH, HIDDEN, LATENT = 3, 50, 128, 400, 20


def generator(purpose):
    mask = (1 << 64) - 1
    z = (SEED + purpose * 0x9E3779B97F4A7C15) & mask
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
    return torch.Generator().manual_seed(z ^ (z >> 31))


def linear(inputs, outputs, g):
    weight, bias = torch.empty(outputs, inputs), torch.empty(outputs)
    torch.nn.init.kaiming_uniform_(weight, a=math.sqrt(5), generator=g)
    bound = 1 / math.sqrt(inputs)
    torch.nn.init.uniform_(bias, -bound, bound, generator=g)
    return [weight.requires_grad_(), bias.requires_grad_()]


rows = [[int(n) for n in line.split(",")] for line in open(sys.argv[1]) if line.strip()]
grey = torch.tensor(rows, dtype=torch.float32)[:, :64] / 16
assert len(grey) == 1797
train = grey[torch.randperm(1797, generator=torch.Generator().manual_seed(0))[360 + 180 :]]

g = generator(INITIALISATION)
encoder, moments = linear(64, HIDDEN, g), linear(HIDDEN, 2 * LATENT, g)
inner, outer = linear(LATENT, HIDDEN, g), linear(HIDDEN, 64, g)
optimizer = torch.optim.Adam(encoder + moments + inner + outer, lr=1e-3)
order, noise = generator(ORDER), generator(NOISE)

found = {"elbo": [], "distortion": [], "rate": []}
while len(found["elbo"]) < STEPS:
    for batch in torch.randperm(len(train), generator=order).split(BATCH):
        x = torch.bernoulli(train[batch], generator=noise)
        mean, log_variance = F.linear(F.relu(F.linear(x, *encoder)), *moments).chunk(2, dim=-1)
        code = mean + torch.exp(0.5 * log_variance) * torch.randn(len(x), LATENT, generator=noise)
        logits = F.linear(F.relu(F.linear(code, *inner)), *outer)
        distortion = F.binary_cross_entropy_with_logits(logits, x, reduction="sum") / len(x)
        rate = 0.5 * (log_variance.exp() - 1 - log_variance + mean.square()).sum() / len(x)
        optimizer.zero_grad()
        (distortion + rate).backward()
        optimizer.step()
        if len(found["elbo"]) < STEPS:
            found["elbo"].append(-(distortion + rate).item())
            found["distortion"].append(distortion.item())
            found["rate"].append(rate.item())

values = {name: torch.tensor(numbers, dtype=torch.float64) for name, numbers in found.items()}
save_file(values, pathlib.Path(__file__).with_suffix(".safetensors"), metadata={"torch": torch.__version__})
print(found["elbo"][0], found["elbo"][-1])
