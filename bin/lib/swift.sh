# The Swift toolchain: found on PATH, its version asked for once and again only when the compiler changes.

swift_lowest=6.1

require_swift() {
  local swift version known=
  swift=$(command -v swift) || fail "Swift, PATH: expected $swift_lowest or later, found none" \
    "install Swift from https://www.swift.org/install and put its usr/bin folder on PATH"
  local record=$root/.deps/swift
  if [ -f "$record" ] && [ ! "$swift" -nt "$record" ]; then read -r known <"$record" || true; fi
  [ "$known" = "$swift" ] && return
  version=$("$swift" --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9]*\.[0-9][0-9]*\).*/\1/p' | head -n 1)
  [ -n "$version" ] || fail "Swift, $swift: expected $swift_lowest or later, found a program that tells no version" \
    "run «swift --version» and repair the toolchain it complains about"
  version_in "$version" "$swift_lowest" 99.0 || fail "Swift, $swift: expected $swift_lowest or later, found $version" \
    "install a newer Swift from https://www.swift.org/install and put its usr/bin folder first on PATH"
  say "Swift $version ($swift)"
  if mkdir -p "$root/.deps" 2>/dev/null; then printf '%s\n' "$swift" 2>/dev/null >"$record" || true; fi
}
