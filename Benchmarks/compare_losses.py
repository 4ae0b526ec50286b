"""The first losses of `latent train vae --data mnist` beside those of the PyTorch script with the same random numbers.

    python compare_losses.py --data FOLDER [--seed 0] [--steps 50] [--threads 2]

FOLDER holds mnist/. Prints both curves and their largest relative difference, and exits 1 if it is above 1e-3.
"""

import argparse
import json
import os
import subprocess
import sys

from building import build, here


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int, default=50)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    data = os.path.abspath(arguments.data)
    numbers = [str(arguments.seed), str(arguments.steps), str(arguments.threads)]
    result = subprocess.run(
        [build("vae-losses"), *numbers], check=True, capture_output=True, text=True, cwd=here,
        env={**os.environ, "LATENT_DATA": data},
    )
    ours = json.loads(result.stdout)["losses"]

    from vae_mnist import first_losses

    theirs = first_losses(f"{data}/mnist", arguments.seed, arguments.steps, arguments.threads)
    differences = [abs(a - b) / abs(b) for a, b in zip(ours, theirs, strict=True)]
    for step, (a, b, difference) in enumerate(zip(ours, theirs, differences)):
        print(f"step {step + 1:3}  Swift {a:.6f}  PyTorch {b:.6f}  relative {difference:.1e}")
    print(f"largest relative difference {max(differences):.1e}")
    sys.exit(max(differences) > 1e-3)


if __name__ == "__main__":
    main()
