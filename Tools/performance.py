"""Writes the tables of docs/PERFORMANCE.md from docs/benchmarks/….json, what `latent bench --json` printed.

A table stands between the lines `<!-- bench NAME -->` and `<!-- end -->`, NAME being a file of docs/benchmarks without its ending.

    python3 Tools/performance.py            writes the page
    python3 Tools/performance.py --check    says what differs, exit code 1
"""

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/PERFORMANCE.md"
PLACE = re.compile(r"(<!-- bench ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
PEERS = ["pytorch-eager", "pytorch-compile", "jax"]
HEAD = (
    "| workload | latent | PyTorch eager | compiled | JAX | best peer / latent | target | holds | of the limit | memory / PyTorch |\n"
    "|---|---|---|---|---|---|---|---|---|---|\n"
)


def number(value, form="{:.3g}"):
    return "–" if value is None else form.format(value)


def time(side):
    return "–" if side is None else f"{number(side['median_ms'])} ({number(side['min_ms'])})"


def row(found):
    cells = [f"`{found['name']}`", time(found["ours"]), *(time(found["peers"].get(name)) for name in PEERS)]
    cells += [number(found["ratio_to_best_peer"], "{:.2f}"), number(found["target"]), "yes" if found["holds"] else "no"]
    cells += [number(found["fraction_of_limit"], "{:.2f}"), number(found["memory"]["ratio_to_pytorch_eager"], "{:.2f}")]
    return "| " + " | ".join(cells) + " |\n"


def table(run):
    rows = "".join(row(found) for found in run["workloads"])
    absent = "".join(
        f"`{found['name']}`, {name}: {reason}.\n" for found in run["workloads"] for name, reason in found.get("absent", {}).items()
    )
    loads = [found["load"] for found in run["workloads"]]
    conditions = (
        f"{run['processor']}, {run['threads']} of {run['processors']} processors, LibTorch {run['libtorch']}, {run['precision']}; "
        f"{run['rounds']} processes a side of {number(run['seconds'])} s; load {min(loads):.1f} to {max(loads):.1f}.\n"
    )
    return HEAD + rows + "\n" + conditions + ("\n" + absent if absent else "")


def filled(text):
    def replaced(match):
        run = json.loads((ROOT / f"docs/benchmarks/{match[2]}.json").read_text())
        return match[1] + table(run) + match[3]

    return PLACE.sub(replaced, text)


if __name__ == "__main__":
    now = PAGE.read_text()
    wanted = filled(now)
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(wanted)
    elif now != wanted:
        sys.exit("docs/PERFORMANCE.md: expected the tables of docs/benchmarks; run python3 Tools/performance.py")
