#!/usr/bin/env bash
# bin/bench-guard: the committed budget holds, one operator more than a budget is refused, and wrong calls are told.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/harness.sh"

guard=$repository/bin/bench-guard
budget=$repository/Benchmarks/budget.json
"${LATENT:-$repository/bin/latent}" --version >/dev/null

# guarded ARGUMENTS…: sets `status`; output in $work/out and $work/err.
guarded() {
  status=0
  "$guard" "$@" >"$work/out" 2>"$work/err" </dev/null || status=$?
}

guarded --help
expect "help is shown" [ "$status-$(grep -c -- '--update' "$work/out")" = 0-1 ]
guarded --fast
expect_failure "an unknown word" 2 'expected --only, .* or --help, found «--fast»'
guarded --budget
expect_failure "a missing value" 2 'expected a value, found none'
guarded --update --only iwae
expect_failure "half an update" 2 'expected all workloads, found --only'

guarded --quick
# A processor without AVX-512 has other kernels and no budget.
grep -qE "kernels of this processor, (avx2|libtorch)" "$work/err" && { finish; exit; }
expect "the committed budget holds" [ "$status" = 0 ]
expect "for every workload that trains" [ "$(grep -c 'operators"' "$budget")" = "$(grep -cE '^[a-z0-9-]+ +[0-9]' "$work/out")" ]

# The same budget with one operator less for one workload.
"$real_python" - "$budget" "$work" <<'PYTHON'
import json, pathlib, sys
budget = json.load(open(sys.argv[1]))
def write(name, change):
    other = json.loads(json.dumps(budget))
    change(other)
    pathlib.Path(sys.argv[2], name).write_text(json.dumps(other))
write("tight.json", lambda other: other["workloads"]["mlp-vae-32"].update(operators=budget["workloads"]["mlp-vae-32"]["operators"] - 1))
write("loose.json", lambda other: other["workloads"]["mlp-vae-32"].update(nodes=1000))
write("old.json", lambda other: other.update(libtorch="2.9.0"))
write("other.json", lambda other: other.update(kernels="another"))
write("short.json", lambda other: other["workloads"].pop("mlp-vae-32"))
PYTHON
quick=(--quick --only mlp-vae-32)
# says NAME CODE PATTERN: the code, and one error line that matches.
says() {
  expect "$1: exit code" [ "$status" = "$2" ]
  expect "$1: the line" [ "$(grep -c '^error:' "$work/err")-$(grep -cE "^error: .*$3" "$work/err")" = 1-1 ]
}
guarded "${quick[@]}" --budget "$work/tight.json"
says "one operator more" 1 'a step of mlp-vae-32: expected at most [0-9]+ operators by .*tight.json, found [0-9]+'
guarded "${quick[@]}" --budget "$work/loose.json"
expect "a gain passes" [ "$status" = 0 ]
expect "and is told" grep -q 'mlp-vae-32: [0-9]* nodes, budget 1000: a gain' "$work/err"
guarded "${quick[@]}" --budget "$work/old.json"
says "another LibTorch" 3 'expected a budget for LibTorch .*, found one for 2.9.0'
guarded "${quick[@]}" --budget "$work/other.json"
says "another processor" 3 'expected a budget for the kernels of this processor, .*, found one for another'
guarded "${quick[@]}" --budget "$work/short.json"
says "a workload without a budget" 1 'expected a budget for the workload mlp-vae-32, found none'
guarded "${quick[@]}" --budget "$work/none.json"
says "no budget" 3 'none.json'
guarded --quick --only mlp-vae-33
says "an unknown workload" 2 "unknown workload 'mlp-vae-33'"

finish
