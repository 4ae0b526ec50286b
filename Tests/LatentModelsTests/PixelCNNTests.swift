import Datasets
import LatentCore
import LatentModels
import LatentNN
import Testing
import Torch
import _TestSupport

@Suite struct PixelCNNTests {
  static func model(
    _ shape: [Int], levels: Int = 256, sizes: PixelCNNSizes, condition: Int = 0,
    softmax: Bool = false, seed: UInt64 = 1
  ) -> AutoregressiveModel {
    AutoregressiveModel(
      shape: shape, levels: levels, condition: condition, sizes: sizes,
      using: Generator(seed: seed)
    ) { width, generator -> any PixelHead in
      if softmax {
        return SoftmaxHead(width: width, channels: shape[0], levels: levels, using: generator)
      }
      return LogisticMixtureHead(
        width: width, channels: shape[0], levels: levels, mixtures: 4, using: generator)
    }
  }

  /// Σ over all 256 values of one pixel is 1, the edges' open bins included.
  @Test(arguments: [false, true]) func probabilitiesOfAllValuesSumToOne(softmax: Bool) {
    let features = Tensor.randn([7, 6], using: Generator(seed: 2)) * 3
    let g = Generator(seed: 3)
    let head: any PixelHead =
      softmax
      ? SoftmaxHead(width: 6, channels: 1, levels: 256, using: g)
      : LogisticMixtureHead(width: 6, channels: 1, levels: 256, mixtures: 5, using: g)
    let values = Tensor.arange(256, dtype: .int64).reshaped([256, 1, 1]).expanded([256, 7, 1])
    let each = exp(head.logProbability(values, features: features.expanded([256, 7, 6])))
    expectClose(each.sum(dim: 0), Tensor.ones([7]), relative: 0, absolute: 1e-5)
    #expect(each[0].min().item() > 0 && each[255].min().item() > 0)
  }

  /// A colour of few levels: Σ over all triples is 1.
  @Test(arguments: [false, true]) func probabilitiesOfAllColoursSumToOne(softmax: Bool) {
    let g = Generator(seed: 3)
    let head: any PixelHead =
      softmax
      ? SoftmaxHead(width: 6, channels: 3, levels: 6, using: g)
      : LogisticMixtureHead(width: 6, channels: 3, levels: 6, mixtures: 5, using: g)
    head.to(.float64)
    let features = Tensor.randn([6], using: g, dtype: .float64) * 2
    let axis = Tensor.arange(6, dtype: .int64)
    let triples = stacked(meshgrid([axis, axis, axis]), dim: -1).reshaped([216, 3])
    let total = exp(head.logProbability(triples, features: features.expanded([216, 6]))).sum()
    #expect(abs(total.item() - 1) < 1e-10)
  }

  /// The features of a place depend on no place from it on, for every place and with both edges.
  @Test(arguments: [
    PixelCNNSizes(width: 3, blocks: 1, scales: 1), PixelCNNSizes(width: 3, blocks: 2, scales: 3),
    PixelCNNSizes(width: 3, blocks: 1, scales: 2, hasShortcuts: false),
  ]) func noGradientFromLaterPixels(sizes: PixelCNNSizes) {
    let network = PixelCNNNetwork(inputs: 1, sizes: sizes, using: Generator(seed: 4))
    network.to(.float64)
    let (height, width) = (4, 4)
    let x = Tensor.randn([1, 1, height, width], using: Generator(seed: 5), dtype: .float64)
    var reach = 0
    for place in 0..<(height * width) {
      let slope = gradient(at: x) {
        network($0)[.all, .all, place / width, place % width].sum()
      }.flattened().scalars(as: Double.self)
      #expect(slope[place...].allSatisfy { $0 == 0 }, "place \(place) sees itself or later ones")
      reach += slope[..<place].count { $0 != 0 }
      // Without short-cuts the nearest pixels are lost on the way to half the size.
      if place > 0, sizes.hasShortcuts { #expect(slope[place - 1] != 0, "place \(place)") }
    }
    // Something of what may be seen is seen: with three scales nearly all of it.
    #expect(reach > (sizes.scales == 3 ? 110 : 40), "\(reach) of 120")
  }

  /// Every channel of the last pixel is part of what is predicted.
  @Test(arguments: [false, true]) func channelsGoInOrder(softmax: Bool) {
    let model = Self.model(
      [3, 2, 2], levels: 5, sizes: .init(width: 4, blocks: 1), softmax: softmax)
    let grids = Tensor.randint(0..<5, [1, 3, 2, 2], using: Generator(seed: 6))
    func logP(_ level: Int, channel: Int) -> Double {
      let changed = grids.setting(level, at: 0, channel, 1, 1)
      return withoutGradients { model.logProbability(changed).item() }
    }
    let last = (0..<5).map { logP($0, channel: 2) }
    let first = (0..<5).map { logP($0, channel: 0) }
    #expect(Set(last).count == 5 && Set(first).count == 5)
  }

  /// The joint probabilities of a whole grid of two levels sum to 1: the model is a distribution.
  @Test(arguments: [false, true]) func wholeGridsSumToOne(softmax: Bool) {
    let model = Self.model(
      [1, 2, 4], levels: 2, sizes: .init(width: 4, blocks: 1, scales: 2), softmax: softmax)
    let rows = (0..<256).map { number in (0..<8).map { (number >> $0) & 1 } }
    let grids = Tensor(rows.flatMap { $0 }, shape: [256, 1, 2, 4])
    let total = exp(withoutGradients { model.logProbability(grids) }).sum().item()
    #expect(abs(total - 1) < 1e-5)
  }

  /// Frequencies of drawn grids are their probabilities.
  @Test func samplesFollowTheProbabilities() {
    let model = Self.model([1, 2, 2], levels: 2, sizes: .init(width: 4, blocks: 1), softmax: true)
    let grids = Tensor(
      (0..<16).flatMap { number in (0..<4).map { (number >> $0) & 1 } }, shape: [16, 1, 2, 2])
    let count = 8000
    let expected = (exp(withoutGradients { model.logProbability(grids) }) * Double(count))
      .scalars(as: Double.self)
    let drawn = model.sample(count, using: Generator(seed: 7)).flattened(from: 1)
    let numbers = (drawn * Tensor([1, 2, 4, 8])).sum(dim: 1)
    let counts = numbers.binCount(minimumLength: 16).scalars(as: Double.self)
    let statistic = zip(counts, expected).reduce(0) {
      $0 + ($1.0 - $1.1) * ($1.0 - $1.1) / $1.1
    }
    // The 99.9 % quantile of chi squared with 15 degrees of freedom.
    #expect(statistic < 37.7)
  }

  /// Codes change the likelihood, at every place or by a map; K codes an example are K rows.
  @Test func theDecoderIsConditionalOnItsCode() {
    let decoder = AutoregressiveDecoder(
      latent: 3, exampleShape: [1, 4, 4], levels: 4, sizes: .init(width: 4, blocks: 1, scales: 2),
      using: Generator(seed: 8))
    let g = Generator(seed: 9)
    let targets = decoder.targets(Tensor.rand([5, 1, 4, 4], using: g), using: g)
    expectClose(targets * 3, round(targets * 3), relative: 0, absolute: 1e-6)
    let codes = Tensor.randn([2, 5, 3], using: g)
    let both = decoder.logLikelihood(targets, codes: codes)
    #expect(both.shape == [2, 5])
    for k in 0..<2 {
      expectClose(both[k], decoder.logLikelihood(targets, codes: codes[k]), absolute: 1e-4)
    }
    #expect(abs((both[0] - both[1]).sum().item()) > 1e-3)
    let pictures = decoder.generate(codes[0], using: g)
    #expect(pictures.shape == [5, 1, 4, 4])
    expectClose(pictures * 3, round(pictures * 3), relative: 0, absolute: 1e-6)
    #expect(decoder.mean(codes[0]).shape == [5, 1, 4, 4])
  }

  /// Dropout comes from the step's generator in training, and from nowhere otherwise.
  @Test func dropoutIsTheStepsNoise() throws {
    let method = PixelCNN(
      Self.model([1, 8, 8], levels: 17, sizes: .init(width: 4, blocks: 1, dropout: 0.5)))
    let batch = try DatasetRegistry.open("digits").train.batch([0, 1])
    func nll(seed: UInt64) -> Double {
      let step = Step(index: 0, epoch: 0, exampleCount: 2, generator: Generator(seed: seed))
      return method.terms(batch, step)["nll"]?.value.item() ?? .nan
    }
    #expect(nll(seed: 1) == nll(seed: 2))
    try training(method.model) {
      let (one, two) = (nll(seed: 1), nll(seed: 2))
      #expect(one == nll(seed: 1) && one != two)
      let step = Step(index: 0, epoch: 0, exampleCount: 2, generator: Generator(seed: 1))
      let terms = method.terms(batch, step)
      let bits = try #require(terms["bits-per-dim"]).value.item()
      #expect(abs(bits - one / 64 / 0.693147180559945) < 1e-4)
    }
  }
}
