import Datasets
import FoundationEssentials
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension RunFolder {
  /// The folder of a run that came with its data.
  static let dataFolder = "data"

  /// Writes the run as one tar archive that another machine evaluates, and says what is in it.
  ///
  /// `includesState` keeps what resuming needs beside the weights; `includesData` puts the files of
  /// the user's own data or of a known set in as well. The archive replaces an old file only when it
  /// is complete. Throws `FileError` for a run without weights, one that is being trained, data that
  /// cannot be read, and an archive that cannot be written.
  @discardableResult
  public func export(
    to path: String, includesState: Bool = true, includesData: Bool = false,
    known dataFolder: String? = nil
  ) throws -> ArchiveManifest {
    let record = try record()
    // A process that trains would change files between their sum and their copy.
    let lock = access(self.path, W_OK) == 0 ? try RunLock(self) : nil
    defer { withExtendedLifetime(lock) {} }
    guard FileManager.default.fileExists(atPath: file(Checkpoint.last)) else {
      throw FileError(
        path: self.path, problem: "has no weights yet", remedy: "train it first, or resume it")
    }
    var files = try Self.ownFiles(self.path, "")
    if !includesState { files.removeAll { $0.inside == Checkpoint.path } }
    if includesData, !FileManager.default.fileExists(atPath: file(Self.dataFolder)) {
      files += try SourcePlace(of: record.data.source, dataFolder: dataFolder).files()
        .map { ($0.path, "\(Self.dataFolder)/\($0.inside)") }
    }
    let manifest = ArchiveManifest(
      run: name, version: PackageIdentity.version, source: record.data.source,
      fingerprint: record.data.fingerprint,
      includesData: files.contains { $0.inside.hasPrefix("\(Self.dataFolder)/") },
      files: try files.map { try Self.described($0.path, as: $0.inside) })
    try AtomicFile.write(to: path) { put in
      try withoutActuallyEscaping(put) { put in
        try Self.write(manifest, of: files.map(\.path), to: TarWriter(path, put: put))
      }
    }
    return manifest
  }

  private static func write(
    _ manifest: ArchiveManifest, of paths: [String], to archive: TarWriter
  ) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let text = [UInt8](try encoder.encode(manifest)) + [0x0A]
    let name = "\(manifest.run)/\(ArchiveManifest.name)"
    try archive.add(name, count: text.count, modified: 0) { put in
      try text.withUnsafeBytes { try put($0) }
    }
    for (path, file) in zip(paths, manifest.files) {
      let input = try InputFile(path)
      try archive.add(
        "\(manifest.run)/\(file.path)", count: file.bytes, modified: input.modified
      ) { put in try input.forEachPiece(put) }
    }
    try archive.finish()
  }

  /// The files of a run in the order of their paths, without hidden and unfinished ones.
  private static func ownFiles(
    _ folder: String, _ inside: String
  ) throws -> [(path: String, inside: String)] {
    try FolderListing.names(folder).filter { !$0.contains(".part-") }.flatMap { name in
      let path = "\(folder)/\(name)"
      return FilePath.isFolder(path)
        ? try ownFiles(path, "\(inside)\(name)/") : [(path, "\(inside)\(name)")]
    }
  }

  private static func described(_ path: String, as name: String) throws -> ArchiveManifest.File {
    let input = try InputFile(path)
    let hash = SHA256()
    try input.forEachPiece { hash.update($0) }
    return ArchiveManifest.File(path: name, bytes: input.count, sha256: hash.hexDigest())
  }
}

extension InputFile {
  /// Hands over the whole file in pieces of a megabyte; throws `FileError` if it ends early.
  fileprivate func forEachPiece(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    for start in stride(from: 0, to: count, by: 1 << 20) {
      let piece = try bytes(at: start, count: min(1 << 20, count - start))
      try piece.withUnsafeBytes { try body($0) }
    }
  }

  /// When the file was changed last, in seconds of the system's clock.
  fileprivate var modified: Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let date = attributes?[.modificationDate] as? Date
    return Int(date?.timeIntervalSince1970 ?? 0)
  }
}
