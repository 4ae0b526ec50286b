import Datasets
import Torch

/// An array of numbers in a file of NumPy's formats or of CSV, as `--codes` and `--factors` name it.
struct ArrayFile {
  /// The numbers, [n] or [n, …].
  let array: Tensor
  /// The names of the columns, where the file has them.
  let names: [String]?

  /// Reads `x.npy`, `x.npz` with one array, `x.npz:name` or `x.csv` (`.tsv`; also with `.gz`).
  ///
  /// A column of words in a table becomes numbers of classes in the order of the words. Throws
  /// `FileError`.
  init(_ text: String) throws {
    let (path, name) = Self.parts(text)
    switch FilePath.suffix(path) {
    case "npy":
      (array, names) = (try NumPyArray(path: path).tensor, nil)
    case "npz":
      (array, names) = (try Self.member(name, of: path), nil)
    case "csv", "tsv":
      (array, names) = try Self.table(CSV(InputFile(path)))
    default:
      throw FileError(
        path: path, problem: "its format cannot be told from its name",
        remedy: "use .npy, .npz, .npz:name or .csv")
    }
    guard !array.dtype.isComplex, array.rank > 0 else {
      throw FileError(
        path: path, problem: "expected real numbers [n, …], found \(array.shape) \(array.dtype)",
        remedy: "save one row an example")
    }
  }

  /// The path and, behind `.npz:`, the name of an array.
  private static func parts(_ text: String) -> (path: String, name: String?) {
    guard let colon = text.lastIndex(of: ":"),
      FilePath.suffix(String(text[..<colon])) == "npz"
    else { return (text, nil) }
    return (String(text[..<colon]), String(text[text.index(after: colon)...]))
  }

  private static func member(_ name: String?, of path: String) throws -> Tensor {
    let tensors = try NumPyArchive(path: path, only: name.map { [$0] }).tensors
    guard tensors.count == 1, let only = tensors.values.first else {
      let names = tensors.keys.sorted().map { "'\($0)'" }.joined(separator: ", ")
      throw FileError(
        path: path, problem: "expected one array, found \(tensors.count): \(names)",
        remedy: "name one of them: \(path):\(tensors.keys.sorted().first ?? "name")")
    }
    return only
  }

  private static func table(_ table: CSV) throws -> (Tensor, [String]?) {
    guard let words = table.words else { return (table.numbers, table.names) }
    let classes = Set(words.fields).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: zip(classes, 0...))
    let column = Tensor(words.fields.map { numbers[$0] ?? 0 }).to(.float32).unsqueezed(dim: 1)
    let (left, right) = (
      table.numbers[.all, ..<words.column], table.numbers[.all, words.column...]
    )
    return (concatenated([left, column, right], dim: 1), table.names)
  }
}
