import Datasets
import Distributions
import Evaluation
import LatentCore
import LatentModels
import Torch

/// P284: of the rate's three parts the total correlation is the one to penalise for disentanglement.
///
/// **Source**: Chen, Li, Grosse and Duvenaud 2018, arXiv 1802.04942, sections 3 to 5. A seed trains five small
/// networks.
public struct IsolatingDisentanglement: Reproduction {
  private static let beta = 4.0
  private static let steps = 4000

  /// The experiment.
  public init() {}

  /// `P284`.
  public var paper: String { "P284" }
  /// The claim.
  public var claim: String {
    "The rate splits into mutual information, total correlation and dimension-wise rate; penalising the "
      + "total correlation alone disentangles better than β-VAE at equal β, and MIG falls with it."
  }
  /// What it is measured against.
  public var baseline: String { "β-VAE with the same network, data, steps and β; closed forms." }
  /// The data.
  public var data: String { SpriteExperiment.data }
  /// Five.
  public var minutesPerSeed: Double { 5 }
  /// Five.
  public var seeds: Int { 5 }

  /// The catalogue's acceptance; «near» is within a tenth.
  public var criteria: [Criterion] {
    [
      Criterion(
        "toy-sum", .atMost(0.01),
        "Gaussian toy: |mutual information + total correlation + dimension-wise rate − analytic KL| "
          + "÷ analytic KL, each part estimated by itself against its own density"),
      Criterion("mig-aligned", .atLeast(0.9), "MIG of codes that are the factors"),
      Criterion(
        "mig-rotated", .atMost(0.1), "MIG of the ordered factors, each spread evenly on four codes"),
      Criterion(
        "mig-gain", .atLeast(0), "MIG of β-TCVAE − MIG of β-VAE, both at β = 4, same seed"),
      Criterion(
        "mig-with-correlation", .atMost(0),
        "correlation of MIG with total correlation over five models: both methods at β = 1, 4, 8"),
    ]
  }

  /// All five.
  public func measure(_ trial: Trial) throws -> [String: Double] {
    var numbers = ["toy-sum": Self.toyError(trial)]
    let sprites = try SpriteExperiment(trial)
    let gap = MutualInformationGap()
    let oracle = (sprites.held.factors ?? Tensor(0)).to(.float64)
    numbers["mig-aligned"] = try sprites.score(gap, codes: oracle)
    numbers["mig-rotated"] = try sprites.score(
      gap, codes: Self.rotated(oracle), from: 1)

    var models: [(gap: Double, correlation: Double)] = []
    func add(_ objective: any Objective) throws -> Double {
      let method = try sprites.trained(objective, steps: trial.size(Self.steps, quick: 10))
      let score = try sprites.score(gap, method)
      models.append((score, try sprites.totalCorrelation(of: method)))
      return score
    }
    let plain = try add(ELBO(beta: Self.beta))
    let penalised = try add(Distortion() + DecomposedRate(beta: Self.beta))
    numbers["mig-gain"] = penalised - plain
    _ = try add(ELBO())
    _ = try add(ELBO(beta: 8))
    _ = try add(Distortion() + DecomposedRate(beta: 8))
    let table = Tensor([models.map(\.gap), models.map(\.correlation)], dtype: .float64)
    numbers["mig-with-correlation"] = table.correlation()[0, 1].item()
    return numbers
  }

  /// The ordered factors in standard units through a Hadamard rotation: every code holds half of every
  /// factor.
  private static func rotated(_ factors: Tensor) -> Tensor {
    let ordered = factors[.all, 1..<5]
    let centred = ordered - ordered.mean(dim: 0)
    let units = centred / centred.standardDeviation(dims: [0])
    let hadamard = Tensor(
      [[1.0, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]], dtype: .float64)
    return matmul(units, hadamard * 0.5)
  }

  /// x ~ N(0, I) seen through q(z|x) = N(A x, s² I): |sum of the three estimated parts − mean KL| ÷ mean KL.
  ///
  /// Each part has draws of its own, so that nothing cancels; the batch is the whole of the data.
  private static func toyError(_ trial: Trial) -> Double {
    let count = trial.size(2000, quick: 200)
    let source = trial.generator(.figures)
    let map = Tensor([[1.0, 0.8, 0], [0, 0.6, -0.7], [0.3, 0, 0.5]])
    let mean = matmul(Tensor.randn([count, 3], using: source), map.transposed())
    let posterior = Normal(mean: mean, standardDeviation: 0.6)
    let prior = StandardNormal([count, 3])
    func estimate(_ part: (AggregateDensity, Tensor) -> Tensor) -> Double {
      let draws = trial.size(30, quick: 2)
      let sum = (0..<draws).reduce(0.0) { sum, _ in
        let codes = posterior.sample([], using: source)
        let density = AggregateDensity(
          posterior, codes: codes, exampleCount: count, sampling: .weighted)
        return sum + part(density, codes).mean().item()
      }
      return sum / Double(draws)
    }
    let information = estimate { density, _ in density.logConditional - density.logJoint }
    let correlation = estimate { density, _ in density.logJoint - density.logMarginals }
    let dimensions = estimate { density, codes in
      density.logMarginals - prior.logProbability(codes).sum(dim: -1)
    }
    let analytic = posterior.klDivergence(to: prior).sum(dim: -1).mean().item()
    return Swift.abs(information + correlation + dimensions - analytic) / analytic
  }
}
