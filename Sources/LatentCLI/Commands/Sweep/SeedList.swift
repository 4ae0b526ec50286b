/// The seeds of a sweep: how many, a list, or a range.
struct SeedList: ArgumentValue, Hashable {
  /// The seeds, each once.
  let seeds: [UInt64]
  let argumentText: String

  static var expectation: String {
    "a number of seeds such as 5, seeds such as 3,7 or a range such as 0..4, each seed once"
  }

  /// Reads `5` as the seeds 0 … 4, `3,7` as these two, `10..14` as these five.
  init?(argument: String) {
    argumentText = argument
    if let count = Int(argument) {
      guard (1...10_000).contains(count) else { return nil }
      seeds = (0..<UInt64(count)).map { $0 }
      return
    }
    var found: [UInt64] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let range = Self.range(part), found.count + range.count <= 10_000 else { return nil }
      found += range
    }
    guard Set(found).count == found.count else { return nil }
    seeds = found
  }

  /// One seed, or the seeds from one to another.
  private static func range(_ text: Substring) -> ClosedRange<UInt64>? {
    func seed(_ text: Substring) -> UInt64? { Int(text).flatMap { UInt64(exactly: $0) } }
    guard let dots = text.firstRange(of: "..") else { return seed(text).map { $0...$0 } }
    guard let first = seed(text[..<dots.lowerBound]), let last = seed(text[dots.upperBound...]),
      first <= last, last - first < 10_000
    else { return nil }
    return first...last
  }
}
