extension Citation {
  /// One line: `Kingma & Welling (2013). Auto-Encoding Variational Bayes. arXiv:1312.6114, eq. 10`.
  public var text: String {
    let sources = [venue, arXiv.map { "arXiv:\($0)" }, doi.map { "doi:\($0)" }, place]
    let end = sources.compactMap { $0 }.joined(separator: ", ")
    return "\(authors) (\(year)). \(title).\(end.isEmpty ? "" : " \(end)")"
  }

  /// The name in a bibliography: first author, year and first long word of the title, such as
  /// `kingma2013autoencoding`.
  public var key: String {
    let first = authors.split { $0 == "," || $0 == "&" }.first ?? ""
    let author = first.replacing(" et al.", with: "").split(separator: " ").last ?? "unknown"
    let words = title.split { !$0.isLetter && $0 != "-" && $0 != "'" }
    let word = words.first { $0.count > 3 } ?? words.first ?? ""
    return Self.plain(author) + "\(year)" + Self.plain(word)
  }

  /// An entry for BibTeX, `@misc` with what is known; the key can be changed by the caller where two
  /// would be equal.
  ///
  /// «A, B & C» becomes `A and B and C`, «et al.» `others`; signs that LaTeX reads as commands are
  /// escaped, and the title keeps its capitals.
  public func bibTeX(key: String? = nil) -> String {
    let named = authors.replacing(" et al.", with: " & others")
      .replacing(", ", with: " & ").split(separator: " & ").joined(separator: " and ")
    var fields: [(String, String)] = [
      ("author", Self.escaped(named)), ("title", "{\(Self.escaped(title))}"), ("year", "\(year)"),
    ]
    if let venue { fields.append(("howpublished", Self.escaped(venue))) }
    if let arXiv { fields += [("eprint", arXiv), ("archivePrefix", "arXiv")] }
    if let doi { fields.append(("doi", doi)) }
    if let place { fields.append(("note", Self.escaped(place))) }
    let lines = fields.map { "  \($0) = {\($1)}" }.joined(separator: ",\n")
    return "@misc{\(key ?? self.key),\n\(lines)\n}"
  }

  private static func plain(_ text: Substring) -> String {
    String(text.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) })
  }

  private static func escaped(_ text: String) -> String {
    text.map { "&%$#_{}".contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}
