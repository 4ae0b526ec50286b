public import LatentCore
import Torch

/// γ |KL − C| with a target capacity C that rises during training, in nats: the term `capacity-gap`.
///
/// C(t) goes from `start` to `end` on a straight line over `steps` steps, and KL is the rate of one
/// channel of the code, mean over the batch, watched beside C. Annealing multiplies γ; free bits have no
/// meaning here and change nothing. **Source**: Burgess et al. 2018, arXiv 1804.03599, eq. 8; for each channel
/// of a product code: Dupont 2018, arXiv 1804.00104, eq. 7.
public struct CapacityRate: Objective, Sendable {
  /// γ.
  public var gamma: Double
  /// C at the beginning, in nats.
  public var start: Double
  /// C from `steps` on, in nats.
  public var end: Double
  /// The steps over which C rises.
  public var steps: Int
  /// The name of the channel's rate.
  public var channel: String

  /// A target that rises from `start` to `end` nats over `steps` steps.
  public init(
    gamma: Double = 1000, from start: Double = 0, to end: Double = 25, steps: Int,
    channel: String = "rate"
  ) {
    self.gamma = gamma
    self.start = start
    self.end = end
    self.steps = steps
    self.channel = channel
  }

  /// C after `step` steps, in nats.
  public func capacity(at step: Int) -> Double {
    guard steps > 0, step < steps else { return end }
    return start + (end - start) * Double(step) / Double(steps)
  }

  /// Adds the gap, the channel's rate and its target; **fails** (stops) where there is no such channel.
  public func add(to terms: inout Terms, _ pass: Pass) {
    guard let rate = pass.draw.rates.first(where: { $0.name == channel }) else {
      preconditionFailure(
        "the code has no channel '\(channel)', only \(pass.draw.rates.map(\.name))")
    }
    let suffix = channel.dropFirst("rate".count)
    let target = capacity(at: pass.step.index)
    let value = rate.value.sum() / pass.count
    terms.watch(rate.name, value, unit: .nats)
    terms.watch("capacity\(suffix)", Tensor(target), unit: .nats)
    terms.obey(.annealing)
    terms.minimise(
      "capacity-gap\(suffix)", abs(value - target), unit: .nats,
      weight: gamma * pass.step.rateWeight)
  }
}

extension AutoencoderRecipe {
  private static let gamma = ConfigKey(
    "gamma", default: 1000.0, in: .between(0, 1e9), "Weight of the rate's distance to its target.")
  private static let from = ConfigKey(
    "capacity-start", default: 0.0, in: .between(0, 1e6), unit: "nat", "Target at the beginning.")
  private static let to = ConfigKey(
    "capacity", default: 25.0, in: .between(0, 1e6), unit: "nat", "Target in the end.")
  private static let over = ConfigKey(
    "capacity-steps", default: 15_000, in: .atLeast(0), unit: "steps",
    "Steps over which the target rises.")

  /// `latent train capacity-vae`: the rate follows a target that rises.
  public static let capacityVAE = AutoencoderRecipe(
    "capacity-vae", "Beta-VAE whose rate follows a capacity that rises during training.",
    citations: [.burgess2018],
    defaultSteps: 20_000,
    settings: ConfigSchema(gamma, from, to, over),
    shared: .disentangling
  ) { config, network, _ in
    let rate = CapacityRate(
      gamma: config[gamma], from: config[from], to: config[to], steps: config[over])
    return VariationalMethod(network, objective: WatchedBound() + Distortion() + rate)
  }
}

extension Citation {
  /// Understanding disentangling in β-VAE.
  static let burgess2018 = Citation(
    authors: "Burgess et al.", title: "Understanding disentangling in β-VAE", year: 2018,
    arXiv: "1804.03599", place: "eq. 8, appendix A")
}
