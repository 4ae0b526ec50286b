import Foundation
import Testing

@testable import Report

/// The colours of the page against WCAG 2.2: 4.5 to 1 for texts, 3 to 1 for marks of charts.
@Suite struct ContrastTests {
  /// The three lists of colours of the style: light, dark by choice, dark by the system.
  private var themes: [[String: String]] {
    PageResources.style.components(separatedBy: "color-scheme:").map { part in
      let body = part.prefix { $0 != "}" }
      var colors: [String: String] = [:]
      for entry in body.split(separator: ";") {
        let sides = entry.split(separator: ":")
          .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
        if sides.count == 2, sides[1].hasPrefix("#") { colors[sides[0]] = sides[1] }
      }
      return colors
    }.filter { $0["--page"] != nil }
  }

  /// Relative luminance, WCAG 2.2: 0.2126 R + 0.7152 G + 0.0722 B of linearised parts.
  private func luminance(_ color: String) throws -> Double {
    let value = try #require(Int(color.dropFirst(), radix: 16))
    return zip([16, 8, 0], [0.2126, 0.7152, 0.0722]).map { shift, weight in
      let part = Double(value >> shift & 255) / 255
      return weight * (part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4))
    }.reduce(0, +)
  }

  private func contrast(_ theme: [String: String], _ a: String, _ b: String) throws -> Double {
    let levels = try [a, b].map { try luminance(try #require(theme["--\($0)"], "\($0)")) }.sorted()
    return (levels[1] + 0.05) / (levels[0] + 0.05)
  }

  @Test func textsCanBeRead() throws {
    #expect(themes.count == 3)
    for theme in themes {
      for ink in ["ink", "muted", "accent", "good", "notice", "problem"] {
        for ground in ["page", "panel"] {
          #expect(try contrast(theme, ink, ground) >= 4.5, "\(ink) on \(ground)")
        }
      }
      #expect(try contrast(theme, "ink", "code") >= 4.5)
      #expect(try contrast(theme, "accent", "accent-soft") >= 4.5)
    }
  }

  @Test func curvesCanBeSeen() throws {
    for theme in themes {
      for place in 0..<Palette.count {
        #expect(try contrast(theme, "s\(place)", "panel") >= 3, "s\(place)")
      }
    }
  }

  @Test func bothWaysIntoTheDarkAreTheSame() {
    #expect(themes[1] == themes[2])
  }
}
