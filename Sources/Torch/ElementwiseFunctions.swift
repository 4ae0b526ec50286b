import TorchRaw

/// The absolute value. Elementwise; keeps the shape. PyTorch: `torch.abs`.
public func abs(_ x: Tensor) -> Tensor { Tensor(call(.abs, x.argument)) }

/// −1, 0 or 1 by the sign. Elementwise; keeps the shape. PyTorch: `torch.sign`.
public func sign(_ x: Tensor) -> Tensor { Tensor(call(.sign, x.argument)) }

/// eˣ. Elementwise; keeps the shape. PyTorch: `torch.exp`.
public func exp(_ x: Tensor) -> Tensor { Tensor(call(.exp, x.argument)) }

/// eˣ − 1, exact for small x. Elementwise; keeps the shape. PyTorch: `torch.expm1`.
public func expm1(_ x: Tensor) -> Tensor { Tensor(call(.expm1, x.argument)) }

/// The natural logarithm; NaN below zero, −∞ at zero. Elementwise; keeps the shape. PyTorch: `torch.log`.
public func log(_ x: Tensor) -> Tensor { Tensor(call(.log, x.argument)) }

/// The logarithm to base 2. Elementwise; keeps the shape. PyTorch: `torch.log2`.
public func log2(_ x: Tensor) -> Tensor { Tensor(call(.log2, x.argument)) }

/// The logarithm to base 10. Elementwise; keeps the shape. PyTorch: `torch.log10`.
public func log10(_ x: Tensor) -> Tensor { Tensor(call(.log10, x.argument)) }

/// log(1 + x), exact for small x. Elementwise; keeps the shape. PyTorch: `torch.log1p`.
public func log1p(_ x: Tensor) -> Tensor { Tensor(call(.log1p, x.argument)) }

/// The square root; NaN below zero. Elementwise; keeps the shape. PyTorch: `torch.sqrt`.
public func sqrt(_ x: Tensor) -> Tensor { Tensor(call(.sqrt, x.argument)) }

/// 1/√x. Elementwise; keeps the shape. PyTorch: `torch.rsqrt`.
public func rsqrt(_ x: Tensor) -> Tensor { Tensor(call(.rsqrt, x.argument)) }

/// The sine of radians. Elementwise; keeps the shape. PyTorch: `torch.sin`.
public func sin(_ x: Tensor) -> Tensor { Tensor(call(.sin, x.argument)) }

/// The cosine of radians. Elementwise; keeps the shape. PyTorch: `torch.cos`.
public func cos(_ x: Tensor) -> Tensor { Tensor(call(.cos, x.argument)) }

/// The tangent of radians. Elementwise; keeps the shape. PyTorch: `torch.tan`.
public func tan(_ x: Tensor) -> Tensor { Tensor(call(.tan, x.argument)) }

/// The inverse sine. Elementwise; keeps the shape. PyTorch: `torch.asin`.
public func asin(_ x: Tensor) -> Tensor { Tensor(call(.asin, x.argument)) }

/// The inverse cosine. Elementwise; keeps the shape. PyTorch: `torch.acos`.
public func acos(_ x: Tensor) -> Tensor { Tensor(call(.acos, x.argument)) }

/// The inverse tangent. Elementwise; keeps the shape. PyTorch: `torch.atan`.
public func atan(_ x: Tensor) -> Tensor { Tensor(call(.atan, x.argument)) }

/// The hyperbolic sine. Elementwise; keeps the shape. PyTorch: `torch.sinh`.
public func sinh(_ x: Tensor) -> Tensor { Tensor(call(.sinh, x.argument)) }

/// The hyperbolic cosine. Elementwise; keeps the shape. PyTorch: `torch.cosh`.
public func cosh(_ x: Tensor) -> Tensor { Tensor(call(.cosh, x.argument)) }

/// The hyperbolic tangent. Elementwise; keeps the shape. PyTorch: `torch.tanh`.
public func tanh(_ x: Tensor) -> Tensor { Tensor(call(.tanh, x.argument)) }

/// The inverse hyperbolic sine. Elementwise; keeps the shape. PyTorch: `torch.asinh`.
public func asinh(_ x: Tensor) -> Tensor { Tensor(call(.asinh, x.argument)) }

/// The inverse hyperbolic cosine. Elementwise; keeps the shape. PyTorch: `torch.acosh`.
public func acosh(_ x: Tensor) -> Tensor { Tensor(call(.acosh, x.argument)) }

/// The inverse hyperbolic tangent. Elementwise; keeps the shape. PyTorch: `torch.atanh`.
public func atanh(_ x: Tensor) -> Tensor { Tensor(call(.atanh, x.argument)) }

/// The largest integer not above x. Elementwise; keeps the shape. PyTorch: `torch.floor`.
public func floor(_ x: Tensor) -> Tensor { Tensor(call(.floor, x.argument)) }

/// The smallest integer not below x. Elementwise; keeps the shape. PyTorch: `torch.ceil`.
public func ceil(_ x: Tensor) -> Tensor { Tensor(call(.ceil, x.argument)) }

/// The nearest integer, halves to even. Elementwise; keeps the shape. PyTorch: `torch.round`.
public func round(_ x: Tensor) -> Tensor { Tensor(call(.round, x.argument)) }

/// x without its fraction. Elementwise; keeps the shape. PyTorch: `torch.trunc`.
public func trunc(_ x: Tensor) -> Tensor { Tensor(call(.trunc, x.argument)) }

/// 1/x. Elementwise; keeps the shape. PyTorch: `torch.reciprocal`.
public func reciprocal(_ x: Tensor) -> Tensor { Tensor(call(.reciprocal, x.argument)) }

/// x². Elementwise; keeps the shape. PyTorch: `torch.square`, whose derivative calls eleven operators where a product's calls three.
public func squared(_ x: Tensor) -> Tensor {
  x.isDefined && x.dtype.isFloatingPoint ? x * x : Tensor(call(.square, x.argument))
}

/// 2ˣ. Elementwise; keeps the shape. PyTorch: `torch.exp2`.
public func exp2(_ x: Tensor) -> Tensor { Tensor(call(.exp2, x.argument)) }

/// x − trunc x, with the sign of x. Elementwise; keeps the shape. PyTorch: `torch.frac`.
public func frac(_ x: Tensor) -> Tensor { Tensor(call(.frac, x.argument)) }

/// log(x/(1 − x)), the inverse of `sigmoid`; NaN outside of [0, 1]. Elementwise; keeps the shape.
/// PyTorch: `torch.logit`.
public func logit(_ x: Tensor) -> Tensor { Tensor(call(.logit, x.argument)) }

/// √(a² + b²) without overflow, with broadcasting. PyTorch: `torch.hypot`.
public func hypot(_ a: Tensor, _ b: Tensor) -> Tensor {
  Tensor(call(.hypot, a.argument, b.argument))
}
