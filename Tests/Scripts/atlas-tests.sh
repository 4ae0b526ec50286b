#!/usr/bin/env bash
# docs/ATLAS.md is what docs/results say.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/harness.sh"

status=0
"$real_python" "$repository/Tools/atlas.py" --check >"$work/out" 2>"$work/err" || status=$?
expect "the atlas is what the results say" [ "$status$(cat "$work/err")" = 0 ]

# A copy whose result was edited.
mkdir -p "$work/copy/Sources"
cp -R "$repository/Tools" "$repository/docs" "$work/copy/"
cp -R "$repository/Sources/Catalogue" "$repository"/Sources/{Reproductions,LatentModels,LatentLearning,LatentNN,LatentCore} "$work/copy/Sources/"
sed -i.old 's/"verdict": "[a-z ]*"/"verdict": "reproduced by hand"/' "$work/copy/docs/results/P109.json"
status=0
"$real_python" "$work/copy/Tools/atlas.py" --check >"$work/out" 2>"$work/err" || status=$?
expect "an edited result is noticed" grep -q 'docs/ATLAS.md: expected what docs/results say' "$work/err"
expect "as an exit code" [ "$status" = 1 ]

finish
