public import Testing
public import Torch

/// Records an issue unless shape, type and every element of `actual` agree with `expected`.
///
/// Elements agree when |a − e| ≤ `absolute` + `relative` · |e|; without a tolerance it follows from
/// the type: 1e-5 for float32, 1e-10 for float64, 1e-2 for half types, 0 for integers. The issue
/// names the worst element's index and both values.
public func expectClose(
  _ actual: Tensor, _ expected: Tensor, relative: Double? = nil, absolute: Double? = nil,
  _ what: String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  let name = what.isEmpty ? "" : "\(what): "
  guard actual.isDefined, expected.isDefined else {
    Issue.record("\(name)an undefined tensor", sourceLocation: sourceLocation)
    return
  }
  guard actual.shape == expected.shape, actual.dtype == expected.dtype else {
    let found = "\(actual.shape) \(actual.dtype)"
    Issue.record(
      "\(name)expected \(expected.shape) \(expected.dtype), found \(found)",
      sourceLocation: sourceLocation)
    return
  }
  guard actual.count > 0 else { return }
  let a = wide(actual)
  let e = wide(expected)
  let tolerance = defaultTolerance(actual.dtype)
  let allowed = abs(e) * (relative ?? tolerance) + (absolute ?? tolerance)
  let same = (a .== e) .| (a.isNaN .& e.isNaN)
  let excess = (abs(a - e) - allowed).replacing(with: -Double.infinity, where: same)
  let clean = excess.replacing(with: Double.infinity, where: excess.isNaN)
  let worst = clean.flattened().argMax().integerItem()
  guard clean.flattened()[worst].item() > 0 else { return }
  let pair = (a.flattened()[worst].item(), e.flattened()[worst].item())
  Issue.record(
    "\(name)at flat index \(worst) of \(actual.shape): expected \(pair.1), found \(pair.0)",
    sourceLocation: sourceLocation)
}

private func wide(_ x: Tensor) -> Tensor {
  let plain = x.detached().to(Device.cpu)
  return (plain.dtype.isComplex ? plain.asReal : plain).to(.float64)
}

private func defaultTolerance(_ dtype: DType) -> Double {
  switch dtype {
  case .float32, .complex64: 1e-5
  case .float64, .complex128: 1e-10
  case .float16, .bfloat16: 1e-2
  default: 0
  }
}
