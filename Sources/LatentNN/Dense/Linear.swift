public import Torch

/// An affine map of the last dimension: y = x Wᵀ + b.
///
/// **Shapes**: x `[…, inputs]` → y `[…, outputs]`; `weight` `[outputs, inputs]`, `bias` `[outputs]`.
/// New weights and biases are uniform in ±1/√inputs. PyTorch: `nn.Linear`.
public final class Linear: Module, UnaryLayer, RectifiedLayer {
  /// W, `[outputs, inputs]`.
  public let weight: Parameter
  /// b, `[outputs]`, if there is one.
  public let bias: Parameter?

  /// A map from `inputs` to `outputs` numbers.
  ///
  /// - Parameters:
  ///   - inputs: the size of the last dimension of the input.
  ///   - outputs: the size of the last dimension of the output.
  ///   - bias: whether b is added.
  ///   - initializer: how W is drawn; b follows, uniform in ±1/√inputs.
  ///   - generator: draws W, then b.
  public init(
    _ inputs: Int, _ outputs: Int, bias: Bool = true,
    initializer: Initializer = .layerDefault, using generator: Generator
  ) {
    require(
      inputs >= 0 && outputs >= 0, "Linear",
      "sizes are \(inputs) and \(outputs), expected numbers of at least 0")
    weight = Parameter(initializer([outputs, inputs], using: generator))
    self.bias =
      bias ? Parameter(defaultBias(outputs, fanIn: inputs, using: generator)) : nil
  }

  /// A map with given numbers.
  ///
  /// - Parameters:
  ///   - weight: W, `[outputs, inputs]`.
  ///   - bias: b, `[outputs]`, if any.
  public init(weight: Tensor, bias: Tensor?) {
    require(
      weight.rank == 2 && (bias.map { $0.shape == [weight.shape[0]] } ?? true), "Linear",
      "weight is \(weight.shape), bias \(bias?.shape ?? []), expected [outputs, inputs] and [outputs]"
    )
    self.weight = Parameter(weight)
    self.bias = bias.map { Parameter($0) }
  }

  /// x Wᵀ + b; fails as operators do when the last dimension is not `inputs`.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    linear(x, weight: weight.value, bias: bias?.value)
  }

  func rectified(_ x: Tensor) -> Tensor {
    rectifiedLinear(x, weight: weight.value, bias: bias?.value)
  }

  /// `inputs → outputs`.
  public override var details: String {
    "\(weight.shape[1]) → \(weight.shape[0])" + (bias == nil ? ", no bias" : "")
  }
}

/// The bias PyTorch draws for a dense or convolutional layer: uniform in ±1/√(fan in).
func defaultBias(_ count: Int, fanIn: Int, using generator: Generator) -> Tensor {
  let bound = fanIn > 0 ? 1 / Double(fanIn).squareRoot() : 0
  return Initializer.uniform(low: -bound, high: bound)([count], using: generator)
}
