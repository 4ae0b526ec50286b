public import Testing
public import Torch

/// Records an issue unless the gradients of `function` at `inputs` agree with central differences.
///
/// Inputs must be float64 and `function` scalar and smooth there. The difference quotient of step
/// 1e-6 is exact to about 1e-9 relative, so `tolerance` 1e-6 leaves room for curvature only.
public func expectGradientsMatchDifferences(
  at inputs: [Tensor], tolerance: Double = 1e-6, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation, _ function: ([Tensor]) -> Tensor
) {
  let found = valueAndGradient(at: inputs, function).gradients
  for (position, input) in inputs.enumerated() {
    let numeric = centralDifferences(of: function, at: inputs, position: position)
    expectClose(
      found[position], numeric, relative: tolerance, absolute: tolerance,
      "\(what) gradient of input \(position)", sourceLocation: sourceLocation)
    _ = input
  }
}

/// (f(x + h eᵢ) − f(x − h eᵢ))/2h for each element i of one input.
public func centralDifferences(
  of function: ([Tensor]) -> Tensor, at inputs: [Tensor], position: Int, step: Double = 1e-6
) -> Tensor {
  let input = inputs[position]
  precondition(input.dtype == .float64, "difference quotients need float64")
  var values = input.scalars(as: Double.self)
  func evaluate() -> Double {
    var changed = inputs
    changed[position] = Tensor(values, shape: input.shape)
    return withoutGradients { function(changed).item() }
  }
  let slopes = values.indices.map { index in
    let middle = values[index]
    values[index] = middle + step
    let above = evaluate()
    values[index] = middle - step
    let below = evaluate()
    values[index] = middle
    return (above - below) / (2 * step)
  }
  return Tensor(slopes, shape: input.shape)
}
