import LatentNN
public import Torch
import TorchRaw

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The improved variational online Newton method: a diagonal Gaussian posterior over weights at Adam's cost.
///
/// The gradient is taken at θ ~ q = N(m, diag σ²), σ² = 1/(λ (h + δ)), m the parameters; with ĝ its mean over the
/// draws and ĥ that of g (θ − m)/σ²:
///
///     g ← β₁ g + (1 − β₁) ĝ
///     h ← β₂ h + (1 − β₂) ĥ + ½ (1 − β₂)² (h − ĥ)²/(h + δ)
///     m ← m − η (g/(1 − β₁ᵗ) + δ m)/(h + δ)
///
/// The last part of h comes from a step along the manifold of Gaussians and keeps it positive. The losses must be
/// means over the examples, so that λ q is a posterior of λ examples under the prior N(0, 1/(λ δ)).
/// `Optimizer.gradientsAtDraws(using:where:_:)` makes the draws. **Source**: Shen et al. 2024, arXiv:2402.17641,
/// algorithm 1. PyTorch: `ivon.IVON`.
public struct IVON: SamplingRule, Hashable, Codable {
  /// λ, the number of training examples, or less for a wider posterior.
  public var effectiveSampleSize: Double
  /// h before the first step.
  public var initialHessian: Double
  /// β₁, the memory of the gradient.
  public var beta1: Double
  /// β₂, the memory of the Hessian.
  public var beta2: Double
  /// δ, the L2 penalty's factor and with λ the prior's precision.
  public var weightDecay: Double
  /// The draws that a step averages over.
  public var samples: Int
  /// The largest size of (g + δ m)/(h + δ) in a coordinate.
  public var clipRadius: Double
  /// Whether the rate is multiplied by h₀ + δ, so that first steps are of about its size.
  public var rescalesRate: Bool

  /// IVON with the authors' constants, but for h₀, which they set for each problem; their rate is about 0.1.
  public init(
    effectiveSampleSize: Double, initialHessian: Double = 1, beta1: Double = 0.9,
    beta2: Double = 0.99999, weightDecay: Double = 1e-4, samples: Int = 1,
    clipRadius: Double = .infinity, rescalesRate: Bool = true
  ) {
    require(
      effectiveSampleSize > 0 && initialHessian > 0 && samples > 0, "IVON",
      "the sample size is \(effectiveSampleSize), h₀ \(initialHessian) and the draws \(samples), "
        + "expected numbers above 0")
    require(
      (0..<1).contains(beta1) && (0...1).contains(beta2) && weightDecay >= 0 && clipRadius > 0,
      "IVON",
      "β₁ is \(beta1), β₂ \(beta2), δ \(weightDecay), expected 0 ≤ β₁ < 1, 0 ≤ β₂ ≤ 1, δ ≥ 0")
    self.effectiveSampleSize = effectiveSampleSize
    self.initialHessian = initialHessian
    self.beta1 = beta1
    self.beta2 = beta2
    self.weightDecay = weightDecay
    self.samples = samples
    self.clipRadius = clipRadius
    self.rescalesRate = rescalesRate
  }

  /// g and h.
  public var slots: [String] { ["momentum", Self.hessian] }

  /// The slot of h.
  static let hessian = "hessian"

  /// h₀ for h.
  public func initialValue(of slot: String) -> Double {
    slot == Self.hessian ? initialHessian : 0
  }

  /// σ = 1/√(λ (h + δ)).
  public func deviations(_ kept: (String) -> [Tensor]) -> [Tensor] {
    let precision = damped(kept(Self.hessian))
    forEachInPlace(.foreachMulScalarInPlace, precision, .double(effectiveSampleSize))
    forEachInPlace(.foreachRsqrtInPlace, precision)
    return precision
  }

  /// One step in about twelve calls for all parameters.
  public func update(_ batch: UpdateBatch) {
    let (momenta, hessians) = (batch["momentum"], batch[Self.hessian])
    forEachInPlace(
      .foreachLerpScalarInPlace, momenta, .handles(batch.gradients), .double(1 - beta1))
    updateHessians(hessians, batch.noiseProducts)
    let debias = 1 - pow(beta1, Double(batch.step))
    var steps = forEach(.foreachMulScalar, momenta, .double(1 / debias))
    forEachInPlace(
      .foreachAddInPlace, steps, .handles(batch.parameters), .double(weightDecay))
    forEachInPlace(.foreachDivInPlace, steps, .handles(damped(hessians)))
    if clipRadius.isFinite {
      steps = forEach(.foreachClampMaxScalar, steps, .double(clipRadius))
      steps = forEach(.foreachClampMinScalar, steps, .double(-clipRadius))
    }
    let rate = batch.learningRate * (rescalesRate ? initialHessian + weightDecay : 1)
    forEachInPlace(.foreachAddInPlace, batch.parameters, .handles(steps), .double(-rate))
  }

  /// h by ĥ = λ (h + δ) · mean of g (θ − m).
  private func updateHessians(_ hessians: [Tensor], _ noiseProducts: [Tensor]) {
    let positive = damped(hessians)
    let gaps = forEach(.foreachMul, noiseProducts, .handles(positive))
    forEachInPlace(.foreachMulScalarInPlace, gaps, .double(-effectiveSampleSize))
    forEachInPlace(.foreachAddInPlace, gaps, .handles(hessians))
    let share = 1 - beta2
    forEachInPlace(.foreachAddInPlace, hessians, .handles(gaps), .double(-share))
    forEachInPlace(
      .foreachAddcdivInPlace, hessians, .handles(forEach(.foreachMul, gaps, .handles(gaps))),
      .handles(positive), .double(0.5 * share * share))
  }

  /// h + δ as new tensors.
  private func damped(_ hessians: [Tensor]) -> [Tensor] {
    forEach(.foreachAddScalar, hessians, .double(weightDecay))
  }
}
