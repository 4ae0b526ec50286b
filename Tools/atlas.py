"""Writes docs/ATLAS.md from docs/results/P….json and the catalogue.

    python3 Tools/atlas.py            writes the page
    python3 Tools/atlas.py --check    says what differs, exit code 1

A result is what `latent reproduce P… --json` printed; its method file is Sources/Reproductions/<Family>/P….swift.
"""

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/ATLAS.md"
HEAD = """# Atlas

Each paper's own claim, measured by `latent reproduce`: written by `Tools/atlas.py` from `docs/results`; edit neither.
A claim holds if the whole 95 % interval over the seeds keeps the bound. How to run one again: `latent reproduce P109`.

| paper | claim | claimed | measured (95 % interval) | holds | verdict | minutes |
|---|---|---|---|---|---|---|
"""


def number(value):
    return f"{value:.3g}"


def measured(claim):
    if claim["measured"] is None:
        return "not measured"
    text = number(claim["measured"])
    if claim["interval"]:
        low, high = map(number, claim["interval"])
        text += f" ({low} to {high}, {claim['seeds']} seeds)"
    return text


def rows(path):
    result = json.loads(path.read_text())
    paper = result["paper"]
    files = sorted((ROOT / "Sources/Reproductions").rglob(f"{paper}.swift"))
    assert len(files) == 1, f"{paper}: expected one file {paper}.swift, found {len(files)}"
    link = f"[{paper}](../{files[0].relative_to(ROOT)}) {result['title']}"
    for index, claim in enumerate(result["claims"]):
        first = index == 0
        bound = f"{claim['claimed']} {claim['unit']}".strip()
        holds = {True: "yes", False: "no", None: ""}[claim["holds"]]
        cells = [link if first else "", claim["name"], bound, measured(claim), holds]
        cells += [result["verdict"] if first else "", number(result["minutes"]) if first else ""]
        yield "| " + " | ".join(cells) + " |"


def page():
    papers = json.loads((ROOT / "Sources/Catalogue/papers.json").read_text())
    results = sorted((ROOT / "docs/results").glob("P*.json"))
    lines = [line for path in results for line in rows(path)]
    tail = f"\n{len(results)} of {len(papers)} papers of the catalogue are measured.\n"
    return HEAD + "\n".join(lines) + "\n" + tail


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        if not PAGE.exists() or PAGE.read_text() != page():
            sys.exit("docs/ATLAS.md: expected what docs/results say, found another text; run python3 Tools/atlas.py")
    else:
        PAGE.write_text(page())
