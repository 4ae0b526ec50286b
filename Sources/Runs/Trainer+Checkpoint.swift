import Datasets
import LatentCore
import LatentLearning
import LatentNN
import Torch

extension Trainer {
  /// Writes the state down; throws `FileError`, or `Divergence` for weights that are no numbers, so
  /// that the checkpoint on the disk is always a good one. Without a log, in processes that do not write,
  /// nothing happens.
  func checkpoint(_ log: EventLog?) throws {
    guard let log else { return }
    try log.flush()
    state.eventLength = log.length
    let checkpoint = snapshot
    for (path, tensor) in checkpoint.model.sorted(by: { $0.key < $1.key })
    where tensor.dtype.isFloatingPoint {
      guard tensor.isFinite.all().item() != 0 else {
        throw Divergence(what: "the weight \(path) was no finite number", step: state.step)
      }
    }
    try checkpoint.write(to: folder)
    checkpointStep = state.step
    try afterCheckpoint()
  }

  /// Everything that the rest of the run depends on, as copies.
  var snapshot: Checkpoint {
    var generators = ["noise": noise.state]
    if optimizer.drawsWeights { generators["weights"] = weightNoise.state }
    return Checkpoint(
      model: method.model.state, optimizer: optimizer.state,
      average: average.map { .init(tensors: $0.state, count: $0.count) },
      generators: generators, noiseDevice: "\(noise.device.kind)", state: state,
      order: order.state)
  }

  /// Puts the trainer where the run's last checkpoint was, or at the beginning if the run was killed
  /// before it had one.
  ///
  /// Throws `FileError` for a checkpoint that is missing after the first event, damaged, or of
  /// another method, optimiser or data.
  public func restore() throws {
    guard Checkpoint.exists(in: folder) || EventLog.isBegun(folder) else { return }
    let checkpoint = try Checkpoint(from: folder)
    // Before the order is drawn, which takes as much memory as it has examples.
    guard checkpoint.order.count == data.train.count,
      checkpoint.order.batchSize == options.updateSize
    else {
      throw checkpoint.refused(
        folder,
        "expected batches of \(options.updateSize) from \(data.train.count) examples, "
          + "found \(checkpoint.order.batchSize) from \(checkpoint.order.count)")
    }
    guard checkpoint.state.isPlausible else {
      throw checkpoint.refused(folder, "has counters that no run can reach")
    }
    do {
      try method.model.load(checkpoint.model)
      try optimizer.load(checkpoint.optimizer)
      if let average {
        try average.load(
          checkpoint.average?.tensors ?? [:], count: checkpoint.average?.count ?? 0)
      }
      order = try BatchOrder(restoring: checkpoint.order)
    } catch {
      throw checkpoint.refused(folder, "does not fit the run: \(error)")
    }
    state = checkpoint.state
    checkpointStep = state.step
    try restoreNoise(checkpoint)
  }

  /// The state of a generator is that of its kind of device. On another kind, where other kernels
  /// round otherwise anyway, the noise goes on from a seed of the run and the step.
  private func restoreNoise(_ checkpoint: Checkpoint) throws {
    try restore(noise, "noise", .noise, checkpoint) { noise = $0 }
    guard optimizer.drawsWeights else { return }
    try restore(weightNoise, "weights", .weights, checkpoint) { weightNoise = $0 }
  }

  private func restore(
    _ generator: Generator, _ name: String, _ purpose: SeedPurpose, _ checkpoint: Checkpoint,
    replace: (Generator) -> Void
  ) throws {
    guard let random = checkpoint.generators[name] else {
      throw checkpoint.refused(folder, "holds no state of the random numbers")
    }
    guard checkpoint.noiseDevice == "\(device.kind)" else {
      let seed = purpose.seed(for: options.seed)
      replace(
        Generator(seed: purpose.seed(for: seed &+ UInt64(state.step)), device: device))
      return
    }
    guard (try? withTorchErrors { generator.state = random }) != nil else {
      throw checkpoint.refused(folder, "holds no state of the random numbers")
    }
  }
}
