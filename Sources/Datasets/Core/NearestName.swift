/// Finds the name somebody probably meant.
public enum NearestName {
  /// The nearest of `names` to `word`, or `nil` when none is near.
  ///
  /// Near is: the same but for case, `-`, `_` and spaces; or the only name that `word` (three
  /// characters or more) begins; or at most one edit away for each three characters of the longer,
  /// where an edit inserts, deletes, replaces or swaps neighbours (optimal string alignment). Ties
  /// go to the earlier name.
  public static func match(_ word: String, in names: [String]) -> String? {
    let plainWord = plain(word)
    if let same = names.first(where: { plain($0) == plainWord }) { return same }
    let begun = names.filter { plain($0).starts(with: plainWord) }
    if plainWord.count >= 3, begun.count == 1 { return begun[0] }
    var best: (name: String, distance: Int)?
    for name in names {
      let plainName = plain(name)
      let distance = editDistance(plainWord, plainName)
      guard distance <= max(plainWord.count, plainName.count) / 3 else { continue }
      if distance < best?.distance ?? .max { best = (name, distance) }
    }
    return best?.name
  }

  /// The number of insertions, deletions, replacements and swaps of neighbours between two words,
  /// no part being edited twice (optimal string alignment distance).
  public static func editDistance<Element: Equatable>(_ first: [Element], _ second: [Element])
    -> Int
  {
    var beforeLast: [Int] = []
    var last = Array(0...second.count)
    for i in first.indices {
      var row = [i + 1]
      for j in second.indices {
        let replaced = last[j] + (first[i] == second[j] ? 0 : 1)
        var cost = min(replaced, last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] {
          cost = min(cost, beforeLast[j - 1] + 1)
        }
        row.append(cost)
      }
      (beforeLast, last) = (last, row)
    }
    return last[second.count]
  }

  private static func plain(_ word: String) -> [Character] {
    Array(word.lowercased()).filter { $0 != "-" && $0 != "_" && $0 != " " }
  }
}
