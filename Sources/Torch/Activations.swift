import TorchRaw

/// 1/(1 + e^(−x)). PyTorch: `torch.sigmoid`.
public func sigmoid(_ x: Tensor) -> Tensor { Tensor(call(.sigmoid, x.argument)) }

/// log sigmoid x without overflow. PyTorch: `F.logsigmoid`.
public func logSigmoid(_ x: Tensor) -> Tensor { Tensor(call(.logSigmoid, x.argument)) }

/// max(x, 0). PyTorch: `F.relu`.
public func relu(_ x: Tensor) -> Tensor { Tensor(call(.relu, x.argument)) }

/// x above zero, `slope` · x below. PyTorch: `F.leaky_relu`.
public func leakyRelu(_ x: Tensor, slope: Double = 0.01) -> Tensor {
  Tensor(call(.leakyRelu, x.argument, .double(slope)))
}

/// As `leakyRelu` with a learnt slope, one or one a channel. PyTorch: `F.prelu`.
public func prelu(_ x: Tensor, slope: Tensor) -> Tensor {
  Tensor(call(.prelu, x.argument, slope.argument))
}

/// x above zero, α(eˣ − 1) below. PyTorch: `F.elu`.
public func elu(_ x: Tensor, alpha: Double = 1) -> Tensor {
  Tensor(call(.elu, x.argument, .double(alpha)))
}

/// The self-normalising scaled `elu`. PyTorch: `F.selu`.
public func selu(_ x: Tensor) -> Tensor { Tensor(call(.selu, x.argument)) }

/// x Φ(x), or with `tanh` its approximation. PyTorch: `F.gelu`.
public func gelu(_ x: Tensor, tanhApproximation: Bool = false) -> Tensor {
  Tensor(call(.gelu, x.argument, .string(tanhApproximation ? "tanh" : "none")))
}

/// x sigmoid(x). PyTorch: `F.silu`.
public func silu(_ x: Tensor) -> Tensor { Tensor(call(.silu, x.argument)) }

/// x tanh(softplus x). PyTorch: `F.mish`.
public func mish(_ x: Tensor) -> Tensor { Tensor(call(.mish, x.argument)) }

/// log(1 + e^(βx))/β, linear where βx exceeds `threshold`. PyTorch: `F.softplus`.
public func softplus(_ x: Tensor, beta: Double = 1, threshold: Double = 20) -> Tensor {
  Tensor(call(.softplus, x.argument, .double(beta), .double(threshold)))
}

/// x relu6(x + 3)/6. PyTorch: `F.hardswish`.
public func hardSwish(_ x: Tensor) -> Tensor { Tensor(call(.hardswish, x.argument)) }

/// relu6(x + 3)/6. PyTorch: `F.hardsigmoid`.
public func hardSigmoid(_ x: Tensor) -> Tensor { Tensor(call(.hardsigmoid, x.argument)) }

/// x kept within `min` … `max`. PyTorch: `F.hardtanh`.
public func hardTanh(_ x: Tensor, min: Double = -1, max: Double = 1) -> Tensor {
  Tensor(call(.hardtanh, x.argument, .double(min), .double(max)))
}

/// One half of `dim` times the sigmoid of the other. PyTorch: `F.glu`.
public func glu(_ x: Tensor, dim: Int = -1) -> Tensor {
  Tensor(call(.glu, x.argument, .int(dim)))
}

/// e^x / Σ e^x along `dim`. PyTorch: `F.softmax`.
public func softmax(_ x: Tensor, dim: Int = -1) -> Tensor {
  Tensor(call(.softmax, x.argument, .int(dim)))
}

/// x − log Σ e^x along `dim`. PyTorch: `F.log_softmax`.
public func logSoftmax(_ x: Tensor, dim: Int = -1) -> Tensor {
  Tensor(call(.logSoftmax, x.argument, .int(dim)))
}

/// max(0, x) + min(0, α(e^(x/α) − 1)). PyTorch: `F.celu`.
public func celu(_ x: Tensor, alpha: Double = 1) -> Tensor {
  Tensor(call(.celu, x.argument, .double(alpha)))
}

/// x moved towards zero by `threshold`, zero within it. PyTorch: `F.softshrink`.
public func softShrink(_ x: Tensor, threshold: Double = 0.5) -> Tensor {
  Tensor(call(.softshrink, x.argument, .double(threshold)))
}

/// x, zero within `threshold` of zero. PyTorch: `F.hardshrink`.
public func hardShrink(_ x: Tensor, threshold: Double = 0.5) -> Tensor {
  Tensor(call(.hardshrink, x.argument, .double(threshold)))
}
