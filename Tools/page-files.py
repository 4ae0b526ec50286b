#!/usr/bin/env python3
"""Writes Sources/Studio/PageFiles.swift: the files of Sources/Studio/Pages by their names; --check only compares."""

import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parent.parent / "Sources/Studio"
names = sorted(path.name for path in (root / "Pages").iterdir() if not path.name.startswith("."))
rows = [f'      "{name}": PackageResources.{re.sub(r"[^0-9A-Za-z_]", "_", name)}' for name in names]
text = """/// The files of the page, compiled in; `Tools/page-files.py` writes this list.
enum PageFiles {
  /// Each file by its name.
  static var all: [String: [UInt8]] {
    [
%s
    ]
  }
}
""" % ",\n".join(row + "," if row is rows[-1] and len(rows) > 1 else row for row in rows)
path = root / "PageFiles.swift"
if "--check" in sys.argv[1:]:
    sys.exit(path.read_text() != text and f"{path} is not what Tools/page-files.py writes")
path.write_text(text)
