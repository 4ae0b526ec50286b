import LatentModels

/// P003: smooth latents that spikes and pictures share are told from those that each has alone.
///
/// **Source**: Gondur, Sikandar, Schaffer, Aoi and Keeley 2023, arXiv 2310.03111.
public struct MultiModalGPVAE: Reproduction {
  /// The experiment.
  public init() {}

  /// `P003`.
  public var paper: String { "P003" }
  /// The claim.
  public var claim: String {
    "A GP-VAE of two modalities in the Fourier domain recovers shared and private latents better than one in the time "
      + "domain, and reconstructs each modality no worse than a model of it alone."
  }
  /// What it is measured against.
  public var baseline: String {
    "The same networks with a posterior that is independent over places and a full kernel matrix as prior, both with a learned "
      + "map over time; Fourier GP-VAEs of the spikes alone and of the pictures alone with as many latents."
  }
  /// The data.
  public var data: String {
    "300 trials of 60 places, new for each seed: 100 Poisson neurons beside MNIST threes of 16 × 16 that turn and scale smoothly "
      + "by Gaussian processes of length scale 10; 240 trials to train for 2500 steps of 20, 60 held out with threes of the "
      + "test set"
  }
  /// Five.
  public var minutesPerSeed: Double { 5 }
  /// Three.
  public var seeds: Int { 3 }

  /// The catalogue's acceptance; «no worse» is an error of at most 1.05 times the other.
  public var criteria: [Criterion] {
    [
      Criterion(
        "shared-latent", .atLeast(0),
        "held-out aligned R² of the shared latent, Fourier − time domain"),
      Criterion(
        "spike-latent", .atLeast(0), "the same of the spikes' own latent"),
      Criterion(
        "picture-latent", .atLeast(0), "the same of the pictures' own latent"),
      Criterion(
        "rates", .atMost(1.05),
        "mean squared error of held-out rates, model of both ÷ model of the spikes alone"),
      Criterion(
        "pictures", .atMost(1.05),
        "mean squared error of held-out pictures, model of both ÷ model of the pictures alone"),
    ]
  }

  /// Four models on the same trials.
  public func measure(_ trial: Trial) throws -> [String: Double] {
    let experiment = try SpikingDigitsExperiment(trial)
    let fourier = try experiment.both(.fourier)
    let gains = zip(
      experiment.recovery(fourier), experiment.recovery(try experiment.both(.time))
    ).map { $0 - $1 }
    let rates = experiment.rateError(try experiment.spikes(), isAlone: true)
    let pictures = experiment.pictureError(try experiment.pictures(), isAlone: true)
    return [
      "shared-latent": gains[0], "spike-latent": gains[1], "picture-latent": gains[2],
      "rates": experiment.rateError(fourier, isAlone: false) / rates,
      "pictures": experiment.pictureError(fourier, isAlone: false) / pictures,
    ]
  }
}
