"""The PyTorch side of `run.py`: eager or compiled, always with fused Adam."""

import importlib
import time

import torch
from safetensors.torch import load_file, save_file
from torch.utils.flop_counter import FlopCounterMode

from run import finish, times


def load(model, start, task):
    """Weights and buffers by their order, which both sides share; shapes must agree."""
    with torch.no_grad():
        for kind, own in ("parameters", model.named_parameters()), ("buffers", model.named_buffers()):
            pairs = list(zip(own, task[kind], strict=True))
            for (name, tensor), path in pairs:
                if tensor.shape != start[path].shape:
                    raise SystemExit(f"{name}: expected the shape of {path}, {tuple(start[path].shape)}, found {tuple(tensor.shape)}")
                tensor.copy_(start[path])


def answer(side, task, options):
    torch.set_num_threads(task["threads"])
    workload = importlib.import_module("with_torch." + task["module"])
    if hasattr(workload, "job"):
        return finish(workload.job(side, task, options), task)
    start = load_file(task["start"])
    model = workload.Model()
    load(model, start, task)
    if "--channels-last" in options:
        model = model.to(memory_format=torch.channels_last)
    if hasattr(workload, "sample"):
        return sample(workload, model, side, task)
    examples = start["examples"]
    if "--channels-last" in options and examples.dim() == 4:
        examples = examples.to(memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)
    objective = torch.compile(model) if side == "pytorch-compile" else model
    generator = torch.Generator().manual_seed(3)
    after = getattr(model, "after_step", lambda: None)
    kept = {}

    def step():
        noise = workload.noise(examples, generator)
        if "noise_file" in task and task["kind"] == "check":
            index = len(kept)
            kept.update({f"{index + i:03}": part.clone() for i, part in enumerate(noise)})
        with torch.autocast("cpu", torch.bfloat16, enabled=task["precision"] == "bfloat16"):
            loss = objective(examples, *noise)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        after()
        return loss.item()

    if task["kind"] == "time":
        return {"milliseconds": times(task["seconds"], step)}
    count = task["checked_steps"]
    if side == "pytorch-compile":
        return {"losses": [step() for _ in range(count)]}
    with FlopCounterMode(display=False) as counter:
        losses = [step()]
    losses += [step() for _ in range(count - 1)]
    if kept:
        save_file(kept, task["noise_file"])
    return {"losses": losses, "flops": counter.get_total_flops()}


def sample(workload, model, side, task):
    """Draws examples with the weights of the file; the mean of their numbers waits for them."""
    generator = torch.Generator().manual_seed(3)
    decode = torch.compile(model) if side == "pytorch-compile" else model

    @torch.inference_mode()
    def draw(count):
        return decode(torch.randn(count, workload.CODES, generator=generator)).mean().item()

    if task["kind"] == "check":
        if "noise_file" in task:
            save_file({"000": torch.randn(16, workload.CODES, generator=torch.Generator().manual_seed(3))}, task["noise_file"])
        with FlopCounterMode(display=False) as counter:
            losses = [draw(16)]
        return {"losses": losses, "flops": counter.get_total_flops() / 16 * task["count"]}
    if task["count"] == 1:
        draw(1)
        return {"first_at": time.clock_gettime(time.CLOCK_MONOTONIC)}
    return {"milliseconds": times(task["seconds"], lambda: draw(task["count"]))}
