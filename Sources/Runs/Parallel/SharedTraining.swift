import FoundationEssentials
import LatentCore
import LatentNN
import Parallel
import Torch

/// One process's part in a training that several do together, each with its rows of every batch.
///
/// Parameters, optimiser, order and generators are the same in all, because all take the same steps with the
/// same sums of gradients. Only what a process cannot know by itself is exchanged.
final class SharedTraining {
  let group: any ProcessGroup
  /// The rows of the batch that is at work, or was last.
  var share: RowShare?
  /// Whether held-out terms are means over examples, so that their rows can be shared out too.
  var splitsHeldOut = true
  private let players: [String: GradientExchange]

  /// The part of this process in training `method`, whose model is where it will stay.
  init(_ group: any ProcessGroup, _ method: any Method) {
    self.group = group
    let trainable = method.model.trainableParameters
    var players: [String: GradientExchange] = [:]
    for player in method.players {
      players[player.name] = GradientExchange(
        trainable.map { (player.owns($0.path), $0.parameter) }, in: group)
    }
    self.players = players
  }

  /// The rows of this process in a batch of so many.
  func share(of count: Int) -> RowShare { RowShare(of: count, rank: group.rank, size: group.size) }

  /// How the gradients of a player travel.
  func exchange(for player: Player) -> GradientExchange {
    guard let exchange = players[player.name] else {
      preconditionFailure("the player \(player.name) is new: players do not change while training")
    }
    return exchange
  }

  /// Brings the rows of all processes to each, for what is no mean over examples.
  var gather: (Tensor) -> Tensor {
    { [unowned self] rows in
      guard let share else { return rows }
      return withoutGradients { group.joined(rows, share) }
    }
  }

  /// Makes the model of process 0 everybody's.
  func unite(_ model: Module) {
    withoutGradients {
      for (_, parameter) in model.parameters {
        let value = group.broadcast(parameter.value)
        if !group.leads { parameter.assign(value) }
      }
    }
    align(model.buffers.map(\.buffer))
  }

  /// After a step: buffers and the generator of process 0 are everybody's.
  ///
  /// Averages of codebooks are equal already, since they are taken over all rows; statistics of batches and
  /// queues are those of process 0's rows, and so is whatever a method draws for its own rows alone.
  func align(_ model: Module, _ noise: Generator) {
    align(model.buffers.map(\.buffer).filter(\.isSaved))
    let state = group.broadcast(noise.state)
    if !group.leads { noise.state = state }
  }

  private func align(_ buffers: [Buffer]) {
    for buffer in buffers {
      let value = group.broadcast(buffer.value)
      if !group.leads { buffer.value = value }
    }
  }

  /// Whether process 0's budget is used up, and whether anybody wants to stop.
  func agree(isUsed: Bool, isStopped: Bool) -> (isUsed: Bool, isStopped: Bool) {
    let sums = group.sum([group.leads && isUsed ? 1 : 0, isStopped ? 1 : 0])
    return (sums[0] > 0, sums[1] > 0)
  }

  /// The means over all processes' rows, or process 0's where rows are not shared out (nil elsewhere).
  func heldOutMeans(_ means: RunningMeans?) throws -> RunningMeans {
    if splitsHeldOut, var means {
      means.totals = group.sum(means.totals)
      return means
    }
    let bytes = try means.map { [UInt8](try JSONEncoder().encode($0)) } ?? []
    let found = group.broadcast(bytes)
    return try means ?? JSONDecoder().decode(RunningMeans.self, from: Data(found))
  }
}
