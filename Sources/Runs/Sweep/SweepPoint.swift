/// One run of a sweep: values for what the sweep varies, and a seed.
public struct SweepPoint: Sendable, Hashable {
  /// Where it stands in the plan, from 0.
  public let index: Int
  /// What sets it apart from others of its seed.
  public let settings: [SweepSetting]
  /// The number that all its randomness comes from.
  public let seed: UInt64
  /// The name of its run folder, such as `03-beta-4-seed-2`.
  public let name: String

  init(index: Int, of count: Int, settings: [SweepSetting], seed: UInt64) {
    self.index = index
    self.settings = settings
    self.seed = seed
    let digits = "\(count)".count
    let number = String("\(index + 1 + Self.power(10, digits))".dropFirst())
    let words = settings.map { "\($0.key)-\($0.value)" } + ["seed-\(seed)"]
    let plain = words.joined(separator: "-").map { character in
      character.isASCII && (character.isLetter || character.isNumber || "._-".contains(character))
        ? character : "-"
    }
    name = "\(number)-\(String(plain.prefix(120)))"
  }

  private static func power(_ base: Int, _ exponent: Int) -> Int {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }

  /// The settings and the seed for people, such as `beta=4 seed=2`.
  public var label: String {
    (settings.map(\.description) + ["seed=\(seed)"]).joined(separator: " ")
  }
}
