import LatentCore

/// The papers that define the metrics of this folder.
extension Citation {
  static let heusel2017 = Citation(
    authors: "Heusel, Ramsauer, Unterthiner, Nessler & Hochreiter",
    title: "GANs Trained by a Two Time-Scale Update Rule Converge to a Local Nash Equilibrium",
    year: 2017, arXiv: "1706.08500")
  static let binkowski2018 = Citation(
    authors: "Bińkowski, Sutherland, Arbel & Gretton", title: "Demystifying MMD GANs", year: 2018,
    arXiv: "1801.01401", place: "section 4")
  static let kynkaanniemi2019 = Citation(
    authors: "Kynkäänniemi, Karras, Laine, Lehtinen & Aila",
    title: "Improved Precision and Recall Metric for Assessing Generative Models", year: 2019,
    arXiv: "1904.06991")
  static let naeem2020 = Citation(
    authors: "Naeem, Oh, Uh, Choi & Yoo",
    title: "Reliable Fidelity and Diversity Metrics for Generative Models", year: 2020,
    arXiv: "2002.09797")
  static let gretton2012 = Citation(
    authors: "Gretton, Borgwardt, Rasch, Schölkopf & Smola", title: "A Kernel Two-Sample Test",
    year: 2012, arXiv: "0805.2368", place: "equation 3")
  static let bonneel2015 = Citation(
    authors: "Bonneel, Rabin, Peyré & Pfister",
    title: "Sliced and Radon Wasserstein Barycenters of Measures", year: 2015)
  static let meehan2020 = Citation(
    authors: "Meehan, Chaudhuri & Dasgupta",
    title: "A Non-Parametric Test to Detect Data-Copying in Generative Models", year: 2020,
    arXiv: "2004.05675", place: "section 3.1")
}
