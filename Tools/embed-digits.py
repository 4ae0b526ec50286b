"""Writes Sources/Datasets/KnownSets/DigitsData.swift from the digits' CSV.

The CSV has 1,797 rows of 64 pixels (0 to 16) and a label, without a head: the file optdigits.tes of
E. Alpaydin, C. Kaynak 1998, UCI Machine Learning Repository, doi:10.24432/C50P49, CC BY 4.0.
Run:  python3 Tools/embed-digits.py optdigits.csv
"""

import base64
import csv
import gzip
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = ROOT / "Sources/Datasets/KnownSets/DigitsData.swift"

with open(sys.argv[1], newline="") as file:
    rows = [[int(value) for value in row] for row in csv.reader(file)]
assert len(rows) == 1797 and all(len(row) == 65 for row in rows)
assert all(0 <= value <= 16 for row in rows for value in row)

packed = base64.b64encode(gzip.compress(bytes(sum(rows, [])), 9, mtime=0)).decode()
lines = [packed[start : start + 96] for start in range(0, len(packed), 96)]
TARGET.write_text(
    "// Written by Tools/embed-digits.py; do not edit.\n"
    "// E. Alpaydin, C. Kaynak 1998, UCI Machine Learning Repository, CC BY 4.0.\n"
    "// swift-format-ignore-file\n\n"
    "/// 1,797 rows of 64 pixels and a label, a byte each, compressed with gzip, in base64.\n"
    'let digitsData = """\n' + "\n".join(lines) + '\n"""\n'
)
