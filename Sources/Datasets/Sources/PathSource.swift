import Torch

/// Own files as a source: the format is told by the file's suffix, then by its first bytes.
enum PathSource {
  /// Opens a file or folder and divides it.
  static func open(_ path: String, plan: SplitPlan) throws -> DatasetSplits {
    try plan.divide(dataset(path))
  }

  static func dataset(_ path: String) throws -> any Dataset {
    switch FilePath.suffix(path) {
    case "idx", "idx1-ubyte", "idx3-ubyte": return try ArraySource.idx(path)
    default: break
    }
    if FilePath.lastComponent(path).contains("-ubyte") { return try ArraySource.idx(path) }
    throw FileError(
      path: path, problem: "its format is not known", remedy: "expected \(formats)")
  }

  static let formats = "IDX (.idx, -ubyte, also with .gz)"
}
