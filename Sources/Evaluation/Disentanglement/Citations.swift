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
  static let ridgeway2018 = Citation(
    authors: "Ridgeway & Mozer",
    title: "Learning Deep Disentangled Embeddings with the F-Statistic Loss", year: 2018,
    arXiv: "1802.05312", place: "section 3")
  static let paninski2003 = Citation(
    authors: "Paninski", title: "Estimation of Entropy and Mutual Information", year: 2003,
    place: "Neural Computation 15, section 4")
  static let ross2014 = Citation(
    authors: "Ross", title: "Mutual Information between Discrete and Continuous Data Sets",
    year: 2014, place: "PLoS ONE 9(2) e87357")
  static let kumar2018 = Citation(
    authors: "Kumar, Sattigeri & Balakrishnan",
    title: "Variational Inference of Disentangled Latent Concepts from Unlabeled Observations",
    year: 2017, arXiv: "1711.00848", place: "section 3")
  static let eastwood2018 = Citation(
    authors: "Eastwood & Williams",
    title: "A Framework for the Quantitative Evaluation of Disentangled Representations",
    year: 2018, place: "ICLR 2018, section 2")
  static let higgins2017 = Citation(
    authors: "Higgins et al.",
    title: "beta-VAE: Learning Basic Visual Concepts with a Constrained Variational Framework",
    year: 2017, place: "ICLR 2017, section 3")
  static let kim2018 = Citation(
    authors: "Kim & Mnih", title: "Disentangling by Factorising", year: 2018, arXiv: "1802.05983",
    place: "section 4")
  static let suter2019 = Citation(
    authors: "Suter, Miladinović, Schölkopf & Bauer",
    title: "Robustly Disentangled Causal Mechanisms", year: 2018, arXiv: "1811.00007",
    place: "section 4")
  static let hsu2023 = Citation(
    authors: "Hsu, Dorrell, Whittington, Wu & Finn",
    title: "Disentanglement via Latent Quantization", year: 2023, arXiv: "2305.18378",
    place: "section 4")
  static let duan2020 = Citation(
    authors: "Duan et al.",
    title: "Unsupervised Model Selection for Variational Disentangled Representation Learning",
    year: 2019, arXiv: "1905.12614", place: "section 4")
  static let watanabe1960 = Citation(
    authors: "Watanabe",
    title: "Information Theoretical Analysis of Multivariate Correlation", year: 1960,
    place: "IBM Journal 4(1)")
  static let kraskov2004 = Citation(
    authors: "Kraskov, Stögbauer & Grassberger", title: "Estimating Mutual Information",
    year: 2003, arXiv: "cond-mat/0305641", place: "eq. 23")
}
