import LatentCore
import LatentLearning
import LatentNN
import Parallel
import Torch

extension Trainer {
  /// The gradients of what a player minimises, the mean over all examples of all processes.
  ///
  /// Each process weighs its loss with its part of the rows, so that sums of gradients and terms are those of
  /// the joined batch. With one batch an update gradients travel while others are computed.
  func gradients(
    for player: Player, _ parts: [Part], _ place: Step, _ shared: SharedTraining
  ) throws -> Gradients {
    let count = parts.reduce(0) { $0 + $1.count }
    let exchange = shared.exchange(for: player)
    var named: [(name: String, unit: String, value: Double)] = []
    var numbers: [Double] = []
    var sum: Gradients?
    exchange.begin()
    for part in parts {
      shared.share = part.share
      let weight = Double(part.count) / Double(count) * (part.share?.weight ?? 1)
      let (value, terms, found) = try drawing(part.share) {
        try valueAndGradient(
          of: method.model, found: parts.count == 1 ? exchange.add : nil
        ) { _ in
          let terms = try self.terms(part.batch, place)
          return ((terms.total(for: player.name) ?? Tensor(0)) * weight, terms.numbers)
        }
      }
      let weighted = [value.item()] + terms.map { $0.value * weight }
      numbers = numbers.isEmpty ? weighted : zip(numbers, weighted).map { $0 + $1 }
      named = terms
      if parts.count > 1 { sum = sum.map { $0 + found } ?? found }
    }
    let (totals, gradients) = collect(exchange, adding: sum, numbers)
    for index in named.indices { named[index].value = totals[index + 1] }
    try check(named)
    if player.name == method.players.first?.name {
      state.running.add(named + annealed(place), count: count)
    }
    try watch(totals[0], of: player)
    return gradients
  }

  /// The sums over the processes: of `numbers`, and of the gradients that are on their way or in `sum`.
  private func collect(
    _ exchange: GradientExchange, adding sum: Gradients?, _ numbers: [Double]
  ) -> (numbers: [Double], gradients: Gradients) {
    let trainable = method.model.trainableParameters
    if let sum {
      for (index, entry) in trainable.enumerated() {
        if let gradient = sum[entry.parameter] { exchange.add(index, gradient) }
      }
    }
    let used = exchange.used
    exchange.sendRest()
    let totals = shared?.group.sum(numbers + used) ?? numbers + used
    let sums = exchange.finish()
    var entries: [Gradients.Entry] = []
    var unused: [String] = []
    for (index, (path, parameter)) in trainable.enumerated() {
      guard let gradient = sums[index] else { continue }
      if totals[numbers.count + index] > 0 {
        entries.append(.init(path: path, parameter: parameter, gradient: gradient))
      } else {
        unused.append(path)
      }
    }
    return (totals, Gradients(entries, unused: unused))
  }
}
