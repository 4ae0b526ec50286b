/// Long curves with fewer points that look the same.
package enum Reduction {
  /// Which of the points to keep: the first, the last, and the lowest and highest of each stretch.
  ///
  /// Peaks survive, which an average or every n-th point would lose. At most `limit` places, of which there
  /// are two at least, in order; all of them when there are no more.
  package static func places(of values: [Double], limit: Int) -> [Int] {
    guard values.count > limit, limit >= 2 else { return Array(values.indices) }
    let stretches = (limit - 2) / 2
    var kept: Set<Int> = [0, values.count - 1]
    for stretch in 0..<stretches {
      let start = stretch * values.count / stretches
      let end = (stretch + 1) * values.count / stretches
      let finite = (start..<end).filter { values[$0].isFinite }
      guard let low = finite.min(by: { values[$0] < values[$1] }),
        let high = finite.max(by: { values[$0] < values[$1] })
      else {
        // The stretch has no number: one of its places keeps the gap.
        if start < end { kept.insert(start) }
        continue
      }
      kept.formUnion([low, high])
    }
    return kept.sorted()
  }
}

extension LineChart.Series {
  /// The same curve through at most about `limit` points.
  func reduced(to limit: Int) -> Self {
    let places = Reduction.places(of: y, limit: limit)
    guard places.count < y.count else { return self }
    var copy = self
    copy.x = places.map { x[$0] }
    copy.y = places.map { y[$0] }
    copy.band = band.map { band in
      .init(lower: places.map { band.lower[$0] }, upper: places.map { band.upper[$0] })
    }
    return copy
  }
}
