import Datasets
import LatentCore
import LatentLearning
import LatentNN
import Torch

extension Trial {
  /// Trains a method on examples in memory: Adam on batches drawn anew at each step, every player in turn.
  ///
  /// The order and the noise are those of the trial's seed, so methods of one trial see the same batches.
  ///
  /// - Parameters:
  ///   - method: what learns.
  ///   - examples: `[n]` + example shape.
  ///   - steps: how many.
  ///   - batchSize: examples a step.
  ///   - learningRate: as a schedule of the steps.
  ///   - observe: told of the steps done after each one.
  /// - Throws: `OverBudget`, and what `observe` throws.
  func train(
    _ method: any Method, on examples: Tensor, steps: Int, batchSize: Int = 128,
    learningRate: Schedule = 1e-3, observe: (_ step: Int) throws -> Void = { _ in }
  ) throws {
    let count = examples.size(0)
    let order = generator(.order)
    let noise = generator(.noise)
    let optimizer = Optimizer(Adam(), for: method, learningRate: learningRate)
    for index in 0..<steps {
      try checkBudget()
      let rows = Tensor.randint(0..<count, [min(batchSize, count)], using: order)
      let batch = Batch(
        examples: examples.selected(rows, dim: 0), indices: rows.scalars(as: Int.self))
      let step = Step(
        index: index, epoch: index * batchSize / count, exampleCount: count, generator: noise)
      for player in method.players {
        let gradients = valueAndGradient(of: method.model) { _ in
          method.terms(batch, step).total(for: player.name) ?? Tensor(0)
        }.gradients
        let own = gradients.entries.filter { player.owns($0.path) }
        optimizer.update(with: Gradients(own, unused: gradients.unused))
      }
      method.afterStep(step)
      try observe(index + 1)
    }
  }
}
