# LibTorch: one that is named (LIBTORCH=/path, or a .torch link to somewhere else), or the pinned wheel under .deps/python.

libtorch_lowest=2.11
libtorch_highest=2.15
environment=$root/.deps/python

# Prints the folder somebody chose; nothing where the choice is ours.
chosen_libtorch() {
  local target
  if [ -n "${LIBTORCH:-}" ]; then
    (cd "$LIBTORCH" 2>/dev/null && pwd) || printf '%s\n' "$LIBTORCH"
  elif [ -L "$root/.torch" ] && [ -e "$root/.torch" ]; then
    target=$(readlink "$root/.torch")
    case $target in .deps/*) ;; *) printf '%s\n' "$target" ;; esac
  fi
}

# check_libtorch FOLDER: headers, libraries, version and, on Linux, that the loader finds what they need.
check_libtorch() {
  local folder=$1 header='' candidate library version missing
  local help="point LIBTORCH at a folder with include/ and lib/ of LibTorch $libtorch_lowest to $libtorch_highest, or unset it and remove .torch"
  for candidate in torch/headeronly/version.h torch/csrc/api/include/torch/version.h; do
    if grep -q 'define TORCH_VERSION_MAJOR' "$folder/include/$candidate" 2>/dev/null; then header=$folder/include/$candidate; break; fi
  done
  [ -n "$header" ] || fail "LibTorch, $folder: expected include/torch/headeronly/version.h, found none" "$help"
  version=$(sed -n 's/^#define TORCH_VERSION_M[A-Z]* //p' "$header" | paste -sd . -)
  version_in "$version" "$libtorch_lowest" "$libtorch_highest" || fail \
    "LibTorch, $folder: expected version $libtorch_lowest to $libtorch_highest, found $version" "$help"
  library=$(torch_library "$folder") || fail "LibTorch, $folder: expected lib/libtorch_cpu.so, found none" "$help"
  if command -v ldd >/dev/null; then
    ldd "$library" >/dev/null 2>&1 || fail "LibTorch, $library: expected a shared library for $(uname -m), found something else" "$help"
    missing=$(ldd "$library" | sed -n 's/^[[:space:]]*\(.*\) => not found.*/\1/p' | paste -sd ' ' -)
    [ -z "$missing" ] || fail "LibTorch, $library: expected every library it needs, found no $missing" \
      "install what is missing beside it (a CUDA build: pip install --no-deps nvidia-cuda-cupti nvidia-cuda-runtime), or unset LIBTORCH and remove .torch"
  fi
  libtorch_version=$version
}

# torch_library FOLDER: prints the path of the library the product links against.
torch_library() {
  local name
  for name in libtorch_cpu.so libtorch_cpu.dylib; do
    if [ -e "$1/lib/$name" ]; then printf '%s\n' "$1/lib/$name"; return; fi
  done
  return 1
}

# link_libtorch FOLDER
link_libtorch() {
  local now
  now=$(readlink "$root/.torch" 2>/dev/null) || now=
  [ "$now" = "$1" ] && return
  say "LibTorch $libtorch_version: .torch -> $1"
  ln -sfn "$1" "$root/.torch"
}

# The stamp is a copy of the pins, written into the environment last, so a half-made one never counts.
private_libtorch_is_current() {
  cat "$pins"/torch*.txt "$pins/cuda.txt" | cmp -s - "$environment/torch.pins" && private_libtorch >/dev/null
}

# Prints the torch folder of the private environment, relative to the root, so that a moved checkout still works.
private_libtorch() {
  local folder
  for folder in "$environment"/lib/python*/site-packages/torch; do
    torch_library "$folder" >/dev/null && printf '%s\n' ".deps/python${folder#"$environment"}" && return
  done
  return 1
}

install_private_libtorch() {
  local partial=$root/.deps/partial wheel
  require_space 1500
  start_partial
  make_environment "$partial/python"
  say "LibTorch: fetching the pinned torch wheel (192 MB for a CPU build, up to 527 MB for the CUDA build)"
  fetch_torch_wheel
  wheel=$(basename "$partial"/wheels/torch-*.whl)
  case $wheel in
    *+cpu* | *macosx*) ;;
    *)
      say "LibTorch: $wheel is the CUDA build; fetching the two small NVIDIA wheels that libtorch_cpu needs"
      require_space 1700
      fetch_wheels cuda "NVIDIA wheels"
      ;;
  esac
  say "LibTorch: installing $wheel"
  pip "$partial/python" "LibTorch wheel $wheel" install --no-index --no-deps --no-compile "$partial"/wheels/*.whl
  cat "$pins"/torch*.txt "$pins/cuda.txt" >"$partial/python/torch.pins"
  finish_partial
}

# The CPU build first. It is a request of its own because pip, given both, prefers a file whose address carries a hash:
# the larger CUDA build of the index over a CPU build in a folder.
# shellcheck disable=SC2086 # a list of options
fetch_torch_wheel() {
  local wheels=$root/.deps/partial/wheels
  if ! run_pip "$root/.deps/partial/python" $download -d "$wheels" -r "$pins/torch-cpu.txt"; then
    grep -q 'No matching distribution' "$setup_log" || explain_pip_failure "LibTorch wheel"
  fi
  if ! ls "$wheels"/torch-*.whl >/dev/null 2>&1; then fetch_wheels torch "LibTorch wheel"; fi
}

# pip checks every file against the sha256 in the pins.
download='download --require-hashes --no-deps --only-binary :all:'

# fetch_wheels PINS PURPOSE
# shellcheck disable=SC2086 # a list of options
fetch_wheels() {
  pip "$root/.deps/partial/python" "$2" $download -d "$root/.deps/partial/wheels" -r "$pins/$1.txt"
}
