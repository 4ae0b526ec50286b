import Catalogue

/// A paper's claim as an experiment with a criterion that was fixed before anything was trained.
///
/// The acceptance of the catalogue's row becomes `criteria`; `measure` yields a number for each of
/// them that the experiment reaches. A criterion that is not measured is reported as such and keeps
/// the verdict from being `reproduced`.
public protocol Reproduction: Sendable {
  /// The paper's number in the catalogue, such as `P109`.
  var paper: String { get }
  /// The claim in one sentence.
  var claim: String { get }
  /// What the method is measured against.
  var baseline: String { get }
  /// The data, with sizes.
  var data: String { get }
  /// The minutes that a seed may take on two cores, counted as processor time; a measurement that takes longer is
  /// given up.
  var minutesPerSeed: Double { get }
  /// The seeds that a verdict of `reproduced` needs at least.
  var seeds: Int { get }
  /// What must hold, the acceptance's order.
  var criteria: [Criterion] { get }
  /// Published numbers to read the measured ones beside; by default none.
  var references: [Reference] { get }

  /// One seed's numbers by the names of `criteria`.
  ///
  /// Throws what data and files throw, and `OverBudget`.
  func measure(_ trial: Trial) throws -> [String: Double]
}

extension Reproduction {
  /// The paper's title.
  public var title: String { Catalogue.paper(paper)?.title ?? paper }

  /// None.
  public var references: [Reference] { [] }
}

/// The reproductions that there are.
public enum Reproductions {
  /// All of them, in the order of their papers.
  public static let all: [any Reproduction] = [
    MultiModalGPVAE(),  // P003
    RelativeRepresentations(),  // P011
    PosteriorCollapse(),  // P019
    DisentangledInferredPriors(),  // P031
    JointRepresentations(),  // P032
    GumbelSoftmax(),  // P100
    UnderstandingDisentangling(),  // P108
    AutoEncodingVariationalBayes(),  // P109
    UnderstandingDiffusion(),  // P175
    BootstrapYourOwnLatent(),  // P177
    InformationMaximising(),  // P191
    VariationalLastLayers(),  // P196
    VariationalLearning(),  // P199
    ImportanceWeightedAutoencoders(),  // P200
    VariationalGraphAutoencoders(),  // P213
    PixelCNNPlusPlus(),  // P235
    NeuralDiscreteRepresentations(),  // P252
    NormalizingFlows(),  // P268
    IsolatingDisentanglement(),  // P284
    SlicedWassersteinAutoencoders(),  // P300
    WassersteinAutoencoders(),  // P310
    RotationTrick(),  // P333
  ]

  /// The reproduction of this paper, in any case of letters; nil if there is none yet.
  public static func of(_ paper: String) -> (any Reproduction)? {
    all.first { $0.paper == paper.uppercased() }
  }
}
