import LatentCore

/// Sources by what they were used for, and each once for a list.
struct Bibliography {
  /// What was used and where it comes from, in order.
  private let uses: [(part: String, citation: Citation)]

  /// A bibliography of these uses.
  init(_ uses: [(part: String, citation: Citation)]) { self.uses = uses }

  /// The sources of each part.
  var parts: [(part: String, citations: [Citation])] {
    var result: [(part: String, citations: [Citation])] = []
    for use in uses {
      if result.last?.part == use.part {
        result[result.count - 1].citations.append(use.citation)
      } else {
        result.append((use.part, [use.citation]))
      }
    }
    return result
  }

  /// Each source once, with a key that no other has: `a` , `b`, … follow where two would be equal.
  var entries: [(key: String, citation: Citation)] {
    var seen: Set<Citation> = []
    var taken: Set<String> = []
    return uses.map(\.citation).filter { seen.insert($0).inserted }.map { citation in
      let letters = "abcdefghijklmnopqrstuvwxyz".map(String.init)
      let key = ([""] + letters).map { citation.key + $0 }.first { taken.insert($0).inserted }
      return (key ?? citation.key, citation)
    }
  }

  /// The uses for `--json`.
  var json: [JSONValue] {
    let keys = Dictionary(entries.map { ($0.citation, $0.key) }, uniquingKeysWith: { a, _ in a })
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    return uses.map { use in
      let citation = use.citation
      return [
        "for": .string(use.part), "key": text(keys[citation]),
        "authors": .string(citation.authors), "title": .string(citation.title),
        "year": .int(citation.year), "venue": text(citation.venue), "arxiv": text(citation.arXiv),
        "doi": text(citation.doi), "place": text(citation.place),
      ]
    }
  }
}
