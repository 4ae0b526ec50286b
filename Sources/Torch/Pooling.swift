import TorchRaw

/// The largest element of each window of [n, c, spatial…], for one to three spatial sizes.
/// PyTorch: `F.max_pool1d`, `F.max_pool2d`, `F.max_pool3d`.
public func maxPool(
  _ x: Tensor, size: [Int], stride: [Int]? = nil, padding: [Int]? = nil
) -> Tensor {
  let step = stride ?? size
  let rim = padding ?? size.map { _ in 0 }
  let operators: [Operator] = [.maxPool1d, .maxPool2d, .maxPool3d]
  guard let op = pick(operators, size, "maxPool", x) else { return Tensor(.undefined) }
  return Tensor(call(op, x.argument, .ints(size), .ints(step), .ints(rim)))
}

/// The mean of each window of [n, c, spatial…], for one to three spatial sizes.
///
/// Padding counts as zeros unless `countingPadding` is false.
/// PyTorch: `F.avg_pool1d`, `F.avg_pool2d`, `F.avg_pool3d`.
public func averagePool(
  _ x: Tensor, size: [Int], stride: [Int]? = nil, padding: [Int]? = nil,
  countingPadding: Bool = true
) -> Tensor {
  let step = stride ?? size
  let rim = padding ?? size.map { _ in 0 }
  let operators: [Operator] = [.avgPool1d, .avgPool2d, .avgPool3d]
  guard let op = pick(operators, size, "averagePool", x) else { return Tensor(.undefined) }
  return Tensor(
    call(op, x.argument, .ints(size), .ints(step), .ints(rim), false, .bool(countingPadding)))
}

/// Means over windows chosen so that the output has `size`.
/// PyTorch: `F.adaptive_avg_pool1d`, `F.adaptive_avg_pool2d`, `F.adaptive_avg_pool3d`.
public func adaptiveAveragePool(_ x: Tensor, size: [Int]) -> Tensor {
  let operators: [Operator] = [.adaptiveAvgPool1d, .adaptiveAvgPool2d, .adaptiveAvgPool3d]
  guard let op = pick(operators, size, "adaptiveAveragePool", x) else { return Tensor(.undefined) }
  return Tensor(call(op, x.argument, .ints(size)))
}

/// Largest elements over windows chosen so that the output has `size`.
/// PyTorch: `F.adaptive_max_pool1d`, `F.adaptive_max_pool2d`, `F.adaptive_max_pool3d`.
public func adaptiveMaxPool(_ x: Tensor, size: [Int]) -> Tensor {
  let operators: [Operator] = [.adaptiveMaxPool1d, .adaptiveMaxPool2d, .adaptiveMaxPool3d]
  guard let op = pick(operators, size, "adaptiveMaxPool", x) else { return Tensor(.undefined) }
  return Tensor(callMany(op, count: 2, x.argument, .ints(size))[0])
}

/// The operator for as many spatial dimensions as `size` has.
func pick(_ operators: [Operator], _ size: [Int], _ name: String, _ x: Tensor) -> Operator? {
  if size.count >= 1, size.count <= operators.count { return operators[size.count - 1] }
  TorchError(
    operation: name, operands: [x.handle.summary],
    reason: "expected 1 to \(operators.count) spatial sizes, found \(size.count)"
  ).raise()
  return nil
}
