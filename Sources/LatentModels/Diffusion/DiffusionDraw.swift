import Torch

/// Examples at one random time each, with what the bound needs of it.
struct DiffusionDraw {
  /// The terms of the bound for each example in nats, `[B]`; the bound is minus their sum.
  struct Parts {
    let prior: Tensor
    let diffusion: Tensor
    let reconstruction: Tensor
    var bound: Tensor { -(prior + diffusion + reconstruction) }
  }

  let example: Tensor
  let noise: Tensor
  let level: NoiseLevel
  /// The next cleaner level in discrete time, or −dλ/dt in continuous time.
  private let cleaner: NoiseLevel?
  private let slope: Tensor
  private let steps: Int
  private let ends: (cleanest: NoiseLevel, noisiest: NoiseLevel)
  private let reconstruction: DiffusionReconstruction

  /// Scaled examples `[B, …]` at times (u + i/B + shift) mod 1 of one uniform u.
  ///
  /// In continuous time `evenly` draws λ in place of t between the schedule's ends.
  init(
    _ example: Tensor, _ settings: Diffusion.Settings, evenly: Bool, shift: Double = 0,
    _ network: DiffusionModel, using generator: Generator
  ) {
    let (count, dtype, steps) = (example.size(0), example.dtype, settings.steps)
    let start = Tensor.rand([], using: generator, dtype: dtype)
    let spread = Tensor.arange(0.0, Double(count), step: 1, dtype: dtype) / Double(max(count, 1))
    let times = (start + spread + shift).remainder(dividingBy: 1.0)
    let schedule = network.schedule
    let (cleanest, noisiest) = schedule.ends
    func over(_ logSNR: Tensor) -> NoiseLevel {
      NoiseLevel(logSNR: logSNR.to(dtype), over: example)
    }
    if steps > 0 {
      // Levels stand at times i/(steps − 1); each of the steps − 1 transitions is as likely.
      let lower = floor(times * Double(steps - 1)).clamped(max: Double(steps - 2))
      cleaner = over(schedule.logSNR(lower / Double(steps - 1)))
      level = over(schedule.logSNR((lower + 1) / Double(steps - 1)))
      slope = times
    } else if evenly {
      cleaner = nil
      level = over(cleanest + (noisiest - cleanest) * times)
      slope = noisiest - cleanest
    } else {
      cleaner = nil
      level = over(schedule.logSNR(times))
      slope = NoiseLevel(logSNR: schedule.slope(times), over: example).logSNR
    }
    self.steps = steps
    self.example = example
    noise = Tensor.randn(example.shape, using: generator, dtype: dtype)
    ends = (NoiseLevel(logSNR: cleanest.to(dtype)), NoiseLevel(logSNR: noisiest.to(dtype)))
    reconstruction = settings.grayLevels > 0 ? .levels(settings.grayLevels) : .density
  }

  /// x_t.
  var noised: Tensor { level.noised(example, noise) }

  /// The bound's terms, the sum over steps estimated from this one.
  func parts(_ prediction: DiffusionPrediction) -> Parts {
    let diffusion: Tensor
    if let cleaner {
      diffusion =
        Double(steps - 1) * DiffusionBound.step(noise: noise, prediction, to: cleaner)
    } else {
      diffusion = DiffusionBound.rate(noise: noise, prediction, slope: slope)
    }
    return Parts(
      prior: DiffusionBound.prior(example, at: ends.noisiest), diffusion: diffusion,
      reconstruction: reconstruction.cost(example, noise: noise, at: ends.cleanest))
  }
}
