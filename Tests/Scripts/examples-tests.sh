#!/usr/bin/env bash
# Examples build and run, and the texts that show their code show it as it is.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
root=$repository
for part in messages lock build; do . "$root/bin/lib/$part.sh"; done

# The marked part of the example, and the Swift block after the example's name in a text.
example() { sed -n '/^\/\/ README begins/,/^\/\/ README ends/{/^\/\/ README/!p;}' "$root/Examples/TrainVAE/main.swift"; }
shown() { sed -n '/Examples\/TrainVAE/,$p' "$1" | sed -n '/^```swift$/,/^```$/p' | sed '/^```/d'; }

example >"$work/example"
expect "the example has a marked part" [ "$(wc -l <"$work/example")" -ge 12 ]
for text in README.md docs/Latent.docc/Training.md; do
  shown "$root/$text" >"$work/shown"
  expect "$text shows it" cmp "$work/example" "$work/shown"
done

"$root/bin/setup"
take_lock
status=0
swift build --package-path "$root" -c release --product TrainVAE >"$work/out" 2>"$work/err" 9>&- || status=$?
expect "the example builds" [ "$status" = 0 ]
release_lock
status=0
(cd "$work" && "$root/.build/release/TrainVAE") >"$work/out" 2>"$work/err" || status=$?
expect "it runs" [ "$status" = 0 ]
expect "and is measured" grep -qE '^ELBO -[0-9.]+ nats .* samples \[16, 1, 8, 8\]$' "$work/out"
expect "and leaves a run" [ -f "$(echo "$work"/runs/*/checkpoints/last.safetensors)" ]

finish
