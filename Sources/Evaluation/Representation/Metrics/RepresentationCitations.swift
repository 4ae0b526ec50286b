import LatentCore

/// The papers that define the metrics of this folder.
extension Citation {
  static let alain2016 = Citation(
    authors: "Alain & Bengio",
    title: "Understanding intermediate layers using linear classifier probes",
    year: 2016, arXiv: "1610.01644")
  static let wu2018 = Citation(
    authors: "Wu, Xiong, Yu & Lin",
    title: "Unsupervised Feature Learning via Non-Parametric Instance Discrimination", year: 2018,
    arXiv: "1805.01978", place: "section 3.4")
  static let strehl2002 = Citation(
    authors: "Strehl & Ghosh", title: "Cluster Ensembles", year: 2002)
  static let hubert1985 = Citation(
    authors: "Hubert & Arabie", title: "Comparing Partitions", year: 1985)
  static let manning2008 = Citation(
    authors: "Manning, Raghavan & Schütze", title: "Introduction to Information Retrieval",
    year: 2008, place: "section 8.4")
  static let facco2017 = Citation(
    authors: "Facco, d'Errico, Rodriguez & Laio",
    title: "Estimating the intrinsic dimension of datasets by a minimal neighborhood information",
    year: 2017, arXiv: "1803.06992")
  static let levina2005 = Citation(
    authors: "Levina & Bickel", title: "Maximum Likelihood Estimation of Intrinsic Dimension",
    year: 2005, place: "equation 8, averaged as MacKay and Ghahramani 2005")
  static let fukunaga1971 = Citation(
    authors: "Fukunaga & Olsen",
    title: "An Algorithm for Finding Intrinsic Dimensionality of Data", year: 1971)
  static let roy2007 = Citation(
    authors: "Roy & Vetterli", title: "The effective rank: A measure of effective dimensionality",
    year: 2007)
  static let gao2017 = Citation(
    authors: "Gao et al.",
    title: "A theory of multineuronal dimensionality, dynamics and measurement", year: 2017)
  static let rudman2022 = Citation(
    authors: "Rudman, Gillman, Rayne & Eickhoff",
    title: "IsoScore: Measuring the Uniformity of Embedding Space Utilization", year: 2022,
    arXiv: "2108.07344", place: "algorithm 1")
  static let radovanovic2010 = Citation(
    authors: "Radovanović, Nanopoulos & Ivanović", title: "Hubs in Space", year: 2010)
  static let wang2020 = Citation(
    authors: "Wang & Isola",
    title:
      "Understanding Contrastive Representation Learning through Alignment and Uniformity on the "
      + "Hypersphere", year: 2020, arXiv: "2005.10242", place: "section 4.1")
  static let kornblith2019 = Citation(
    authors: "Kornblith, Norouzi, Lee & Hinton",
    title: "Similarity of Neural Network Representations Revisited", year: 2019,
    arXiv: "1905.00414", place: "section 3")
  static let raghu2017 = Citation(
    authors: "Raghu, Gilmer, Yosinski & Sohl-Dickstein",
    title: "SVCCA: Singular Vector Canonical Correlation Analysis", year: 2017,
    arXiv: "1706.05806", place: "section 2")
  static let gower1975 = Citation(
    authors: "Gower", title: "Generalized Procrustes Analysis", year: 1975)
  static let moschella2023 = Citation(
    authors: "Moschella et al.",
    title: "Relative representations enable zero-shot latent space communication", year: 2023,
    arXiv: "2209.15430", place: "section 3")
  static let vanDenOord2017 = Citation(
    authors: "van den Oord, Vinyals & Kavukcuoglu",
    title: "Neural Discrete Representation Learning", year: 2017, arXiv: "1711.00937")
}
