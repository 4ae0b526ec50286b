"""Prints the pin of a package from the package index: python3 bin/pins/print-pins.py torch 2.14.0

One sha256 for every wheel of that version that set-up may meet: CPython 3.10 to 3.14 or any Python 3, on Linux x86_64
and aarch64 and on macOS arm64. Paste the lines into the file of bin/pins that names the package.
"""

import html
import os
import re
import sys
import urllib.request

PYTHON = re.compile(r"-(?:cp31[0-4]-(?:cp31[0-4]|abi3)|py3-none)-")
PLATFORM = re.compile(r"(?:manylinux.*_(?:x86_64|aarch64)|macosx_1[1-5]_0_arm64|-any)\.whl$")

name, version = sys.argv[1:]
index = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/")
page = urllib.request.urlopen(f"{index}/{name}/").read().decode()
links = re.findall(r'href="[^"#]*/([^/"#]+\.whl)#sha256=([0-9a-f]{64})"', html.unescape(page))
prefix = f"{name.replace('-', '_')}-{version}-"
pins = sorted({link for link in links if link[0].startswith(prefix)})
pins = [digest for file, digest in pins if PYTHON.search(file) and PLATFORM.search(file)]
if not pins:
    sys.exit(f"error: {index}/{name}/: expected wheels of version {version}, found none")
print(f"{name}=={version}", *(f"    --hash=sha256:{digest}" for digest in pins), sep=" \\\n")
