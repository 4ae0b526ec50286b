public import Torch
import TorchRaw

/// An elementwise nonlinearity without parameters, as a value that a configuration can hold.
///
/// Elementwise; keeps shape and element type. What there is stands in an extension of `UnaryLayer`, so
/// that both `let activation: Activation = .relu` and `Sequential(…, .relu, …)` can be written.
public struct Activation: UnaryLayer, Sendable, Hashable, Codable, CustomStringConvertible {
  enum Kind: Hashable, Codable {
    case identity
    case relu
    case relu6
    case leakyRelu(slope: Double)
    case elu(alpha: Double)
    case celu(alpha: Double)
    case selu
    case gelu
    case geluTanh
    case silu
    case mish
    case softplus(beta: Double, threshold: Double)
    case softsign
    case tanh
    case sigmoid
    case logSigmoid
    case hardSigmoid
    case hardSwish
    case hardTanh(low: Double, high: Double)
  }

  let kind: Kind

  init(_ kind: Kind) { self.kind = kind }

  /// The nonlinearity of every element of `x`.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    switch kind {
    case .identity: x
    case .relu: Torch.relu(x)
    case .relu6: Torch.hardTanh(x, min: 0, max: 6)
    case .leakyRelu(let slope): Torch.leakyRelu(x, slope: slope)
    case .elu(let alpha): Torch.elu(x, alpha: alpha)
    case .celu(let alpha): Tensor(call(.celu, x.argument, .double(alpha)))
    case .selu: Torch.selu(x)
    case .gelu: Torch.gelu(x)
    case .geluTanh: Torch.gelu(x, tanhApproximation: true)
    case .silu: Torch.silu(x)
    case .mish: Torch.mish(x)
    case .softplus(let beta, let threshold): Torch.softplus(x, beta: beta, threshold: threshold)
    case .softsign: x / (1 + abs(x))
    case .tanh: Torch.tanh(x)
    case .sigmoid: Torch.sigmoid(x)
    case .logSigmoid: Torch.logSigmoid(x)
    case .hardSigmoid: Torch.hardSigmoid(x)
    case .hardSwish: Torch.hardSwish(x)
    case .hardTanh(let low, let high): Torch.hardTanh(x, min: low, max: high)
    }
  }

  /// The name with its constants, such as `relu` or `elu(alpha: 1.0)`.
  public var description: String { "\(kind)" }
}
