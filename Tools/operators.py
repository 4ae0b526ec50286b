"""Writes Sources/TorchRaw/Operators/*.swift from Tools/operators.txt.

Each operator is declared with the whole schema of the LibTorch at hand, so that a reader sees the
argument order and the defaults at the name, and a test can hold the file against LibTorch itself.
Run with a Python that imports torch:  python3 Tools/operators.py
"""

import pathlib
import re

import torch

ROOT = pathlib.Path(__file__).resolve().parent.parent
HEAD = """// Written by Tools/operators.py from Tools/operators.txt; edit the list, not this file.
// Schemas of LibTorch {version}.
// swift-format-ignore-file

extension Operator {{
"""


def schemas():
    table = {}
    for schema in torch._C._jit_get_all_schemas():
        name = schema.name + ("." + schema.overload_name if schema.overload_name else "")
        table[name] = str(schema)
    return table


def sections(text):
    subject, rows = None, []
    for line in text.splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        heading = re.fullmatch(r"\[(\w+)\]", line)
        if heading:
            if subject:
                yield subject, rows
            subject, rows = heading.group(1), []
        else:
            rows.append(line.split())
    yield subject, rows


def main():
    table = schemas()
    version = torch.__version__.split("+")[0]
    folder = ROOT / "Sources/TorchRaw/Operators"
    folder.mkdir(parents=True, exist_ok=True)
    for subject, rows in sections((ROOT / "Tools/operators.txt").read_text()):
        body = HEAD.format(version=version)
        for swift, name in rows:
            if name not in table:
                raise SystemExit(f"operators.txt: {name} is no operator of torch {version}")
            schema = table[name].replace("\\", "\\\\").replace('"', '\\"')
            body += f'  package static let {swift} = Operator("{schema}")\n'
        (folder / f"Operators+{subject}.swift").write_text(body + "}\n")


if __name__ == "__main__":
    main()
