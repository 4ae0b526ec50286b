# Single files out of pinned wheels, under .deps: plotly.js for reports, LightGBM's library for the DCI metrics. The
# package does without either, so that a package index that cannot be reached is a note and no failure.

# wheel_file_is_current NAME PINS FILE: .deps/NAME/FILE comes from the wheel that bin/pins/PINS.txt names.
wheel_file_is_current() { cmp -s "$pins/$2.txt" "$root/.deps/$1/$1.pins" && [ -s "$root/.deps/$1/$3" ]; }

charts_are_current() { wheel_file_is_current plotly charts plotly.min.js; }

install_charts() {
  install_wheel_file plotly charts "chart library" "the pinned plotly wheel (10 MB)" "reports have static charts" \
    'plotly/package_data/plotly\.min\.js'
}

# The library is called .dylib inside the macOS wheel; it is kept under one name.
trees_are_current() { wheel_file_is_current lightgbm trees lib_lightgbm.so; }

install_trees() {
  install_wheel_file lightgbm trees "boosted trees" "the pinned lightgbm wheel (2 to 4 MB)" \
    "the metrics dci-* answer with a remedy" 'lightgbm/lib/lib_lightgbm\.(so|dylib)' lib_lightgbm.so
}

# install_wheel_file NAME PINS WHAT WHEEL WITHOUT PATTERN [FILE]: the one member that PATTERN matches, as .deps/NAME/FILE.
# shellcheck disable=SC2086 # a list of options
install_wheel_file() {
  local partial=$root/.deps/partial carrier=$environment
  mkdir -p "$root/.deps"
  start_partial
  if [ ! -x "$carrier/bin/python" ]; then
    # With a LibTorch of the user's own, Python is not needed for anything else.
    command -v "${PYTHON:-python3}" >/dev/null || return 0
    carrier=$partial/python
    make_environment "$carrier"
  fi
  say "$3: fetching $4"
  if ! run_pip "$carrier" $download -d "$partial/wheels" -r "$pins/$2.txt"; then
    if grep -q 'DO NOT MATCH THE HASHES' "$setup_log"; then explain_pip_failure "$3"; fi
    say "$3: not fetched, so $5; bin/setup tries again (log: $setup_log)"
    rm -rf "$partial"
    return 0
  fi
  mkdir -p "$partial/$1"
  "$carrier/bin/python" -c 'import pathlib, re, sys, zipfile
wheel, pattern, folder, file = zipfile.ZipFile(sys.argv[1]), *sys.argv[2:]
name = next(name for name in wheel.namelist() if re.fullmatch(pattern, name))
pathlib.Path(folder, file or pathlib.Path(name).name).write_bytes(wheel.read(name))' \
    "$partial"/wheels/"$1"-*.whl "$6" "$partial/$1" "${7:-}"
  cp "$pins/$2.txt" "$partial/$1/$1.pins"
  rm -rf "$root/.deps/$1"
  mv "$partial/$1" "$root/.deps/$1"
  rm -rf "$partial"
}
