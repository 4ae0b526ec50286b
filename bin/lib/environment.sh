# The life of .deps/python: made in .deps/partial, then renamed, so that a set-up killed at any moment is started again.

start_partial() {
  rm -rf "$root/.deps/partial"
  mkdir -p "$root/.deps/partial/wheels"
  : >"$setup_log"
}

finish_partial() {
  # Scripts carry the path they were made at; only the interpreter is used, so they go.
  find "$root/.deps/partial/python/bin" -type f -delete
  rm -rf "$environment"
  mv "$root/.deps/partial/python" "$environment"
  rm -rf "$root/.deps/partial"
}

dev_is_current() { cmp -s "$pins/dev.txt" "$environment/dev.pins" && [ -x "$environment/bin/python" ]; }

install_dev() {
  local packages
  if [ ! -x "$environment/bin/python" ]; then
    start_partial
    make_environment "$root/.deps/partial/python"
    finish_partial
  fi
  start_partial
  # What a killed installation left has no record that pip could uninstall by.
  for packages in "$environment"/lib/python*/site-packages; do
    rm -rf "$packages"/numpy "$packages"/numpy[-.]* "$packages"/safetensors "$packages"/safetensors-*
  done
  say "test tools: installing the wheels of bin/pins/dev.txt"
  pip "$environment" "test tools" install --require-hashes --no-deps --only-binary :all: --no-compile -r "$pins/dev.txt"
  rm -rf "$root/.deps/partial"
  cp "$pins/dev.txt" "$environment/dev.pins"
}
