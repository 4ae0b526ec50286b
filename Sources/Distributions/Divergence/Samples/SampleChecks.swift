import Torch

/// Fails as operators do unless both samples are floating-point matrices `[n, d]` and `[m, d]` of one type with at
/// least `minimum` rows each; says whether they are.
func checkSamples(_ operation: String, _ x: Tensor, _ y: Tensor, minimum: Int = 1) -> Bool {
  guard x.isDefined, y.isDefined else { return false }
  guard x.rank == 2, y.rank == 2, x.size(1) == y.size(1) else {
    fail(operation, [x, y], "expected samples [n, d] and [m, d] of one width")
    return false
  }
  guard x.dtype.isFloatingPoint, x.dtype == y.dtype else {
    fail(operation, [x, y], "expected samples of one floating-point type")
    return false
  }
  guard x.size(0) >= minimum, y.size(0) >= minimum, x.size(1) > 0 else {
    fail(operation, [x, y], "expected at least \(minimum) rows in each sample and one column")
    return false
  }
  return true
}

/// Fails as operators do unless `x` and `y` are floating-point matrices `[n, …]` of one type with at least
/// `minimum` rows that belong together; says whether they are.
func checkPairs(_ operation: String, _ x: Tensor, _ y: Tensor, minimum: Int = 1) -> Bool {
  guard x.isDefined, y.isDefined else { return false }
  guard x.rank == 2, y.rank == 2, x.size(0) == y.size(0) else {
    fail(operation, [x, y], "expected paired samples [n, d] and [n, e] of one length")
    return false
  }
  guard x.dtype.isFloatingPoint, x.dtype == y.dtype else {
    fail(operation, [x, y], "expected samples of one floating-point type")
    return false
  }
  guard x.size(0) >= minimum else {
    fail(operation, [x, y], "expected at least \(minimum) pairs, found \(x.size(0))")
    return false
  }
  return true
}
