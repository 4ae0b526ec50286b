public import Datasets
public import LatentCore
import LatentNN
import Torch

/// The likelihood scores of every example of a data set, in nats, by the model's own bound.
///
/// Throws what reading the data throws.
public func likelihoodScores(
  of method: any Method & Scores, on data: any Dataset, seed: UInt64, batchSize: Int = 512
) throws -> [Double] {
  let generator = Generator(seed: seed)
  var scores: [Double] = []
  try data.forEachBatch(of: batchSize) { batch in
    scores += withoutGradients {
      evaluating(method.model) {
        method.score(batch.examples, using: generator).scalars(as: Double.self)
      }
    }
  }
  return scores
}

/// The likelihood of a data set as metrics: `elbo` in nats an example and `elbo-bits-per-dim`.
public func likelihoodMetrics(
  of method: any Method & Scores, on data: any Dataset, seed: UInt64
) throws -> [String: Estimate] {
  let scores = try likelihoodScores(of: method, on: data, seed: seed)
  let dimensions = Double(data.schema.exampleShape.reduce(1, *))
  let bits = scores.map { -$0 / dimensions / 0.693_147_180_559_945_3 }
  let name = method.bound.lowercased()
  return [
    name: Estimate(of: scores, unit: "nat", bound: method.bound),
    "\(name)-bits-per-dim": Estimate(of: bits, unit: "bit/dim", bound: method.bound),
  ]
}
