"""Holds docs/ARCHITECTURE.md, Package.swift and the imports of Sources against each other.

    swift package dump-package | python3 Tools/architecture.py ROOT

The table of rooms gives each target a floor. Checked: every folder of Sources has a row and every row a folder; a target depends
on lower floors only; a file imports no room that its target does not declare, nor all of Foundation. Prints one line a fault and exits 1.
"""

import json
import pathlib
import re
import sys

ROW = re.compile(r"^\| (\d+) \| `(\w+)` \|", re.MULTILINE)
IMPORT = re.compile(
    r"^(?:@\w+(?:\(\w+\))?\s+)*(?:public |package |internal |fileprivate |private )?import (?:(?:struct|class|enum|func|protocol) )?(\w+)",
    re.MULTILINE,
)


def faults(root, manifest):
    rows = ROW.findall((root / "docs/ARCHITECTURE.md").read_text())
    floors = {name: int(floor) for floor, name in rows}
    if len(floors) != len(rows):
        yield "docs/ARCHITECTURE.md: a room stands in the table twice"
    folders = {folder.name for folder in (root / "Sources").iterdir() if folder.is_dir()}
    for name in sorted(folders - floors.keys()):
        yield f"Sources/{name}: expected a row in docs/ARCHITECTURE.md, found none"
    for name in sorted(floors.keys() - folders):
        yield f"docs/ARCHITECTURE.md: expected the folder Sources/{name}, found none"
    targets = {
        target["name"]: {
            next(iter(dependency.values()))[0] for dependency in target["dependencies"]
        }
        for target in manifest["targets"]
    }
    for name in sorted(folders - targets.keys()):
        yield f"Package.swift: expected a target {name}, found none"
    for name in sorted(folders & targets.keys() & floors.keys()):
        for needed in sorted(targets[name]):
            if needed in floors and floors[needed] >= floors[name]:
                yield (
                    f"Package.swift: {name} (floor {floors[name]}) depends on {needed} (floor {floors[needed]}); "
                    "expected lower floors only"
                )
        for file in sorted((root / "Sources" / name).rglob("*.swift")):
            for module in sorted(set(IMPORT.findall(file.read_text()))):
                if module in folders and module not in targets[name]:
                    yield f"{file.relative_to(root)}: imports {module}, which {name} does not declare in Package.swift"
                if module == "Foundation":
                    yield f"{file.relative_to(root)}: expected FoundationEssentials, found Foundation, which loads ICU at each start"


if __name__ == "__main__":
    found = list(faults(pathlib.Path(sys.argv[1]), json.load(sys.stdin)))
    print("\n".join(found), end="\n" if found else "")
    sys.exit(1 if found else 0)
