# Python: only a carrier of wheels, in a private environment under .deps/python.

python_lowest=3.10
python_highest=3.14

# Sets `python` and `python_version` to the first fitting interpreter; PYTHON=/path is asked first.
find_python() {
  local name found='' version
  for name in ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.11 python3.10 python3.14; do
    python=$(command -v "$name") || continue
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
    if version_in "$version" "$python_lowest" "$python_highest"; then
      python_version=$version
      return
    fi
    found="$found${found:+, }$version ($python)"
  done
  local expected="Python, PATH: expected $python_lowest to $python_highest, found"
  [ -n "$found" ] || fail "$expected none" "install Python (Debian: apt-get install python3 python3-venv; macOS: brew install python@3.13)"
  fail "$expected $found" "install one of these versions, or name one: PYTHON=/path/to/python3 bin/setup"
}

# make_environment FOLDER
make_environment() {
  find_python
  # Debian ships ensurepip in a package of its own.
  "$python" -c 'import venv, ensurepip' 2>/dev/null || install_packages "python$python_version-venv" "python@$python_version"
  say "Python $python_version ($python): a private environment in .deps/python"
  "$python" -m venv "$1" >>"$setup_log" 2>&1 || fail \
    "Python environment, $1: expected «$python -m venv» to make it, found «$(tail -n 1 "$setup_log")»" \
    "repair this Python or name another one: PYTHON=/path/to/python3 bin/setup (log: $setup_log)"
}

# pip ENVIRONMENT PURPOSE ARGUMENTS…: says why it failed in one line.
pip() {
  local environment=$1 purpose=$2
  shift 2
  run_pip "$environment" "$@" || explain_pip_failure "$purpose"
}

# run_pip ENVIRONMENT ARGUMENTS…: shows pip's progress on a terminal; everything goes to the log.
run_pip() {
  local environment=$1 output=/dev/null
  shift
  [ ! -t 2 ] || output=/dev/stderr
  TMPDIR=$root/.deps/partial "$environment/bin/python" -m pip --disable-pip-version-check --no-input --no-cache-dir \
    --retries 2 --log "$setup_log" "$@" >"$output" 2>/dev/null
}

explain_pip_failure() {
  local log=$setup_log
  if grep -q 'DO NOT MATCH THE HASHES' "$log"; then
    fail "$1: expected a sha256 listed in bin/pins, found $(sed -n 's/.*Got  *\([0-9a-f]\{64\}\).*/\1/p' "$log" | tail -n 1)" \
      "the file at the source pip reads from is not the pinned one; ask for another (PIP_FIND_LINKS, PIP_INDEX_URL) or set LIBTORCH=/path"
  elif grep -qE 'No space left on device|Errno 28' "$log"; then
    fail "$1: expected room on the disk of $root/.deps, found it full" "free 3 GB there and start again"
  elif grep -qE 'NewConnectionError|Max retries exceeded|Connection(Reset)?Error|Connect(ion)?Timeout|ReadTimeout|ProxyError|SSLError|NameResolutionError' "$log"; then
    fail "$1: expected to reach the package index, found no network ($(sed -n 's/.*Could not fetch URL \([^ ]*\): .*/\1/p' "$log" | tail -n 1))" \
      "connect (or set HTTPS_PROXY, PIP_INDEX_URL, PIP_FIND_LINKS) and start again, or set LIBTORCH=/path (log: $log)"
  elif grep -q 'No matching distribution' "$log"; then
    fail "$1: expected a wheel for Python $python_version on $(uname -sm), found none" \
      "use a Python between $python_lowest and $python_highest on Linux or Apple silicon, or set LIBTORCH=/path (log: $log)"
  fi
  fail "$1: expected pip to succeed, found «$(grep -E 'ERROR' "$log" | tail -n 1 | sed 's/^[^E]*//')»" "read $log and start again"
}

# require_space MEGABYTES
require_space() {
  local free
  free=$(df -Pk "$root" | awk 'NR == 2 { print int($4 / 1024) }')
  [ "$free" -ge "$1" ] || fail "disk of $root: expected $1 MB free, found $free MB" "free space there, or clone to another disk"
}
