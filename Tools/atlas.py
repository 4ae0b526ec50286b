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
What must hold stands in code and is not moved to fit a result; where a margin or a setting was chosen after first trials, the remark says so. A criterion holds if the whole 95 % interval over the seeds keeps its bound, which is
more than that the mean does. Minutes are processor time of all seeds together. How to run one again: `latent reproduce P109`.

| paper | claimed | measured | verdict | minutes | method |
|---|---|---|---|---|---|
"""
METHOD_ROOMS = ["LatentModels", "LatentLearning", "LatentNN", "LatentCore"]


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


def bound(claim):
    return f"{claim['claimed']} {claim['unit']}".strip()


def reproduction_file(paper):
    files = sorted((ROOT / "Sources/Reproductions").rglob(f"{paper}.swift"))
    assert len(files) == 1, f"{paper}: expected one file {paper}.swift, found {len(files)}"
    return files[0]


def link(name, file):
    return f"[{name}](../{file.relative_to(ROOT)})"


def method_links(row, family):
    """The files that give the paper as a source: in the family's own folder if there are any, else in the first room that has some."""
    for folder in [f"LatentModels/{family}"] + METHOD_ROOMS:
        files = sorted((ROOT / "Sources" / folder).rglob("*.swift"))
        files = [file for file in files if row["arxiv"] in file.read_text()]
        if files:
            return ", ".join(link(file.stem, file) for file in files[:3])
    return ""


def summary(claims):
    """How many criteria hold, and what became of those that do not."""
    missed = [claim for claim in claims if not claim["holds"]]
    held = len(claims) - len(missed)
    if not missed:
        shown = "; ".join(f"{claim['name']} {number(claim['measured'])}, asked {bound(claim)}" for claim in claims[:4])
        more = f"; {len(claims) - 4} more" if len(claims) > 4 else ""
        return f"all {len(claims)} criteria hold: {shown}{more}"
    shown = "; ".join(f"{claim['name']} {measured(claim)}, asked {bound(claim)}" for claim in missed)
    return f"{held} of {len(claims)} criteria hold; not {shown}"


def line(result, row):
    file = reproduction_file(result["paper"])
    cells = [
        f"{link(result['paper'], file)} [{row['title']}](#{result['paper'].lower()})", row["headline"], summary(result["claims"]), result["verdict"],
        number(result["minutes"]), method_links(row, file.parent.name),
    ]
    return "| " + " | ".join(cells) + " |"


def details(result):
    """Every criterion of a paper, and what `docs/results/P….md` remarks."""
    paper = result["paper"]
    lines = [f"### {paper}", "", f"{result['title']}. Data: {result['data']}. LibTorch {result['libtorch']}, commit {(result['commit'] or 'unknown')[:12]}.", ""]
    lines += ["| criterion | asked | measured (95 % interval) | holds |", "|---|---|---|---|"]
    for claim in result["claims"]:
        holds = {True: "yes", False: "no", None: ""}[claim["holds"]]
        lines.append(f"| {claim['name']} | {bound(claim)} | {measured(claim)} | {holds} |")
    remarks = ROOT / f"docs/results/{paper}.md"
    if remarks.exists():
        lines += ["", remarks.read_text().strip()]
    return "\n".join(lines) + "\n"


def page():
    papers = {row["id"]: row for row in json.loads((ROOT / "Sources/Catalogue/papers.json").read_text())}
    results = [json.loads(path.read_text()) for path in sorted((ROOT / "docs/results").glob("P*.json"))]
    lines = [line(result, papers[result["paper"]]) for result in results]
    counts = {}
    for result in results:
        counts[result["verdict"]] = counts.get(result["verdict"], 0) + 1
    said = ", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items(), key=lambda pair: -pair[1]))
    tail = f"\n{len(results)} of {len(papers)} papers of the catalogue are measured: {said}.\n\n## Criteria\n\n"
    return HEAD + "\n".join(lines) + "\n" + tail + "\n".join(details(result) for result in results)


def table(match):
    path = ROOT / f"docs/results/{match[1]}.json"
    lines = ["not measured yet"]
    if path.exists():
        lines = ["| claim | claimed | measured (95 % interval) |", "|---|---|---|"]
        for claim in json.loads(path.read_text())["claims"]:
            lines.append(f"| `{claim['name']}` | {bound(claim)} | {measured(claim)} |")
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
