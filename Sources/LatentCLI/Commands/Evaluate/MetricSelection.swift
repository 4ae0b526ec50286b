import Evaluation
import LatentCore

/// The metrics that `--metrics` names.
struct MetricSelection {
  /// What is added to a metric's name when codes are drawn from the posterior.
  static let sampled = "-sampled"

  /// The names as they were given.
  let names: [String]

  /// Reads names between commas; a run has likelihoods beside the metrics of the registry.
  ///
  /// Throws `CommandError` with the nearest name for one that there is not.
  init(_ text: String, isRun: Bool) throws {
    names = text.split(separator: ",").map { $0.filter { $0 != " " } }
    guard !names.isEmpty else {
      throw CommandError.usage(
        "--metrics: expected names between commas, found none",
        remedy: "latent list metrics shows them")
    }
    let known = Metrics.all.map(\.name) + (isRun ? ["elbo", "elbo-bits-per-dim"] : [])
    for name in names {
      let plain = isRun && name.hasSuffix(Self.sampled) ? String(name.dropLast(8)) : name
      guard known.contains(plain) || isRun && EvidenceRequest(plain) != nil else {
        throw CommandError.unknown("metric", name, among: known, listing: "latent list metrics")
      }
    }
  }
}
