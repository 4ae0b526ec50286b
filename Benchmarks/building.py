"""Builds a product of this package for the scripts beside it."""

import pathlib
import subprocess
import sys

here = pathlib.Path(__file__).resolve().parent


def build(product):
    """The path of the product's release build, made if it is out of date."""
    command = ["swift", "build", "-c", "release", "--package-path", str(here)]
    subprocess.run([*command, "--product", product], check=True, stdout=sys.stderr)
    shown = subprocess.run([*command, "--show-bin-path"], check=True, capture_output=True, text=True)
    return str(pathlib.Path(shown.stdout.strip()) / product)
