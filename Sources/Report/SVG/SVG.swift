/// The few marks of which the static charts consist.
enum SVG {
  /// A coordinate with at most one place after the point.
  static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    let whole = "\(tenths < 0 && tenths > -10 ? "-" : "")\(tenths / 10)"
    return tenths % 10 == 0 ? whole : "\(whole).\(abs(tenths % 10))"
  }

  static func text(_ text: String, x: Double, y: Double, anchor: String, kind: String = "tick")
    -> String
  {
    "<text class=\"\(kind)\" text-anchor=\"\(anchor)\" x=\"\(number(x))\" y=\"\(number(y))\">"
      + "\(HTML.escape(text))</text>"
  }

  /// Straight lines through the points, broken where one is missing.
  static func path(_ points: [(x: Double, y: Double)?]) -> String {
    var text = ""
    var isDown = false
    for point in points {
      if let point {
        text += "\(isDown ? "L" : "M")\(number(point.x)) \(number(point.y))"
        isDown = true
      } else {
        isDown = false
      }
    }
    return text
  }

  /// A picture that says in words what it shows.
  static func document(
    _ body: [String], size: ChartSize, id: String, title: String, summary: String
  ) -> String {
    let (width, height) = (number(size.width), number(size.height))
    return """
      <svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 \(width) \(height)" \
      role="img" aria-labelledby="\(id).t \(id).d">
      <title id="\(id).t">\(HTML.escape(title))</title>
      <desc id="\(id).d">\(HTML.escape(summary))</desc>
      \(body.joined(separator: "\n"))
      </svg>
      """
  }
}
