// Formulas are of one element x.
extension UnaryLayer where Self == Activation {
  /// x.
  public static var identity: Activation { Activation(.identity) }
  /// max(x, 0). PyTorch: `nn.ReLU`.
  public static var relu: Activation { Activation(.relu) }
  /// min(max(x, 0), 6). PyTorch: `nn.ReLU6`.
  public static var relu6: Activation { Activation(.relu6) }
  /// ELU with the scale and α that keep mean 0 and variance 1. **Source**: Klambauer et al. 2017,
  /// arXiv:1706.02515. PyTorch: `nn.SELU`.
  public static var selu: Activation { Activation(.selu) }
  /// x Φ(x), Φ the standard normal distribution function. **Source**: Hendrycks and Gimpel 2016,
  /// arXiv:1606.08415. PyTorch: `nn.GELU`.
  public static var gelu: Activation { Activation(.gelu) }
  /// x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2. PyTorch: `nn.GELU(approximate="tanh")`.
  public static var geluTanh: Activation { Activation(.geluTanh) }
  /// x σ(x), also called swish. PyTorch: `nn.SiLU`.
  public static var silu: Activation { Activation(.silu) }
  /// x tanh(log(1 + eˣ)). **Source**: Misra 2019, arXiv:1908.08681. PyTorch: `nn.Mish`.
  public static var mish: Activation { Activation(.mish) }
  /// x / (1 + |x|). PyTorch: `nn.Softsign`.
  public static var softsign: Activation { Activation(.softsign) }
  /// (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ). PyTorch: `nn.Tanh`.
  public static var tanh: Activation { Activation(.tanh) }
  /// σ(x) = 1 / (1 + e⁻ˣ). PyTorch: `nn.Sigmoid`.
  public static var sigmoid: Activation { Activation(.sigmoid) }
  /// log σ(x). PyTorch: `nn.LogSigmoid`.
  public static var logSigmoid: Activation { Activation(.logSigmoid) }
  /// min(max(x + 3, 0), 6) / 6. PyTorch: `nn.Hardsigmoid`.
  public static var hardSigmoid: Activation { Activation(.hardSigmoid) }
  /// x min(max(x + 3, 0), 6) / 6. **Source**: Howard et al. 2019, arXiv:1905.02244. PyTorch: `nn.Hardswish`.
  public static var hardSwish: Activation { Activation(.hardSwish) }
  /// x above zero, slope · x below. PyTorch: `nn.LeakyReLU`.
  public static func leakyRelu(slope: Double) -> Activation {
    Activation(.leakyRelu(slope: slope))
  }
  /// x above zero, α (eˣ − 1) below. **Source**: Clevert et al. 2015, arXiv:1511.07289. PyTorch: `nn.ELU`.
  public static func elu(alpha: Double) -> Activation {
    Activation(.elu(alpha: alpha))
  }
  /// max(x, 0) + min(0, α (e^(x/α) − 1)). **Source**: Barron 2017, arXiv:1704.07483. PyTorch: `nn.CELU`.
  public static func celu(alpha: Double) -> Activation {
    Activation(.celu(alpha: alpha))
  }
  /// log(1 + e^(βx)) / β, and x where βx > threshold. PyTorch: `nn.Softplus`.
  public static func softplus(beta: Double, threshold: Double) -> Activation {
    Activation(.softplus(beta: beta, threshold: threshold))
  }
  /// min(max(x, low), high). PyTorch: `nn.Hardtanh`.
  public static func hardTanh(low: Double, high: Double) -> Activation {
    Activation(.hardTanh(low: low, high: high))
  }
  /// Leaky ReLU with slope 0.01.
  public static var leakyRelu: Activation { .leakyRelu(slope: 0.01) }
  /// ELU with α = 1.
  public static var elu: Activation { .elu(alpha: 1) }
  /// Softplus with β = 1, linear above 20: log(1 + eˣ).
  public static var softplus: Activation { .softplus(beta: 1, threshold: 20) }
}
