import LatentNN
public import Torch
import TorchRaw

extension Optimizer {
  /// Whether some parameters have a rule that draws weights, such as `IVON`.
  public var drawsWeights: Bool { entries.contains { rule(of: $0) is any SamplingRule } }

  /// The mean of the gradients at weights that are drawn around the parameters, to be handed to `update(with:)`.
  ///
  /// The parameters are moved for each call of `body` and put back to the bit, also after an error. Without a rule that
  /// draws, `body` runs once at the parameters. What limits or scales gradients belongs into `body`, since the
  /// products with the noise are taken of what it returns.
  ///
  ///     let gradients = optimizer.gradientsAtDraws(using: noise) {
  ///       valueAndGradient(of: model) { loss($0, batch) }.gradients
  ///     }
  ///     optimizer.update(with: gradients)
  ///
  /// - Parameters:
  ///   - generator: where the noise comes from.
  ///   - owns: the parameters that are moved, by their path; all if left out.
  ///   - body: the gradients at the present weights.
  /// - Returns: their mean over the draws.
  /// - Throws: what `body` throws.
  public func gradientsAtDraws(
    using generator: Generator, where owns: (String) -> Bool = { _ in true },
    _ body: () throws -> Gradients
  ) rethrows -> Gradients {
    let moved = movedEntries(where: owns)
    let count = moved.compactMap { (rule(of: entries[$0]) as? any SamplingRule)?.samples }.max()
    guard let count else { return try body() }
    var products: [Int: Tensor] = [:]
    var sum: Gradients?
    for _ in 0..<count {
      let noise = noise(for: moved, using: generator)
      let gradients = try moving(moved, by: noise, body)
      withoutGradients {
        for (index, noise) in zip(moved, noise) {
          guard let gradient = gradients[entries[index].parameter] else { continue }
          let product = count == 1 ? gradient * noise : gradient * noise / Double(count)
          products[index] = products[index].map { $0 + product } ?? product
        }
      }
      sum = sum.map { $0 + gradients } ?? gradients
    }
    noiseProducts = products
    let total = sum ?? Gradients([])
    return count == 1 ? total : total.scaled(by: 1 / Double(count))
  }

  /// The Gaussian posterior over the parameters whose rule draws weights; nil if there are none.
  ///
  /// A copy: it does not follow later steps.
  public var posterior: WeightPosterior? {
    let moved = movedEntries { _ in true }
    guard !moved.isEmpty else { return nil }
    return withoutGradients {
      let spread = deviations(of: moved)
      var (means, deviations): ([String: Tensor], [String: Tensor]) = ([:], [:])
      for (index, deviation) in zip(moved, spread) {
        means[entries[index].path] = entries[index].parameter.value.detached().cloned()
        deviations[entries[index].path] = deviation
      }
      return WeightPosterior(means: means, deviations: deviations)
    }
  }

  private func movedEntries(where owns: (String) -> Bool) -> [Int] {
    entries.indices.filter { index in
      let entry = entries[index]
      return entry.parameter.isTrainable && owns(entry.path) && rule(of: entry) is any SamplingRule
    }
  }

  /// σ of entries, whose rules may differ.
  private func deviations(of moved: [Int]) -> [Tensor] {
    var found: [Int: Tensor] = [:]
    for (_, members) in Dictionary(grouping: moved, by: { entries[$0].group }) {
      guard let rule = rule(of: entries[members[0]]) as? any SamplingRule else { continue }
      let all = rule.deviations { name in members.map { slot(name, of: $0) } }
      for (index, deviation) in zip(members, all) { found[index] = deviation }
    }
    return moved.compactMap { found[$0] }
  }

  private func noise(for moved: [Int], using generator: Generator) -> [Tensor] {
    withoutGradients {
      let noise = deviations(of: moved)
      let standard = noise.map { Tensor.randn($0.shape, using: generator, dtype: $0.dtype) }
      forEachInPlace(.foreachMulInPlace, noise, .handles(standard))
      return noise
    }
  }

  /// Runs `body` with parameters moved by `noise`.
  private func moving<Result>(
    _ moved: [Int], by noise: [Tensor], _ body: () throws -> Result
  ) rethrows -> Result {
    let values = moved.map { entries[$0].parameter.value }
    let kept = values.map { $0.detached().cloned() }
    withoutGradients { forEachInPlace(.foreachAddInPlace, values, .handles(noise)) }
    defer { withoutGradients { forEachInPlace(.foreachCopyInPlace, values, .handles(kept)) } }
    return try body()
  }
}
