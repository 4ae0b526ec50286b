# plotly.js out of the pinned plotly wheel, under .deps/plotly. Reports do without it, with static charts, so that a
# package index that cannot be reached is a note and no failure.

charts=$root/.deps/plotly

charts_are_current() { cmp -s "$pins/charts.txt" "$charts/plotly.pins" && [ -s "$charts/plotly.min.js" ]; }

# shellcheck disable=SC2086 # a list of options
install_charts() {
  local partial=$root/.deps/partial carrier=$environment
  mkdir -p "$root/.deps"
  start_partial
  if [ ! -x "$carrier/bin/python" ]; then
    # With a LibTorch of the user's own, Python is not needed for anything else.
    command -v "${PYTHON:-python3}" >/dev/null || return 0
    carrier=$partial/python
    make_environment "$carrier"
  fi
  say "chart library: fetching the pinned plotly wheel (10 MB)"
  if ! run_pip "$carrier" $download -d "$partial/wheels" -r "$pins/charts.txt"; then
    if grep -q 'DO NOT MATCH THE HASHES' "$setup_log"; then explain_pip_failure "chart library"; fi
    say "chart library: not fetched, so reports have static charts; bin/setup tries again (log: $setup_log)"
    rm -rf "$partial"
    return 0
  fi
  mkdir -p "$partial/plotly"
  "$carrier/bin/python" -c 'import sys, zipfile
data = zipfile.ZipFile(sys.argv[1]).read("plotly/package_data/plotly.min.js")
open(sys.argv[2], "wb").write(data)' "$partial"/wheels/plotly-*.whl "$partial/plotly/plotly.min.js"
  cp "$pins/charts.txt" "$partial/plotly/plotly.pins"
  rm -rf "$charts"
  mv "$partial/plotly" "$charts"
  rm -rf "$partial"
}
