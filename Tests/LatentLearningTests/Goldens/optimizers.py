"""Writes optimizers.safetensors: what PyTorch's optimisers, schedules, clipping and weight averages
compute, for the tests of LatentLearning.

Run:  python3 optimizers.py        (needs torch and safetensors; the torch version is stored in the file)

`optimizer/C/start/P`      parameter P before the first step
`optimizer/C/gradient/P`   [steps, shape of P]  the gradient that was given at each step
`optimizer/C/value/P`      [steps, shape of P]  the parameter after each step
`schedule/C`               [steps]              the learning rate (float64) of step 0, 1, ...
`clip/C/...`, `average/C/...`                   see the end of this file
The gradients are those of Rosenbrock's valley plus a ripple, taken where the optimiser went, so every
recorded path is the path of a real minimisation of a non-convex function.
"""

import math
import pathlib

import torch
from safetensors.torch import save_file
from torch.optim import SGD, Adam, Adamax, AdamW, RMSprop, lr_scheduler
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

SEED = 20130
STEPS = 24
tensors = {}


class Lion(torch.optim.Optimizer):
    """Lion, written from algorithm 2 of Chen et al. 2023, arXiv:2302.06675:
    c = b1 m + (1 - b1) g;  w <- w - lr (sign(c) + decay w);  m <- b2 m + (1 - b2) g."""

    def __init__(self, parameters, lr=1e-4, betas=(0.9, 0.99), weight_decay=0.0):
        super().__init__(parameters, dict(lr=lr, betas=betas, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            b1, b2 = group["betas"]
            for w in group["params"]:
                m = self.state[w].setdefault("m", torch.zeros_like(w))
                c = b1 * m + (1 - b1) * w.grad
                w.copy_(w - group["lr"] * (torch.sign(c) + group["weight_decay"] * w))
                m.copy_(b2 * m + (1 - b2) * w.grad)


def valley(w):
    """Rosenbrock's function of the flattened weights plus a ripple."""
    x = torch.cat([p.reshape(-1) for p in w])
    rosenbrock = (5 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()
    return rosenbrock + torch.sin(3 * x).sum()


def start(dtype):
    generator = torch.Generator().manual_seed(SEED)
    shapes = {"weight": (3, 4), "bias": (3,), "scale": ()}
    return {
        name: (0.8 * torch.randn(shape, generator=generator, dtype=torch.float64)).to(dtype)
        for name, shape in shapes.items()
    }


def optimizer(name, make, dtypes=(torch.float32, torch.float64), learning_rates=None):
    for dtype in dtypes:
        label = f"optimizer/{name}.{'f32' if dtype == torch.float32 else 'f64'}"
        w = {key: value.clone().requires_grad_() for key, value in start(dtype).items()}
        method = make(w)
        gradients = {key: [] for key in w}
        values = {key: [] for key in w}
        for key, value in w.items():
            tensors[f"{label}/start/{key}"] = value.detach().clone()
        for step in range(STEPS):
            if learning_rates is not None:
                for group in method.param_groups:
                    group["lr"] = learning_rates(step)
            for key, g in zip(w, torch.autograd.grad(valley(list(w.values())), list(w.values()))):
                w[key].grad = g
                gradients[key].append(g.clone())
            method.step()
            for key, value in w.items():
                values[key].append(value.detach().clone())
        for key in w:
            assert torch.isfinite(values[key][-1]).all(), name
            tensors[f"{label}/gradient/{key}"] = torch.stack(gradients[key])
            tensors[f"{label}/value/{key}"] = torch.stack(values[key])


def all_of(method, **options):
    return lambda w: method(list(w.values()), **options)


optimizer("sgd.plain", all_of(SGD, lr=3e-3))
optimizer("sgd.decay", all_of(SGD, lr=3e-3, weight_decay=0.1))
optimizer("sgd.momentum", all_of(SGD, lr=2e-3, momentum=0.9))
optimizer("sgd.dampening", all_of(SGD, lr=2e-3, momentum=0.9, dampening=0.3, weight_decay=0.05))
optimizer("sgd.nesterov", all_of(SGD, lr=1e-3, momentum=0.8, nesterov=True, weight_decay=0.01))
optimizer("sgd.maximize", all_of(SGD, lr=1e-4, momentum=0.5, maximize=True))
optimizer("adam.plain", all_of(Adam, lr=1e-2))
optimizer("adam.betas", all_of(Adam, lr=2e-2, betas=(0.5, 0.9), eps=1e-4))
optimizer("adam.decay", all_of(Adam, lr=1e-2, weight_decay=0.1))
optimizer("adam.amsgrad", all_of(Adam, lr=3e-2, amsgrad=True))
optimizer("adam.maximize", all_of(Adam, lr=1e-2, maximize=True))
optimizer("adamW.plain", all_of(AdamW, lr=1e-2))
optimizer("adamW.decay", all_of(AdamW, lr=2e-2, weight_decay=0.3, betas=(0.8, 0.95)))
optimizer("adamW.amsgrad", all_of(AdamW, lr=2e-2, amsgrad=True))
optimizer("rmsProp.plain", all_of(RMSprop, lr=5e-3))
optimizer("rmsProp.centered", all_of(RMSprop, lr=5e-3, alpha=0.9, centered=True))
optimizer("rmsProp.momentum", all_of(RMSprop, lr=2e-3, momentum=0.8, weight_decay=0.1))
optimizer("rmsProp.centeredMomentum", all_of(RMSprop, lr=2e-3, momentum=0.5, centered=True, eps=1e-5))
optimizer("adamax.plain", all_of(Adamax, lr=1e-2))
optimizer("adamax.decay", all_of(Adamax, lr=2e-2, betas=(0.8, 0.9), weight_decay=0.1))
optimizer("lion.plain", all_of(Lion, lr=3e-3))
optimizer("lion.decay", all_of(Lion, lr=5e-3, betas=(0.95, 0.98), weight_decay=0.5))

# Learning rates that change from step to step, and options that differ by parameter.
optimizer("adam.scheduled", all_of(Adam, lr=1.0), learning_rates=lambda t: 0.02 * 0.9**t)
optimizer(
    "sgd.scheduled", all_of(SGD, lr=1.0, momentum=0.9), learning_rates=lambda t: 4e-3 / (1 + t)
)
optimizer(
    "adamW.groups",
    lambda w: AdamW(
        [
            {"params": [w["weight"]]},
            {"params": [w["bias"], w["scale"]], "weight_decay": 0.0, "lr": 5e-3},
        ],
        lr=2e-2,
        weight_decay=0.2,
    ),
)

# ------------------------------------------------------------------------------------- Schedules


def schedule(name, make, base=0.1, steps=40):
    weight = torch.zeros((), requires_grad=True)
    weight.grad = torch.zeros(())
    method = SGD([weight], lr=base)
    scheduler = make(method)
    rates = []
    for _ in range(steps):
        rates.append(method.param_groups[0]["lr"])
        method.step()
        scheduler.step()
    tensors[f"schedule/{name}"] = torch.tensor(rates, dtype=torch.float64)


S = lr_scheduler
schedule("constant", lambda o: S.LambdaLR(o, lambda t: 1.0))
schedule("step", lambda o: S.StepLR(o, step_size=7, gamma=0.5))
schedule("multiStep", lambda o: S.MultiStepLR(o, milestones=[5, 6, 20], gamma=0.3))
schedule("exponential", lambda o: S.ExponentialLR(o, gamma=0.93))
schedule("cosine", lambda o: S.CosineAnnealingLR(o, T_max=39, eta_min=0.01), steps=40)
schedule("linearWarmUp", lambda o: S.LinearLR(o, start_factor=0.1, total_iters=10))
schedule("linearDecay", lambda o: S.LinearLR(o, start_factor=1.0, end_factor=0.2, total_iters=25))
schedule("factor", lambda o: S.ConstantLR(o, factor=0.25, total_iters=9))
schedule("polynomial", lambda o: S.PolynomialLR(o, total_iters=30, power=2.0))
schedule("warmRestarts", lambda o: S.CosineAnnealingWarmRestarts(o, T_0=6, T_mult=2, eta_min=1e-3))
schedule("warmRestarts.equal", lambda o: S.CosineAnnealingWarmRestarts(o, T_0=9))
cycle = dict(max_lr=0.1, total_steps=40, cycle_momentum=False)
schedule("oneCycle", lambda o: S.OneCycleLR(o, **cycle))
schedule("oneCycle.linear", lambda o: S.OneCycleLR(o, anneal_strategy="linear", pct_start=0.4, **cycle))
schedule(
    "oneCycle.threePhase",
    lambda o: S.OneCycleLR(o, three_phase=True, pct_start=0.3, div_factor=10, final_div_factor=100, **cycle),
)
schedule(
    "chained",
    lambda o: S.ChainedScheduler(
        [S.ConstantLR(o, factor=0.1, total_iters=5), S.ExponentialLR(o, gamma=0.9)]
    ),
)
schedule(
    "joined",
    lambda o: S.SequentialLR(
        o,
        [
            S.LinearLR(o, start_factor=0.1, total_iters=8),
            S.CosineAnnealingLR(o, T_max=20),
            S.ConstantLR(o, factor=0.02, total_iters=1000),
        ],
        milestones=[8, 28],
    ),
)

# -------------------------------------------------------------------------------------- Clipping

generator = torch.Generator().manual_seed(SEED)
raw = {
    "weight": torch.randn(3, 4, generator=generator),
    "bias": torch.randn(3, generator=generator),
    "empty": torch.zeros(0, 2),
}
for key, value in raw.items():
    tensors[f"clip/gradient/{key}"] = value
for name, order, limit in (
    ("norm2", 2.0, 1.5),
    ("norm2.loose", 2.0, 1e3),
    ("norm1", 1.0, 2.0),
    ("normInfinity", math.inf, 0.5),
):
    leaves = {k: torch.zeros_like(v).requires_grad_() for k, v in raw.items()}
    for key, leaf in leaves.items():
        leaf.grad = raw[key].clone()
    kept = {k: v for k, v in leaves.items() if v.numel() or order != math.inf}
    tensors[f"clip/{name}/norm"] = torch.nn.utils.clip_grad_norm_(kept.values(), limit, order)
    for key, leaf in leaves.items():
        tensors[f"clip/{name}/{key}"] = leaf.grad
leaves = {k: torch.zeros_like(v).requires_grad_() for k, v in raw.items()}
for key, leaf in leaves.items():
    leaf.grad = raw[key].clone()
torch.nn.utils.clip_grad_value_(leaves.values(), 0.4)
for key, leaf in leaves.items():
    tensors[f"clip/value/{key}"] = leaf.grad

# ------------------------------------------------------------------------------- Weight averages

model = torch.nn.Linear(3, 2)
with torch.no_grad():
    for value in model.parameters():
        value.copy_(torch.randn(value.shape, generator=generator))
averages = {
    "exponential": AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.9)),
    "equal": AveragedModel(model),
}
history = {key: [] for key in dict(model.named_parameters())}
averaged = {name: {key: [] for key in history} for name in averages}
for step in range(8):
    with torch.no_grad():
        for value in model.parameters():
            value.add_(0.3 * torch.randn(value.shape, generator=generator))
    for key, value in model.named_parameters():
        history[key].append(value.detach().clone())
    for name, average in averages.items():
        average.update_parameters(model)
        for key, value in average.module.named_parameters():
            averaged[name][key].append(value.detach().clone())
for key in history:
    tensors[f"average/weights/{key}"] = torch.stack(history[key])
    for name in averages:
        tensors[f"average/{name}/{key}"] = torch.stack(averaged[name][key])

path = pathlib.Path(__file__).with_suffix(".safetensors")
# One entry, because the order of several differs from run to run.
metadata = {"made by": f"{pathlib.Path(__file__).name}, torch {torch.__version__}, seed {SEED}"}
save_file({k: v.contiguous() for k, v in tensors.items()}, str(path), metadata=metadata)
print(f"{path.name}: {len(tensors)} tensors, {path.stat().st_size:,} bytes, torch {torch.__version__}")
