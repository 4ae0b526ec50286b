import Datasets
import LatentCore
import Torch

/// Our side of a sweep: models that differ in the weight of the rate and in their seed, trained by `latent sweep`.
public struct SweepRun {
  private let workload: Workload
  private let betas: [Double]
  private let seeds: Int
  private let steps: Int

  /// A sweep over a workload whose recipe has the setting `beta`.
  public init(_ workload: Workload, betas: [Double], seeds: Int, steps: Int) {
    (self.workload, self.betas, self.seeds, self.steps) = (workload, betas, seeds, steps)
  }

  /// The losses of the models of seed 0 at the last of so many steps, one for each weight; throws what the recipe throws.
  func check(_ count: Int) throws -> [Double] {
    try betas.map { beta in
      let run = try TrainingRun(workload, settings: ["beta": .double(beta)])
      return (0..<count).reduce(0.0) { _, _ in run.step() }
    }
  }

  /// Writes examples of which the command's own split leaves one batch to learn from, as the peers have one; throws
  /// `FileError`.
  public func writeExamples(to path: String) throws {
    let batch = workload.batchSize
    // A fifth and a tenth are held out, both rounded up.
    let count = (batch...2 * batch).first { $0 - ($0 + 4) / 5 - ($0 + 9) / 10 == batch }
    guard let count else { preconditionFailure("no split leaves \(batch) examples") }
    try NumPyArray(workload.makeBatch(of: count).examples).write(to: path)
  }

  /// The words of the command: the workload's settings, and no validation, since the peers do none.
  public func words(data: String, folder: String, name: String, jobs: Int) -> [String] {
    let settings = workload.settings.members.map {
      "\($0.name)=\(ConfigField.text(of: $0.value))"
    }
    let grid = betas.map { ConfigField.text(of: .double($0)) }.joined(separator: ",")
    return [
      "sweep", workload.recipe, "--data", data, "--grid", "beta=\(grid)", "--seeds", "\(seeds)",
    ]
      + (settings + ["validate-every=1000000"]).flatMap { ["--set", $0] } + [
        "--steps", "\(steps)", "--jobs", "\(jobs)", "--threads", "1", "--out", folder, "--name",
        name,
      ]
  }
}
