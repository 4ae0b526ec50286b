import TorchRaw

extension Tensor {
  /// Where |x − y| ≤ `absolute` + `relative` · |y|, a bool tensor; not symmetric in x and y.
  ///
  /// NaN is near nothing, itself included, unless `nanIsEqual`. PyTorch: `torch.isclose`.
  public func isClose(
    to other: Tensor, relative: Double = 1e-5, absolute: Double = 1e-8, nanIsEqual: Bool = false
  ) -> Tensor {
    let tolerances: (Argument, Argument) = (.double(relative), .double(absolute))
    return Tensor(
      call(
        .isclose, argument, other.argument, tolerances.0, tolerances.1, .bool(nanIsEqual)))
  }

  /// Whether `isClose` holds everywhere. PyTorch: `torch.allclose`.
  public func allClose(
    to other: Tensor, relative: Double = 1e-5, absolute: Double = 1e-8, nanIsEqual: Bool = false
  ) -> Bool {
    let tolerances: (Argument, Argument) = (.double(relative), .double(absolute))
    return callBool(
      .allclose, argument, other.argument, tolerances.0, tolerances.1, .bool(nanIsEqual))
  }

  /// Where elements are among those of `others`, a bool tensor. PyTorch: `torch.isin`.
  public func isIn(_ others: Tensor) -> Tensor { Tensor(call(.isin, argument, others.argument)) }
}
