#!/usr/bin/env bash
# The studio in a real browser: forms, live curves, sliders, lasso, comparison, doctor, atlas, both themes.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
root=$repository
for part in messages lock build; do . "$root/bin/lib/$part.sh"; done

if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null && ! command -v google-chrome >/dev/null; then
  echo "studio-browser-tests.sh: skipped, there is no Chromium (apt-get install chromium)"
  exit 0
fi

python3 "$root/Tools/page-files.py" --check >"$work/out" 2>"$work/err" || failed "the list of the page's files" "expected Tools/page-files.py to have written it"
"$root/bin/setup"
take_lock
status=0
swift build --package-path "$root" -c release --product latent >"$work/out" 2>"$work/err" 9>&- || status=$?
release_lock
expect "latent builds" [ "$status" = 0 ]
status=0
python3 "$root/Tests/Scripts/studio-browser-tests.py" "$root/.build/release/latent" "$@" >"$work/out" 2>"$work/err" || status=$?
cat "$work/out"
expect "what a person does works in the browser" [ "$status" = 0 ]

finish
