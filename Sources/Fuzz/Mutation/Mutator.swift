import Datasets

/// Changes that make readers of files stumble: single bits and bytes, whole numbers at the ends of
/// their range, digits, cuts, repetitions, and pieces of other files of the format.
struct Mutator {
  /// Files of the format that are right.
  let seeds: [[UInt8]]

  /// The mutation with this number, the same in every process.
  func mutation(_ number: Int, seed: UInt64) -> [UInt8] {
    // Far apart for neighbouring numbers.
    var random = SplitMix64(state: seed &* 0xD134_2543_DE82_EF95 &+ UInt64(number) &* 0x2545_F491)
    _ = random.next()
    var bytes = seeds.randomElement(using: &random) ?? []
    // The rare file of a hundred changes reaches what no single one does.
    let changes =
      random.oneIn(20)
      ? Int.random(in: 5...100, using: &random) : Int.random(in: 1...4, using: &random)
    for _ in 0..<changes { change(&bytes, &random) }
    return bytes
  }

  private func change(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    guard !bytes.isEmpty else {
      bytes = (0..<Int.random(in: 1...64, using: &random)).map { _ in
        .random(in: 0...255, using: &random)
      }
      return
    }
    // Heads are short and decide most.
    let reach = Bool.random(using: &random) ? min(bytes.count, 96) : bytes.count
    let place = Int.random(in: 0..<reach, using: &random)
    switch Int.random(in: 0..<12, using: &random) {
    case 0, 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 2: bytes[place] = .random(in: 0...255, using: &random)
    case 3: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
    case 4: bytes.remove(at: place)
    case 5: bytes.insert(bytes[place], at: place)
    case 6: putNumber(&bytes, place, &random)
    case 7: putDigits(&bytes, place, &random)
    case 8: repeatPiece(&bytes, place, &random)
    case 9: splice(&bytes, place, &random)
    case 10: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &random))
    default: bytes.removeSubrange(Int.random(in: 0..<bytes.count, using: &random)...)
    }
  }

  /// A number of 2, 4 or 8 bytes at an end of its range, of either byte order.
  private func putNumber(_ bytes: inout [UInt8], _ place: Int, _ random: inout SplitMix64) {
    let width = [2, 4, 8].randomElement(using: &random) ?? 4
    let ends: [UInt64] = [
      0, 1, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 1 << 40,
      0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, .max, UInt64(bytes.count),
    ]
    let value = ends.randomElement(using: &random) ?? 0
    let isBig = Bool.random(using: &random)
    for index in 0..<width where place + index < bytes.count {
      let shift = 8 * (isBig ? width - 1 - index : index)
      bytes[place + index] = UInt8(truncatingIfNeeded: value >> UInt64(shift))
    }
  }

  /// Another number where the next digits are.
  private func putDigits(_ bytes: inout [UInt8], _ place: Int, _ random: inout SplitMix64) {
    func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    guard let start = bytes[place...].firstIndex(where: isDigit) else { return }
    let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
    let numbers = [
      "0", "-1", "1", "65536", "99999999", "2147483648", "9223372036854775807",
      "18446744073709551616", "1e308", "1e999", "-0", "0x10", "nan", "1.5", "null", "[]", "\"\"",
    ]
    bytes.replaceSubrange(start..<end, with: (numbers.randomElement(using: &random) ?? "0").utf8)
  }

  private func repeatPiece(_ bytes: inout [UInt8], _ place: Int, _ random: inout SplitMix64) {
    let end = min(bytes.count, place + Int.random(in: 1...64, using: &random))
    let piece = bytes[place..<end]
    let times = random.oneIn(8) ? 200 : Int.random(in: 1...4, using: &random)
    bytes.insert(contentsOf: (0..<times).flatMap { _ in piece }, at: place)
  }

  private func splice(_ bytes: inout [UInt8], _ place: Int, _ random: inout SplitMix64) {
    guard let other = seeds.randomElement(using: &random), !other.isEmpty else { return }
    let start = Int.random(in: 0..<other.count, using: &random)
    let piece = other[start..<min(other.count, start + Int.random(in: 1...256, using: &random))]
    if Bool.random(using: &random) {
      bytes.insert(contentsOf: piece, at: place)
    } else {
      bytes.replaceSubrange(place..<min(bytes.count, place + piece.count), with: piece)
    }
  }
}
