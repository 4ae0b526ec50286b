import Foundation
import Testing
import Torch
import _TestSupport

/// What this package writes, read by Python's own packages.
@Suite struct PythonReadsTests {
  /// A Python with numpy and safetensors: the one that `LATENT_TEST_PYTHON` names, or the one that
  /// the package's setup makes.
  static let python: String? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    let own = root.standardizedFileURL.appending(path: ".deps/python/bin/python3").path()
    let named = ProcessInfo.processInfo.environment["LATENT_TEST_PYTHON"]
    return [named, own].compactMap { $0 }.first {
      (try? run($0, "import numpy, safetensors.numpy")) == ""
    }
  }()

  static func run(_ python: String, _ script: String, _ arguments: String...) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = ["-c", script] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: output, as: UTF8.self)
  }

  /// States the values by formula and compares every array of every file with them.
  static let script = """
    import sys, numpy as np, safetensors
    from safetensors.numpy import load_file
    folder = sys.argv[1]
    def ramp(dtype, shape):
        start = 0 if np.dtype(dtype).kind in "ub" else -3
        return (np.arange(np.prod(shape, dtype=int)) + start).reshape(shape).astype(dtype)
    def check(found, dtype, shape, what):
        assert found.dtype == np.dtype(dtype), (what, found.dtype)
        assert found.shape == tuple(shape), (what, found.shape)
        assert np.array_equal(found, ramp(dtype, shape)), what
    names = ["bool", "uint8", "int32", "int64", "float16", "float32", "float64", "complex64",
             "complex128"]
    stored = np.load(folder + "/stored.npz")
    deflated = np.load(folder + "/deflated.npz")
    assert sorted(stored.files) == sorted(deflated.files)
    plain = load_file(folder + "/x.safetensors")
    for name in names:
        for rank, shape in enumerate([(), (5,), (2, 3), (0, 2)]):
            key = f"{name}-{rank}"
            check(np.load(f"{folder}/{key}.npy"), name, shape, key)
            check(stored[key], name, shape, key)
            check(deflated[key], name, shape, key)
            if name != "complex128": check(plain[key], name, shape, key)
    with safetensors.safe_open(folder + "/x.safetensors", "np") as file:
        assert file.metadata() == {"note": "from Swift"}
    print("all read")
    """

  @Test(.enabled(if: python != nil, "no Python with numpy and safetensors; set LATENT_TEST_PYTHON"))
  func theTableOfNamesIsThatOfTheSources() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    let tool = root.standardizedFileURL.appending(path: "Tools/pytorch-table.py").path()
    let script =
      "import runpy, sys; sys.argv[1:] = ['--check']; runpy.run_path('\(tool)', run_name='__main__')"
    #expect(try Self.run(try #require(Self.python), script) == "")
  }

  @Test(.enabled(if: python != nil, "no Python with numpy and safetensors; set LATENT_TEST_PYTHON"))
  func numpyAndSafetensorsReadWhatIsWritten() throws {
    try withTemporaryFolder { folder in
      var arrays: [String: Tensor] = [:]
      for dtype in DType.allCases where dtype != .bfloat16 {
        for (rank, shape) in [[], [5], [2, 3], [0, 2]].enumerated() {
          let signed = dtype != .uint8 && dtype != .bool
          arrays["\(dtype)-\(rank)"] = NumPyTests.ramp(dtype, shape, signed: signed)
        }
      }
      for (name, tensor) in arrays { try NumPyArray(tensor).write(to: "\(folder)/\(name).npy") }
      try NumPyArchive(arrays).write(to: "\(folder)/stored.npz")
      try NumPyArchive(arrays).write(to: "\(folder)/deflated.npz", compressed: true)
      let plain = arrays.filter { $0.value.dtype != .complex128 }
      try Safetensors(plain, metadata: ["note": "from Swift"]).write(to: "\(folder)/x.safetensors")
      let python = try #require(Self.python)
      #expect(try Self.run(python, Self.script, folder) == "all read\n")
    }
  }
}
