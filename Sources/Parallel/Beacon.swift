/// Where process 0 listens: its IPv4 addresses, a port, and a word that only the group knows.
struct Beacon: Equatable {
  var addresses: [UInt32]
  var port: UInt16
  var word: [UInt8]

  static let wordLength = 16

  /// Numbers in network order: port, word, addresses.
  var bytes: [UInt8] {
    func parts<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
      withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }
    return parts(port) + word + addresses.flatMap(parts)
  }

  init(addresses: [UInt32], port: UInt16, word: [UInt8]) {
    (self.addresses, self.port, self.word) = (addresses, port, word)
  }

  /// What `bytes` gave; nil for anything else.
  init?(bytes: [UInt8]) {
    guard bytes.count >= 2 + Self.wordLength, (bytes.count - 2 - Self.wordLength) % 4 == 0 else {
      return nil
    }
    func number(_ part: ArraySlice<UInt8>) -> UInt32 { part.reduce(0) { $0 << 8 | UInt32($1) } }
    port = UInt16(number(bytes[..<2]))
    word = Array(bytes[2..<(2 + Self.wordLength)])
    addresses = stride(from: 2 + Self.wordLength, to: bytes.count, by: 4).map {
      number(bytes[$0..<($0 + 4)])
    }
  }
}
