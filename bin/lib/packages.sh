# System libraries: looked for by header, installed through apt-get only where one is missing.

# header : Debian and Ubuntu package : Homebrew formula
system_libraries='png.h:libpng-dev:libpng
turbojpeg.h:libturbojpeg0-dev:jpeg-turbo
gif_lib.h:libgif-dev:giflib
zlib.h:zlib1g-dev:zlib
isa-l.h:libisal-dev:isa-l
openssl/evp.h:libssl-dev:openssl@3
microhttpd.h:libmicrohttpd-dev:libmicrohttpd
sqlite3.h:libsqlite3-dev:sqlite
archive.h:libarchive-dev:libarchive'

# LATENT_SYSROOT: look below another root (cross builds, tests).
has_header() {
  local folder
  for folder in "${LATENT_SYSROOT:-}"/usr/include "${LATENT_SYSROOT:-}"/usr/include/*-linux-gnu* \
    "${LATENT_SYSROOT:-}"/usr/local/include "${LATENT_SYSROOT:-}"/opt/homebrew/include \
    "${LATENT_SYSROOT:-}"/opt/homebrew/opt/*/include; do
    if [ -e "$folder/$1" ]; then return 0; fi
  done
  # The macOS SDK carries zlib and SQLite.
  [ -z "${LATENT_SYSROOT:-}" ] && [ "$(uname -s)" = Darwin ] && [ -e "$(xcrun --show-sdk-path)/usr/include/$1" ]
}

require_packages() {
  local header package formula packages='' formulas=''
  while IFS=: read -r header package formula; do
    has_header "$header" && continue
    packages="$packages $package"
    formulas="$formulas $formula"
  done <<<"$system_libraries"
  [ -z "$packages" ] || install_packages "${packages# }" "${formulas# }"
}

# install_packages "DEBIAN NAMES" "HOMEBREW NAMES"
install_packages() {
  local problem
  problem="system libraries, $(uname -s): expected $1, found no headers"
  [ "$(uname -s)" != Darwin ] || fail "$problem" "brew install $2"
  command -v apt-get >/dev/null || fail "$problem and no apt-get" \
    "install what your system calls these with its own package manager (docs/DEPENDENCIES.md says what each is for)"
  local as_root='' log=$root/.deps/apt.log
  if [ "$(id -u)" != 0 ]; then
    as_root=sudo
    { command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; } || fail \
      "system packages $1: expected root or sudo to install them, found user $(id -un) without sudo" \
      "as root: apt-get install -y $1"
  fi
  say "system packages: apt-get install $1"
  mkdir -p "$root/.deps"
  # The package lists of a fresh machine are empty, so a first failure is answered by fetching them.
  apt_install "$1" >"$log" 2>&1 || { $as_root apt-get update && apt_install "$1"; } >>"$log" 2>&1 || fail \
    "system packages $1: apt-get expected to install them, found «$(grep '^[EW]:' "$log" | tail -n 1)»" \
    "check the network and the package sources, then run: apt-get update && apt-get install -y $1 (log: $log)"
}

# shellcheck disable=SC2086 # a list of names
apt_install() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $1; }
