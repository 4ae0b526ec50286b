"""One training step of the VAE 784-400-20, batch 128, in Swift and in PyTorch, side by side.

    python compare.py [--rounds 7] [--steps 400] [--threads 2]

Needs torch 2.13 and safetensors in this Python, and a checkout that `bin/setup` has prepared. Builds `vae-step`, gives both sides the
same weights, batch and noise, checks that the losses of 20 steps agree to 1e-4 relative, then runs them alternately, a new
process each time, and prints medians, minima and ratios. The figures hold for this machine while nothing else runs on it.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here / "pytorch"))
from vae_step import write_start  # noqa: E402

KEEP_BLOCKS = (
    "glibc.malloc.mmap_threshold=1073741824:glibc.malloc.trim_threshold=1073741824:glibc.malloc.top_pad=16777216"
)
WARM_UP = 50


def build(product):
    command = ["swift", "build", "-c", "release", "--package-path", str(here)]
    subprocess.run([*command, "--product", product], check=True, stdout=sys.stderr)
    shown = subprocess.run([*command, "--show-bin-path"], check=True, capture_output=True, text=True)
    return str(pathlib.Path(shown.stdout.strip()) / product)


def run(command, start, steps, threads, tunables=None):
    environment = dict(os.environ)
    if tunables:
        environment["GLIBC_TUNABLES"] = tunables
    result = subprocess.run(
        [*command, start, str(steps), str(threads)], check=True, capture_output=True, text=True, env=environment
    )
    return json.loads(result.stdout)


def check(ours, theirs):
    worst = max(abs(a - b) / abs(b) for a, b in zip(ours["losses"], theirs["losses"]))
    print(f"losses of {len(ours['losses'])} steps: {ours['losses'][0]:.4f} … {ours['losses'][-1]:.4f} nats, "
          f"largest relative difference {worst:.1e}")
    if not worst <= 1e-4:
        sys.exit("error: the two sides do not compute the same: expected a difference of at most 1e-4")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    script = [sys.executable, str(here / "pytorch/vae_step.py")]
    sides = {
        "Swift": ([build("vae-step")], None),
        "PyTorch eager, fused Adam": (script, None),
        "PyTorch, glibc keeps blocks": (script, KEEP_BLOCKS),
    }
    medians, minima = {name: [] for name in sides}, {name: [] for name in sides}
    with tempfile.TemporaryDirectory() as folder:
        start = f"{folder}/start.safetensors"
        write_start(start)
        check(run(sides["Swift"][0], start, 20, arguments.threads), run(script, start, 20, arguments.threads))
        for _ in range(arguments.rounds):
            for name, (command, tunables) in sides.items():
                times = run(command, start, arguments.steps + WARM_UP, arguments.threads, tunables)["milliseconds"]
                medians[name].append(statistics.median(times[WARM_UP:]))
                minima[name].append(min(times[WARM_UP:]))
    median = {name: statistics.median(values) for name, values in medians.items()}
    minimum = {name: min(values) for name, values in minima.items()}
    print(f"{arguments.rounds} rounds of {arguments.steps} steps, {arguments.threads} threads, "
          f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; milliseconds a step")
    print(f"{'':30} {'median':>8} {'/ Swift':>8} {'minimum':>8} {'/ Swift':>8}")
    for name in sides:
        ratios = median[name] / median["Swift"], minimum[name] / minimum["Swift"]
        print(f"{name:30} {median[name]:8.3f} {ratios[0]:8.3f} {minimum[name]:8.3f} {ratios[1]:8.3f}")


if __name__ == "__main__":
    main()
