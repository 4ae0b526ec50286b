#!/usr/bin/env bash
# Queues of work on a device wait for each other as they should, on a device that only writes down what it is asked.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/harness.sh"

compiler=$(command -v clang++ || dirname "$(readlink -f "$(command -v swift)")")
if [ -d "$compiler" ]; then compiler=$compiler/clang++; fi
torch=$repository/.torch
status=0
"$compiler" -std=c++20 -O0 -fclang-abi-compat=17 -w -I "$torch/include" -I "$repository/Sources/CTorch" \
  "$repository/Sources/CTorch/Streams.cpp" "$repository/Tests/StandIns/device.cpp" \
  -L "$torch/lib" -Wl,-rpath,"$torch/lib" -ltorch_cpu -lc10 -o "$work/device" >"$work/out" 2>"$work/err" || status=$?
expect "the stand-in compiles" [ "$status" = 0 ]
"$work/device" >"$work/out" 2>"$work/err" || status=$?
expect "queues wait for each other" [ "$status-$(cat "$work/out")" = "0-16 checks" ]

finish
