"""Sixteen VAEs of mlp_vae.py, four weights of the rate times four seeds: a process each, one after the other or all at once.

    python run.py pytorch-eager TASK.json [--at-once]
"""

import json
import os
import subprocess
import sys

import torch
from safetensors.torch import load_file, save_file
from torch.nn.functional import binary_cross_entropy_with_logits, relu

from with_torch import mlp_vae


class Model(mlp_vae.Model):
    def __init__(self, beta):
        super().__init__()
        self.beta = beta

    def forward(self, examples, noise):
        x = examples.flatten(1)
        mean, log_variance = self.moments(relu(self.encoder(x))).chunk(2, dim=1)
        logits = self.decoder(mean + torch.exp(0.5 * log_variance) * noise)
        distortion = binary_cross_entropy_with_logits(logits, x, reduction="sum")
        rate = 0.5 * (mean**2 + log_variance.exp() - 1 - log_variance).sum()
        return (distortion + self.beta * rate) / len(x)


def trained(beta, seed, steps, start, task):
    """The loss of the last step; seed 0 has the weights of the file."""
    torch.manual_seed(seed)
    model = Model(beta)
    if seed == 0:
        from torch_side import load

        load(model, start, task)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)
    generator = torch.Generator().manual_seed(3)
    for _ in range(steps):
        loss = model(start["examples"], *mlp_vae.noise(start["examples"], generator))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        last = loss.item()
    return last


def job(side, task, options):
    if task["kind"] == "check":
        start = load_file(task["start"])
        generator = torch.Generator().manual_seed(3)
        parts = [mlp_vae.noise(start["examples"], generator)[0] for _ in range(task["checked_steps"])]
        save_file({f"{index:03}": part for index, part in enumerate(parts)}, task["noise_file"])
        return lambda: [trained(beta, 0, task["checked_steps"], start, task) for beta in task["betas"]]
    if "one" in task:
        beta, seed = task["one"]
        start = load_file(task["start"])
        return lambda: [trained(beta, seed, task["steps"], start, task)]
    members = [(beta, seed) for beta in task["betas"] for seed in range(task["seeds"])]
    at_once = "--at-once" in options
    threads = 1 if at_once else task["threads"]

    def begin(index, member):
        file = f"{task['start']}.{index}.json"
        with open(file, "w") as out:
            json.dump(task | {"one": member, "threads": threads}, out)
        environment = os.environ | {"OMP_NUM_THREADS": str(threads)}
        return subprocess.Popen([sys.executable, sys.argv[0], side, file], env=environment, stdout=subprocess.DEVNULL)

    def all_of_them():
        running = []
        for index, member in enumerate(members):
            running.append(begin(index, member))
            if not at_once:
                running.pop().wait()
        if any(process.wait() for process in running):
            raise SystemExit("one of the sixteen failed")

    return all_of_them
