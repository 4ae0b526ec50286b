import Distributions
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Torch

/// P268: posteriors sent through more invertible maps come closer to the truth, and the bound with them.
///
/// **Source**: Rezende and Mohamed 2015, arXiv 1505.05770.
public struct NormalizingFlows: Reproduction {
  private static let batch = 100

  /// The experiment.
  public init() {}

  /// `P268`.
  public var paper: String { "P268" }
  /// The claim.
  public var claim: String {
    "Planar and radial maps have the log-determinants that they state; more planar maps come closer to "
      + "four densities of the plane; ten of them improve the bound on MNIST over a diagonal posterior."
  }
  /// What it is measured against.
  public var baseline: String {
    "Jacobians by automatic differentiation; the numerically integrated normaliser; the VAE with a "
      + "diagonal Gaussian posterior, same network, batches and passes."
  }
  /// The data.
  public var data: String {
    "four energies of the plane (2 to 4 closed by walls at ±4), the best of 8 fits with 3000 steps of 256 draws; MNIST, binarised "
      + "anew at each reading: 60,000 to train for 2400 steps of 100, the first 2000 of the test set "
      + "with 10 draws each; 784-200-20, amortised planar maps"
  }
  /// Five.
  public var minutesPerSeed: Double { 5 }
  /// Three.
  public var seeds: Int { 3 }

  /// The catalogue's acceptance.
  public var criteria: [Criterion] {
    [
      Criterion(
        "log-determinant", .atMost(1e-5), unit: "nat",
        "largest |log-determinant − that of the automatic Jacobian|, both kinds of maps"),
      Criterion(
        "energy-2-8", .atLeast(0), unit: "nat",
        "free-energy gap of 2 planar maps − of 8, the smallest over four energies"),
      Criterion(
        "energy-8-32", .atLeast(0), unit: "nat",
        "free-energy gap of 8 planar maps − of 32, the smallest over four energies"),
      Criterion(
        "mnist-bound", .atLeast(0), unit: "nat",
        "test ELBO with ten planar maps − with the diagonal posterior"),
    ]
  }

  /// Table 2 of the paper.
  public var references: [Reference] {
    [
      Reference(
        "MNIST, bound with no maps, 10 and 80 planar maps", "−ln p(x) ≤ 89.9, 87.5 and 85.1 nats",
        source: "Rezende and Mohamed 2015, table 2")
    ]
  }

  /// All three parts.
  public func measure(_ trial: Trial) throws -> [String: Double] {
    let gaps = try [2, 8, 32].map { try freeEnergyGap(maps: $0, trial) }
    return [
      "log-determinant": determinantError(trial),
      "energy-2-8": (gaps[0] - gaps[1]).min().item(),
      "energy-8-32": (gaps[1] - gaps[2]).min().item(),
      "mnist-bound": try mnistBound(.planar, trial) - mnistBound(nil, trial),
    ]
  }

  /// Over random maps and points of three dimensions in float64.
  private func determinantError(_ trial: Trial) -> Double {
    let source = trial.generator(.figures)
    func draw(_ shape: [Int]) -> Tensor { Tensor.randn(shape, using: source, dtype: .float64) }
    var worst = 0.0
    for _ in 0..<trial.size(200, quick: 2) {
      let maps: [any Bijector] = [
        PlanarBijector(u: draw([3]), w: draw([3]), b: draw([])),
        RadialBijector(center: draw([3]), a: draw([]), strength: draw([])),
      ]
      let x = draw([3])
      for map in maps {
        let rows = (0..<3).map { index in
          let vector = Tensor.eye(3, dtype: .float64)[index]
          return vectorJacobianProduct(at: x, vector: vector) { map.forward($0) }.product
        }
        let exact = LinearAlgebra.slogdet(stacked(rows)).logAbsDet
        worst = max(worst, abs(map.logDeterminant(x) - exact).item())
      }
    }
    return worst
  }

  /// E_q[log q + U] + log Z after training, `[4]`: KL(q ‖ p).
  private func freeEnergyGap(maps: Int, _ trial: Trial) throws -> Tensor {
    let fit = PlanarFit(maps: maps, using: trial.generator(.initialisation))
    let steps = trial.size(3000, quick: 5)
    let noise = trial.generator(.noise)
    let optimizer = Optimizer(
      Adam(), for: fit, learningRate: .cosine(from: 1e-2, to: 1e-4, steps: steps))
    for step in 0..<steps {
      try trial.checkBudget()
      // Section 6.1 of the paper heats the energy at the start.
      let temperature = min(1, 0.01 + Double(step) / (0.4 * Double(steps)))
      let gradients = valueAndGradient(of: fit) {
        $0.freeEnergy(256, inverseTemperature: temperature, using: noise).mean(dim: 2).sum()
      }.gradients
      optimizer.update(with: gradients.clipped(toNorm: 10))
    }
    return withoutGradients {
      let held = trial.generator(.validation)
      let repeats = trial.size(20, quick: 1)
      func freeEnergies() -> Tensor {
        (0..<repeats).reduce(Tensor.zeros([4, PlanarFit.restarts], dtype: .float64)) { sum, _ in
          sum
            + fit.freeEnergy(trial.size(5000, quick: 50), inverseTemperature: 1, using: held)
            .mean(dim: 2).to(.float64) / Double(repeats)
        }
      }
      // Chosen and judged by draws of their own, so that the best is not the luckiest.
      let best = freeEnergies().argMin(dim: 1, keepDim: true)
      return freeEnergies().gathered(best, dim: 1).squeezed(dim: 1)
        + PlanarEnergies.logNormaliser()
    }
  }

  private func mnistBound(_ kind: FlowKind?, _ trial: Trial) throws -> Double {
    let (train, test) = try trial.pictures("mnist", train: 60_000, test: 2000)
    let generator = trial.generator(.initialisation)
    let plain = denseVAE(
      exampleShape: Array(train.shape.dropFirst()), hidden: [200], latent: 20, using: generator)
    var network = plain
    if let kind, let base = plain.bottleneck as? GaussianBottleneck {
      let flow = Flow(kind, count: 10, size: 20, context: 200, using: generator)
      network = Autoencoder(
        encoder: plain.encoder, bottleneck: FlowBottleneck(base, flow: flow, isAmortised: true),
        decoder: plain.decoder)
    }
    let method = VariationalMethod(network, objective: ELBO())
    let steps = trial.size(2400, quick: 3)
    try trial.train(
      method, on: train, steps: steps, batchSize: Self.batch,
      learningRate: .cosine(from: 2e-3, to: 1e-4, steps: steps))
    let held = Tensor.bernoulli(test, using: trial.generator(.test))
    return withoutGradients {
      network.logWeights(held, draws: 10, using: trial.generator(.validation)).values.mean().item()
    }
  }
}
