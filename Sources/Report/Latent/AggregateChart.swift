import Distributions
import Torch

/// The aggregate posterior of the most active axes beside the prior.
enum AggregateChart {
  /// The axes that are drawn, at most.
  static let limit = 6

  /// q(z_d) = mean over examples of N(z_d; μ_d, σ_d²), exact, from −4 to 4, beside N(0, 1), of posteriors `[n, d]`.
  static func chart(of posterior: Normal) -> LineChart {
    let rates = posterior.klDivergence(to: StandardNormal(posterior.batchShape)).mean(dim: 0)
    let axes = rates.argSorted(descending: true).scalars(as: Int.self).prefix(limit)
    let places = Tensor.linspace(-4, 4, count: 121, dtype: .float64)
    let x = places.scalars(as: Double.self)
    let prior = StandardNormal([121], dtype: .float64).logProbability(places)
    let curves = axes.map { axis -> LineChart.Series in
      let normal = Normal(
        mean: posterior.mean[.all, axis].to(.float64),
        logVariance: posterior.logVariance[.all, axis].to(.float64))
      let density = exp(normal.logProbability(places.unsqueezed(dim: 1))).mean(dim: 1)
      return .init("z\(axis)", x: x, y: density.scalars(as: Double.self))
    }
    return LineChart(
      "Aggregate posterior and prior",
      caption:
        "The density of each axis over all held-out examples; where it leaves the dashed prior, samples come from "
        + "codes that no example has.",
      xAxis: Axis("Place on the axis"), yAxis: Axis("Density"),
      series: curves + [
        .init("prior", x: x, y: exp(prior).scalars(as: Double.self), isDashed: true)
      ])
  }
}
