public import Distributions
public import LatentCore
import LatentLearning
import LatentNN
public import Torch

/// Gaussian posteriors q(z|x) of some examples that belong to no encoder: optimised one by one, or drawn
/// from to weigh codes.
///
/// For models with a standard normal prior over codes of one dimension. **Source**: Cremer, Li & Duvenaud 2018, arXiv
/// 1801.03558, section 3 (the gap of amortisation); Mattei & Frellsen 2018, arXiv 1802.04826 (likelihoods of models
/// whose encoder is not to be trusted).
public struct FreePosterior {
  private let model: any Inspectable
  private let targets: Tensor
  private let rateWeight: Double

  /// Posteriors of `targets`, the examples as the likelihood sees them `[n, …]`, under E_q log p(x|z) − `rateWeight` KL.
  public init(of model: any Inspectable, targets: Tensor, rateWeight: Double = 1) {
    (self.model, self.targets, self.rateWeight) = (model, targets, rateWeight)
  }

  /// The weighted bound of these posteriors, mean over the examples and `draws` codes each, in the decoder's unit.
  public func bound(_ posterior: Normal, draws: Int, using generator: Generator) -> Double {
    let values = (0..<draws).map { _ in value(posterior, using: generator).item() }
    return values.reduce(0, +) / Double(draws)
  }

  /// The posteriors, `[n, d]`, after this many steps of Adam on μ and log σ² of every example.
  public func optimised(
    from start: Normal, steps: Int, learningRate: Double = 0.05, using generator: Generator
  ) -> Normal {
    let free = FreeMoments(start)
    let optimizer = Optimizer(Adam(), for: free, learningRate: .constant(learningRate))
    for _ in 0..<steps {
      let gradients = valueAndGradient(of: free) {
        -value($0.posterior, using: generator) * targets.size(0)
      }.gradients
      optimizer.update(with: gradients)
    }
    return free.posterior.detached()
  }

  /// log p(x) of each example by importance sampling from these posteriors, `[n]`, in nats: a lower bound on average
  /// that tightens with the draws (Burda et al. 2016, arXiv 1509.00519, eq. 8).
  public func logEvidence(_ posterior: Normal, draws: Int, using generator: Generator) -> Tensor {
    let prior = StandardNormal(posterior.batchShape)
    let weights = logImportanceWeights(
      k: draws, count: targets.size(0), proposal: posterior.independent(), using: generator
    ) { codes in
      let likelihoods = codes.unbound().map { model.logLikelihood(targets, codes: $0) }
      return stacked(likelihoods) + prior.logProbability(codes).sum(dim: -1)
    }
    return weights.logSumExp(dim: 0) - log(Tensor(Double(draws), dtype: .float64))
  }

  private func value(_ posterior: Normal, using generator: Generator) -> Tensor {
    let codes = posterior.sample([], using: generator)
    let rate = posterior.klDivergence(to: StandardNormal(posterior.batchShape)).sum(dim: 1)
    return (model.logLikelihood(targets, codes: codes) - rateWeight * rate).mean()
  }
}

/// Moments that Adam moves.
private final class FreeMoments: Module {
  let mean: Parameter
  let logVariance: Parameter

  init(_ start: Normal) {
    mean = Parameter(start.mean.detached())
    logVariance = Parameter(start.logVariance.detached())
  }

  var posterior: Normal { Normal(mean: mean.value, logVariance: logVariance.value) }
}
