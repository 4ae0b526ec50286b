public import Torch

/// A mixture of discretised logistic distributions over the channels of a pixel.
///
/// Values are n levels from −1 to 1. In component k a channel has P(x) = σ((x − m + h)/s) −
/// σ((x − m − h)/s) with h = 1/(n − 1); the lowest level takes all mass below and the highest all
/// above. One component is chosen for all channels. With `coefficients` (three channels) the means
/// follow earlier channels: m₁ + c₀ x₀ and m₂ + c₁ x₀ + c₂ x₁. Differences of logistic functions are
/// exact by σ(a) − σ(b) = σ(a) σ(−b)(1 − e^(b − a)), so that neither the original's floor of 10⁻¹² nor
/// its switch to densities is needed. Source: Salimans et al. 2017, arXiv 1701.05517, equations 1 to
/// 3.
public struct DiscretizedLogisticMixture: Distribution {
  /// The logits of the K components, of shape `batchShape` + [K].
  public let logits: Tensor
  /// The means m, of shape `batchShape` + [channels, K].
  public let means: Tensor
  /// log s, of shape `batchShape` + [channels, K].
  public let logScales: Tensor
  /// c₀, c₁ and c₂, of shape `batchShape` + [3, K], or nil for independent channels.
  public let coefficients: Tensor?
  /// The number of levels n.
  public let levels: Int

  /// From logits [..., K], means and log-scales [..., channels, K] and coefficients [..., 3, K];
  /// fails as operators do for shapes that do not fit and for coefficients without three channels.
  public init(
    logits: Tensor, means: Tensor, logScales: Tensor, coefficients: Tensor? = nil,
    levels: Int = 256
  ) {
    let channels = means.rank >= 2 ? means.size(-2) : 0
    let batch = Array(logits.shape.dropLast())
    let expected = batch + [channels, logits.shape.last ?? 0]
    let fits = means.shape == expected && logScales.shape == expected && levels >= 2
    let follows = coefficients.map { channels == 3 && $0.shape == expected } ?? true
    if !fits || !follows {
      fail(
        "DiscretizedLogisticMixture",
        [logits, means, logScales] + (coefficients.map { [$0] } ?? []),
        "expected [..., K], twice [..., channels, K] and, for three channels only, [..., 3, K]")
    }
    self.logits = logits
    self.means = means
    self.logScales = logScales
    self.coefficients = coefficients
    self.levels = levels
  }

  /// From a network's output [..., K + 2K · channels], or [..., 10K] for three channels in sequence:
  /// logits, then for each channel means, log-scales (kept above −7) and, in sequence, coefficients
  /// (through tanh).
  ///
  /// Fails as operators do when the last size does not divide.
  public init(output: Tensor, channels: Int, sequential: Bool, levels: Int = 256) {
    let parts = sequential ? 3 : 2
    let mixtures = output.size(-1) / (1 + parts * channels)
    let rest = output.size(-1) - mixtures
    let pieces = output.split(sizes: [mixtures, rest], dim: -1)
    let table = pieces[1].unflattened(dim: -1, [channels, parts, mixtures])
    self.init(
      logits: pieces[0], means: table[.ellipsis, 0, .all],
      logScales: table[.ellipsis, 1, .all].clamped(min: -7),
      coefficients: sequential ? tanh(table[.ellipsis, 2, .all]) : nil, levels: levels)
  }

  /// The number of channels.
  public var channels: Int { means.size(-2) }
  /// The shape of the logits without its last size.
  public var batchShape: [Int] { Array(logits.shape.dropLast()) }
  /// [channels].
  public var eventShape: [Int] { [channels] }
  /// The levels in every channel.
  public var support: Constraint { .each(.levels(levels), dims: 1) }
  /// Logits, means, log-scales and coefficients.
  public var parameters: [DistributionParameter] {
    [
      .init("logits", logits, .each(.logits, dims: 1)), .init("means", means, .real),
      .init("logScales", logScales, .real),
    ] + (coefficients.map { [.init("coefficients", $0, .real)] } ?? [])
  }
  /// The same distribution without the history of its parameters.
  public func detached() -> DiscretizedLogisticMixture {
    DiscretizedLogisticMixture(
      logits: logits.detached(), means: means.detached(), logScales: logScales.detached(),
      coefficients: coefficients?.detached(), levels: levels)
  }

  /// A component by its logits, then the channels in order, each a logistic number rounded to the
  /// nearest level.
  public func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    withoutGradients {
      let shape = sampleShape + batchShape
      let component = Categorical(logits: logits).sample(sampleShape, using: generator)
      let index = component.reshaped(shape + [1, 1]).expanded(shape + [channels, 1])
      func chosen(_ table: Tensor) -> Tensor {
        table.broadcast(to: shape + Array(table.shape.suffix(2))).gathered(index, dim: -1)
          .squeezed(dim: -1)
      }
      let u = uniformNoise(shape + [channels], using: generator, dtype: means.dtype)
      let noise = exp(chosen(logScales)) * (log(u) - log1p(-u))
      let centres = chosen(means)
      let follow = coefficients.map(chosen)
      var values: [Tensor] = []
      for channel in 0..<channels {
        let shift = Self.shift(channel, after: values) { follow?[.ellipsis, $0] }
        var x = centres[.ellipsis, channel] + noise[.ellipsis, channel]
        if let shift { x += shift }
        values.append(quantized(x))
      }
      return stacked(values, dim: -1)
    }
  }

  /// Σ over earlier channels of coefficient times value; nil for the first or without coefficients.
  private static func shift(
    _ channel: Int, after values: [Tensor], coefficient: (Int) -> Tensor?
  ) -> Tensor? {
    switch channel {
    case 1: coefficient(0).map { $0 * values[0] }
    case 2:
      coefficient(1).flatMap { c1 in coefficient(2).map { c1 * values[0] + $0 * values[1] } }
    default: nil
    }
  }

  private func quantized(_ x: Tensor) -> Tensor {
    let scale = 0.5 * Double(levels - 1)
    return (round((x.clamped(min: -1, max: 1) + 1) * scale) / scale - 1)
  }

  /// log Σ πₖ Π P(x_c | k) in nats, for a value [..., channels] of levels.
  public func logProbability(_ value: Tensor) -> Tensor {
    let values = value.unbound(dim: -1).map { $0.unsqueezed(dim: -1) }
    var total = logSoftmax(logits, dim: -1)
    for channel in 0..<channels {
      var mean = means[.ellipsis, channel, .all]
      let shift = Self.shift(channel, after: values) { coefficients?[.ellipsis, $0, .all] }
      if let shift { mean = mean + shift }
      total = total + logBinMass(values[channel] - mean, at: values[channel], channel: channel)
    }
    return total.logSumExp(dim: -1)
  }

  private func logBinMass(_ offset: Tensor, at value: Tensor, channel: Int) -> Tensor {
    let half = 1 / Double(levels - 1)
    let logScale = logScales[.ellipsis, channel, .all]
    let inverseScale = exp(-logScale)
    let upper = logSigmoid((offset + half) * inverseScale)
    let lower = logSigmoid((half - offset) * inverseScale)
    // log(1 − e^−width) as log width + log((1 − e^−width) / width): a scale so wide that its inverse
    // vanishes has a slope of −1 there, where the logarithm itself has none.
    let width = (2 * half * inverseScale).clamped(min: 1e-12)
    let middle = upper + lower - logScale + log(-2 * half * expm1(-width) / width)
    return middle.replacing(with: upper, where: value .< half - 1)
      .replacing(with: lower, where: value .> 1 - half)
  }
}
