import LatentCore
import Report
import Torch

/// A file that arrays or pictures go to, by the ending of its name.
struct ResultFile: ArgumentValue {
  /// What the endings stand for.
  enum Format: String, CaseIterable {
    /// A contact sheet.
    case png
    /// The main array, for `numpy.load`.
    case npy
    /// All arrays by name, for `numpy.load`.
    case npz
  }

  /// The path as the user wrote it.
  let path: Path
  /// What is written.
  let format: Format

  static var expectation: String { "a name that ends in .png, .npy or .npz" }
  static var completion: Completion { .files }

  init?(argument: String) {
    let name = argument.split(separator: "/").last ?? ""
    guard let path = Path(argument: argument), let dot = name.lastIndex(of: "."),
      let format = Format(rawValue: name[name.index(after: dot)...].lowercased())
    else { return nil }
    self.path = path
    self.format = format
  }

  /// A default: `name` and the format's ending.
  init(_ name: String, _ format: Format) {
    path = Path("\(name).\(format.rawValue)")
    self.format = format
  }

  var argumentText: String { path.text }

  /// Writes the first of `arrays`, all of them, or `picture`; arrays that are not there are left out.
  ///
  /// Returns what `--json` says of the file. Throws `FileError`, and a `CommandError` for numbers that
  /// are no picture, of which there is none without `picture`.
  func write(
    _ arrays: [(name: String, tensor: Tensor?)], picture: (() throws -> Picture)? = nil
  ) throws -> JSONObject {
    var known = arrays.compactMap { array in array.tensor.map { (array.name, $0) } }
    if format != .npz { known = Array(known.prefix(1)) }
    switch format {
    case .png:
      guard let picture else {
        throw CommandError.usage(
          "--out \(path): expected a name that ends in .npy or .npz, as the result is numbers",
          remedy: "write --out \(path.text.dropLast(4)).npz")
      }
      try drawn(picture).write(to: path.text)
    case .npy:
      for (_, tensor) in known { try NumPyArray(tensor).write(to: path.text) }
    case .npz:
      let named = Dictionary(known, uniquingKeysWith: { first, _ in first })
      try NumPyArchive(named).write(to: path.text)
    }
    var shapes = JSONObject()
    for (name, tensor) in known { shapes[name] = .array(tensor.shape.map { .int($0) }) }
    return ["out": .string(path.text), "arrays": .object(shapes)]
  }

  private func drawn(_ picture: () throws -> Picture) throws -> Picture {
    do {
      return try picture()
    } catch let error as PictureError {
      let stem = path.text.dropLast(format.rawValue.count + 1)
      throw CommandError.usage(
        "--out \(path): \(error.problem)", remedy: "write numbers instead: --out \(stem).npy")
    }
  }
}
