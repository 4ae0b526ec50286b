public import LatentNN
public import Torch
import TorchRaw

/// A diagonal Gaussian over the weights of a model, by path: what `IVON` leaves behind.
///
///     let posterior = optimizer.posterior!
///     let probabilities = posterior.average(64, in: model, using: generator) { softmax(model(x)) }
public struct WeightPosterior {
  /// The mean of each parameter.
  public var means: [String: Tensor]
  /// The standard deviations of its elements, in its shape.
  public var deviations: [String: Tensor]

  /// A posterior of these moments; both have the same paths and shapes.
  public init(means: [String: Tensor], deviations: [String: Tensor]) {
    require(
      means.mapValues(\.shape) == deviations.mapValues(\.shape), "WeightPosterior",
      "means and deviations differ in paths or shapes")
    self.means = means
    self.deviations = deviations
  }

  /// Runs `body` with one draw of the weights in the model's place, and puts the parameters back, also after an error.
  ///
  /// Parameters of the model that the posterior does not know stay as they are.
  public func withSample<Result>(
    in model: Module, using generator: Generator, _ body: () throws -> Result
  ) rethrows -> Result {
    let known = model.parameters.filter { means[$0.path] != nil }
    let values = known.map(\.parameter.value)
    let kept = values.map { $0.detached().cloned() }
    withoutGradients {
      let drawn = known.map { path, parameter -> Tensor in
        let mean = means[path] ?? parameter.value
        let noise = Tensor.randn(mean.shape, using: generator, dtype: mean.dtype)
        return mean + (deviations[path] ?? Tensor.zeros(like: mean)) * noise
      }
      forEachInPlace(.foreachCopyInPlace, values, .handles(drawn))
    }
    defer { withoutGradients { forEachInPlace(.foreachCopyInPlace, values, .handles(kept)) } }
    return try body()
  }

  /// Mean and variance (of n − 1) of what `body` computes, over draws of the weights; at least two for a variance.
  ///
  /// Without gradients, in evaluation mode. The mean of probabilities is the posterior-averaged prediction.
  public func moments(
    _ draws: Int, in model: Module, using generator: Generator, _ body: () -> Tensor
  ) -> (mean: Tensor, variance: Tensor) {
    require(draws > 1, "WeightPosterior.moments", "\(draws) draws, expected at least 2")
    return withoutGradients {
      evaluating(model) {
        var (mean, squares) = (Tensor(0), Tensor(0))
        for count in 1...draws {
          let value = withSample(in: model, using: generator, body)
          if count == 1 {
            (mean, squares) = (value, Tensor.zeros(like: value))
            continue
          }
          // Welford's updates, which lose no digits.
          let gap = value - mean
          mean += gap / count
          squares += gap * (value - mean)
        }
        return (mean, squares / (draws - 1))
      }
    }
  }

  /// The mean of what `body` computes over draws of the weights, such as posterior-averaged probabilities.
  public func average(
    _ draws: Int, in model: Module, using generator: Generator, _ body: () -> Tensor
  ) -> Tensor {
    withoutGradients {
      evaluating(model) {
        var sum: Tensor?
        for _ in 0..<draws {
          let value = withSample(in: model, using: generator, body)
          sum = sum.map { $0 + value } ?? value
        }
        return (sum ?? Tensor(0)) / draws
      }
    }
  }

  /// The posterior of all data from those of parts of them, under one prior N(0, 1/p): a product of Gaussians.
  ///
  /// Precision Σ_t 1/σ_t² − (T − 1) p and mean Σ_t m_t/σ_t² over it: exact for Gaussian likelihoods with diagonal
  /// Hessians. **Source**: Shen et al. 2024, arXiv:2402.17641, section 5 (merging); Tresp 2000 (committee machine).
  ///
  /// **Fails** (stops) for posteriors of different parameters, and for a prior sharper than they are.
  public static func merged(_ parts: [WeightPosterior], priorPrecision: Double) -> WeightPosterior {
    require(!parts.isEmpty, "WeightPosterior.merged", "expected at least one posterior")
    guard var merged = parts.first else { return WeightPosterior(means: [:], deviations: [:]) }
    withoutGradients {
      for path in merged.means.keys.sorted() {
        var precision = Tensor(-priorPrecision * Double(parts.count - 1))
        var weighted = Tensor(0)
        for part in parts {
          guard let mean = part.means[path], let deviation = part.deviations[path] else {
            require(false, "WeightPosterior.merged", "a posterior has no parameter `\(path)`")
            return
          }
          let own = reciprocal(squared(deviation))
          precision = precision.to(own.dtype) + own
          weighted = weighted.to(own.dtype) + own * mean
        }
        require(
          precision.min().item() > 0, "WeightPosterior.merged",
          "the prior's precision \(priorPrecision) is above that of a posterior")
        merged.means[path] = weighted / precision
        merged.deviations[path] = rsqrt(precision)
      }
    }
    return merged
  }
}

/// How much leaving an example out of the training set would change its own outputs: ‖v_i ⊙ e_i‖.
///
/// v_i is the posterior variance of the outputs of example i (`WeightPosterior.moments`), e_i the derivative of its
/// loss by them, such as p − y for the cross-entropy by logits. To first order, without example i the outputs
/// move by v_i e_i times the loss's weight. **Shapes**: both `[n, outputs]` → `[n]`. **Source**: Nickl et al. 2023,
/// arXiv:2310.19273, equation 9; Shen et al. 2024, arXiv:2402.17641, section 5.
public func leaveOneOutSensitivity(outputVariance: Tensor, residuals: Tensor) -> Tensor {
  (outputVariance * residuals).norm(2, dims: [1])
}
