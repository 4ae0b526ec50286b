#!/usr/bin/env bash
# bin/setup: what it refuses and how, what it makes, and that it makes it once.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
. "$(dirname "${BASH_SOURCE[0]}")/fixtures.sh"

new_checkout arguments
run "$checkout/bin/setup" --devel
expect_failure "unknown argument" 2 'bin/setup: expected --dev, --bench or nothing, found «--devel»'

# Toolchain
new_checkout swift
run "$checkout/bin/setup"
expect_failure "no Swift" 3 'Swift, PATH: expected 6.1 or later, found none'
echo 'echo "Swift version 5.9.2"' | program swift
run "$checkout/bin/setup"
expect_failure "old Swift" 3 'Swift, .*/swift: expected 6.1 or later, found 5.9'

# System packages
new_checkout packages
with_swift
mkdir "$work/empty"
echo 'echo 1000' | program id
echo 'exit 1' | program apt-get
run LATENT_SYSROOT="$work/empty" "$checkout/bin/setup"
[ "$(uname -s)" = Darwin ] || expect_failure "no root, no sudo" 3 'expected root or sudo .* found user 1000 without sudo'
echo 'echo 0' | program id
echo 'echo "E: Unable to locate package"; exit 100' | program apt-get
run LATENT_SYSROOT="$work/empty" "$checkout/bin/setup"
[ "$(uname -s)" = Darwin ] || expect_failure "apt-get fails" 3 'libpng-dev .* found «E: Unable to locate package»'
mkdir -p "$work/partly/usr/include/x86_64-linux-gnu"
touch "$work/partly/usr/include/"{png.h,zlib.h,isa-l.h,turbojpeg.h,gif_lib.h,sqlite3.h,archive.h}
mkdir -p "$work/partly/usr/include/openssl"
touch "$work/partly/usr/include/openssl/evp.h"
echo "echo \"\$@\" >>$work/apt-calls" | program apt-get
run LATENT_SYSROOT="$work/partly" "$checkout/bin/setup"
[ "$(uname -s)" = Darwin ] || expect "only what is missing is installed" \
  [ "$(cat "$work/apt-calls")" = 'install -y --no-install-recommends libmicrohttpd-dev' ]

# Python
new_checkout python
with_swift
run "$checkout/bin/setup"
expect_failure "no Python" 3 'Python, PATH: expected 3.10 to 3.14, found none'
echo 'echo 3.9' | program python3
run "$checkout/bin/setup"
expect_failure "old Python" 3 'Python, PATH: expected 3.10 to 3.14, found 3.9 \(.*/python3\)'

# Disk
new_checkout disk
with_swift
with_python
printf 'echo header; echo "/dev/x 100 100 51200 50%% /"\n' | program df
run "$checkout/bin/setup"
expect_failure "full disk" 3 'disk of .*: expected 1500 MB free, found 50 MB'

# Network and hashes
new_checkout network
with_swift
with_python
run PIP_NO_INDEX=0 PIP_INDEX_URL=http://127.0.0.1:9/simple "$checkout/bin/setup"
expect_failure "no network" 3 'LibTorch wheel: expected to reach the package index, found no network \(http://127.0.0.1:9/simple/torch/\)'
expect "nothing half-made is linked" [ ! -e "$checkout/.torch" ]

sha256=$(fake_wheel "$work/wheels")
new_checkout hash
with_swift
with_python
pin_wheel "${sha256//[0-9]/0}"
run PIP_FIND_LINKS="$work/wheels" "$checkout/bin/setup"
expect_failure "wrong hash" 3 "LibTorch wheel: expected a sha256 listed in bin/pins, found $sha256"
expect "nothing is installed from a wrong hash" [ ! -e "$checkout/.deps/python" ]

# The whole way, killed once on it
new_checkout whole
with_swift
with_python
pin_wheel "$sha256"
env -i HOME="$work/home" PATH="$path:$tools" PIP_NO_INDEX=1 PIP_FIND_LINKS="$work/wheels" \
  perl -e 'setpgrp(0, 0); exec @ARGV' "$checkout/bin/setup" >/dev/null 2>&1 &
killed=$!
until [ -e "$checkout/.deps/partial/python/bin" ]; do sleep 0.05; done
kill -KILL -- -$killed
wait $killed 2>/dev/null || true
expect "a killed set-up links nothing" [ ! -e "$checkout/.torch" ]
run PIP_FIND_LINKS="$work/wheels" "$checkout/bin/setup"
expect "a killed set-up is started again" [ "$status" = 0 ]
expect "the link is relative" grep -q '^\.deps/python/lib/python3\.[0-9]*/site-packages/torch$' <(readlink "$checkout/.torch")
expect "the link leads to LibTorch" [ -e "$checkout/.torch/include/torch/headeronly/version.h" ]
expect "nothing half-made stays" [ ! -e "$checkout/.deps/partial" ]
run "$checkout/bin/setup"
expect "the second time needs no network" [ "$status" = 0 ]
expect "the second time says nothing" [ ! -s "$work/err" ]
mv "$checkout" "$checkout-moved"
run "$checkout-moved/bin/setup"
expect "a moved checkout is still set up" [ "$status" = 0 ]
checkout=$checkout-moved
rm "$checkout/.deps/python/torch.pins"
run PIP_FIND_LINKS="$work/wheels" "$checkout/bin/setup"
expect "an environment without its stamp is made again" grep -q 'LibTorch: installing' "$work/err"

# Charts
rm -rf "$checkout/.deps/plotly"
run "$checkout/bin/setup"
expect "no chart library is no failure" [ "$status" = 0 ]
expect "but it is said" grep -q 'chart library: not fetched' "$work/err"
chart_sha256=$(fake_chart_wheel "$work/chart-wheels")
printf 'plotly==7.1.0 --hash=sha256:%s\n' "${chart_sha256//[0-9]/0}" >"$checkout/bin/pins/charts.txt"
run PIP_FIND_LINKS="$work/chart-wheels" "$checkout/bin/setup"
expect_failure "chart library with a wrong hash" 3 "chart library: expected a sha256 listed in bin/pins, found $chart_sha256"
printf 'plotly==7.1.0 --hash=sha256:%s\n' "$chart_sha256" >"$checkout/bin/pins/charts.txt"
run PIP_FIND_LINKS="$work/chart-wheels" "$checkout/bin/setup"
expect "the chart library is taken out of its wheel" grep -q 'plotly.js of the wheel' "$checkout/.deps/plotly/plotly.min.js"
run "$checkout/bin/setup"
expect "once" [ ! -s "$work/err" ]

# Boosted trees
rm -rf "$checkout/.deps/lightgbm"
run "$checkout/bin/setup"
expect "no boosted trees are no failure" [ "$status" = 0 ]
expect "but it is said as well" grep -q 'boosted trees: not fetched' "$work/err"
trees_sha256=$(fake_trees_wheel "$work/trees-wheels")
printf 'lightgbm==4.7.0 --hash=sha256:%s\n' "$trees_sha256" >"$checkout/bin/pins/trees.txt"
run PIP_FIND_LINKS="$work/trees-wheels" "$checkout/bin/setup"
expect "the library is taken out of its wheel under one name" grep -q 'library of the wheel' "$checkout/.deps/lightgbm/lib_lightgbm.so"
run "$checkout/bin/setup"
expect "once as well" [ ! -s "$work/err" ]

# LIBTORCH
run LIBTORCH="$work/nowhere" "$checkout/bin/setup"
expect_failure "LIBTORCH without headers" 3 'LibTorch, .*/nowhere: expected include/torch/headeronly/version.h, found none'
for version in 2.10 2.16 1.13; do
  fake_libtorch "$work/torch-$version" $version
  run LIBTORCH="$work/torch-$version" "$checkout/bin/setup"
  expect_failure "LibTorch $version" 3 "LibTorch, .*: expected version 2.11 to 2.15, found $version\$"
done
fake_libtorch "$work/torch-2.15" 2.15
rm "$work/torch-2.15/lib/"*
run LIBTORCH="$work/torch-2.15" "$checkout/bin/setup"
expect_failure "LIBTORCH without a library" 3 'expected lib/libtorch_cpu.so, found none'
expect "a refused LIBTORCH leaves the link alone" grep -q '^\.deps/' <(readlink "$checkout/.torch")
fake_libtorch "$work/torch-2.15" 2.15
run LIBTORCH="$work/torch-2.15" "$checkout/bin/setup"
expect "LIBTORCH is honoured" [ "$(readlink "$checkout/.torch")" = "$work/torch-2.15" ]
run "$checkout/bin/setup"
expect "and stays chosen" [ "$(readlink "$checkout/.torch")" = "$work/torch-2.15" ]
rm "$checkout/.torch"
run "$checkout/bin/setup"
expect "until the link is removed" grep -q '^\.deps/' <(readlink "$checkout/.torch")

finish
