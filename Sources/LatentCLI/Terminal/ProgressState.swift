import LatentCore

/// What a line of progress says.
struct ProgressState: Sendable, Equatable {
  /// A named number with its unit.
  struct Term: Sendable, Equatable {
    /// The name, such as `ELBO`.
    let name: String
    /// The value.
    let value: Double
    /// The unit, such as `nat`; `nil` for pure numbers.
    let unit: String?

    /// Makes a term.
    init(_ name: String, _ value: Double, unit: String? = nil) {
      self.name = name
      self.value = value
      self.unit = unit
    }
  }

  /// Where the work is, such as `epoch 3/30`.
  var label = ""
  /// How much is done, from 0 to 1; `nil` when the end is not known.
  var fraction: Double?
  /// Steps a second; `nil` while unknown.
  var rate: Double?
  /// What a step is called, in the plural.
  var unit = "steps"
  /// Seconds to the end; `nil` while unknown.
  var secondsLeft: Double?
  /// Values to watch, the most important first.
  var terms: [Term] = []
}

extension ProgressState {
  /// The state in one line of at most `width` columns.
  ///
  ///     epoch 3/30  [██████░░░░] 61%  2,310 steps/s  0:12 left  ELBO -103.21 nat  distortion 78.0
  ///
  /// The first term has five significant digits, the others three; a unit is written where it is not
  /// that of the term before. Where the width does not suffice, parts give way in this order: terms
  /// from the last to the second, the bar, the rate, the first term, the time left.
  func line(width: Int, palette: Palette = .plain) -> String {
    for parts in candidates {
      let plain = Self.join(parts, .plain)
      if plain.displayWidth <= width { return Self.join(parts, palette) }
    }
    return Self.join(candidates.last ?? [], .plain).truncated(to: width)
  }

  private enum Style { case plain, accent, dim }
  private typealias Part = [(text: String, style: Style)]

  private var candidates: [[Part]] {
    let head: [Part] = label.isEmpty ? [] : [[(label, .plain)]]
    let barPart: [Part] =
      done.map { [[(Self.bar($0), .accent), (" \(Self.percent($0))", .plain)]] } ?? []
    let percentPart: [Part] = done.map { [[(Self.percent($0), .plain)]] } ?? []
    let ratePart: [Part] = rate.map { [[("\(NumberText.rate($0)) \(unit)/s", .dim)]] } ?? []
    let timePart: [Part] =
      secondsLeft.map { [[("\(NumberText.duration(seconds: $0)) left", .plain)]] } ?? []
    let terms = termParts
    var result: [[Part]] = []
    for count in stride(from: terms.count, through: min(1, terms.count), by: -1) {
      result.append(head + barPart + ratePart + timePart + terms.prefix(count))
    }
    result.append(head + percentPart + ratePart + timePart + terms.prefix(1))
    result.append(head + percentPart + timePart + terms.prefix(1))
    result.append(head + percentPart + timePart)
    result.append(head + percentPart)
    return result
  }

  private var done: Double? { fraction.map { min(max($0, 0), 1) } }

  private static func percent(_ done: Double) -> String { "\(Int(done * 100))%" }

  private static func bar(_ done: Double) -> String {
    let filled = Int(done * 10)
    return "[" + String(repeating: "█", count: filled) + String(repeating: "░", count: 10 - filled)
      + "]"
  }

  private var termParts: [Part] {
    var unit: String?
    return terms.enumerated().map { index, term in
      let value = NumberText.significant(term.value, digits: index == 0 ? 5 : 3)
      let suffix = term.unit == nil || term.unit == unit ? "" : " \(term.unit ?? "")"
      unit = term.unit
      return [("\(term.name) ", .dim), (value, index == 0 ? .accent : .plain), (suffix, .dim)]
    }
  }

  private static func join(_ parts: [Part], _ palette: Palette) -> String {
    parts.map { part in
      part.map { piece in
        switch piece.style {
        case .plain: piece.text
        case .accent: palette.accent(piece.text)
        case .dim: palette.dim(piece.text)
        }
      }.joined()
    }.joined(separator: "  ")
  }
}
