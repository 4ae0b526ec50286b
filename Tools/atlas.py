"""Writes docs/ATLAS.md from docs/results/P….json and the catalogue, and the tables of measured numbers in other pages.

A page of docs holds such a table between the lines `<!-- results P… -->` and `<!-- end -->`.

    python3 Tools/atlas.py            writes the page
    python3 Tools/atlas.py --check    says what differs, exit code 1

A result is what `latent reproduce P… --json` printed; its method file is Sources/Reproductions/<Family>/P….swift.
"""

import json
import pathlib
import re
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


def table(match):
    path = ROOT / f"docs/results/{match[1]}.json"
    lines = ["not measured yet"]
    if path.exists():
        lines = ["| claim | claimed | measured (95 % interval) |", "|---|---|---|"]
        for claim in json.loads(path.read_text())["claims"]:
            bound = f"{claim['claimed']} {claim['unit']}".strip()
            lines.append(f"| `{claim['name']}` | {bound} | {measured(claim)} |")
    return f"<!-- results {match[1]} -->\n" + "\n".join(lines) + "\n<!-- end -->"


def pages():
    """Each page that is written here, with its text."""
    yield PAGE, page()
    for path in sorted((ROOT / "docs").glob("*.md")):
        text = path.read_text()
        if path != PAGE and "<!-- results P" in text:
            yield path, re.sub(r"<!-- results (P\d+) -->\n.*?<!-- end -->", table, text, flags=re.DOTALL)


if __name__ == "__main__":
    for path, text in pages():
        if sys.argv[1:] != ["--check"]:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            name = path.relative_to(ROOT)
            sys.exit(f"{name}: expected what docs/results say, found another text; run python3 Tools/atlas.py")
