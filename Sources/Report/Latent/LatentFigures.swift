public import Datasets
import Distributions
public import LatentCore
import LatentNN
public import Torch

/// What a trained method's codes look like, as charts, by what it is able to do.
public enum LatentFigures {
  /// The examples that are looked at, at most.
  public static let limit = 400

  /// The rate of each axis, the aggregate posterior beside the prior, and maps of the codes: those that the
  /// method and the data allow.
  ///
  /// `held` are examples that training did not see. All randomness is from `generator`. Throws what reading the
  /// data throws.
  public static func all(
    of method: any Method, held: any Dataset, using generator: Generator
  ) throws -> [Figure] {
    guard held.count > 4, let encoder = method as? any Encodes else { return [] }
    let rows = Tensor.randperm(held.count, using: generator)[0..<min(limit, held.count)]
    let batch = try held.batch(rows.scalars(as: Int.self).sorted())
    return withoutGradients {
      evaluating(method.model) {
        let codes = encoder.encode(batch.examples.to(.current)).to(.cpu)
        guard codes.rank >= 2, codes.isFinite.all().item() != 0 else { return [] }
        let table = codes.flattened(from: 1)
        var figures: [Figure] = []
        if let posterior = gaussian(method, batch.examples, using: generator) {
          figures.append(.bar(RateChart.chart(of: posterior)))
          figures.append(.line(AggregateChart.chart(of: posterior)))
        }
        figures += CodeMap.charts(of: table, batch, schema: held.schema).map { .scatter($0) }
        return figures
      }
    }
  }

  /// q(z|x) where it is a diagonal Gaussian beside the standard normal prior, on the CPU.
  private static func gaussian(
    _ method: any Method, _ examples: Tensor, using generator: Generator
  ) -> Normal? {
    guard let inside = method as? any Inspectable else { return nil }
    let targets = inside.targets(examples.to(.current), using: generator)
    guard let posterior = inside.posterior(of: targets) as? GaussianPosterior,
      posterior.prior == nil
    else { return nil }
    return Normal(
      mean: posterior.normal.mean.to(.cpu), logVariance: posterior.normal.logVariance.to(.cpu))
  }
}
