"""Trains five small VAEs on the UCI optical digits and writes them as `sample_runs.json`.

What a trainer hands to the report: terms, pictures, metrics with intervals, figures, findings.
Made with torch 2.13.0. Usage: python sample_runs.py digits.csv sample_runs.json
"""

import base64
import hashlib
import json
import struct
import sys
import zlib

import numpy as np
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

AXES, BATCH, EPOCHS = 10, 100, 60


def png(pixels):
    height, width = pixels.shape
    rows = b"".join(b"\0" + pixels[row].tobytes() for row in range(height))

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + data).decode()


def sheet(rows, gap=2, scale=6):
    """rows: [r, k, 8, 8] in 0…1."""
    rows = np.kron(np.clip(rows, 0, 1), np.ones((1, 1, scale, scale)))
    r, k, side, _ = rows.shape
    page = np.full((r * (side + gap) + gap, k * (side + gap) + gap), 56, np.uint8)
    for i in range(r):
        for j in range(k):
            y, x = gap + i * (side + gap), gap + j * (side + gap)
            page[y : y + side, x : x + side] = (rows[i, j] * 255 + 0.5).astype(np.uint8)
    return png(page)


class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 2 * AXES))
        self.decoder = nn.Sequential(nn.Linear(AXES, 128), nn.ReLU(), nn.Linear(128, 64))

    def terms(self, x, generator):
        mean, log_variance = self.encoder(x).chunk(2, -1)
        noise = torch.randn(mean.shape, generator=generator)
        z = mean + noise * (0.5 * log_variance).exp()
        distortion = cross_entropy(self.decoder(z), x, reduction="none").sum(-1)
        rates = 0.5 * (mean**2 + log_variance.exp() - 1 - log_variance)
        return distortion, rates, mean


def number(value):
    return float(f"{value:.6g}")


def interval(values):
    mean, half = values.mean(), 1.96 * values.std() / len(values) ** 0.5
    return [number(mean - half), number(mean + half)]


def train(table, beta, seed, with_pictures):
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    x, labels = torch.tensor(table[:, :64] / 16, dtype=torch.float32), table[:, 64].astype(int)
    parts = {"train": x[:1347], "validation": x[1347:1547], "test": x[1547:]}
    model = VAE()
    optimizer = torch.optim.Adam(model.parameters(), 2e-3)
    log, step = [], 0

    def note(split, epoch, distortion, rates):
        rate = rates.sum(-1).mean().item()
        values = {"elbo": -distortion.mean().item() - rate, "distortion": distortion.mean().item()}
        for name, value in {**values, "rate": rate}.items():
            point = dict(step=step, epoch=round(epoch, 2), split=split, name=name, unit="nat")
            log.append({**point, "value": number(value)})

    for epoch in range(EPOCHS):
        order = torch.randperm(1347, generator=generator)
        for start in range(0, 1347, BATCH):
            batch = parts["train"][order[start : start + BATCH]]
            distortion, rates, _ = model.terms(batch, generator)
            loss = distortion.mean() + beta * rates.sum(-1).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            if step % 14 == 0 and (step < 140 or step % 28 == 0):
                note("train", step / 14, distortion, rates)
            step += 1
        if epoch % 4 == 3:
            with torch.no_grad():
                note("validation", epoch + 1, *model.terms(parts["validation"], generator)[:2])

    with torch.no_grad():
        distortion, rates, mean = model.terms(parts["test"], generator)
        elbo = -(distortion + rates.sum(-1)).double().numpy()
        decoded = torch.sigmoid(model.decoder(mean))
        errors = ((decoded - parts["test"]) ** 2).mean(-1).double().numpy()
        samples = torch.sigmoid(model.decoder(torch.randn(64, AXES, generator=generator)))
        by_axis = rates.mean(0)
        order = by_axis.argsort(descending=True)
        base = mean[:1].repeat(4 * 11, 1).reshape(4, 11, AXES)
        for row in range(4):
            base[row, :, order[row]] = torch.linspace(-2.5, 2.5, 11)
        traversals = torch.sigmoid(model.decoder(base)).reshape(4, 11, 8, 8).numpy()
    active = int((mean.var(0) > 0.01).sum())
    config = dict(beta=beta, hidden=128, latent=AXES, likelihood="bernoulli", optimizer="adam")
    config.update(learningRate=0.002, batch=BATCH, epochs=EPOCHS, seed=seed)
    run = dict(
        name=f"2026-11-20-vae-digits-beta{beta}-seed{seed}", recipe="vae", seed=seed,
        command=f"bin/latent train vae --data digits --set beta={beta} --seed {seed} --epochs {EPOCHS}",
        config=[dict(name=k, value=str(v)) for k, v in config.items()],
        data=dict(
            name="digits", summary="1,797 handwritten digits of 8 × 8 pixels with 17 grey levels.",
            facts=[
                dict(name="training examples", value="1347"),
                dict(name="validation examples", value="200"),
                dict(name="test examples", value="250"),
                dict(name="origin", value="UCI Optical Recognition of Handwritten Digits, E. Alpaydin and C. Kaynak, 1998"),
                dict(name="licence", value="CC BY 4.0"),
                dict(name="sha256", value=hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest()),
            ],
        ),
        terms=log, pictures=[], figures=[], findings=[], minutes=0.07 + 0.01 * seed,
        started="2026-11-20 13:40", status="finished",
        metrics=[
            dict(name="Test ELBO", value=number(elbo.mean()), unit="nat", interval=interval(elbo), intervalKind="95 % over examples", count=250, note="one sample of the code an example"),
            dict(name="Rate", value=number(rates.sum(-1).mean()), unit="nat", interval=interval(rates.sum(-1).double().numpy()), intervalKind="95 % over examples", count=250, note=""),
            dict(name="Squared error a pixel", value=number(errors.mean()), unit="", interval=interval(errors), intervalKind="95 % over examples", count=250, note="from the posterior's mean"),
            dict(name="Active axes", value=active, unit="", intervalKind="", count=AXES, note="variance of the posterior's mean above 0.01"),
        ],
        versions=[dict(name="PyTorch", value=torch.__version__), dict(name="device", value="cpu")],
    )
    if not with_pictures:
        return run
    originals = parts["test"][:16].reshape(16, 8, 8).numpy()
    copies = decoded[:16].reshape(16, 8, 8).numpy()
    pairs = np.stack([originals[:8], copies[:8], originals[8:], copies[8:]])
    worth = f"{errors[:16].mean():.4f}"
    run["pictures"] = [
        dict(title="Originals above reconstructions", caption="Sixteen test digits in two rows; below each row what the model makes of it.", facts=[dict(name="squared error a pixel", value=worth)], png=sheet(pairs)),
        dict(title="Samples from the prior", caption="Decoded from 64 codes drawn from the standard normal prior.", facts=[], png=sheet(samples.reshape(8, 8, 8, 8).numpy())),
    ]
    ranked = [(int(axis), by_axis[axis].item()) for axis in order]
    shown = ", ".join(f"z{axis} {value:.2f} nats" for axis, value in ranked[:4])
    run["pictures"].append(dict(title="Along the four most active axes", caption="One test digit, one axis a row, from -2.5 to 2.5.", facts=[dict(name="rates", value=shown)], png=sheet(traversals)))
    centred = mean - mean.mean(0)
    places = centred @ torch.linalg.svd(centred, full_matrices=False)[2][:2].T
    groups = [
        dict(name=str(digit), x=[number(v) for v in places[labels[1547:] == digit, 0]], y=[number(v) for v in places[labels[1547:] == digit, 1]])
        for digit in range(10)
    ]
    axis = lambda title, unit=None: dict(title=title, isLogarithmic=False, **({"unit": unit} if unit else {}))
    run["figures"] = [
        dict(kind="bar", title="Rate of each axis", caption="Mean over the test digits, most active first.", xAxis=axis("Axis"), yAxis=axis("Rate", "nats"), categories=[f"z{a}" for a, _ in ranked], series=[dict(name="rate", values=[number(v) for _, v in ranked])]),
        dict(kind="scatter", title="Map of the codes", caption="Means of the posteriors of the test digits on their first two principal axes.", xAxis=axis("First principal axis"), yAxis=axis("Second principal axis"), series=groups),
    ]
    quiet = AXES - active
    run["findings"] = [
        dict(severity="good" if quiet == 0 else "notice", title=f"{active} of {AXES} axes are active", text=f"An axis is active when the mean of its posterior varies by more than 0.01 over the test digits; the total rate is {rates.sum(-1).mean():.2f} nats.", remedy="" if quiet == 0 else "Lower beta, or raise it slowly from 0 over the first epochs."),
    ]
    return run


table = np.loadtxt(sys.argv[1], delimiter=",")
runs = [train(table, beta, seed, seed == 0) for beta, seeds in ((1, 3), (4, 2)) for seed in range(seeds)]
with open(sys.argv[2], "w") as file:
    json.dump(runs, file, separators=(",", ":"), ensure_ascii=False)
