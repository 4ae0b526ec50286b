/// The last record of a ZIP archive: where its directory is.
struct ZipEnd {
  let offset: Int
  let count: Int
  let entryCount: Int

  /// Looks for the record from the end of the file back, over a comment of at most 65,535 bytes.
  init(_ file: InputFile) throws {
    let reach = min(file.count, 22 + 65_535 + 20)
    let tailStart = file.count - reach
    let tail = ZipBytes(try file.bytes(at: tailStart, count: reach))
    var place = reach - 22
    while place >= 0, !Self.isEnd(tail, place) { place -= 1 }
    guard place >= 0, let entries = tail.half(place + 10), let count = tail.word(place + 12),
      let offset = tail.word(place + 16)
    else { throw ZipDirectory.bad(file.path, "expected a ZIP archive, found no directory") }
    var record = (offset: offset, count: count, entries: entries)
    if entries == 0xffff || count == 0xffff_ffff || offset == 0xffff_ffff {
      guard let wide = try Self.wide(file, tail, place - 20) else {
        throw ZipDirectory.bad(file.path, "its 64-bit directory record is damaged")
      }
      record = wide
    }
    let limit = tailStart + place
    guard record.offset <= limit, record.count <= limit - record.offset,
      record.entries <= record.count / 46
    else { throw ZipDirectory.bad(file.path, "its directory lies outside the file") }
    (self.offset, self.count, entryCount) = record
  }

  /// Whether the record starts here and its comment ends with the file.
  private static func isEnd(_ tail: ZipBytes, _ place: Int) -> Bool {
    tail.word(place) == 0x0605_4b50 && tail.half(place + 20) == tail.count - place - 22
  }

  /// The record with 64-bit numbers, found through its locator at `place` of the tail.
  private static func wide(
    _ file: InputFile, _ tail: ZipBytes, _ place: Int
  ) throws -> (offset: Int, count: Int, entries: Int)? {
    guard tail.word(place) == 0x0706_4b50, let at = tail.long(place + 8),
      at <= file.count - 56
    else { return nil }
    let record = ZipBytes(try file.bytes(at: at, count: 56))
    guard record.word(0) == 0x0606_4b50, let entries = record.long(32),
      let count = record.long(40), let offset = record.long(48)
    else { return nil }
    return (offset, count, entries)
  }
}
