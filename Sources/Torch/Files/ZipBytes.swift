/// Little-endian numbers and texts out of the tables of a ZIP archive; nil beyond the end.
struct ZipBytes {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  var count: Int { bytes.count }

  func half(_ place: Int) -> Int? { number(place, 2).map(Int.init) }
  func word(_ place: Int) -> Int? { number(place, 4).map(Int.init) }
  /// A 64-bit number that a file's length can be.
  func long(_ place: Int) -> Int? { number(place, 8).flatMap { Int(exactly: $0) } }

  private func number(_ place: Int, _ width: Int) -> UInt64? {
    guard place >= 0, width <= count, place <= count - width else { return nil }
    return (0..<width).reversed().reduce(0) { $0 << 8 | UInt64(bytes[place + $1]) }
  }

  /// Text in UTF-8, nil for other bytes.
  func text(_ place: Int, _ length: Int) -> String? {
    guard place >= 0, length >= 0, length <= count, place <= count - length else { return nil }
    return String(validating: bytes[place..<(place + length)], as: UTF8.self)
  }

  /// The first `amount` numbers of the field for 64-bit sizes among the extra fields of a row.
  func wideNumbers(_ amount: Int, from start: Int, to end: Int) -> [Int]? {
    guard amount > 0 else { return [] }
    var place = start
    while place + 4 <= end, let kind = half(place), let length = half(place + 2) {
      if kind == 1 {
        guard length >= 8 * amount, place + 4 + length <= end else { return nil }
        let numbers = (0..<amount).compactMap { long(place + 4 + 8 * $0) }
        return numbers.count == amount ? numbers : nil
      }
      place += 4 + length
    }
    return nil
  }
}
