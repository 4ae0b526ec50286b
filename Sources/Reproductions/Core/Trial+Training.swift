import Datasets
import LatentCore
import LatentLearning
import LatentNN
import Torch

extension Trial {
  /// Trains a method on examples in memory, by default with Adam, on batches drawn anew at each step, every player in turn.
  ///
  /// The order and the noise are those of the trial's seed, so methods of one trial see the same batches.
  ///
  /// - Parameters:
  ///   - method: what learns.
  ///   - examples: `[n]` + example shape.
  ///   - steps: how many.
  ///   - batchSize: examples a step.
  ///   - parts: into how many batches these are cut, whose gradients' mean makes the step.
  ///   - learningRate: as a schedule of the steps.
  ///   - rule: the formula of a step.
  ///   - order: draws the batches; the trial's own if left out.
  ///   - observe: told of the steps done after each one.
  /// - Throws: `OverBudget`, and what `observe` throws.
  func train(
    _ method: any Method, on examples: Tensor, steps: Int, batchSize: Int = 128,
    parts: Int = 1, learningRate: Schedule = 1e-3, rule: any UpdateRule = Adam(),
    order: Generator? = nil, observe: (_ step: Int) throws -> Void = { _ in }
  ) throws {
    let all = Batch(examples: examples, indices: Array(0..<examples.size(0)))
    try train(
      method, on: all, steps: steps, batchSize: batchSize, parts: parts, learningRate: learningRate,
      rule: rule, order: order, observe: observe)
  }

  /// The same on examples with all that belongs to them, such as labels.
  func train(
    _ method: any Method, on data: Batch, steps: Int, batchSize: Int = 128,
    parts: Int = 1, learningRate: Schedule = 1e-3, rule: any UpdateRule = Adam(),
    order: Generator? = nil, observe: (_ step: Int) throws -> Void = { _ in }
  ) throws {
    let count = data.count
    let order = order ?? generator(.order)
    let noise = generator(.noise)
    let optimizer = Optimizer(rule, for: method, learningRate: learningRate)
    for index in 0..<steps {
      try checkBudget()
      let rows = Tensor.randint(0..<count, [min(batchSize, count)], using: order)
      let batches = rows.chunked(parts).map { data.selected($0) }
      let step = Step(
        index: index, epoch: index * batchSize / count, exampleCount: count, generator: noise)
      for player in method.players {
        let found = batches.map { batch in
          valueAndGradient(of: method.model) { _ in
            method.terms(batch, step).total(for: player.name) ?? Tensor(0)
          }.gradients
        }
        let gradients =
          parts == 1
          ? found[0]
          : found.reduce(Gradients([])) { $0 + $1.scaled(by: 1 / Double(batches.count)) }
        let own = gradients.entries.filter { player.owns($0.path) }
        optimizer.update(with: Gradients(own, unused: gradients.unused))
      }
      method.afterStep(step)
      try observe(index + 1)
    }
  }
}

extension Batch {
  /// The examples with these numbers `[n]` in this batch, and what belongs to them.
  func selected(_ rows: Tensor) -> Batch {
    let places = rows.scalars(as: Int.self)
    return Batch(
      examples: examples.selected(rows, dim: 0), labels: labels?.selected(rows, dim: 0),
      factors: factors?.selected(rows, dim: 0),
      extras: extras.mapValues { $0.selected(rows, dim: 0) },
      captions: captions.map { all in places.map { all[$0] } },
      indices: places.map { indices[$0] })
  }
}
