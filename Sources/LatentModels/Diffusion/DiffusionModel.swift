public import LatentNN
public import Torch

/// A denoising network with the noise that it is made for: schedule, target and scale of the data.
///
/// **Shapes**: examples `[B] + exampleShape`.
public final class DiffusionModel: Module {
  /// The network.
  public let denoiser: any Denoiser
  /// λ over time; trained if it is a `LearnedSchedule`.
  public let schedule: any NoiseSchedule
  /// What the network predicts.
  public let target: DiffusionTarget
  /// The shape of an example.
  public let exampleShape: [Int]
  /// The number of labels that the network knows, or nil.
  public let classes: Int?
  let scaling: DataScaling

  /// A model of its parts.
  public init(
    _ denoiser: any Denoiser, schedule: any NoiseSchedule, target: DiffusionTarget = .noise,
    exampleShape: [Int], scale: DataScale, classes: Int? = nil
  ) {
    self.denoiser = denoiser
    self.schedule = schedule
    self.target = target
    self.exampleShape = exampleShape
    self.classes = classes
    scaling = DataScaling(shape: exampleShape, scale)
  }

  /// What the network believes behind x_t, in scaled numbers; without labels its unconditional belief.
  ///
  /// A network of scores is asked for σ times the score, which has the same size at every level (Song & Ermon 2020, arXiv
  /// 2006.09011, technique 3).
  public func predict(
    _ noised: Tensor, at level: NoiseLevel, labels: Tensor? = nil
  ) -> DiffusionPrediction {
    let none = classes.map { Tensor.full([noised.size(0)], $0, dtype: .int64) }
    let output = denoiser(noised, logSNR: level.logSNR, labels: labels ?? none)
    let value = target == .score ? output / level.sigma : output
    return DiffusionPrediction(value, of: target, noised: noised, at: level)
  }

  /// The network as a denoiser, under `labels` `[B]` with this weight of guidance if there are any.
  public func denoising(labels: Tensor? = nil, guidance: Double = 1) -> Denoising {
    { [self] noised, level in
      let plain = predict(noised, at: level, labels: labels)
      guard labels != nil, guidance != 1 else { return plain }
      return plain.guided(from: predict(noised, at: level), weight: guidance)
    }
  }
}
