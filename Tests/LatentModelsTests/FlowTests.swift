import Datasets
import Distributions
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Testing
import Torch
import _TestSupport

@Suite struct FlowTests {
  static let context = 3

  static func flow(_ kind: FlowKind, size: Int, context: Int, count: Int = 3) throws -> Flow {
    let flow = Flow(
      kind, count: count, size: size, hidden: [7, 6], context: context, using: Generator(seed: 2)
    ).to(.float64)
    // Away from the identity, where everything would be easy.
    let noise = Generator(seed: 3)
    var state = flow.state
    for (path, value) in state.sorted(by: { $0.key < $1.key }) {
      state[path] = value + 0.25 * Tensor.randn(value.shape, using: noise, dtype: .float64)
    }
    try flow.load(state)
    return flow
  }

  static func jacobian(_ x: Tensor, _ map: (Tensor) -> Tensor) -> Tensor {
    stacked(
      (0..<x.size(0)).map { index in
        let vector = Tensor.eye(x.size(0), dtype: .float64)[index]
        return vectorJacobianProduct(at: x, vector: vector, map).product
      })
  }

  @Test(arguments: FlowKind.allCases, [(1, 0), (2, 0), (4, 0), (2, context), (5, context)])
  func mapsKeepTheLawsOfBijectors(kind: FlowKind, sizes: (size: Int, context: Int)) throws {
    let flow = try Self.flow(kind, size: sizes.size, context: sizes.context)
    let noise = Generator(seed: 4)
    let context =
      sizes.context == 0
      ? nil : Tensor.randn([sizes.context], using: noise, dtype: .float64)
    let map = flow.bijector(context: context)
    let x = Tensor.randn([6, sizes.size], using: noise, dtype: .float64)
    let (y, determinant) = map.forwardWithLogDeterminant(x)
    #expect(determinant.shape == [6])
    for row in 0..<2 {
      let expected = LinearAlgebra.slogdet(Self.jacobian(x[row]) { map.forward($0) }).logAbsDet
      expectClose(determinant[row], expected, relative: 1e-9, absolute: 1e-9, "\(kind)")
    }
    let (back, inverse) = map.inverseWithLogDeterminant(y)
    expectClose(back, x, relative: 1e-7, absolute: 1e-7, "\(kind)")
    expectClose(inverse, determinant, relative: 1e-6, absolute: 1e-6, "\(kind)")
    let detached = map.detached().forward(x)
    expectClose(detached, y)
    #expect(!detached.requiresGradient && y.requiresGradient)
  }

  /// Output i is a function of inputs 0 … i, its parameters of inputs 0 … i − 1; the context reaches all.
  @Test(arguments: [ElementwiseFamily.affine, .gated, .spline(bins: 3, bound: 4)])
  func autoregressiveMapsLookBackOnly(family: ElementwiseFamily) throws {
    let count = family.parameterCount
    let network = Conditioner.autoregressive(
      5, parameters: count, hidden: [16, 12], context: 2, using: Generator(seed: 5)
    ).to(.float64)
    let x = Tensor.randn([5], using: Generator(seed: 6), dtype: .float64)
    let context = Tensor.randn([2], using: Generator(seed: 7), dtype: .float64)
    let outputs = Self.jacobian2(x, outputs: 5 * count) { network.values($0, context: context) }
    let reach = abs(outputs).reshaped([5, count, 5]).max(dims: [1])
    expectClose(reach.upperTriangle(), Tensor.zeros(like: reach), absolute: 0)
    for row in 1..<5 { #expect(reach[row, 0..<row].min().item() > 0, "row \(row)") }
    let fromContext = Self.jacobian2(context, outputs: 5 * count) {
      network.values(x, context: $0)
    }
    #expect(abs(fromContext).max(dims: [1]).min().item() > 0)
    let map = AutoregressiveBijector(network.values, family: family, context: context)
    let slopes = Self.jacobian(x) { map.forward($0) }
    expectClose(slopes.upperTriangle(diagonal: 1), Tensor.zeros(like: slopes), absolute: 0)
    #expect(slopes.diagonal().min().item() > 0)
  }

  static func jacobian2(
    _ x: Tensor, outputs: Int, _ map: (Tensor) -> Tensor
  ) -> Tensor {
    stacked(
      (0..<outputs).map { index in
        let vector = Tensor.eye(outputs, dtype: .float64)[index]
        return vectorJacobianProduct(at: x, vector: vector, map).product
      })
  }

  static func network(_ kind: FlowKind, isAmortised: Bool) throws -> Autoencoder {
    let base = VAEObjectiveTests.network(seed: 11)
    let gaussian = GaussianBottleneck(
      features: VAEObjectiveTests.hidden, size: VAEObjectiveTests.latent,
      using: Generator(seed: 12)
    ).to(.float64)
    let flow = try flow(
      kind, size: VAEObjectiveTests.latent, context: isAmortised ? VAEObjectiveTests.hidden : 0)
    return Autoencoder(
      encoder: base.encoder,
      bottleneck: FlowBottleneck(gaussian, flow: flow, isAmortised: isAmortised),
      decoder: base.decoder)
  }

  @Test(arguments: FlowKind.allCases, [false, true])
  func densitiesOfDrawsAreThoseOfTheInverse(kind: FlowKind, isAmortised: Bool) throws {
    let network = try Self.network(kind, isAmortised: isAmortised)
    let posterior = network.weighablePosterior(of: VAEObjectiveTests.examples)
    let drawn = posterior.draws(5, stoppingDensity: false, using: Generator(seed: 8))
    let stopped = posterior.draws(5, stoppingDensity: true, using: Generator(seed: 8))
    #expect(drawn.codes.shape == [5, 4, 2] && drawn.logRatio.shape == [5, 4])
    expectClose(stopped.codes, drawn.codes)
    expectClose(stopped.logRatio, drawn.logRatio, relative: 1e-7, absolute: 1e-7, "\(kind)")
    let draw = posterior.draw(using: Generator(seed: 8))
    expectClose(
      draw.rates[0].value,
      -posterior.draws(1, stoppingDensity: false, using: Generator(seed: 8)).logRatio[0])
  }

  /// The doubly reparameterised gradient of flows, whose density is inverted for it.
  @Test(arguments: [FlowKind.planar, .iaf, .realnvp])
  func doublyReparameterisedThroughAFlow(kind: FlowKind) throws {
    let network = try Self.network(kind, isAmortised: true)
    let objective = ImportanceWeighted(draws: 6, estimator: .doublyReparameterised)
    let found = ImportanceWeightedTests.gradients(network) {
      ImportanceWeightedTests.terms(objective, network).total() ?? Tensor(0)
    }
    let expected = ImportanceWeightedTests.gradients(network) {
      -doublyReparameterizedBound(
        logWeights: ImportanceWeightedTests.logWeights(network, stoppingDensity: true)
      ).value.mean()
    }
    for entry in found.entries where entry.path.hasPrefix("bottleneck.") {
      expectClose(
        entry.gradient, try #require(expected[entry.path]), relative: 1e-8, absolute: 1e-9,
        entry.path)
    }
  }

  /// A density sums to one: over a grid of the plane, for maps of every kind.
  @Test(arguments: FlowKind.allCases) func densitiesSumToOne(kind: FlowKind) throws {
    let flow = try Self.flow(kind, size: 2, context: 0, count: 2)
    let density = FlowDensity(
      flow, exampleShape: [2], runsBackwards: kind == .planar || kind == .radial
    ).to(.float64)
    let axis = Tensor.linspace(-14, 14, count: 281, dtype: .float64)
    let grid = stacked(meshgrid([axis, axis]).map { $0.flattened() }, dim: 1)
    let mass = withoutGradients {
      exp(density.score(grid, using: Generator(seed: 0))).sum().item() * 0.01
    }
    #expect(abs(mass - 1) < 5e-3, "\(kind): \(mass)")
    let x = Tensor.randn([5, 2], using: Generator(seed: 9), dtype: .float64)
    expectClose(density.decode(density.encode(x)), x, relative: 1e-6, absolute: 1e-6)
  }

  @Test(arguments: [FlowKind.spline, .maf, .planar, .radial])
  func itLearnsTheMoons(kind: FlowKind) throws {
    let splits = try DatasetRegistry.open("moons")
    var config = Config(FlowRecipe().settings)
    try config.set("flow=\(kind.rawValue)")
    try config.set("flow-hidden=24")
    let method = try #require(
      try FlowRecipe().make(config, data: splits.train.schema, using: Generator(seed: 1))
        as? FlowDensity)
    let batch = try splits.train.batch(Array(0..<200))
    let optimizer = Optimizer(Adam(), for: method.model, learningRate: 0.01)
    var likelihoods: [Double] = []
    for index in 0..<60 {
      let place = Step(
        index: index, epoch: 0, exampleCount: 200, generator: Generator(seed: UInt64(index)))
      let (loss, gradients) = valueAndGradient(of: method) {
        $0.terms(batch, place).total() ?? Tensor(0)
      }
      optimizer.update(with: gradients)
      likelihoods.append(-loss.item())
    }
    // The first batch gave mean and deviation: the start is near the likelihood of one Gaussian.
    let (first, last) = (likelihoods[0], likelihoods[59])
    #expect(last > first + 0.15, "\(kind): from \(first) to \(last)")
    #expect(method.sample(7, using: Generator(seed: 4)).shape == [7, 2])
  }

  @Test func dataWithoutADensityAreRefused() throws {
    let recipe = FlowRecipe()
    let make = { (schema: DatasetSchema) in
      _ = try recipe.make(Config(recipe.settings), data: schema, using: Generator(seed: 0))
    }
    let tokens = try #require(throws: RecipeError.self) {
      try make(DatasetSchema(.tokens, shape: [8]))
    }
    #expect(tokens.problem == "recipe flow expects numbers that have a density, found tokens")
    let one = try #require(throws: RecipeError.self) {
      try make(DatasetSchema(.vector, shape: [1]))
    }
    #expect(one.remedy == "set flow=maf or flow=spline-autoregressive")
  }
}
