#!/usr/bin/env bash
# The studio in a real browser: forms, live curves, sliders, lasso, comparison, doctor, atlas, both themes.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
root=$repository

if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null && ! command -v google-chrome >/dev/null; then
  echo "studio-browser-tests.sh: skipped, there is no chromium (apt-get install chromium)"
  exit 0
fi
exec python3 "$root/Tests/Scripts/studio-browser-tests.py" "$root/.build/release/latent" "$@"
