# Small stand-ins that the real pip, loader and scripts work on: a wheel, a LibTorch folder, a Swift package.

# fake_libtorch FOLDER VERSION: the version header and a loadable library.
fake_libtorch() {
  local library
  mkdir -p "$1/include/torch/headeronly" "$1/lib"
  printf '#define TORCH_VERSION_MAJOR %s\n#define TORCH_VERSION_MINOR %s\n' "${2%%.*}" "${2#*.}" \
    >"$1/include/torch/headeronly/version.h"
  if [ "$(uname -s)" = Darwin ]; then
    touch "$1/lib/libtorch_cpu.dylib"
  else
    library=$(ldd "$(command -v bash)" | sed -n 's/.*=> \(.*libc\.so[^ ]*\).*/\1/p')
    cp "$library" "$1/lib/libtorch_cpu.so"
  fi
}

# fake_wheel FOLDER: a torch wheel of a few kilobytes in a folder for pip; prints its sha256.
fake_wheel() {
  fake_libtorch "$work/unpacked/torch" 2.13
  mkdir -p "$1"
  "$real_python" - "$work/unpacked" "$1/torch-2.13.0+cpu-py3-none-any.whl" <<'PYTHON'
import hashlib, pathlib, sys, zipfile
root, target = pathlib.Path(sys.argv[1]), sys.argv[2]
info = "torch-2.13.0+cpu.dist-info"
files = {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}
files[info + "/METADATA"] = b"Metadata-Version: 2.1\nName: torch\nVersion: 2.13.0+cpu\n"
files[info + "/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
files[info + "/RECORD"] = "".join(name + ",,\n" for name in [*files, info + "/RECORD"]).encode()
with zipfile.ZipFile(target, "w") as wheel:
    for name, data in files.items():
        wheel.writestr(name, data)
print(hashlib.sha256(pathlib.Path(target).read_bytes()).hexdigest())
PYTHON
}

# fake_chart_wheel FOLDER: a plotly wheel with its one script; prints its sha256.
fake_chart_wheel() {
  mkdir -p "$1"
  "$real_python" - "$1/plotly-7.1.0-py3-none-any.whl" <<'PYTHON'
import hashlib, pathlib, sys, zipfile
info = "plotly-7.1.0.dist-info"
with zipfile.ZipFile(sys.argv[1], "w") as wheel:
    wheel.writestr("plotly/package_data/plotly.min.js", "/* plotly.js of the wheel */")
    wheel.writestr(info + "/METADATA", "Metadata-Version: 2.1\nName: plotly\nVersion: 7.1.0\n")
    wheel.writestr(info + "/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
print(hashlib.sha256(pathlib.Path(sys.argv[1]).read_bytes()).hexdigest())
PYTHON
}

# fake_trees_wheel FOLDER: a lightgbm wheel with its library as macOS has it; prints its sha256.
fake_trees_wheel() {
  mkdir -p "$1"
  "$real_python" - "$1/lightgbm-4.7.0-py3-none-any.whl" <<'PYTHON'
import hashlib, pathlib, sys, zipfile
info = "lightgbm-4.7.0.dist-info"
with zipfile.ZipFile(sys.argv[1], "w") as wheel:
    wheel.writestr("lightgbm/lib/lib_lightgbm.dylib", "a library of the wheel")
    wheel.writestr(info + "/METADATA", "Metadata-Version: 2.1\nName: lightgbm\nVersion: 4.7.0\n")
    wheel.writestr(info + "/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
print(hashlib.sha256(pathlib.Path(sys.argv[1]).read_bytes()).hexdigest())
PYTHON
}

# pin_wheel SHA256: the checkout asks for the small wheel.
pin_wheel() { printf 'torch==2.13.0+cpu --hash=sha256:%s\n' "$1" >"$checkout/bin/pins/torch-cpu.txt"; }

# fake_package: a package whose product `latent` prints its folder and arguments.
fake_package() {
  mkdir -p "$checkout/Sources/latent"
  cat >"$checkout/Package.swift" <<'SWIFT'
// swift-tools-version: 6.1
import PackageDescription
let package = Package(
  name: "latent", products: [.executable(name: "latent", targets: ["latent"])],
  targets: [.executableTarget(name: "latent")])
SWIFT
  cat >"$checkout/Sources/latent/main.swift" <<'SWIFT'
import Foundation
print(FileManager.default.currentDirectoryPath, CommandLine.arguments.dropFirst().joined(separator: "|"))
exit(CommandLine.arguments.contains("fail") ? 1 : 0)
SWIFT
}
