extension Character {
  /// How many columns of a terminal the character takes: 0, 1 or 2.
  ///
  /// Combining marks and control characters take none; wide East Asian letters and emoji take two
  /// (Unicode Standard Annex 11, blocks rather than single code points).
  var displayWidth: Int {
    guard let first = unicodeScalars.first else { return 0 }
    switch first.properties.generalCategory {
    case .control, .format, .nonspacingMark, .enclosingMark, .lineSeparator, .paragraphSeparator:
      return 0
    default:
      break
    }
    if first.properties.isEmojiPresentation || unicodeScalars.contains("\u{FE0F}") { return 2 }
    switch first.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x20000...0x3FFFD:
      return 2
    default:
      return 1
    }
  }
}

extension String {
  /// How many columns of a terminal the text takes; colour sequences (`ESC [ … letter`) take none.
  var displayWidth: Int {
    var width = 0
    var isSequence = false
    for character in self {
      if character == "\u{1B}" {
        isSequence = true
      } else if isSequence {
        isSequence = !character.isLetter
      } else {
        width += character.displayWidth
      }
    }
    return width
  }

  /// The text with spaces added to take `width` columns; longer text is left as it is.
  func padded(to width: Int, alignment: TextAlignment = .left) -> String {
    let space = String(repeating: " ", count: max(0, width - displayWidth))
    return alignment == .left ? self + space : space + self
  }

  /// The text cut to take at most `width` columns, with `…` where something was cut off; meant for
  /// text without colour sequences.
  func truncated(to width: Int) -> String {
    if displayWidth <= width { return self }
    guard width > 0 else { return "" }
    var result = ""
    var taken = 0
    for character in self {
      let next = character.displayWidth
      if taken + next > width - 1 { break }
      result.append(character)
      taken += next
    }
    return result + "…"
  }

  /// The text in lines of at most `width` columns, broken at spaces; a longer word has a line of its
  /// own, and line feeds are kept.
  func wrapped(to width: Int) -> [String] {
    split(separator: "\n", omittingEmptySubsequences: false).flatMap { paragraph in
      var lines = [""]
      for word in paragraph.split(separator: " ") {
        let line = lines[lines.count - 1]
        if line.isEmpty {
          lines[lines.count - 1] = String(word)
        } else if line.displayWidth + 1 + String(word).displayWidth <= width {
          lines[lines.count - 1] += " " + word
        } else {
          lines.append(String(word))
        }
      }
      return lines
    }
  }
}

/// On which side text stands.
enum TextAlignment: Sendable {
  /// At the left edge, for words.
  case left
  /// At the right edge, for numbers.
  case right
}
