# The release build: quiet on success, its last lines on failure, one at a time.

stamp=$root/.build/latent.stamp
build_log=$root/.build/latent-build.log
latent_binary=$root/.build/release/latent

# Nothing that the binary is made from is newer than the last build. Folders count too, so a deleted file is noticed.
build_is_current() {
  [ -x "$latent_binary" ] && [ -f "$stamp" ] && [ -e "$root/.torch/lib" ] || return 1
  [ -z "${LIBTORCH:-}" ] || [ "$LIBTORCH" -ef "$root/.torch" ] || return 1
  [ -z "$(cd "$root" && find Package.swift Sources bin/pins .torch -newer "$stamp" -print -quit)" ]
}

# swift_build WHAT ARGUMENTS…: swift build in the release configuration; the caller holds the lock.
swift_build() {
  local what=$1
  shift
  mkdir -p "$root/.build" 2>/dev/null || fail "$root/.build: expected a folder that can be written, found none" \
    "check the owner, the mount and the free space of $root"
  touch "$stamp.next"
  say "building $what (release; the first time takes minutes; log: .build/latent-build.log)"
  swift build --package-path "$root" -c release "$@" 2>&1 9>&- | tee "$build_log" | show_progress || {
    { grep -E '(error|fatal):' "$build_log" || tail -n 15 "$build_log"; } | awk '!seen[$0]++' | head -n 15 >&2
    fail "build of $what, $root: expected swift build to succeed, found the lines above" \
      "read $build_log; with local changes, repair them; otherwise remove .build and start again"
  }
  mv "$stamp.next" "$stamp"
}

# On a terminal, SwiftPM's own count of steps on one line that goes away; elsewhere nothing.
show_progress() {
  local line terminal=no
  [ ! -t 2 ] || terminal=yes
  while IFS= read -r line; do
    case $terminal$line in
      yes\[*/*\]*) printf '\r\033[K  %s' "${line:0:90}" >&2 ;;
    esac
  done
  [ $terminal = no ] || printf '\r\033[K' >&2
}
