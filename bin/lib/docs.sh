# The documentation: symbol graphs out of the release build's modules, and DocC over them, warnings as errors.

docs_log=$root/.build/docs.log

# A tool of the Swift toolchain that may not be on the PATH itself.
toolchain_tool() {
  local beside
  beside=$(dirname "$(readlink -f "$(command -v swift)" 2>/dev/null || command -v swift)")/$1
  if [ -x "$beside" ]; then
    printf '%s\n' "$beside"
  else
    command -v "$1" || xcrun --find "$1" 2>/dev/null || fail "$1: expected beside swift in $(dirname "$beside"), found none" \
      "install a complete Swift toolchain from https://www.swift.org/install"
  fi
}

# The library targets: folders of Sources that hold Swift, without helpers of the tests (_…), the program (main.swift, @main) and
# the umbrella, which declares nothing of its own.
library_modules() {
  local folder name
  for folder in "$root"/Sources/*/; do
    name=$(basename "$folder")
    case $name in _* | Latent) continue ;; esac
    grep -qrE --include='*.swift' '' "$folder" || continue
    if [ -e "$folder/main.swift" ] || grep -qrE --include='*.swift' '^@main' "$folder"; then continue; fi
    printf '%s\n' "$name"
  done
}

# extract_symbols GRAPHS MODULE…: the public symbols of each module of the release build.
extract_symbols() {
  local graphs=$1 extract built triple map module options
  shift
  extract=$(toolchain_tool swift-symbolgraph-extract)
  built=$(swift build --package-path "$root" -c release --show-bin-path)
  triple=$(swift -print-target-info | sed -n 's/.*"triple": "\(.*\)",*/\1/p' | head -n 1)
  options=(-target "$triple" -I "$built/Modules" -module-cache-path "$root/.build/docs-modules")
  for map in "$built"/C*.build/module.modulemap "$root"/Sources/C*/module.modulemap; do
    [ ! -f "$map" ] || options+=(-Xcc "-fmodule-map-file=$map")
  done
  [ "$(uname -s)" != Darwin ] || options+=(-sdk "$(xcrun --show-sdk-path)")
  rm -rf "$graphs"
  mkdir -p "$graphs"
  for module in "$@"; do
    "$extract" -module-name "$module" "${options[@]}" -minimum-access-level public -skip-synthesized-members \
      -skip-inherited-docs -output-dir "$graphs" >"$docs_log" 2>&1 || {
      tail -n 5 "$docs_log" >&2
      fail "symbols of $module: expected a module of the release build, found the lines above" \
        "swift build -c release --target $module"
    }
  done
}

# convert_docs CATALOGUE GRAPHS OUTPUT: the archive, or the first warnings and exit code 1.
convert_docs() {
  local docc
  docc=$(toolchain_tool docc)
  "$docc" convert "$1" --additional-symbol-graph-dir "$2" --output-dir "$3" --warnings-as-errors \
    --fallback-bundle-identifier swift-latent >"$docs_log" 2>&1 || {
    head -n 40 "$docs_log" | sed "s/^/  /" >&2
    echo "error: documentation, $3: expected no warning of DocC, found the lines above" >&2
    echo "remedy: repair the comments or articles that they name; all of them are in .build/docs.log" >&2
    return 1
  }
}
