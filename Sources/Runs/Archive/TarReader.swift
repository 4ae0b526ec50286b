import CArchive
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A tar archive that is read entry by entry, with nothing in it but plain files.
final class TarReader {
  /// One file.
  struct Entry {
    /// Its path in the archive, with at least two parts, none of them `..`.
    var parts: [String]
    /// Its length in bytes.
    var count: Int
  }

  private let archive: OpaquePointer
  private let path: String
  /// Entries share the archive's bytes, so what they announce cannot be more.
  private var bytesLeft: Int

  /// Opens an archive; throws `FileError` for anything else.
  init(_ path: String) throws {
    bytesLeft = try InputFile(path).count
    guard let archive = archive_read_new() else {
      throw FileError(path: path, problem: "libarchive has no memory", remedy: "free memory")
    }
    self.archive = archive
    self.path = path
    archive_read_support_format_tar(archive)
    archive_read_set_options(archive, "hdrcharset=BINARY")
    guard archive_read_open_filename(archive, path, 1 << 16) == ARCHIVE_OK else {
      throw bad("libarchive says: \(reason)")
    }
  }

  deinit { archive_read_free(archive) }

  /// The next file, or nil at the end; folders are passed over, as those of files are made anyway.
  ///
  /// Throws `FileError` for links, devices, files with holes, names that lead out of the archive's
  /// own folder, and more bytes than the archive has.
  func next() throws -> Entry? {
    while true {
      var found: OpaquePointer?
      let status = archive_read_next_header(archive, &found)
      if status == ARCHIVE_EOF { return nil }
      guard status == ARCHIVE_OK, let found, let name = archive_entry_pathname(found) else {
        throw bad("libarchive says: \(reason)")
      }
      let parts = try safeParts(String(cString: name))
      let isLink = archive_entry_hardlink(found) != nil || archive_entry_symlink(found) != nil
      let kind = archive_entry_filetype(found)
      if !isLink, kind == S_IFDIR { continue }
      guard !isLink, kind == S_IFREG, archive_entry_sparse_count(found) == 0 else {
        throw bad("'\(parts.joined(separator: "/"))' is no plain file")
      }
      let count = Int(archive_entry_size(found))
      guard parts.count >= 2, count >= 0, count <= bytesLeft else {
        throw bad("'\(parts.joined(separator: "/"))' has an impossible place or length")
      }
      bytesLeft -= count
      return Entry(parts: parts, count: count)
    }
  }

  private func safeParts(_ name: String) throws -> [String] {
    var parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if parts.first == "." { parts.removeFirst() }
    if parts.last == "" { parts.removeLast() }
    let isSafe = parts.allSatisfy { part in
      !part.isEmpty && part != "." && part != ".." && part.utf8.count <= 255
        && !part.contains("\\") && part.unicodeScalars.allSatisfy { $0.value >= 32 }
    }
    guard isSafe, !parts.isEmpty, parts.count <= 64 else {
      throw bad("the name '\(name)' does not stay in one folder")
    }
    return parts
  }

  /// Hands over the present file's bytes piece by piece; throws `FileError` if they end early.
  func read(_ entry: Entry, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    var left = entry.count
    try withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
      while left > 0 {
        let got = archive_read_data(archive, buffer.baseAddress, min(left, buffer.count))
        guard got > 0 else {
          throw bad("'\(entry.parts.joined(separator: "/"))' ends early")
        }
        left -= got
        try body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<got]))
      }
    }
  }

  private var reason: String {
    archive_error_string(archive).map { String(cString: $0) } ?? "no reason given"
  }

  /// The refusal of the archive.
  func bad(_ problem: String) -> FileError { Self.bad(path, problem) }

  static func bad(_ path: String, _ problem: String) -> FileError {
    FileError(
      path: path, problem: "is no exported run: \(problem)",
      remedy: "export it again with latent export, and copy it whole")
  }
}
