"""Writes Sources/Catalogue/PapersText.swift from Sources/Catalogue/papers.json.

The catalogue is compiled in as text, so that the command finds it wherever it is put.
"""

import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDER = ROOT / "Sources/Catalogue"


def main():
    papers = json.loads((FOLDER / "papers.json").read_text())
    lines = ",\n".join(json.dumps(paper, ensure_ascii=False, sort_keys=True) for paper in papers)
    assert '"""##' not in lines
    (FOLDER / "PapersText.swift").write_text(
        "// Written by Tools/catalogue.py from papers.json; edit that file, not this one.\n"
        "// swift-format-ignore-file\n\n"
        f'let papersText = ##"""\n[\n{lines}\n]\n"""##\n'
    )


if __name__ == "__main__":
    main()
