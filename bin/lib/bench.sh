# The peers of `latent bench`: JAX beside the PyTorch that is there already, in an environment of their own under .deps/bench.

bench=$root/.deps/bench

bench_is_current() {
  cat "$pins/bench.txt" "$pins/dev.txt" | cmp -s - "$bench/bench.pins" && "$bench/bin/python" -c 'import torch' 2>/dev/null
}

install_bench() {
  local partial=$root/.deps/partial torch packages
  require_space 1500
  torch=$(dirname "$(readlink -f "$root/.torch")")
  [ -f "$torch/torch/__init__.py" ] || fail "LibTorch, $torch/torch: expected PyTorch's wheel, whose Python side is a peer, found LibTorch alone" \
    "remove .torch and run bin/setup, which fetches the wheel"
  start_partial
  make_environment "$partial/bench"
  case $python_version in 3.10) fail "Python, $python: expected 3.11 or later, which JAX needs, found $python_version" "PYTHON=/path/to/python3 bin/setup --bench" ;; esac
  say "peers of latent bench: installing the wheels of bin/pins/bench.txt (160 MB)"
  pip "$partial/bench" "peers of latent bench" install --require-hashes --no-deps --only-binary :all: -r "$pins/bench.txt" -r "$pins/dev.txt"
  for packages in "$partial"/bench/lib/python*/site-packages; do printf '%s\n' "$torch" >"$packages/torch.pth"; done
  find "$partial/bench/bin" -type f -delete
  "$partial/bench/bin/python" -c 'import torch, jax' 2>>"$setup_log" || fail \
    "peers of latent bench, $partial/bench: expected torch and jax to load, found «$(tail -n 1 "$setup_log")»" \
    "use the Python that .deps/python was made with: PYTHON=/path/to/python3 bin/setup --bench"
  cat "$pins/bench.txt" "$pins/dev.txt" >"$partial/bench/bench.pins"
  rm -rf "$bench"
  mv "$partial/bench" "$bench"
  rm -rf "$partial"
}
