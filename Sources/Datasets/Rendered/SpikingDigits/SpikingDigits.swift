public import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which trials of spikes and digits there are.
public struct SpikingDigitsPlan: Sendable, Hashable {
  /// The number of trials.
  public var count: Int
  /// T, the places of a trial.
  public var length: Int
  /// Neurons.
  public var neurons: Int
  /// The sides of a picture.
  public var size: Int
  /// ℓ of the latents, in places.
  public var lengthScale: Double
  /// What decides all draws.
  public var seed: UInt64

  /// 300 trials of 60 places with 100 neurons and pictures of 16 × 16, latents of length scale 10.
  public init(
    count: Int = 300, length: Int = 60, neurons: Int = 100, size: Int = 16,
    lengthScale: Double = 10, seed: UInt64 = 0
  ) {
    self.count = count
    self.length = length
    self.neurons = neurons
    self.size = size
    self.lengthScale = lengthScale
    self.seed = seed
  }
}

/// Trials of Poisson spikes beside pictures of a digit that turns and grows smoothly, driven by three Gaussian processes.
///
/// The first drives both: the picture is turned by 2π/3 times its value. The second is the neurons' own, the third the picture's: it
/// is scaled by e^(0.4 z). Their variances are 0.3, 0.5 and 1. Spikes are Poisson of rate exp(W z + d), W uniform in ±1.5, d in ±½.
/// Each frame shows another picture of the class. Trial i is drawn from the seed and i alone. **Shapes**: examples
/// `[neurons + size², T]`, counts first; parts `latents` `[n, 3, T]` and `rates` `[n, neurons, T]`. **Source**: Gondur et al. 2023, arXiv
/// 2310.03111, section 5.1 (there the scale is z itself, and pictures are 36 × 36).
public final class SpikingDigitsDataset: Dataset {
  /// `spiking-digits`.
  public let name = "spiking-digits"
  /// Series of counts and grey values.
  public let schema: DatasetSchema
  /// The number of trials.
  public let count: Int
  private let plan: SpikingDigitsPlan
  private let pictures: Tensor
  private let factor: Tensor
  private let loadings: Tensor
  private let offsets: Tensor

  /// Trials that show these pictures of one class `[m, 1, h, w]`, values from 0 to 1.
  ///
  /// Throws `DatasetError` for no pictures and for counts, sides or length scales that are none.
  public init(_ plan: SpikingDigitsPlan, pictures: Tensor) throws {
    guard (1...1_000_000).contains(plan.count), (2...10_000).contains(plan.length),
      (1...100_000).contains(plan.neurons), (4...256).contains(plan.size), plan.lengthScale > 0,
      pictures.rank == 4, pictures.size(0) > 0, pictures.size(1) == 1
    else {
      throw DatasetError(
        .usage, subject: name,
        problem: "expected grey pictures, counts from 1, two places and sides of 4 to 256, found "
          + "\(pictures.shape), \(plan.count), \(plan.length) and \(plan.size)",
        remedy: "choose other numbers")
    }
    self.plan = plan
    self.pictures = pictures
    count = plan.count
    let places = Tensor.arange(plan.length, dtype: .float64)
    let distance = (places.unsqueezed(dim: 1) - places) / plan.lengthScale
    let kernel = exp(-0.5 * squared(distance)) + 1e-6 * Tensor.eye(plan.length, dtype: .float64)
    factor = LinearAlgebra.cholesky(kernel).to(.float32)
    let source = Generator(seed: CounterHash.mixed(plan.seed))
    loadings = Tensor.uniform([plan.neurons, 2], from: -1.5, to: 1.5, using: source)
    offsets = Tensor.uniform([plan.neurons, 1], from: -0.5, to: 0.5, using: source)
    schema = DatasetSchema(.series, shape: [plan.neurons + plan.size * plan.size, plan.length])
  }

  /// Trials that show the built-in pictures of one digit; throws as the other form does.
  public convenience init(_ plan: SpikingDigitsPlan = SpikingDigitsPlan(), digit: Int = 3) throws {
    let all = try Digits.load().all()
    let isWanted = all.labels.map { ($0 .== digit).nonzero().flattened() }
    try self.init(
      plan, pictures: isWanted.map { all.examples.selected($0, dim: 0) } ?? all.examples)
  }

  /// The hash of plan and pictures, which determine every value.
  public var fingerprint: String {
    let hash = Fingerprint(
      text: "spiking digits 1 count=\(plan.count) length=\(plan.length) neurons=\(plan.neurons) "
        + "size=\(plan.size) scale=\(plan.lengthScale) seed=\(plan.seed)\n")
    hash.part("pictures", pictures)
    return hash.value()
  }

  /// Draws the trials with these indices.
  public func batch(_ indices: [Int]) throws -> Batch {
    try check(indices)
    let trials = indices.map(trial)
    return Batch(
      examples: stacked(trials.map(\.example)),
      extras: ["latents": stacked(trials.map(\.latents)), "rates": stacked(trials.map(\.rates))],
      indices: indices)
  }

  private func trial(_ index: Int) -> (example: Tensor, latents: Tensor, rates: Tensor) {
    let seed = CounterHash.mixed(plan.seed &+ CounterHash.mixed(UInt64(index) &+ 1))
    let source = Generator(seed: seed)
    let scales = sqrt(Tensor([0.3, 0.5, 1.0])).unsqueezed(dim: 1)
    let noise = Tensor.randn([3, plan.length], using: source)
    let latents = scales * matmul(noise, factor.transposed())
    let rates = exp(matmul(loadings, latents[0..<2]) + offsets)
    let spikes = Tensor.poisson(rates, using: source)
    let chosen = Tensor.randint(0..<pictures.size(0), [plan.length], using: source)
    let frames = turned(
      pictures.selected(chosen, dim: 0).to(.float32), by: 2 * Double.pi / 3 * latents[0],
      scaledBy: exp(0.4 * latents[2]))
    return (concatenated([spikes, frames]), latents, rates)
  }

  /// Pictures `[T, 1, h, w]` about their middles, each by its angle and scale `[T]`: `[size², T]`.
  private func turned(_ frames: Tensor, by angles: Tensor, scaledBy scales: Tensor) -> Tensor {
    let (c, s, zero) = (cos(angles) / scales, sin(angles) / scales, Tensor.zeros(like: angles))
    let maps = stacked([stacked([c, -s, zero], dim: 1), stacked([s, c, zero], dim: 1)], dim: 1)
    let grid = affineGrid(maps, size: [plan.size, plan.size])
    return gridSampled(frames, grid: grid).reshaped([plan.length, plan.size * plan.size])
      .transposed(0, 1).clamped(min: 0, max: 1)
  }
}
