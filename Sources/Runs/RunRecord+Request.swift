import Datasets
import LatentCore
import Torch

extension RunRecord {
  /// The record of a request, before its first step.
  init(_ request: TrainingRequest, budget: Budget) throws {
    var config: [String: String] = [:]
    for member in request.config.json.members {
      config[member.name] = ConfigField.text(of: member.value)
    }
    let data = RunRecord.Data(
      source: request.source, fingerprint: try request.splits.fingerprint,
      trainingCount: request.splits.train.count,
      validationCount: request.splits.validation?.count ?? 0)
    self.init(
      recipe: request.recipe.name, config: config, seed: request.seed, data: data,
      schema: request.splits.train.schema, budget: budget.description,
      version: PackageIdentity.version, commit: PackageIdentity.commit,
      libtorch: TorchRuntime.version, device: Device.current.description,
      threads: TorchRuntime.threads, commandLine: request.commandLine, start: Timestamp.now)
  }
}
