import Datasets
import FoundationEssentials
import Torch

extension RunFolder {
  /// A record of an archive's files beyond this many bytes is none.
  private static let longestManifest = 16 << 20

  /// Makes a run folder in `parent` out of an archive that `export` wrote, and says what is in it.
  ///
  /// The folder has the run's own name unless `name` is given, and appears when every file is there
  /// and has the sum that the archive announces; otherwise nothing is left. Throws `FileError` for
  /// an archive that is damaged, incomplete or not ours, that holds links, devices or names leading
  /// elsewhere, for a name that is taken, and for a folder that cannot be written to.
  public static func importing(
    _ path: String, into parent: String, name: String? = nil
  ) throws -> (folder: RunFolder, manifest: ArchiveManifest) {
    let archive = try TarReader(path)
    let manifest = try self.manifest(of: archive)
    let target = "\(parent)/\(name ?? manifest.run)"
    guard !FileManager.default.fileExists(atPath: target) else {
      throw FileError(
        path: target, problem: "there is a run of this name already",
        remedy: "choose another with --name")
    }
    var made = MadeFolders()
    let staging = "\(parent)/.import-\(UUID().uuidString)"
    do {
      try made.make(staging)
      try unpack(archive, manifest, to: staging)
      let staged = try RunFolder(existing: staging)
      _ = try staged.record()
      try FileManager.default.moveItem(atPath: staging, toPath: target)
      return (try RunFolder(existing: target), manifest)
    } catch {
      try? FileManager.default.removeItem(atPath: staging)
      made.undo()
      if error is FileError { throw error }
      throw FileError(
        path: target, problem: "cannot be made: \(error)", remedy: "check the folder and the disk")
    }
  }

  private static func manifest(of archive: TarReader) throws -> ArchiveManifest {
    guard let entry = try archive.next(), entry.parts.dropFirst() == [ArchiveManifest.name],
      entry.count <= longestManifest
    else { throw archive.bad("its first file is not \(ArchiveManifest.name)") }
    var text = Data()
    try archive.read(entry) { text.append(contentsOf: $0) }
    guard let manifest = try? JSONDecoder().decode(ArchiveManifest.self, from: text),
      manifest.format == ArchiveManifest.format, manifest.run == entry.parts[0],
      !manifest.run.hasPrefix(".")
    else { throw archive.bad("its \(ArchiveManifest.name) is damaged or of another version") }
    return manifest
  }

  private static func unpack(
    _ archive: TarReader, _ manifest: ArchiveManifest, to folder: String
  ) throws {
    var expected = manifest.files[...]
    while let entry = try archive.next() {
      let inside = entry.parts.dropFirst().joined(separator: "/")
      guard entry.parts[0] == manifest.run, let wanted = expected.popFirst(),
        wanted.path == inside, wanted.bytes == entry.count
      else { throw archive.bad("'\(inside)' is not what its \(ArchiveManifest.name) announces") }
      let hash = SHA256()
      let place = "\(folder)/\(inside)"
      let parent = place[..<(place.lastIndex(of: "/") ?? place.startIndex)]
      try FileManager.default.createDirectory(
        atPath: String(parent), withIntermediateDirectories: true)
      try AtomicFile.write(to: place) { put in
        try archive.read(entry) { piece in
          hash.update(piece)
          try put(piece)
        }
      }
      guard hash.hexDigest() == wanted.sha256 else {
        throw archive.bad("'\(inside)' is damaged: its SHA-256 is another")
      }
    }
    if let missing = expected.first { throw archive.bad("'\(missing.path)' is missing") }
  }
}
