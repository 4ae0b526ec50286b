# What the script tests share: throw-away checkouts, a PATH of chosen tools, and the form every failure must have.

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
count=0

# A PATH with ordinary tools and no Swift, Python, sudo or package manager; a test adds what it wants to be there.
tools=$work/tools
mkdir -p "$tools" "$work/home"
for tool in awk basename bash cat chmod cmp cp cut date df dirname env find flock grep head id ldd ln ls mkdir mktemp mv \
  paste perl readlink rm sed setsid sh sleep sort tail tee touch tr true uname wc xcrun; do
  if path=$(command -v "$tool"); then ln -s "$path" "$tools/$tool"; fi
done
real_python=$(python3 -c 'import os, sys; print(os.path.realpath(sys._base_executable))')

# new_checkout NAME: a copy of bin/ with a PATH of its own; sets `checkout` and `path`.
new_checkout() {
  checkout=$work/$1
  path=$work/$1-path
  mkdir -p "$checkout" "$path"
  cp -R "$repository/bin" "$checkout/bin"
  # The chart library has tests of its own; elsewhere it is there already.
  mkdir -p "$checkout/.deps/plotly"
  cp "$repository/bin/pins/charts.txt" "$checkout/.deps/plotly/plotly.pins"
  echo '/* plotly.js */' >"$checkout/.deps/plotly/plotly.min.js"
  # So has LightGBM's.
  mkdir -p "$checkout/.deps/lightgbm"
  cp "$repository/bin/pins/trees.txt" "$checkout/.deps/lightgbm/lightgbm.pins"
  echo 'a library' >"$checkout/.deps/lightgbm/lib_lightgbm.so"
}

# program NAME: its text from stdin, first on the PATH of the checkout.
program() {
  { echo '#!/bin/sh'; cat; } >"$path/$1"
  chmod +x "$path/$1"
}

with_swift() { echo 'echo "Swift version 6.3.1 (swift-6.3.1-RELEASE)"' | program swift; }
with_python() { ln -s "$real_python" "$path/python3"; }

# run [NAME=VALUE…] COMMAND…: sets `status`; output in $work/out and $work/err.
run() {
  status=0
  env -i HOME="$work/home" PATH="$path:$tools" PIP_CONFIG_FILE=/dev/null PIP_NO_INDEX=1 "$@" \
    >"$work/out" 2>"$work/err" </dev/null || status=$?
}

passed() { count=$((count + 1)); }

failed() {
  failures=$((failures + 1))
  printf 'FAILED %s: %s\n' "$1" "$2"
  sed 's/^/    /' "$work/out" "$work/err"
}

# expect NAME CONDITION…: the condition is a command.
expect() {
  local name=$1
  shift
  if "$@"; then passed; else failed "$name" "expected $*"; fi
}

# expect_failure NAME CODE PATTERN: the code, one error line that matches, one remedy line, and nothing on stdout.
expect_failure() {
  local error remedy
  error=$(tail -n 2 "$work/err" | head -n 1)
  remedy=$(tail -n 1 "$work/err")
  if [ "$status" != "$2" ]; then
    failed "$1" "exit code $status, expected $2"
  elif [[ $error != error:\ * ]] || [[ $remedy != remedy:\ * ]] || [ "$(grep -c '^error:' "$work/err")" != 1 ]; then
    failed "$1" "the last two lines are not one error and its remedy"
  elif ! grep -qE "$3" <<<"$error"; then
    failed "$1" "the error line does not say «$3»"
  elif [ -s "$work/out" ]; then
    failed "$1" "stdout is not empty"
  else
    passed
  fi
}

finish() {
  printf '%s: %d checks, %d failed\n' "$(basename "$0")" "$((count + failures))" "$failures"
  [ "$failures" = 0 ]
}
