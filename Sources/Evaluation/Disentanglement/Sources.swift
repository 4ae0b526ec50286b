import LatentCore

/// The papers that define the metrics of this folder.
extension Citation {
  static let chen2018 = Citation(
    authors: "Chen, Li, Grosse & Duvenaud",
    title: "Isolating Sources of Disentanglement in Variational Autoencoders", year: 2018,
    arXiv: "1802.04942", place: "eq. 6")
  static let locatello2019 = Citation(
    authors: "Locatello et al.",
    title: "Challenging Common Assumptions in the Unsupervised Learning of Disentangled "
      + "Representations", year: 2019, arXiv: "1811.12359", place: "appendix B")
}
