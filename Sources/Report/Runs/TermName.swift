/// The names of terms and units as they stand in titles.
enum TermName {
  private static let abbreviations: Set<String> = [
    "elbo", "iwae", "kl", "mmd", "tc", "mi", "mse", "psnr", "ssim", "fid", "vq", "gan", "nll",
    "ema",
  ]

  /// `elbo` → `ELBO`, `totalCorrelation` and `total_correlation` → `Total correlation`.
  static func title(_ name: String) -> String {
    var words: [String] = [""]
    for character in name {
      if character == "_" || character == "-" || character == " " {
        words.append("")
      } else {
        let startsWord =
          character.isUppercase && words.last?.last?.isLowercase == true
        if startsWord { words.append("") }
        words[words.count - 1].append(character)
      }
    }
    let set = words.filter { !$0.isEmpty }.enumerated().map { place, word in
      if abbreviations.contains(word.lowercased()) { return word.uppercased() }
      // A word of capitals was an abbreviation already.
      if word.count > 1, word == word.uppercased() { return word }
      return place == 0 ? word.prefix(1).uppercased() + word.dropFirst() : word.lowercased()
    }
    return set.isEmpty ? name : set.joined(separator: " ")
  }

  /// The plural that stands in axis titles; nil for no unit.
  static func unit(_ unit: String) -> String? {
    switch unit {
    case "": nil
    case "nat": "nats"
    case "bit": "bits"
    case "second": "seconds"
    default: unit
    }
  }
}
