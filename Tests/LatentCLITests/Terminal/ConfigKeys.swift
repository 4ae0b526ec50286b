import LatentCore

enum Likelihood: String, ConfigValue, CaseIterable { case bernoulli, gaussian }

enum Keys {
  static let beta = ConfigKey("beta", default: 1.0, in: .atLeast(0), "Weight of the rate.")
  static let latent = ConfigKey("latent", default: 20, in: .atLeast(1), "Size of the code.")
  static let hidden = ConfigKey(
    "hidden", default: [400], each: .between(1, 65_536), "Widths of the hidden layers.")
  static let likelihood = ConfigKey("likelihood", default: Likelihood.bernoulli, "Of the pixels.")
  static let ema = ConfigKey("ema", default: false, "Average the weights.")
  static let note = ConfigKey("note", default: "", "Free text.")
  static let warmup = ConfigKey(
    "schedule.warmup", default: 0, in: .atLeast(0), unit: "steps", "Length of the warm-up.")
  static let schema = ConfigSchema(beta, latent, hidden, likelihood, ema, note, warmup)
}
