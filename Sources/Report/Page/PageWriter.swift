/// Makes the markup of a page, piece by piece.
struct PageWriter {
  var lines: [String] = []
  /// The charts of the page as data, in order.
  var charts: [Figure] = []
  /// The frame's own names are taken; names that derive from others have a point, which none of
  /// these has.
  private var usedNames = ["content": 1, "figures": 1]

  mutating func add(_ line: String) { lines.append(line) }

  /// A name for links that no other part of the page has.
  mutating func uniqueName(_ text: String) -> String {
    let name = HTML.anchor(text)
    let count = (usedNames[name] ?? 0) + 1
    usedNames[name] = count
    // A name that ends in a number could meet another one's count.
    return count == 1 ? name : uniqueName("\(name)-\(count)")
  }

  mutating func element(_ tag: String, _ text: String, kind: String = "") {
    let attribute = kind.isEmpty ? "" : " class=\"\(kind)\""
    add("<\(tag)\(attribute)>\(HTML.escape(text))</\(tag)>")
  }
}
