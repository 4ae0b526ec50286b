/// The table of contents at the end of a ZIP archive.
///
/// Format: PKWARE's APPNOTE 6.3, sections 4.3.7 to 4.3.16; stored and deflated entries, with and
/// without 64-bit sizes, one file, no encryption.
struct ZipDirectory {
  struct Entry {
    var name: String
    var isDeflated: Bool
    var checksum: UInt32
    var packedCount: Int
    var count: Int
    /// Where the entry's own head starts.
    var offset: Int
  }

  private(set) var entries: [Entry] = []
  private let file: InputFile

  /// Reads the directory and checks each entry's place against the file; throws `FileError`.
  init(_ file: InputFile) throws {
    self.file = file
    let end = try ZipEnd(file)
    let table = ZipBytes(try file.bytes(at: end.offset, count: end.count))
    var place = 0
    var names: Set<String> = []
    while place < end.count {
      guard let (entry, next) = Self.entry(table, at: place, limit: end.offset) else {
        throw Self.bad(file.path, "entry \(entries.count + 1) of its directory is malformed")
      }
      guard names.insert(entry.name).inserted else {
        throw Self.bad(file.path, "holds two entries named '\(entry.name)'")
      }
      entries.append(entry)
      place = next
    }
    // Entries that share bytes are a known way to unpack far more than the file could hold.
    guard entries.reduce(0, { $0 + $1.packedCount }) <= end.offset else {
      throw Self.bad(file.path, "its entries overlap")
    }
    guard entries.count == end.entryCount else {
      throw Self.bad(
        file.path, "expected \(end.entryCount) entries, found \(entries.count)")
    }
  }

  /// One row of the table and where the next starts; nil if it is cut off, lies outside the part
  /// before `limit`, or uses what is not supported.
  private static func entry(_ table: ZipBytes, at place: Int, limit: Int) -> (Entry, Int)? {
    guard table.word(place) == 0x0201_4b50, let flags = table.half(place + 8), flags & 1 == 0,
      let method = table.half(place + 10), method == 0 || method == 8,
      let checksum = table.word(place + 16), let packed = table.word(place + 20),
      let count = table.word(place + 24), let nameCount = table.half(place + 28),
      let extraCount = table.half(place + 30), let commentCount = table.half(place + 32),
      let offset = table.word(place + 42), let name = table.text(place + 46, nameCount)
    else { return nil }
    let extra = place + 46 + nameCount
    let next = extra + extraCount + commentCount
    guard next <= table.count else { return nil }
    // In this order, a number that is all ones in the row stands in the extra field instead.
    let short = [count, packed, offset]
    guard
      let wide = table.wideNumbers(
        short.count { $0 == 0xffff_ffff }, from: extra, to: extra + extraCount)
    else { return nil }
    var rest = wide[...]
    let sizes = short.map { $0 == 0xffff_ffff ? rest.removeFirst() : $0 }
    let entry = Entry(
      name: name, isDeflated: method == 8, checksum: UInt32(checksum), packedCount: sizes[1],
      count: sizes[0], offset: sizes[2])
    return entry.isPlausible(limit: limit) ? (entry, next) : nil
  }

  /// The contents of one entry, from its start; throws `FileError` if its own head is damaged.
  func stream(_ entry: Entry) throws -> any ByteStream {
    let name = "\(file.path), entry '\(entry.name)'"
    let head = ZipBytes(try file.bytes(at: entry.offset, count: 30))
    guard head.word(0) == 0x0403_4b50, let nameCount = head.half(26), let extra = head.half(28)
    else { throw Self.bad(name, "expected the head of an entry, found something else") }
    let start = entry.offset + 30 + nameCount + extra
    guard start <= file.count, entry.packedCount <= file.count - start else {
      throw Self.bad(name, "lies outside the file")
    }
    let packed = FileStream(file, offset: start, count: entry.packedCount, name: name)
    let plain: any ByteStream =
      entry.isDeflated ? try InflatedStream(packed, count: entry.count) : packed
    return ChecksumStream(plain, expected: entry.checksum)
  }

  static func bad(_ name: String, _ problem: String) -> FileError {
    FileError(path: name, problem: problem, remedy: "check that it is a complete NPZ or ZIP file")
  }
}

extension ZipDirectory.Entry {
  /// Whether the sizes can be true: before the directory, and no more than deflate's best ratio.
  fileprivate func isPlausible(limit: Int) -> Bool {
    guard count >= 0, packedCount >= 0, offset >= 0, offset <= limit - 30,
      packedCount <= limit - 30 - offset
    else { return false }
    return isDeflated ? count / 1032 <= packedCount : count == packedCount
  }
}
