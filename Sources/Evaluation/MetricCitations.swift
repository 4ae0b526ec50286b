public import LatentCore

/// Where the metrics of an evaluation come from.
public enum MetricCitations {
  /// The source of a metric by the bound that it is, or nil where none is known.
  public static func citation(ofBound bound: String) -> Citation? {
    let name = bound.prefix { $0 != "-" }.uppercased()
    return all[name]
  }

  private static let all: [String: Citation] = [
    "ELBO": Citation(
      authors: "Jordan, Ghahramani, Jaakkola & Saul",
      title: "An Introduction to Variational Methods for Graphical Models", year: 1999,
      doi: "10.1023/A:1007665907178", venue: "Machine Learning 37 (2)"),
    "IWAE": Citation(
      authors: "Burda, Grosse & Salakhutdinov", title: "Importance Weighted Autoencoders",
      year: 2015, arXiv: "1509.00519", place: "eq. 8"),
    "AIS": Citation(
      authors: "Neal", title: "Annealed Importance Sampling", year: 1998,
      arXiv: "physics/9803008"),
  ]
}
