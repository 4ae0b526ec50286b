/// The names that a mistyped word may have meant.
enum NearestName {
  /// At most three names whose edit distance is at most a third of the word's length and at least
  /// 1, nearest first; names that begin with the word count as near.
  static func candidates(for word: String, among names: [String]) -> [String] {
    let word = word.lowercased()
    let limit = max(1, word.count / 3)
    let scored = names.compactMap { name -> (Int, String)? in
      if word.count >= 2, name.hasPrefix(word) { return (0, name) }
      let distance = distance(Array(word), Array(name))
      return distance <= limit ? (distance, name) : nil
    }
    return scored.sorted { $0 < $1 }.prefix(3).map(\.1)
  }

  /// The least number of insertions, deletions, replacements and swaps of neighbours
  /// (optimal string alignment).
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var earlier = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        let replaced = previous[j] + (a[i] == b[j] ? 0 : 1)
        var best = min(replaced, previous[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, earlier[j - 1] + 1) }
        row.append(best)
      }
      earlier = previous
      previous = row
    }
    return previous[b.count]
  }
}
