/// The few ways in which text stands out on a terminal: one accent, bold, dim, and red for errors.
struct Palette: Sendable {
  /// Whether anything is coloured at all.
  let isColoured: Bool

  /// Text without colours.
  static let plain = Palette(isColoured: false)

  /// What matters most.
  func accent(_ text: String) -> String { style("36", text) }
  /// Headings.
  func bold(_ text: String) -> String { style("1", text) }
  /// What matters least.
  func dim(_ text: String) -> String { style("2", text) }
  /// The word before an error.
  func error(_ text: String) -> String { style("1;31", text) }

  private func style(_ code: String, _ text: String) -> String {
    isColoured && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
