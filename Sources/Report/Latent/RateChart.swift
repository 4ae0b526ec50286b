import Distributions
import LatentCore
import Torch

/// How much each axis of a Gaussian code tells: the mean over examples of KL(q(z_d|x) ‖ N(0, 1)).
enum RateChart {
  /// The axes that are drawn, at most.
  static let limit = 40

  /// Bars in nats, the most active axis first, with Student's intervals over examples, of posteriors `[n, d]`.
  static func chart(of posterior: Normal) -> BarChart {
    let rates = posterior.klDivergence(to: StandardNormal(posterior.batchShape)).to(.float64)
    let means = rates.mean(dim: 0).scalars(as: Double.self)
    let n = Double(rates.size(0))
    let halves = (rates.standardDeviation(dims: [0]) * (1.96 / n.squareRoot())).scalars(
      as: Double.self)
    let order = means.indices.sorted { means[$0] == means[$1] ? $0 < $1 : means[$0] > means[$1] }
    let shown = order.prefix(limit)
    let total = NumberText.short(means.reduce(0, +), digits: 3)
    let active = means.count { $0 > 0.01 }
    let rest = order.count > limit ? " The \(order.count - limit) least active are not drawn." : ""
    return BarChart(
      "Rate of each axis",
      caption:
        "KL divergence of the posterior from the prior, mean over \(rates.size(0)) held-out examples with 95 % "
        + "intervals, most active first: \(total) nats in all, \(active) of \(means.count) axes above 0.01.\(rest)",
      xAxis: Axis("Axis"), yAxis: Axis("Rate", unit: "nats"), categories: shown.map { "z\($0)" },
      series: [
        .init(
          "rate", shown.map { means[$0] },
          intervals: shown.map { means[$0] - halves[$0]...means[$0] + halves[$0] })
      ])
  }
}
