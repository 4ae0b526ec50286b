"""Writes the tables of docs/PERFORMANCE.md from docs/benchmarks/….json, what `latent bench --json` printed.

A table stands between the lines `<!-- bench NAME -->` and `<!-- end -->`, NAME being a file of docs/benchmarks without its ending. The curves of
docs/benchmarks/growth.json, what `latent bench --growth --json` printed, are a table too, and docs/images/growth.svg.

    python3 Tools/performance.py            writes the page
    python3 Tools/performance.py --check    says what differs, exit code 1
"""

import json
import math
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/PERFORMANCE.md"
FIGURE = ROOT / "docs/images/growth.svg"
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


GROWTH_HEAD = (
    "| grows | from – to | time, ms | slope | peak of tensors, MB | slope | operators |\n"
    "|---|---|---|---|---|---|---|\n"
)


def growth_table(run):
    rows = []
    for curve in run["curves"]:
        first, last = curve["points"][0], curve["points"][-1]
        peaks = [point["work"]["peak_bytes"] / 1e6 for point in (first, last)]
        operators = [point["work"]["operators"] for point in (first, last)]
        cells = [curve["title"], f"{first['value']} – {last['value']}", f"{number(first['ms'])} – {number(last['ms'])}", number(curve["time_slope"], "{:.2f}")]
        cells += [f"{number(peaks[0])} – {number(peaks[1])}", number(curve["memory_slope"], "{:.2f}")]
        cells += [f"{operators[0]}" if operators[0] == operators[1] else f"{operators[0]} – {operators[1]}"]
        rows.append("| " + " | ".join(cells) + " |\n")
    conditions = (
        f"{run['processor']}, {run['threads']} of {run['processors']} processors, LibTorch {run['libtorch']}, float32; "
        f"{run['rounds']} processes a place of {number(run['seconds'])} s; load {run['load']:.1f} at the end.\n"
    )
    return GROWTH_HEAD + "".join(rows) + "\n" + conditions


def growth_figure(run):
    """Time and memory against how many times the first value, both axes logarithmic; a dashed line is proportional."""
    colours = ["#4269d0", "#efb118", "#ff725c", "#3ca951", "#a463f2", "#6b7280"]
    width, height, left, top, gap = 400, 330, 56, 34, 70
    parts = []
    quantities = [("time of a step, times the first", lambda point: point["ms"]), ("peak of tensors, times the first", lambda point: point["work"]["peak_bytes"])]
    span = max(curve["points"][-1]["value"] / curve["points"][0]["value"] for curve in run["curves"])
    for panel, (title, quantity) in enumerate(quantities):
        x0 = left + panel * (width + gap)
        x = lambda value: x0 + width * math.log(value) / math.log(span)
        y = lambda value: top + height * (1 - math.log(value) / math.log(span))
        parts.append(f'<rect x="{x0}" y="{top}" width="{width}" height="{height}" class="frame"/>')
        parts.append(f'<text x="{x0 + width / 2}" y="{top - 12}" text-anchor="middle">{title}</text>')
        parts.append(f'<path class="proportional" d="M{x(1):.1f} {y(1):.1f}L{x(span):.1f} {y(span):.1f}"/>')
        for power in range(0, int(math.log2(span)) + 1, 2):
            parts.append(f'<text x="{x(2 ** power):.1f}" y="{top + height + 18}" text-anchor="middle">{2 ** power}</text>')
            parts.append(f'<text x="{x0 - 6}" y="{y(2 ** power) + 4:.1f}" text-anchor="end">{2 ** power}</text>')
        for colour, curve in zip(colours, run["curves"]):
            first = curve["points"][0]
            places = [(x(point["value"] / first["value"]), y(max(quantity(point) / quantity(first), 1))) for point in curve["points"]]
            line = "L".join(f"{across:.1f} {up:.1f}" for across, up in places)
            parts.append(f'<path d="M{line}" stroke="{colour}"/>')
    for index, (colour, curve) in enumerate(zip(colours, run["curves"])):
        across, down = left + (index % 2) * (width + gap), top + height + 46 + 20 * (index // 2)
        parts.append(f'<path d="M{across} {down - 4}h22" stroke="{colour}"/><text x="{across + 30}" y="{down}">{curve["title"]}</text>')
    size = (left + 2 * width + gap + 16, top + height + 46 + 20 * ((len(run["curves"]) + 1) // 2))
    style = "text{font:13px sans-serif;fill:#444}path{fill:none;stroke-width:2}.frame{fill:#fff;stroke:#ccc}.proportional{stroke:#bbb;stroke-dasharray:5 4}"
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}" role="img" aria-label="growth of a training step">\n'
        f"<style>{style}</style>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n{body}\n</svg>\n"
    )


def filled(text):
    def replaced(match):
        run = json.loads((ROOT / f"docs/benchmarks/{match[2]}.json").read_text())
        return match[1] + (growth_table(run) if "curves" in run else table(run)) + match[3]

    return PLACE.sub(replaced, text)


if __name__ == "__main__":
    growth = json.loads((ROOT / "docs/benchmarks/growth.json").read_text())
    wanted = {PAGE: filled(PAGE.read_text()), FIGURE: growth_figure(growth)}
    for path, text in wanted.items():
        if "--check" not in sys.argv[1:]:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            sys.exit(f"{path.relative_to(ROOT)}: expected what docs/benchmarks gives, found something else; run python3 Tools/performance.py")
