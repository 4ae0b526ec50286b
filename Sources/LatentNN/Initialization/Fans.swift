import TorchRaw

/// The numbers of connections into and out of a unit.
struct Fans {
  let `in`: Int
  let out: Int

  /// The fans of a weight of shape `[o, i, k…]`; fails as operators do for fewer dimensions.
  init(of shape: [Int]) {
    guard shape.count >= 2 else {
      TorchError(
        operation: "Initializer", operands: ["\(shape)"],
        reason: "fans need at least two dimensions, found \(shape.count)"
      ).raise()
      (self.in, self.out) = (1, 1)
      return
    }
    let field = shape.dropFirst(2).reduce(1, *)
    // A unit without connections has nothing to scale; 1 keeps the bound finite.
    (self.in, self.out) = (max(shape[1] * field, 1), max(shape[0] * field, 1))
  }
}
