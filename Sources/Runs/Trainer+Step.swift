import Datasets
import LatentCore
import LatentLearning
import LatentNN
import Parallel
import Torch

extension Trainer {
  /// One update; throws `Divergence` for a term that is not finite, before that changes anything, and for
  /// a loss that has exploded.
  func step() throws {
    let place = Step(
      index: state.step, epoch: order.epoch, exampleCount: data.train.count, generator: noise,
      rateWeight: rateWeight(state.step), freeBits: options.freeBits, gather: shared?.gather)
    let parts = try nextParts()
    if let capture {
      try capture.update(parts, place, in: self)
    } else {
      try update(parts, place)
    }
    average?.update()
    state.step += 1
  }

  /// The updates of all players and what follows them, operation by operation.
  func update(_ parts: [Part], _ place: Step) throws {
    for player in method.players {
      let gradients = try optimizer.gradientsAtDraws(using: weightNoise, where: player.owns) {
        let found = try self.gradients(for: player, parts, place)
        return options.gradientClip.map { found.clipped(toNorm: $0) } ?? found
      }
      optimizer.update(with: gradients)
    }
    watched { method.afterStep(place) }
    shared?.align(method.model, noise)
  }

  /// Runs a part of the method, whose reads are noted while steps are to be recorded.
  private func watched<Result>(_ body: () throws -> Result) rethrows -> Result {
    try capture?.watching(body) ?? body()
  }

  /// The examples of a full batch.
  var fullPart: Int { min(options.batchSize, data.train.count) }

  /// The examples of the next update on the device, cut into what passes through the model at a time; of
  /// several processes each reads its own.
  private func nextParts() throws -> [Part] {
    let cuts = cut(order.next())
    let batches = try reader.batches(cuts.map(\.indices))
    reader.announce(cut(order.upcoming).map(\.indices))
    return zip(cuts, batches).map { cut, batch in
      Part(batch: batch.to(device), count: cut.count, share: cut.share)
    }
  }

  /// What of an update passes through the model at a time: the examples of this process, and how many all have.
  private func cut(_ indices: [Int]) -> [(indices: [Int], count: Int, share: RowShare?)] {
    stride(from: 0, to: indices.count, by: options.batchSize).map { start in
      let part = indices[start..<min(start + options.batchSize, indices.count)]
      guard let share = shared?.share(of: part.count) else { return (Array(part), part.count, nil) }
      let rows = start + share.rows.lowerBound..<start + share.rows.upperBound
      return (Array(indices[rows]), part.count, share)
    }
  }

  /// The gradients of what a player minimises, the mean over all examples.
  private func gradients(
    for player: Player, _ parts: [Part], _ place: Step
  ) throws -> Gradients {
    if let shared { return try gradients(for: player, parts, place, shared) }
    let count = parts.reduce(0) { $0 + $1.count }
    var sum = Gradients([])
    var loss = 0.0
    for part in parts {
      let (value, terms, found) = try valueAndGradient(of: method.model) { _ in
        let terms = try self.terms(part.batch, place)
        return (terms.total(for: player.name) ?? Tensor(0), terms.numbers)
      }
      try check(terms)
      let gradients = method.players.count == 1 ? found : found.owned(by: player)
      let share = Double(part.count) / Double(count)
      sum = parts.count == 1 ? gradients : sum + gradients.scaled(by: share)
      loss += share * value.item()
      if player.name == method.players.first?.name {
        state.running.add(terms + annealed(place), count: part.count)
      }
    }
    try watch(loss, of: player)
    return sum
  }

  /// The terms of a batch in the precision of the run.
  func terms(_ batch: Batch, _ place: Step) throws -> Terms {
    let terms = watched { options.precision.scope(on: device) { method.terms(batch, place) } }
    try checkRate(terms)
    return terms
  }

  /// The weight of the rate as a quantity of the log, while it is annealed.
  func annealed(_ place: Step) -> [(name: String, unit: String, value: Double)] {
    options.klAnnealing.shape == .none ? [] : [("rate-weight", "", place.rateWeight)]
  }

  func watch(_ loss: Double, of player: Player) throws {
    guard let limit = options.divergenceLimit else { return }
    if let what = state.losses.add(loss, of: player.name, limit: limit) {
      throw Divergence(what: what, step: state.step)
    }
  }

  /// Settings of the rate that nothing would follow are refused rather than passed over.
  private func checkRate(_ terms: Terms) throws {
    let isAnnealed = options.klAnnealing.shape != .none
    for (setting, name, isUsed) in [
      (RateSettings.annealing, "kl-annealing", isAnnealed),
      (.freeBits, "free-bits", options.freeBits > 0),
    ] where isUsed && !terms.obeyed.contains(setting) {
      throw RecipeError(
        "\(name) expects a rate that follows it among the method's terms, found "
          + terms.list.map(\.name).joined(separator: ", "),
        remedy: "leave \(name) out, or train a recipe with such a rate")
    }
  }

  /// Throws `Divergence` for a term that is no finite number.
  func check(_ terms: [(name: String, unit: String, value: Double)]) throws {
    if let bad = terms.first(where: { !$0.value.isFinite }) {
      throw Divergence(what: "\(bad.name) was no finite number", step: state.step)
    }
  }
}

/// What passes through the model at a time.
struct Part {
  /// The examples that this process has of it.
  let batch: Batch
  /// The number of examples that all processes have of it.
  let count: Int
  /// Which of them are in `batch`; nil for all.
  let share: RowShare?
}

extension Gradients {
  /// The gradients of the parameters that a player owns.
  fileprivate func owned(by player: Player) -> Gradients {
    Gradients(entries.filter { player.owns($0.path) }, unused: unused.filter(player.owns))
  }
}
