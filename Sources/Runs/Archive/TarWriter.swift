import CArchive
import Torch

/// A tar archive that is written entry by entry: POSIX pax where names or sizes ask for it, else
/// plain ustar.
///
/// Owners are left out, so that equal files give equal archives whoever writes them.
final class TarWriter {
  private let archive: OpaquePointer
  private let path: String
  private let target: Target

  /// Where libarchive's bytes go, and what went wrong there.
  private final class Target {
    let put: (UnsafeRawBufferPointer) throws -> Void
    var failure: (any Error)?

    init(_ put: @escaping (UnsafeRawBufferPointer) throws -> Void) { self.put = put }
  }

  /// An archive whose bytes go to `put`; `path` is for messages.
  init(_ path: String, put: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
    guard let archive = archive_write_new() else {
      throw FileError(path: path, problem: "libarchive has no memory", remedy: "free memory")
    }
    self.archive = archive
    self.path = path
    target = Target(put)
    archive_write_set_format_pax_restricted(archive)
    // Names are bytes, in UTF-8 as everywhere here, whatever the machine's language.
    archive_write_set_options(archive, "hdrcharset=BINARY")
    let context = Unmanaged.passUnretained(target).toOpaque()
    try check(
      archive_write_open(
        archive, context, nil,
        { _, context, bytes, count in
          guard let context else { return -1 }
          let target = Unmanaged<Target>.fromOpaque(context).takeUnretainedValue()
          do {
            try target.put(UnsafeRawBufferPointer(start: bytes, count: count))
            return count
          } catch {
            target.failure = error
            return -1
          }
        }, nil))
  }

  deinit { archive_write_free(archive) }

  /// Adds a file of `count` bytes that `write` hands over piece by piece.
  func add(
    _ name: String, count: Int, modified: Int,
    _ write: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws {
    guard let entry = archive_entry_new() else {
      throw FileError(path: path, problem: "libarchive has no memory", remedy: "free memory")
    }
    defer { archive_entry_free(entry) }
    archive_entry_copy_pathname(entry, name)
    archive_entry_set_filetype(entry, UInt32(S_IFREG))
    archive_entry_set_perm(entry, 0o644)
    archive_entry_set_size(entry, Int64(count))
    archive_entry_set_mtime(entry, modified, 0)
    try check(archive_write_header(archive, entry))
    try write { piece in
      guard archive_write_data(archive, piece.baseAddress, piece.count) == piece.count else {
        throw failure()
      }
    }
  }

  /// Ends the archive; nothing can be added after it.
  func finish() throws { try check(archive_write_close(archive)) }

  private func check(_ status: Int32) throws {
    guard status == ARCHIVE_OK else { throw failure() }
  }

  private func failure() -> any Error {
    let reason = archive_error_string(archive).map { String(cString: $0) } ?? "no reason given"
    return target.failure
      ?? FileError(
        path: path, problem: "cannot be written: \(reason)", remedy: "check the files of the run")
  }
}
