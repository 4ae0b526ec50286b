import Distributions
import LatentCore
import LatentModels
import LatentNN
import Testing
import Torch
import _TestSupport

@Suite struct GaussianLatentModelTests {
  private static func model() throws -> (Autoencoder, GaussianLatentModel) {
    let network = denseVAE(exampleShape: [6], hidden: [8], latent: 3, using: Generator(seed: 1))
    return (network, try #require(GaussianLatentModel(network)))
  }

  /// log p(x, z) − log q(z|x) is what the autoencoder itself weighs its draws by.
  @Test func jointLessPosteriorIsTheAutoencodersWeight() throws {
    let (network, model) = try Self.model()
    let x = Tensor.bernoulli(Tensor.full([4, 6], 0.5), using: Generator(seed: 2))
    let (expected, codes) = network.logWeights(x, draws: 5, using: Generator(seed: 3))
    let posterior = model.approximatePosterior(of: x)
    #expect(posterior.batchShape == [4] && posterior.eventShape == [3])
    let found = model.logJoint(x, codes: codes) - posterior.logProbability(codes)
    expectClose(found.detached(), expected.detached(), relative: 1e-4, absolute: 1e-4)
  }

  @Test func thePriorIsStandardNormal() throws {
    let (_, model) = try Self.model()
    let codes = Tensor.randn([5, 4, 3], using: Generator(seed: 4))
    let expected = StandardNormal([5, 4, 3]).logProbability(codes).sum(dim: -1)
    expectClose(model.prior(count: 4).logProbability(codes), expected)
  }

  @Test func observationsAreWhatTheLikelihoodSees() throws {
    let (_, model) = try Self.model()
    let seen = model.observations(of: Tensor.full([50, 6], 0.5), using: Generator(seed: 5))
    #expect(Set(seen.scalars(as: Double.self)) == [0, 1])
  }
}
