public import Torch
import TorchRaw

/// An elementwise nonlinearity without parameters, as a value that a configuration can hold.
///
/// Elementwise; keeps shape and element type. Formulas are of one element x.
public enum Activation: UnaryLayer, Sendable, Hashable, Codable {
  /// x.
  case identity
  /// max(x, 0). PyTorch: `nn.ReLU`.
  case relu
  /// min(max(x, 0), 6). PyTorch: `nn.ReLU6`.
  case relu6
  /// x above zero, slope · x below. PyTorch: `nn.LeakyReLU`.
  case leakyRelu(slope: Double)
  /// x above zero, α (eˣ − 1) below. **Source**: Clevert et al. 2015, arXiv:1511.07289. PyTorch: `nn.ELU`.
  case elu(alpha: Double)
  /// max(x, 0) + min(0, α (e^(x/α) − 1)). **Source**: Barron 2017, arXiv:1704.07483. PyTorch: `nn.CELU`.
  case celu(alpha: Double)
  /// ELU with the scale and α that keep mean 0 and variance 1. **Source**: Klambauer et al. 2017,
  /// arXiv:1706.02515. PyTorch: `nn.SELU`.
  case selu
  /// x Φ(x), Φ the standard normal distribution function. **Source**: Hendrycks and Gimpel 2016,
  /// arXiv:1606.08415. PyTorch: `nn.GELU`.
  case gelu
  /// x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2. PyTorch: `nn.GELU(approximate="tanh")`.
  case geluTanh
  /// x σ(x), also called swish. PyTorch: `nn.SiLU`.
  case silu
  /// x tanh(log(1 + eˣ)). **Source**: Misra 2019, arXiv:1908.08681. PyTorch: `nn.Mish`.
  case mish
  /// log(1 + e^(βx)) / β, and x where βx > threshold. PyTorch: `nn.Softplus`.
  case softplus(beta: Double, threshold: Double)
  /// x / (1 + |x|). PyTorch: `nn.Softsign`.
  case softsign
  /// (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ). PyTorch: `nn.Tanh`.
  case tanh
  /// σ(x) = 1 / (1 + e⁻ˣ). PyTorch: `nn.Sigmoid`.
  case sigmoid
  /// log σ(x). PyTorch: `nn.LogSigmoid`.
  case logSigmoid
  /// min(max(x + 3, 0), 6) / 6. PyTorch: `nn.Hardsigmoid`.
  case hardSigmoid
  /// x min(max(x + 3, 0), 6) / 6. **Source**: Howard et al. 2019, arXiv:1905.02244. PyTorch: `nn.Hardswish`.
  case hardSwish
  /// min(max(x, low), high). PyTorch: `nn.Hardtanh`.
  case hardTanh(low: Double, high: Double)

  /// The nonlinearity of every element of `x`.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    switch self {
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

extension Activation {
  /// Leaky ReLU with slope 0.01.
  public static let leakyRelu = Activation.leakyRelu(slope: 0.01)
  /// ELU with α = 1.
  public static let elu = Activation.elu(alpha: 1)
  /// Softplus with β = 1, linear above 20.
  public static let softplus = Activation.softplus(beta: 1, threshold: 20)
}
