import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Torch

/// P019: where linear conditional and two-level variational autoencoders collapse is known in advance.
///
/// **Source**: Dang, Tran, Nguyen and Ho 2023, arXiv 2306.05023; closed forms: `LinearCollapse`.
public struct PosteriorCollapse: Reproduction {
  private static let latent = 6

  /// The experiment.
  public init() {}

  /// `P019`.
  public var paper: String { "P019" }
  /// The claim.
  public var claim: String {
    "Collapse comes in conditional models from the correlation of input and output, in two-level models "
      + "from a learnable variance of the second encoder; for linear models by how much is known."
  }
  /// What it is measured against.
  public var baseline: String {
    "Closed forms of the optima; the same model with an uncorrelated input; with a fixed variance."
  }
  /// The data.
  public var data: String {
    "linear: 2000 examples of 8 numbers with known spectra, correlations 0.2 and 0.9, 6 code "
      + "dimensions, noise integrated out, 5000 steps; MNIST, binarised anew at each reading: 20,000 to train "
      + "for 3000 steps of 100, 1000 held out; 784-128-32 and 784-128-32-16, inputs 14 × 14 pixels of "
      + "the same picture or of another"
  }
  /// Five.
  public var minutesPerSeed: Double { 5 }
  /// Eight.
  public var seeds: Int { 8 }

  /// The catalogue's acceptance; a unit is active if its mean's variance over the data is above 0.01.
  public var criteria: [Criterion] {
    [
      Criterion(
        "conditional-values", .atMost(0.01),
        "largest |singular value − closed form| ÷ largest closed form, conditional model"),
      Criterion(
        "conditional-units", .atMost(0),
        "|active dimensions − closed form|, the larger of two correlations"),
      Criterion(
        "conditional-order", .atLeast(1),
        "active dimensions with correlation 0.2 − with 0.9"),
      Criterion(
        "hierarchy-values", .atMost(0.01),
        "the same for both decoders of the two-level model, learnable and fixed variance"),
      Criterion(
        "hierarchy-units", .atMost(0),
        "|active second-level dimensions − prediction|: closed form if learnable, all if fixed"),
      Criterion(
        "hierarchy-order", .atLeast(1),
        "active second-level dimensions with fixed variance − with learnable"),
      Criterion(
        "mnist-conditional", .atLeast(1),
        "active units with the input from another picture − from the same"),
      Criterion(
        "mnist-hierarchy", .atLeast(1),
        "active second-level units with fixed variance − with learnable"),
    ]
  }

  /// All parts.
  public func measure(_ trial: Trial) throws -> [String: Double] {
    let parts = [
      try conditional(trial), try hierarchy(trial), try NonlinearCollapse.measure(trial),
    ]
    return parts.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
  }

  /// `count` rows with this spectrum along random axes, and the same before the axes are turned.
  private func draw(
    _ spectrum: [Double], _ count: Int, using source: Generator
  ) -> (data: Tensor, white: Tensor) {
    let d = spectrum.count
    let axes = LinearAlgebra.qr(Tensor.randn([d, d], using: source, dtype: .float64)).q
    let white = Tensor.randn([count, d], using: source, dtype: .float64)
    return (matmul(white * sqrt(Tensor(spectrum, dtype: .float64)), axes), white)
  }

  private func conditional(_ trial: Trial) throws -> [String: Double] {
    let source = trial.generator(.order)
    let (noise, beta) = (0.3, 1.0)
    let (outputs, white) = draw(
      [4, 2, 1, 0.5, 0.25, 0.12, 0.08, 0.05], trial.size(2000, quick: 60), using: source)
    var (worst, miss) = (0.0, 0)
    let active = try [0.2, 0.9].map { correlation in
      let other = Tensor.randn(white.shape, using: source, dtype: .float64)
      let inputs = correlation * white + (1 - correlation * correlation).squareRoot() * other
      let model = LinearConditionalVAE(
        inputs: inputs, outputs: outputs, latent: Self.latent, noise: noise, beta: beta,
        using: trial.generator(.initialisation))
      try model.train(trial, steps: trial.size(5000, quick: 5))
      let residual = outputs - matmul(inputs, LinearAlgebra.leastSquares(inputs, outputs))
      let predicted = LinearCollapse.conditional(
        spectrum(of: residual), beta: beta, noise: noise)
      worst = max(worst, distance(model.u1, predicted))
      let found = activeUnits(withoutGradients { model.means })
      miss = max(miss, abs(found - predicted.count { $0 > 0 }))
      return found
    }
    return [
      "conditional-values": worst, "conditional-units": Double(miss),
      "conditional-order": Double(active[0] - active[1]),
    ]
  }

  private func hierarchy(_ trial: Trial) throws -> [String: Double] {
    let source = trial.generator(.test)
    let data = draw(
      [4, 2, 1.2, 0.7, 0.3, 0.09, 0.05, 0.03], trial.size(2000, quick: 60), using: source
    ).data
    let values = spectrum(of: data)
    var (worst, miss) = (0.0, 0)
    let active = try [nil, 0.3].map { upper in
      let law = LinearCollapse.Hierarchy(noise: 0.25, middle: 0.36, lower: 0.25, upper: upper)
      let model = LinearHierarchicalVAE(
        data: data, latent: Self.latent, law: law, using: trial.generator(.initialisation))
      try model.train(trial, steps: trial.size(5000, quick: 5))
      let second = values.map { law.second($0) }
      worst = max(worst, distance(model.u1, values.map { law.first($0) }))
      worst = max(worst, distance(model.u2, second))
      let found = activeUnits(withoutGradients { model.topMeans })
      // A fixed isotropic variance leaves the axes of z₂ free, so every dimension takes part.
      let predicted = upper == nil ? second.count { $0 > 0 } : Self.latent
      miss = max(miss, abs(found - predicted))
      return found
    }
    return [
      "hierarchy-values": worst, "hierarchy-units": Double(miss),
      "hierarchy-order": Double(active[1] - active[0]),
    ]
  }

  /// The largest eigenvalues of XᵀX/n, as many as there are code dimensions.
  private func spectrum(of data: Tensor) -> [Double] {
    let values = LinearAlgebra.singularValues(data).scalars(as: Double.self)
    return values.prefix(Self.latent).map { $0 * $0 / Double(data.size(0)) }
  }

  private func distance(_ map: Parameter, _ predicted: [Double]) -> Double {
    let found = LinearAlgebra.singularValues(map.value.detached()).scalars(as: Double.self)
    let expected = predicted.sorted(by: >)
    let errors = zip(found, expected).map { abs($0 - $1) }
    return (errors.max() ?? .infinity) / max(expected.first ?? 0, 1e-12)
  }

  private func activeUnits(_ means: Tensor) -> Int {
    (means.variance(dims: [0]) .> 0.01).to(.int64).sum().integerItem()
  }
}
