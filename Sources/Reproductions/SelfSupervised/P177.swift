import LatentCore
import LatentModels
import Torch

/// P177: predicting one's own slow copy gives features as good as contrasting does, and needs no large batch.
///
/// As in the paper, a smaller batch is an update of as many pictures whose gradients are averaged over parts, so that
/// statistics and negatives come from a part while rate and number of updates stay. **Source**: Grill et al. 2020,
/// arXiv 2006.07733, sections 4 and 5. A seed trains twelve small encoders.
public struct BootstrapYourOwnLatent: Reproduction {
  private static let sets = ["fashion", "shapes"]

  /// The experiment.
  public init() {}

  /// `P177`.
  public var paper: String { "P177" }
  /// The claim.
  public var claim: String {
    "Without negative pairs features are as good as contrastive ones and depend less on the batch; predictor "
      + "and moving average of the target keep them from collapse."
  }
  /// What it is measured against.
  public var baseline: String {
    "The same encoder with initial weights, batch statistics fitted to the data; SimCLR with the same encoder, head, "
      + "views, pictures, updates and rate, temperature 0.2."
  }
  /// The data.
  public var data: String {
    "Fashion-MNIST: the first 5,000 training images, all 10,000 test images; sprites (rendered here, in "
      + "the middle of 28×28 pixels, 3 shapes × 12 scales × 100 angles): 2,400 and 1,200 new for each seed; "
      + "1000 updates on batches of 128, or 8 parts of 16; 4 convolutions, 32 features, 64-256-64 heads"
  }
  /// Five.
  public var minutesPerSeed: Double { 5 }
  /// Three.
  public var seeds: Int { 3 }

  /// The catalogue's acceptance on both sets; the margins that it leaves open are stated here.
  ///
  /// «At least matches» is no more than a point below, «near zero» a hundredth of what codes spread evenly have.
  public var criteria: [Criterion] {
    Self.sets.flatMap { set in
      [
        Criterion(
          "\(set)-over-random", .atLeast(10), unit: "point",
          "linear probe of BYOL − of the encoder before training"),
        Criterion(
          "\(set)-over-simclr", .atLeast(-1), unit: "point", "linear probe of BYOL − of SimCLR"),
        Criterion(
          "\(set)-small-batch", .atLeast(0), unit: "point",
          "what SimCLR's probe loses in batches of 16 for 128 − what BYOL's loses"),
        Criterion(
          "\(set)-no-predictor", .atMost(0.01),
          "variance of held-out projections of length 1 without the predictor"),
        Criterion(
          "\(set)-moving-target", .atLeast(0), unit: "point",
          "linear probe with the moving average − with a target equal to the online network"),
      ]
    }
  }

  /// Tables 1 and 5 of the paper.
  public var references: [Reference] {
    [
      Reference(
        "ImageNet, linear probe of ResNet-50, BYOL and SimCLR", "74.3 and 69.3 points",
        source: "Grill et al. 2020, table 1"),
      Reference(
        "ImageNet, 300 epochs, target equal to the online network and with τ = 0.99",
        "0.3 and 72.5 points", source: "Grill et al. 2020, table 5"),
    ]
  }

  /// Both sets.
  public func measure(_ trial: Trial) throws -> [String: Double] {
    var numbers: [String: Double] = [:]
    for set in Self.sets {
      let experiment =
        try set == "fashion" ? SelfSupervisedExperiment.fashion(trial) : .shapes(trial)
      for (name, value) in try Self.measured(experiment) { numbers["\(set)-\(name)"] = value }
    }
    return numbers
  }

  private static func measured(_ experiment: SelfSupervisedExperiment) throws -> [String: Double] {
    func probe(_ method: any Encodes) throws -> Double { try experiment.probe(method.encode) }
    let byol = try probe(experiment.byol())
    let simCLR = try probe(experiment.simCLR())
    let loss = byol - (try probe(experiment.byol(parts: 8)))
    let otherLoss = simCLR - (try probe(experiment.simCLR(parts: 8)))
    return [
      "over-random": byol - (try experiment.randomProbe()),
      "over-simclr": byol - simCLR,
      "small-batch": otherLoss - loss,
      "no-predictor": experiment.variance(try experiment.byol(predictor: false).online),
      "moving-target": byol - (try probe(experiment.byol(decay: nil))),
    ]
  }
}
