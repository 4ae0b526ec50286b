# One set-up or build at a time in a checkout. The lock goes with file descriptor 9, so a killed owner never leaves it held.

take_lock() {
  { mkdir -p "$root/.deps" && true >>"$root/.deps/lock"; } 2>/dev/null || fail \
    "$root/.deps: expected a folder that can be written, found none" "check the owner and the mount of $root"
  exec 9>>"$root/.deps/lock"
  lock_descriptor -n && return
  say "waiting for another set-up or build in $root"
  lock_descriptor
}

release_lock() { exec 9>&-; }

# macOS has no flock command; Perl, which it has, makes the same system call on the inherited descriptor.
lock_descriptor() {
  if command -v flock >/dev/null; then
    flock "$@" 9
  else
    perl -e 'use Fcntl ":flock"; open(my $f, ">>&=", 9) or exit 2; flock($f, LOCK_EX | (@ARGV ? LOCK_NB : 0)) or exit 1' "$@"
  fi
}
