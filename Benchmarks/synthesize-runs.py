"""Makes a folder of runs that were never trained, to measure lists of many: synthesize-runs.py FOLDER [COUNT].

Each run has a record of 24 settings, an evaluation of 6 metrics and a log of 40 lines, as a usual run has.
"""

import json
import pathlib
import random
import sys

RECIPES = ["vae", "beta-vae", "iwae", "vq-vae"]
SETTINGS = {
    "latent": [2, 10, 20, 64], "hidden": ["400", "400,200"], "beta": [0.5, 1, 2, 4, 8], "binarise": ["none", "dynamic"],
    "batch-size": [64, 128], "optimizer": ["adam", "lion"], "learning-rate": [0.001, 0.0003], "schedule": ["constant", "cosine"],
    "warmup": [0, 100], "weight-decay": [0, 0.01], "clip": [0, 1], "patience": [0, 10], "validate-every": [1],
    "checkpoint-seconds": [60], "log-every": [100], **{f"extra-{n}": [0, 1, 2] for n in range(9)},
}
TERMS = ["elbo", "rate", "distortion", "active-units", "mutual-information", "reconstruction"]


def make(folder, number, draw):
    path = folder / f"2026-11-20-run-{number:05}"
    (path / "checkpoints").mkdir(parents=True)
    record = {
        "format": 1, "recipe": draw.choice(RECIPES), "seed": number % 5, "budget": "epochs=30", "version": "0.1.0",
        "config": {key: str(draw.choice(values)) for key, values in SETTINGS.items()},
        "data": {"source": draw.choice(["digits", "mnist"]), "fingerprint": "sha256:" + "0" * 64, "trainingCount": 1257, "validationCount": 180},
        "schema": {"kind": "greyImage", "exampleShape": [1, 8, 8], "range": [0, 1], "classNames": [str(n) for n in range(10)]},
        "libtorch": "2.13.0", "device": "cpu", "threads": 2, "commandLine": ["latent", "train", "vae", "--data", "digits"],
        "status": draw.choice(["finished", "finished", "interrupted", "failed"]), "seconds": draw.random() * 600,
        "start": f"2026-11-{1 + number % 20:02}T10:00:{number % 60:02}Z", "end": "2026-11-20T10:05:00Z",
    }
    (path / "run.json").write_text(json.dumps(record, indent=2))
    metrics = {name: {"value": draw.gauss(-100, 10), "unit": "nat", "interval": [-101, -99], "count": 360, "bound": "", "version": 1} for name in TERMS}
    (path / "evaluation.json").write_text(json.dumps({"metrics": metrics, "seed": number % 5}))
    with open(path / "events.jsonl", "w") as log:
        for step in range(40):
            terms = {name: {"value": draw.gauss(-100, 10), "unit": "nat"} for name in TERMS}
            split = "validation" if step % 4 == 3 else "train"
            log.write(json.dumps({"step": step * 100, "epoch": step / 4, "split": split, "terms": terms}) + "\n")


draw = random.Random(0)
for number in range(int(sys.argv[2]) if len(sys.argv) > 2 else 10_000):
    make(pathlib.Path(sys.argv[1]), number, draw)
