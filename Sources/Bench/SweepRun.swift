import LatentCore

/// Our side of a sweep: models that differ in the weight of the rate and in their seed, trained in one process one after the other.
struct SweepRun {
  private let workload: Workload
  private let betas: [Double]
  private let seeds: Int
  private let steps: Int

  /// A sweep over a workload whose recipe has the setting `beta`.
  init(_ workload: Workload, betas: [Double], seeds: Int, steps: Int) {
    (self.workload, self.betas, self.seeds, self.steps) = (workload, betas, seeds, steps)
  }

  /// The losses of the models of seed 0 at the last of so many steps, one for each weight; throws what the recipe throws.
  func check(_ count: Int) throws -> [Double] {
    try betas.map { try last(beta: $0, seed: 0, steps: count) }
  }

  /// Trains all of them; throws what the recipe throws.
  func train() throws {
    for beta in betas {
      for seed in 0..<seeds { _ = try last(beta: beta, seed: UInt64(seed), steps: steps) }
    }
  }

  private func last(beta: Double, seed: UInt64, steps: Int) throws -> Double {
    let run = try TrainingRun(workload, seed: seed, settings: ["beta": .double(beta)])
    var loss = 0.0
    for _ in 0..<steps { loss = run.step() }
    return loss
  }
}
