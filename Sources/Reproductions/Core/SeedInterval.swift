/// The mean over seeds with Student's interval.
enum SeedInterval {
  /// The mean; nil without values.
  static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// mean ∓ t · s/√n with s² = Σ (x − mean)²/(n − 1) and t the 97.5 % quantile of Student's
  /// distribution with n − 1 degrees of freedom; nil for fewer than two values.
  static func ends(_ values: [Double]) -> [Double]? {
    guard values.count > 1, let mean = mean(values) else { return nil }
    let n = Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let half = quantile(values.count - 1) * (squares / (n - 1) / n).squareRoot()
    return [mean - half, mean + half]
  }

  /// To three places for 1 to 9 degrees of freedom; beyond, an expansion in their inverse that is
  /// as exact (Abramowitz and Stegun 1964, 26.7.5).
  private static func quantile(_ freedom: Int) -> Double {
    let table = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262]
    if freedom <= table.count { return table[freedom - 1] }
    let z = 1.959964
    let z3 = z * z * z
    let v = Double(freedom)
    return z + (z3 + z) / (4 * v) + (5 * z3 * z * z + 16 * z3 + 3 * z) / (96 * v * v)
  }
}
