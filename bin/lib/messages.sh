# Lines for people. Everything goes to stderr: stdout belongs to the command that runs in the end.

say() { printf 'latent: %s\n' "$*" >&2; }

# fail PROBLEM REMEDY: one line that says what, where, expected and found, one line that helps; exit code 3 (environment).
fail() {
  printf 'error: %s\nremedy: %s\n' "$1" "$2" >&2
  exit 3
}

# version_in VERSION LOWEST HIGHEST: compares major.minor, both ends included.
version_in() {
  local major=${1%%.*} rest=${1#*.} low=$2 high=$3
  local number=$((major * 1000 + ${rest%%.*}))
  [ "$number" -ge $((${low%%.*} * 1000 + ${low#*.})) ] && [ "$number" -le $((${high%%.*} * 1000 + ${high#*.})) ]
}
