import Datasets
import Evaluation
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Torch

/// P213: codes of nodes that know neighbours and features tell hidden edges better than either alone.
///
/// **Source**: Kipf & Welling 2016, arXiv 1611.07308, section 2 and table 1. A seed is a new graph with new hidden edges, on
/// which two small models are trained; the better of two ways to score stands for each baseline.
public struct VariationalGraphAutoencoders: Reproduction {
  private static let size = 16
  private static let steps = 1500

  /// The experiment.
  public init() {}

  /// `P213`.
  public var paper: String { "P213" }
  /// The claim.
  public var claim: String {
    "A variational autoencoder of graph convolutions with an inner product as decoder predicts hidden links as well as "
      + "spectral and random-walk embeddings, and clearly better once it reads features of nodes."
  }
  /// What it is measured against.
  public var baseline: String {
    "Spectral embedding, DeepWalk (random walks with negative sampling), both of 16 dimensions and by inner product or cosine, "
      + "whichever is better on the hidden edges; the same model without features."
  }
  /// The data.
  public var data: String {
    "A stochastic block model, new for each seed: 1,500 nodes in ten blocks, 4 neighbours in the own block and 2 in others in the "
      + "mean, 32 features with noise of twice the spread of the blocks; 10 % of the edges hidden, as many other pairs"
  }
  /// Five.
  public var minutesPerSeed: Double { 5 }
  /// Eight.
  public var seeds: Int { 8 }

  /// The catalogue's acceptance, in points of 100; to beat is a difference above 0.
  public var criteria: [Criterion] {
    [
      Criterion(
        "auc-spectral", .atLeast(0), unit: "points", "AUC with features − of spectral embedding"),
      Criterion(
        "auc-walks", .atLeast(0), unit: "points", "AUC with features − of random-walk embedding"),
      Criterion(
        "auc-featureless", .atLeast(0), unit: "points", "AUC with features − without features"),
      Criterion(
        "ap-spectral", .atLeast(0), unit: "points",
        "average precision with features − of spectral embedding"),
      Criterion(
        "ap-walks", .atLeast(0), unit: "points",
        "average precision with features − of random-walk embedding"),
      Criterion(
        "ap-featureless", .atLeast(0), unit: "points",
        "average precision with features − without features"),
      Criterion(
        "featureless-auc", .atLeast(-3), unit: "points",
        "AUC without features − of spectral embedding"),
      Criterion(
        "featureless-ap", .atLeast(-3), unit: "points",
        "average precision without features − of spectral embedding"),
    ]
  }

  /// The paper's numbers for Cora.
  public var references: [Reference] {
    [
      Reference(
        "Cora, AUC and average precision of hidden links: VGAE, without features, spectral clustering, DeepWalk",
        "91.4 and 92.6, 84.0 and 87.7, 84.6 and 88.5, 83.1 and 85.0 %",
        source: "Kipf & Welling 2016, table 1")
    ]
  }

  /// All eight.
  public func measure(_ trial: Trial) throws -> [String: Double] {
    var plan = BlockModel()
    plan.count = trial.size(1500, quick: 120)
    plan.seed = SeedPurpose.order.seed(for: trial.seed)
    let graph = try plan.graph()
    let splits = try graph.linkSplits(
      validation: 0, test: 0.1, seed: SeedPurpose.test.seed(for: trial.seed))
    let held = try splits.test().all()
    let adjacency = GraphExample(held.examples[0]).adjacency
    let shown = adjacency.upperTriangle().nonzero().transposed()
    let full = try trained(splits, usesFeatures: true, trial)
    let bare = try trained(splits, usesFeatures: false, trial)
    let spectral = try Self.best(spectralEmbedding(adjacency, size: Self.size), held)
    var walks = RandomWalkEmbedding(seed: SeedPurpose.noise.seed(for: trial.seed))
    walks.size = Self.size
    walks.walks = trial.size(10, quick: 1)
    let random = try Self.best(walks.codes(shown, count: plan.count), held)
    func points(_ first: Double, _ second: Double) -> Double { 100 * (first - second) }
    return [
      "auc-spectral": points(full.auc, spectral.auc), "auc-walks": points(full.auc, random.auc),
      "auc-featureless": points(full.auc, bare.auc), "ap-spectral": points(full.ap, spectral.ap),
      "ap-walks": points(full.ap, random.ap), "ap-featureless": points(full.ap, bare.ap),
      "featureless-auc": points(bare.auc, spectral.auc),
      "featureless-ap": points(bare.ap, spectral.ap),
    ]
  }

  /// The scores of the authors' model after 1500 steps on the whole graph; their 200 end on a plateau where there are no
  /// features, and 500 half-way.
  private func trained(
    _ splits: DatasetSplits, usesFeatures: Bool, _ trial: Trial
  ) throws -> (auc: Double, ap: Double) {
    let batch = try splits.train.all()
    let shape = splits.train.schema.exampleShape
    let encoder = GraphEncoder(
      inputs: usesFeatures ? shape[1] - shape[0] : shape[0], hidden: [32], size: Self.size,
      isVariational: true, using: trial.generator(.initialisation))
    let method = GraphAutoencoder(encoder, nodeCount: shape[0], usesFeatures: usesFeatures)
    try trial.train(
      method, on: batch.examples, steps: trial.size(Self.steps, quick: 3), batchSize: 1,
      learningRate: .cosine(from: 1e-3, to: 1e-4, steps: Self.steps))
    let found = try linkMetrics(of: method, on: splits.test(), seed: 1)
    return (found["link-auc"]?.value ?? .nan, found["link-ap"]?.value ?? .nan)
  }

  /// Both numbers of codes `[n, d]`, each by inner products or by cosines, whichever is larger.
  private static func best(_ codes: Tensor, _ held: Batch) throws -> (auc: Double, ap: Double) {
    guard let pairs = held.extras["pairs"]?[0], let linked = held.extras["linked"]?[0] else {
      preconditionFailure("a graph without hidden pairs")
    }
    let unit = codes / codes.norm(dims: [1], keepDim: true).clamped(min: 1e-12)
    let scores = try [codes, unit].map { table in
      let (a, b) = (
        table.selected(pairs[.all, 0], dim: 0), table.selected(pairs[.all, 1], dim: 0)
      )
      return try LinkScores(scores: (a * b).sum(dim: 1), linked: linked)
    }
    return (
      scores.map(\.areaUnderROC).max() ?? .nan, scores.map(\.averagePrecision).max() ?? .nan
    )
  }
}
