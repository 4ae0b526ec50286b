"""Writes docs/PYTORCH.md, the names of PyTorch beside ours, from the doc comments of Sources/Torch.

A doc comment that ends in «PyTorch: `name`» or names several gives one row a name. Run
`python3 Tools/pytorch-table.py`; with --check nothing is written, and a file that differs from what
would be written is an error (exit code 1). Needs nothing but Python.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs/PYTORCH.md"
HEAD = """# From PyTorch

What a PyTorch name is called here. Written by `Tools/pytorch-table.py` from the doc comments of
`Sources/Torch`; edit those, not this file. Elementwise functions and functions of several tensors
are free functions, reductions and shape operations are methods, and no operation works in place.
`F` is `torch.nn.functional`; `numpy.load` and its like stand for themselves.
"""
DECLARATION = re.compile(
    r"(?:public |static |prefix |final |mutating )*"
    r"(?:(func|var|struct|class|enum|case|init|subscript|typealias|protocol)\b\s*)(.*)")
NAME = re.compile(r"(?:PyTorch|NumPy):((?:\s*,?\s*`[^`]+`)+)")


def signature(kind, rest):
    """The declaration as it is called: name and labels."""
    if kind in ("var", "struct", "class", "enum", "case", "typealias", "protocol"):
        return re.match(r"\w+", rest).group(0)
    start = rest.find("(")
    generic = rest.find("<")
    name = rest[: start if generic < 0 or generic > start else generic].strip()
    if generic == 0 or 0 <= generic < start:
        name = rest[:generic].strip() if generic else rest[0]
    depth, labels, part = 0, [], ""
    body = rest[start + 1:]
    for character in body:
        if character in "([":
            depth += 1
        if character in ")]":
            if depth == 0:
                break
            depth -= 1
        if character == "," and depth == 0:
            labels.append(part)
            part = ""
        else:
            part += character
    if part.strip():
        labels.append(part)
    labels = [label.split(":")[0].split()[0] for label in labels if ":" in label]
    if re.fullmatch(r"\W+", name):
        return name
    if kind == "subscript":
        return "[…]"
    return f"{name or kind}({''.join(label + ':' for label in labels)})"


def declarations(text):
    """Doc comment, owner and declaration of everything public in a file."""
    comment, owner, lines = [], "", text.splitlines()
    for number, line in enumerate(lines):
        plain = line.strip()
        if plain.startswith("///"):
            comment.append(plain[3:].strip())
            continue
        if not line.startswith(" "):
            found = re.match(r"(?:public )?(?:final )?(?:extension|struct|class|enum) (\w+)", plain)
            owner = found.group(1) if found else "" if plain == "}" else owner
        if comment and not plain.startswith("@"):
            joined = " ".join(lines[number:number + 8])
            if plain.startswith("public "):
                yield " ".join(comment), owner, joined.strip()
            comment = []


def rows():
    for path in sorted((ROOT / "Sources/Torch").rglob("*.swift")):
        for comment, owner, code in declarations(path.read_text()):
            found = NAME.search(comment)
            declared = DECLARATION.match(code)
            if not found or not declared:
                continue
            ours = signature(declared.group(1), declared.group(2))
            top = declared.group(1) in ("struct", "class", "enum", "protocol")
            free = not owner or top or re.fullmatch(r"[^\w(]+", ours)
            if ours == "init" or ours.startswith("init("):
                ours = owner + ours[4:]
            elif not free:
                ours = f"{owner}{'' if ours.startswith('[') else '.'}{ours}"
            for name in re.findall(r"`([^`]+)`", found.group(1)):
                yield path.relative_to(ROOT / "Sources/Torch").with_suffix(""), name, ours


def main():
    text, subject, seen = HEAD, None, set()
    for path, name, ours in rows():
        if (name, ours) in seen:
            continue
        seen.add((name, ours))
        if path != subject:
            text += f"\n## {path}\n\n| PyTorch | here |\n| --- | --- |\n"
            subject = path
        escaped = [cell.replace("|", "\\|") for cell in (name, ours)]
        text += f"| `{escaped[0]}` | `{escaped[1]}` |\n"
    if sys.argv[1:] == ["--check"]:
        if not TARGET.exists() or TARGET.read_text() != text:
            sys.exit("docs/PYTORCH.md is out of date: run python3 Tools/pytorch-table.py")
    else:
        TARGET.parent.mkdir(exist_ok=True)
        TARGET.write_text(text)


if __name__ == "__main__":
    main()
