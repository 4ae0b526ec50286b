import TorchRaw

/// The error function 2/√π ∫₀ˣ e^(−t²) dt. Elementwise; keeps the shape. PyTorch: `torch.erf`.
public func erf(_ x: Tensor) -> Tensor { Tensor(call(.erf, x.argument)) }

/// 1 − erf x, exact for large x. Elementwise; keeps the shape. PyTorch: `torch.erfc`.
public func erfc(_ x: Tensor) -> Tensor { Tensor(call(.erfc, x.argument)) }

/// The inverse of erf on (−1, 1). Elementwise; keeps the shape. PyTorch: `torch.erfinv`.
public func erfinv(_ x: Tensor) -> Tensor { Tensor(call(.erfinv, x.argument)) }

/// log |Γ(x)|. Elementwise; keeps the shape. PyTorch: `torch.lgamma`.
public func lgamma(_ x: Tensor) -> Tensor { Tensor(call(.lgamma, x.argument)) }

/// The derivative of log Γ. Elementwise; keeps the shape. PyTorch: `torch.digamma`.
public func digamma(_ x: Tensor) -> Tensor { Tensor(call(.digamma, x.argument)) }

/// The modified Bessel function I₀. Elementwise; keeps the shape. PyTorch: `torch.special.i0`.
public func besselI0(_ x: Tensor) -> Tensor { Tensor(call(.i0, x.argument)) }

/// e^(−|x|) I₀(x). Elementwise; keeps the shape. PyTorch: `torch.special.i0e`.
public func besselI0e(_ x: Tensor) -> Tensor { Tensor(call(.i0e, x.argument)) }

/// The modified Bessel function I₁. Elementwise; keeps the shape. PyTorch: `torch.special.i1`.
public func besselI1(_ x: Tensor) -> Tensor { Tensor(call(.i1, x.argument)) }

/// e^(−|x|) I₁(x). Elementwise; keeps the shape. PyTorch: `torch.special.i1e`.
public func besselI1e(_ x: Tensor) -> Tensor { Tensor(call(.i1e, x.argument)) }

/// The standard normal distribution function Φ. Elementwise; keeps the shape. PyTorch: `torch.special.ndtr`.
public func normalCDF(_ x: Tensor) -> Tensor { Tensor(call(.ndtr, x.argument)) }

/// The inverse of Φ on (0, 1). Elementwise; keeps the shape. PyTorch: `torch.special.ndtri`.
public func normalQuantile(_ x: Tensor) -> Tensor { Tensor(call(.ndtri, x.argument)) }

/// log Φ, exact far into the lower tail. Elementwise; keeps the shape. PyTorch: `torch.special.log_ndtr`.
public func logNormalCDF(_ x: Tensor) -> Tensor { Tensor(call(.logNdtr, x.argument)) }

/// sin(πx)/(πx), 1 at zero. Elementwise; keeps the shape. PyTorch: `torch.sinc`.
public func sinc(_ x: Tensor) -> Tensor { Tensor(call(.sinc, x.argument)) }

/// The derivative of order `order` of digamma, exact to about 1e-9 in float64.
/// PyTorch: `torch.special.polygamma`.
public func polygamma(_ order: Int, _ x: Tensor) -> Tensor {
  Tensor(call(.polygamma, .int(order), x.argument))
}

/// The regularised lower incomplete gamma function P(a, x). PyTorch: `torch.special.gammainc`.
///
/// Differentiable in x only.
public func lowerIncompleteGamma(_ a: Tensor, _ x: Tensor) -> Tensor {
  Tensor(call(.gammainc, a.argument, x.argument))
}

/// The regularised upper incomplete gamma function Q(a, x). PyTorch: `torch.special.gammaincc`.
///
/// Differentiable in x only.
public func upperIncompleteGamma(_ a: Tensor, _ x: Tensor) -> Tensor {
  Tensor(call(.gammaincc, a.argument, x.argument))
}

/// The Hurwitz zeta function Σ (k + q)^(−x). PyTorch: `torch.special.zeta`.
public func hurwitzZeta(_ x: Tensor, _ q: Tensor) -> Tensor {
  Tensor(call(.zeta, x.argument, q.argument))
}

/// The multivariate log-gamma function of dimension `p`. PyTorch: `torch.special.multigammaln`.
public func multivariateLogGamma(_ x: Tensor, p: Int) -> Tensor {
  Tensor(call(.mvlgamma, x.argument, .int(p)))
}

/// exp(x²) erfc x, without underflow. Elementwise; keeps the shape. PyTorch: `torch.special.erfcx`.
public func scaledErfc(_ x: Tensor) -> Tensor { Tensor(call(.erfcx, x.argument)) }

/// −x log x in nats, 0 at zero, −∞ below. Elementwise; keeps the shape. PyTorch: `torch.special.entr`.
public func entropyTerm(_ x: Tensor) -> Tensor { Tensor(call(.entr, x.argument)) }

/// The Bessel function J₀, exact to about 1e-8; no derivative. Elementwise. PyTorch: `torch.special.bessel_j0`.
public func besselJ0(_ x: Tensor) -> Tensor { Tensor(call(.besselJ0, x.argument)) }

/// The Bessel function J₁, exact to about 1e-8; no derivative. Elementwise. PyTorch: `torch.special.bessel_j1`.
public func besselJ1(_ x: Tensor) -> Tensor { Tensor(call(.besselJ1, x.argument)) }
