import Distributions
import Testing
import Torch
import _TestSupport

/// Wrong parameters are one sentence that names the distribution, what it found and what it expected.
@Suite struct ValidationTests {
  @Test(arguments: Case.all) func recordedParametersAreValid(_ row: Case) throws {
    try row.distribution(Case.goldenFile()).validate()
    try row.distribution(Case.goldenFile(), dtype: .float32).validate()
  }

  struct Bad: Sendable, CustomTestStringConvertible {
    let expected: String
    let make: @Sendable () -> any Distribution
    var testDescription: String { expected }
    init(_ expected: String, _ make: @escaping @Sendable () -> any Distribution) {
      self.expected = expected
      self.make = make
    }
  }

  static let one = [1.0, 1.0]

  static let badValues: [Bad] = [
    Bad("Gamma: rate at flat index 1: expected finite numbers above 0, found -1.0; ") {
      Gamma(concentration: Tensor(one), rate: Tensor([1.0, -1]))
    },
    Bad("Laplace: scale at flat index 0: expected finite numbers above 0, found 0.0; ") {
      Laplace(location: Tensor(one), scale: Tensor([0.0, 1]))
    },
    Bad(
      "Uniform: upper at flat index 1: expected finite numbers above the lower bound, found 1.0; "
    ) { Uniform(lower: Tensor(one), upper: Tensor([2.0, 1])) },
    Bad("Categorical: logits at flat index 2: expected numbers below infinity, found nan; ") {
      Categorical(logits: Tensor([[0, 1], [.nan, 0]]))
    },
    Bad("VonMisesFisher: meanDirection at flat index 2: expected vectors of norm 1, found 1.0; ") {
      VonMisesFisher(meanDirection: Tensor([[1, 0], [1, 1]]), concentration: Tensor(one))
    },
    Bad("WrappedHyperbolicNormal: location at flat index 0: expected points of the hyperboloid, ") {
      WrappedHyperbolicNormal(location: Tensor([2.0, 0, 0]), standardDeviation: Tensor(one))
    },
    Bad(
      "MultivariateNormal: scaleFactor at flat index 0: expected lower triangular matrices with a "
    ) { MultivariateNormal(mean: Tensor(one), scaleFactor: Tensor([[1, 2], [0, 1]])) },
  ]

  @Test(arguments: badValues) func badValuesAreNamed(_ bad: Bad) {
    #expect { try bad.make().validate() } throws: { "\($0)".hasPrefix(bad.expected) }
  }

  static let badShapes: [Bad] = [
    Bad("Gamma(concentration:rate:) of [2] float32 and [3] float32: the parameters' shapes") {
      Gamma(concentration: .ones([2]), rate: .ones([3]))
    },
    Bad("Laplace(location:scale:) of [2] float32 and [2] float64: expected parameters of one") {
      Laplace(location: .ones([2]), scale: .ones([2], dtype: .float64))
    },
    Bad("Bernoulli(logits:) of [2] int64: expected floating-point numbers") {
      Bernoulli(logits: .ones([2], dtype: .int64))
    },
    Bad("Categorical(logits:) of [] float32: expected at least 1 dimensions, found 0") {
      Categorical(logits: Tensor(0.0))
    },
    Bad("MultivariateNormal(mean:scaleFactor:) of [3] float32 and [2, 2] float32: expected") {
      MultivariateNormal(mean: .ones([3]), scaleFactor: .eye(2))
    },
    Bad("LowRankMultivariateNormal(mean:factor:diagonal:) of [3] float32 and [2, 1] float32 and") {
      LowRankMultivariateNormal(mean: .ones([3]), factor: .ones([2, 1]), diagonal: .ones([3]))
    },
    Bad("VonMisesFisher(meanDirection:concentration:) of [1] float32 and [] float32: expected") {
      VonMisesFisher(meanDirection: .ones([1]), concentration: Tensor(1.0))
    },
    Bad("WrappedHyperbolicNormal(location:standardDeviation:) of [3] float32 and [3] float32:") {
      WrappedHyperbolicNormal(location: .ones([3]), standardDeviation: .ones([3]))
    },
    Bad("MixtureSameFamily of [3] float32: expected components of batch shape [..., 3], found [2]")
    { MixtureSameFamily(mixing: Categorical(logits: .ones([3])), components: StandardNormal([2])) },
    Bad("DiscretizedLogisticMixture of [2] float32 and [1, 2] float32 and [1, 3] float32: ") {
      DiscretizedLogisticMixture(
        logits: .ones([2]), means: .ones([1, 2]), logScales: .ones([1, 3]))
    },
    Bad("Independent(StandardNormal): eventDims is 2, expected 0 to the 1 dimensions of") {
      StandardNormal([2]).independent(2)
    },
    Bad("RelaxedOneHotCategorical(logits:temperature:) of [2] float32: expected a temperature") {
      RelaxedOneHotCategorical(logits: .ones([2]), temperature: 0)
    },
    Bad("HypersphericalUniform: expected a dimension of at least 2, found 1") {
      HypersphericalUniform(dimension: 1)
    },
  ]

  @Test(arguments: badShapes) func badShapesAreNamed(_ bad: Bad) {
    #expect { try withTorchErrors { bad.make() } } throws: { "\($0)".hasPrefix(bad.expected) }
  }
}
