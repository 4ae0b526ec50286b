#!/usr/bin/env bash
# The rooms: docs/ARCHITECTURE.md, Package.swift and the imports of Sources agree, and dependencies point one way.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/harness.sh"

checker=$repository/Tools/architecture.py

# check ROOT MANIFEST: sets `status`; the faults are in $work/out.
check() {
  status=0
  "$real_python" "$checker" "$1" <"$2" >"$work/out" 2>"$work/err" || status=$?
}

swift package --package-path "$repository" dump-package >"$work/manifest.json"
check "$repository" "$work/manifest.json"
expect "the package is as its description says" [ "$status$(cat "$work/out" "$work/err")" = 0 ]

# A package of two rooms, right at first; then one fault at a time.
house=$work/house
mkdir -p "$house/docs" "$house/Sources/Low" "$house/Sources/High"
printf '| 1 | `Low` | x |\n| 2 | `High` | x |\n' >"$house/docs/ARCHITECTURE.md"
printf 'import FoundationEssentials\npublic import Low\n' >"$house/Sources/High/High.swift"
echo 'let one = 1' >"$house/Sources/Low/Low.swift"

# manifest DEPENDENCIES-OF-LOW DEPENDENCIES-OF-HIGH, each a JSON list.
manifest() {
  printf '{"targets": [{"name": "Low", "dependencies": %s}, {"name": "High", "dependencies": %s}]}' "$1" "$2" >"$work/small.json"
}
low='[{"byName": ["Low", null]}]'
high='[{"byName": ["High", null]}]'

manifest '[]' "$low"
check "$house" "$work/small.json"
expect "two rooms in order are right" [ "$status$(cat "$work/out" "$work/err")" = 0 ]

manifest "$high" "$low"
check "$house" "$work/small.json"
expect "an arrow upwards is a fault" grep -q 'Low (floor 1) depends on High (floor 2)' "$work/out"

manifest '[]' '[]'
check "$house" "$work/small.json"
expect "an import without a declared dependency is a fault" grep -q 'High.swift: imports Low' "$work/out"

manifest '[]' "$low"
echo 'import Foundation' >"$house/Sources/Low/Math.swift"
check "$house" "$work/small.json"
expect "all of Foundation is a fault" grep -q 'Low/Math.swift: expected FoundationEssentials' "$work/out"
rm "$house/Sources/Low/Math.swift"

mkdir "$house/Sources/New"
check "$house" "$work/small.json"
expect "a folder without a row is a fault" grep -q 'Sources/New: expected a row' "$work/out"
rm -r "$house/Sources/New"

printf '| 3 | `Gone` | x |\n' >>"$house/docs/ARCHITECTURE.md"
check "$house" "$work/small.json"
expect "a row without a folder is a fault" grep -q 'expected the folder Sources/Gone' "$work/out"
expect "faults are an exit code" [ "$status" = 1 ]

finish
