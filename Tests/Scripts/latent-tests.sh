#!/usr/bin/env bash
# bin/latent: builds when it must, once, and then is the program.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
. "$(dirname "${BASH_SOURCE[0]}")/fixtures.sh"

# start ARGUMENTS…: from another folder, with the real toolchain and a LibTorch that nothing links against.
start() { run PATH="$PATH" LIBTORCH="$work/torch" bash -c "cd '$work/elsewhere' && exec '$checkout/bin/latent' \"\$@\"" - "$@"; }

new_checkout package
fake_package
fake_libtorch "$work/torch" 2.13
mkdir "$work/elsewhere"

start one 'two words'
expect "the first start builds" grep -q 'building latent' "$work/err"
expect "folder and arguments are the caller's" [ "$(cat "$work/out")" = "$work/elsewhere one|two words" ]
start fail
expect "the exit code is the program's" [ "$status" = 1 ]
expect "nothing is built twice" [ ! -s "$work/err" ]

ln -s "$checkout/bin/latent" "$work/elsewhere/link"
run PATH="$PATH" "$work/elsewhere/link" through
expect "a link to it works" grep -q 'through$' "$work/out"

echo 'print("changed")' >>"$checkout/Sources/latent/extra.swift"
start
expect_failure "a build that fails" 3 'build of latent, .*: expected swift build to succeed'
expect "the compiler's words are shown" grep -q 'extra.swift:1:1: error:' "$work/err"
rm "$checkout/Sources/latent/extra.swift"
start repaired
expect "a deleted file is noticed" grep -q 'building latent' "$work/err"
expect "and the build repaired" grep -q 'repaired$' "$work/out"

touch "$checkout/Sources/latent/main.swift"
for number in 1 2 3; do
  env LIBTORCH="$work/torch" "$checkout/bin/latent" "$number" >"$work/out-$number" 2>"$work/err-$number" &
done
wait
expect "starts at the same time build once" [ "$(cat "$work"/err-[123] | grep -c 'building latent')" = 1 ]
expect "and all run" [ "$(cat "$work"/out-[123] | wc -l | tr -d ' ')" = 3 ]

finish
