/// Sorted numbers with running sums of 1, x and x², for sums over a range of values.
struct RunningSums {
  private let sorted: [Double]
  private let first: [Double]
  private let second: [Double]

  init(_ values: [Double]) {
    sorted = values.sorted()
    var (first, second) = ([0.0], [0.0])
    first.reserveCapacity(values.count + 1)
    second.reserveCapacity(values.count + 1)
    for (index, x) in sorted.enumerated() {
      first.append(first[index] + x)
      second.append(second[index] + x * x)
    }
    (self.first, self.second) = (first, second)
  }

  /// Count, sum and sum of squares of the numbers x with slope · x < bound.
  func below(_ bound: Double, slope: Double) -> (Double, Double, Double) {
    let end = sorted.count
    if slope == 0 { return bound > 0 ? sums(0, end) : (0, 0, 0) }
    // slope · x < bound is x < bound/slope, or x > bound/slope where the slope is negative.
    return slope > 0
      ? sums(0, place(of: bound / slope, orEqual: false))
      : sums(place(of: bound / slope, orEqual: true), end)
  }

  private func sums(_ start: Int, _ end: Int) -> (Double, Double, Double) {
    (Double(end - start), first[end] - first[start], second[end] - second[start])
  }

  /// How many numbers are below `value`, or up to it.
  private func place(of value: Double, orEqual: Bool) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < value || (orEqual && sorted[middle] == value) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }
}

/// ½(w² + b²) + Σ C max(0, 1 − y(wx + b))² over members (y = 1) and others (y = −1).
struct SquaredHinge {
  private let members: RunningSums
  private let memberWeight: Double
  private let others: RunningSums
  private let removed: RunningSums?
  private let otherWeight: Double

  /// The others are `others` without `minus`.
  init(
    _ members: RunningSums, _ memberWeight: Double, others: RunningSums, minus: RunningSums?,
    _ otherWeight: Double
  ) {
    self.members = members
    self.memberWeight = memberWeight
    self.others = others
    removed = minus
    self.otherWeight = otherWeight
  }

  func value(_ w: Double, _ b: Double) -> Double {
    let (member, other) = active(w, b)
    func squares(_ s: (Double, Double, Double), _ edge: Double) -> Double {
      s.0 * edge * edge + 2 * edge * w * s.1 + w * w * s.2
    }
    return 0.5 * (w * w + b * b) + memberWeight * squares(member, b - 1)
      + otherWeight * squares(other, b + 1)
  }

  /// First derivatives by w and b, and second by ww, wb and bb.
  func derivatives(_ w: Double, _ b: Double) -> (Double, Double, Double, Double, Double) {
    let (m, o) = active(w, b)
    let (p, q) = (2 * memberWeight, 2 * otherWeight)
    let gw = w + p * (w * m.2 + (b - 1) * m.1) + q * (w * o.2 + (b + 1) * o.1)
    let gb = b + p * (w * m.1 + (b - 1) * m.0) + q * (w * o.1 + (b + 1) * o.0)
    return (gw, gb, 1 + p * m.2 + q * o.2, p * m.1 + q * o.1, 1 + p * m.0 + q * o.0)
  }

  /// The sums over those inside the margin: members with wx + b < 1, others with wx + b > −1.
  private func active(
    _ w: Double, _ b: Double
  ) -> ((Double, Double, Double), (Double, Double, Double)) {
    let member = members.below(1 - b, slope: w)
    var other = others.below(1 + b, slope: -w)
    if let inside = removed?.below(1 + b, slope: -w) {
      other = (other.0 - inside.0, other.1 - inside.1, other.2 - inside.2)
    }
    return (member, other)
  }
}
