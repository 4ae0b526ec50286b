#!/usr/bin/env python3
"""What several processes gain over one, each with one thread: parallel.py [--processes 2] [--rounds 3] [--recipe …] [PATH-OF-LATENT].

Trains the same run alone and under mpirun, alternately, once short and once long, and takes the seconds of a step from the
difference, so that start, data and first steps do not count. Prints the medians, their ratio (ideal: the number of processes) and the
largest relative difference between the two courses of the terms. The figures hold for a machine on which nothing else runs.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

here = pathlib.Path(__file__).resolve().parent
environment = os.environ | {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}


def train(options, processes, steps, folder, name):
    """The seconds at work, and the terms of each logged step."""
    launch = ["mpirun", "--oversubscribe", "--bind-to", "none", "-n", str(processes)] if processes > 1 else []
    command = [*launch, options.latent, "train", options.recipe, "--data", options.data, "--steps", str(steps), "--threads", "1"]
    settings = [f"batch-size={options.batch}", "log-every=10", "checkpoint-seconds=1000", "validate-every=100000", *options.set]
    command += ["--out", folder, "--name", name, *(word for setting in settings for word in ("--set", setting))]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    run = pathlib.Path(folder, name)
    record = {"status": "running"}
    while record["status"] == "running":
        time.sleep(0.1)
        if (run / "run.json").exists():
            record = json.loads((run / "run.json").read_text())
        if process.poll():
            sys.exit(process.stderr.read().decode())
    # What follows, test data and report, is the first process's alone.
    process.terminate()
    process.communicate()
    events = [json.loads(line) for line in (run / "events.jsonl").read_text().splitlines()]
    return record["seconds"], [event["terms"] for event in events if event["split"] == "train"]


def per_step(options, processes, folder, number):
    short, _ = train(options, processes, options.steps // 5, folder, f"{processes}-{number}-short")
    long, terms = train(options, processes, options.steps, folder, f"{processes}-{number}-long")
    return (long - short) / (options.steps - options.steps // 5), terms


def difference(ours, theirs):
    pairs = [(a[name]["value"], b[name]["value"]) for a, b in zip(ours, theirs) for name in a]
    return max(abs(a - b) / max(abs(a), abs(b), 1e-9) for a, b in pairs)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("latent", nargs="?", default=str(here.parent / "bin/latent"))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--recipe", default="vae")
    parser.add_argument("--data", default="glyphs:count=4000,size=64")
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--set", action="append", default=["network=conv"])
    options = parser.parse_args()
    times = {1: [], options.processes: []}
    terms = {}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.rounds):
            for processes in times:
                seconds, terms[processes] = per_step(options, processes, folder, number)
                times[processes].append(seconds)
    alone, together = (statistics.median(times[processes]) for processes in times)
    what = f"{options.recipe} on {options.data}, batch {options.batch}"
    print(f"{what}: 1 process {alone * 1e3:.2f} ms a step, {options.processes} processes {together * 1e3:.2f} ms, "
          f"ratio {alone / together:.2f}, terms differ by {difference(terms[1], terms[options.processes]):.1e} at most")


if __name__ == "__main__":
    sys.exit(main())
