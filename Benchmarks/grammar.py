"""What a training step costs through the grammar over one that is written by hand on tensors.

    python grammar.py [--rounds 7] [--steps 300] [--threads 2]

Needs a checkout that `bin/setup` has prepared. Builds `grammar-step`, checks that the losses of both sides agree to 1e-6 relative, and prints
the median over rounds of the ratio of median times, the sides taking turns step by step. Where `perf` or `valgrind` is installed it
also prints the ratio of instructions of 20 steps beyond the first 5 on one thread, which does not depend on what else runs on the machine.
Exits 1 if a step through the grammar costs more than 3 % more time.
"""

import argparse
import json
import pathlib
import re
import shutil
import statistics
import subprocess
import sys

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here))
from building import build  # noqa: E402

LIMIT = 1.03
WARM_UP = 30


def run(binary, side, steps, threads):
    result = subprocess.run([binary, side, str(steps), str(threads)], check=True, capture_output=True, text=True)
    return json.loads(result.stdout)


def agree(losses):
    worst = max(abs(a - b) / abs(b) for a, b in zip(losses["grammar"], losses["hand"]))
    print(f"losses of {len(losses['hand'])} steps: largest relative difference {worst:.1e}")
    if not worst <= 1e-6:
        sys.exit("error: the two sides do not compute the same: expected a difference of at most 1e-6")


def instructions(binary, side, steps):
    """Of one run on one thread; None where neither tool can count."""
    # Valgrind gives up on Swift's debugging symbols.
    bare = f"{binary}-stripped"
    subprocess.run(["strip", "-g", "-o", bare, binary], check=True)
    command = [bare, side, str(steps), "1"]
    tools = [
        (["perf", "stat", "-x,", "-e", "instructions:u"], r"^(\d+),"),
        (["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"], r"Collected : (\d+)"),
    ]
    for tool, pattern in tools:
        if shutil.which(tool[0]):
            result = subprocess.run([*tool, *command], capture_output=True, text=True)
            if found := re.search(pattern, result.stderr, re.MULTILINE):
                return int(found.group(1))
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    binary = build("grammar-step")
    agree(run(binary, "both", 50, arguments.threads)["losses"])
    ratios = []
    for _ in range(arguments.rounds):
        times = run(binary, "both", arguments.steps + WARM_UP, arguments.threads)["milliseconds"]
        median = {side: statistics.median(values[WARM_UP:]) for side, values in times.items()}
        ratios.append(median["grammar"] / median["hand"])
        print(f"grammar {median['grammar']:.3f} ms, by hand {median['hand']:.3f} ms, ratio {ratios[-1]:.4f}")
    ratio = statistics.median(ratios)
    print(f"median ratio of time {ratio:.4f}, limit {LIMIT}")
    counts = {side: [instructions(binary, side, steps) for steps in (5, 25)] for side in ("grammar", "hand")}
    if all(count is not None for pair in counts.values() for count in pair):
        step = {side: (pair[1] - pair[0]) / 20 for side, pair in counts.items()}
        print(f"instructions a step: grammar {step['grammar']:.4g}, by hand {step['hand']:.4g}, "
              f"ratio {step['grammar'] / step['hand']:.4f}")
    sys.exit(ratio > LIMIT)


if __name__ == "__main__":
    main()
