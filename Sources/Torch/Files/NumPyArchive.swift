/// Named tensors in a file of NumPy's NPZ format: a ZIP archive of NPY files, stored or deflated.
///
/// Both directions agree with NumPy; types are read and written as `NumPyArray` says.
/// NumPy: `numpy.load`, `numpy.savez`, `numpy.savez_compressed`.
public struct NumPyArchive {
  /// The tensors by name, without the ending `.npy`.
  public var tensors: [String: Tensor]

  /// Tensors to be written.
  public init(_ tensors: [String: Tensor]) {
    self.tensors = tensors
  }

  /// Reads all arrays of a file, or `only` those of some names.
  ///
  /// Throws `FileError` for a file that is no ZIP archive or is cut off, for damaged, encrypted or
  /// doubled entries, for sizes that no deflated stream can have, for a name that is not there, and
  /// for entries that `NumPyArray` refuses.
  public init(path: String, only names: Set<String>? = nil) throws {
    let directory = try ZipDirectory(InputFile(path))
    var tensors: [String: Tensor] = [:]
    for entry in directory.entries {
      let name = entry.name.hasSuffix(".npy") ? String(entry.name.dropLast(4)) : entry.name
      if let names, !names.contains(name) { continue }
      tensors[name] = try NumPyArray(directory.stream(entry)).tensor
    }
    if let missing = names?.subtracting(tensors.keys).sorted().first {
      let known = directory.entries.map { "'\($0.name)'" }.joined(separator: ", ")
      throw FileError(
        path: path, problem: "has no array '\(missing)', only \(known)",
        remedy: "name one of its arrays")
    }
    self.init(tensors)
  }

  /// Writes the file, replacing an old one only when the new one is complete.
  ///
  /// `compressed` deflates. Names are laid down in order, so equal contents give equal bytes.
  /// Throws `FileError`, for bfloat16 and for an empty or overlong name too.
  public func write(to path: String, compressed: Bool = false) throws {
    let named = tensors.sorted { $0.key < $1.key }
    let heads = try named.map { name, tensor in
      guard !name.isEmpty, name.utf8.count < 65_000, !name.utf8.contains(0) else {
        throw FileError(
          path: path, problem: "an array's name is empty, overlong or has a zero byte",
          remedy: "give each array a short name")
      }
      return try NumPyArray.head(of: tensor, name: "\(path), entry '\(name)'")
    }
    try AtomicFile.write(to: path) { put in
      try withoutActuallyEscaping(put) { put in
        var writer = ZipWriter(put)
        for (head, (name, tensor)) in zip(heads, named) {
          try tensor.withUnsafeBytes {
            try writer.add("\(name).npy", head: head, body: $0, deflated: compressed)
          }
        }
        try writer.finish()
      }
    }
  }
}
