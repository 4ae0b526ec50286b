public import LatentCore

/// Where the data sets that have names come from.
public enum DataCitations {
  /// The source of the data set of this name (options after a colon do not matter), or nil for data of
  /// the package's own making and of the user's.
  public static func citation(of source: String) -> Citation? {
    all[source.split(separator: ":").first.map(String.init) ?? source]
  }

  /// The sources by name.
  static let all: [String: Citation] = [
    "digits": Citation(
      authors: "Alpaydin & Kaynak", title: "Optical Recognition of Handwritten Digits", year: 1998,
      doi: "10.24432/C50P49", venue: "UCI Machine Learning Repository"),
    "mnist": Citation(
      authors: "LeCun, Bottou, Bengio & Haffner",
      title: "Gradient-Based Learning Applied to Document Recognition", year: 1998,
      doi: "10.1109/5.726791", venue: "Proceedings of the IEEE 86 (11)"),
    "fashion-mnist": Citation(
      authors: "Xiao, Rasul & Vollgraf",
      title: "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning Algorithms",
      year: 2017, arXiv: "1708.07747"),
    "cifar10": Citation(
      authors: "Krizhevsky", title: "Learning Multiple Layers of Features from Tiny Images",
      year: 2009, venue: "Technical report, University of Toronto"),
    "cora": Citation(
      authors: "Sen et al.", title: "Collective Classification in Network Data", year: 2008,
      doi: "10.1609/aimag.v29i3.2157", venue: "AI Magazine 29 (3)"),
    "names": Citation(
      authors: "US Social Security Administration",
      title: "Baby Names from Social Security Card Applications",
      year: 2024, venue: "https://www.ssa.gov/oact/babynames/limits.html"),
    "ptb": Citation(
      authors: "Marcus, Santorini & Marcinkiewicz",
      title: "Building a Large Annotated Corpus of English: The Penn Treebank", year: 1993,
      venue: "Computational Linguistics 19 (2)"),
    "reuters": Citation(
      authors: "Lewis", title: "Reuters-21578 Text Categorization Collection", year: 1997,
      doi: "10.24432/C52G6M", venue: "UCI Machine Learning Repository"),
    "sprites": Citation(
      authors: "Matthey, Higgins, Hassabis & Lerchner",
      title: "dSprites: Disentanglement testing Sprites dataset", year: 2017,
      venue: "https://github.com/google-deepmind/dsprites-dataset", place: "the grid of factors"),
  ]
}
