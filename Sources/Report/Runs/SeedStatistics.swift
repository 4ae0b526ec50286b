/// The mean over seeds with Student's interval.
enum SeedStatistics {
  /// One row from the same metric of several runs.
  ///
  /// Interval: mean ± t · s / √n with s² = Σ (x − mean)² / (n − 1) and t the 97.5 % quantile of
  /// Student's distribution with n − 1 degrees of freedom.
  static func row(_ rows: [MetricRow]) -> MetricRow? {
    guard var row = rows.first else { return nil }
    guard rows.count > 1 else { return row }
    let n = Double(rows.count)
    let mean = rows.map(\.value).reduce(0, +) / n
    let squares = rows.map { ($0.value - mean) * ($0.value - mean) }.reduce(0, +)
    let half = quantile(rows.count - 1) * (squares / (n - 1) / n).squareRoot()
    row.value = mean
    row.interval = half.isFinite ? (mean - half)...(mean + half) : nil
    row.intervalKind = "95 % over seeds"
    row.count = rows.count
    row.note = ""
    return row
  }

  /// The 97.5 % quantile for 1 to 30 degrees of freedom, to three places; beyond, an expansion in
  /// their inverse (Abramowitz and Stegun 1964, 26.7.5).
  static func quantile(_ freedom: Int) -> Double {
    let table = [
      12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
      2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
      2.052, 2.048, 2.045, 2.042,
    ]
    if freedom <= table.count { return table[max(1, freedom) - 1] }
    let z = 1.959964
    let z3 = z * z * z
    let v = Double(freedom)
    return z + (z3 + z) / (4 * v) + (5 * z3 * z * z + 16 * z3 + 3 * z) / (96 * v * v)
  }
}
