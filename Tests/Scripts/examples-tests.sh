#!/usr/bin/env bash
# Examples build and run, and the texts that show their code show it as it is.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
root=$repository
for part in messages lock build; do . "$root/bin/lib/$part.sh"; done

# marked EXAMPLE MARK: the marked part of an example. shown EXAMPLE TEXT: the Swift block after its name in a text.
marked() { sed -n "/^\/\/ $2 begins/,/^\/\/ $2 ends/{/^\/\/ $2/!p;}" "$root/Examples/$1/main.swift"; }
shown() { sed -n "/Examples\/$1/,\$p" "$2" | sed -n '/^```swift$/,/^```$/p' | sed '/^```/d'; }

marked TrainVAE README >"$work/example"
expect "the example has a marked part" [ "$(wc -l <"$work/example")" -ge 12 ]
for text in README.md docs/Latent.docc/Training.md; do
  shown TrainVAE "$root/$text" >"$work/shown"
  expect "$text shows it" cmp "$work/example" "$work/shown"
done

marked RenyiBound EXTENDING >"$work/objective"
expect "the objective has a marked part of at most 40 lines" [ "$(wc -l <"$work/objective")" -ge 12 ]
expect "and no more" [ "$(wc -l <"$work/objective")" -le 40 ]
shown RenyiBound "$root/docs/EXTENDING.md" >"$work/shown"
expect "docs/EXTENDING.md shows it" cmp "$work/objective" "$work/shown"

"$root/bin/setup"
take_lock
for product in TrainVAE RenyiBound; do
  status=0
  swift build --package-path "$root" -c release --product "$product" >"$work/out" 2>"$work/err" 9>&- || status=$?
  expect "$product builds" [ "$status" = 0 ]
done
release_lock
status=0
(cd "$work" && "$root/.build/release/TrainVAE") >"$work/out" 2>"$work/err" || status=$?
expect "it runs" [ "$status" = 0 ]
expect "and is measured" grep -qE '^ELBO -[0-9.]+ nats .* samples \[16, 1, 8, 8\]$' "$work/out"
expect "and leaves a run" [ -f "$(echo "$work"/runs/*/checkpoints/last.safetensors)" ]

status=0
(cd "$work" && "$root/.build/release/RenyiBound") >"$work/out" 2>"$work/err" || status=$?
expect "the objective runs" [ "$status" = 0 ]
expect "and is measured" grep -qE "^ELBO -[0-9.]+ nats an example, trained by Rényi's bound$" "$work/out"

finish
