/// Independent seeds for the purposes of one run, all from the run's seed.
///
/// The seed for a purpose is SplitMix64's output (Steele, Lea, Flood 2014) after the run's seed and
/// the purpose's number, so that changing how much one purpose draws changes no other.
public enum SeedPurpose: UInt64, CaseIterable, Sendable {
  /// Initial weights.
  case initialisation = 1
  /// The order of training examples.
  case order = 2
  /// Noise of the objective: binarisation, reparameterisation, dropout.
  case noise = 3
  /// Held-out evaluation during training.
  case validation = 4
  /// The final evaluation on test data.
  case test = 5
  /// Pictures.
  case figures = 6
  /// Draws of the weights at which an optimiser takes gradients.
  case weights = 7

  /// The seed for this purpose in a run of seed `seed`.
  public func seed(for seed: UInt64) -> UInt64 {
    var z = seed &+ rawValue &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
