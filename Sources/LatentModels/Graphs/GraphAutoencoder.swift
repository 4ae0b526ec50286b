public import Datasets
import Distributions
public import LatentCore
public import LatentNN
public import Torch

/// The variational graph autoencoder, and the one without noise: p(A_ij = 1 | z) = σ(z_i · z_j).
///
/// An example is a whole graph `[n, n + features]`; messages pass along its edges and every pair of nodes is a target, each
/// node with itself too. `distortion` is the cross-entropy over pairs where edges and pairs without one weigh alike, ½ (mean
/// over edges + mean over others) nearly: norm · mean of the cross-entropy with the weight (n² − s)/s of edges, norm =
/// n²/(2 (n² − s)), s the sum of A. `rate` is KL(q(z|X, A) ‖ N(0, I)) a node in nats, weighed by β/n as in the
/// authors' code, since the distortion is a mean over n² pairs. With `isBalanced` false both weights are 1: then n² (distortion +
/// rate/n) is the negative bound of equation 8 of all ordered pairs. Held-out graphs with hidden pairs have the `distortion` of
/// these and their `auc` under the mean codes. **Source**: Kipf & Welling 2016, arXiv 1611.07308.
public final class GraphAutoencoder: Method, Encodes, PredictsLinks {
  /// Graphs to posteriors.
  public let encoder: GraphEncoder
  /// The nodes of a graph.
  public let nodeCount: Int
  /// Whether the nodes' features are read.
  public let usesFeatures: Bool
  /// β.
  public let beta: Double
  /// Whether edges weigh as much as all other pairs.
  public let isBalanced: Bool

  /// A method for graphs of `nodeCount` nodes.
  public init(
    _ encoder: GraphEncoder, nodeCount: Int, usesFeatures: Bool = true, beta: Double = 1,
    isBalanced: Bool = true
  ) {
    (self.encoder, self.nodeCount, self.usesFeatures) = (encoder, nodeCount, usesFeatures)
    (self.beta, self.isBalanced) = (beta, isBalanced)
  }

  /// The encoder; the decoder has no parameters.
  public var model: Module { encoder }
  /// One that learns at ten times the run's rate: 0.01 by default, as the authors'.
  public var players: [Player] { [Player(rateFactor: 10)] }
  /// The area under the ROC curve of hidden edges.
  public var selection: Selection { Selection(term: "auc", isBetterWhenLarger: true) }
  /// A code for each node.
  public var codeShape: [Int] { [nodeCount, encoder.mean.weight.shape[1]] }

  /// The terms of a batch, the mean over its graphs.
  public func terms(_ batch: Batch, _ step: Step) -> Terms {
    let graphs = batch.examples.unbound().map { GraphExample($0) }
    var (costs, divergences): ([Tensor], [Tensor]) = ([], [])
    for graph in graphs {
      let (mean, logDeviation) = posterior(
        graph, noise: encoder.mode == .training ? step.generator : nil)
      var codes = mean
      if let logDeviation {
        let noise = Tensor.randn(mean.shape, using: step.generator, dtype: mean.dtype)
        codes = mean + exp(logDeviation) * noise
        let normal = Normal(mean: mean, logVariance: 2 * logDeviation)
        divergences.append(normal.klDivergence(to: Self.standard(mean)))
      }
      costs.append(cost(of: codes, graph.adjacency))
    }
    var terms = Terms()
    terms.minimise("distortion", stacked(costs).mean(), unit: .nats)
    if !divergences.isEmpty {
      terms.minimiseRate(concatenated(divergences), weight: beta / Double(nodeCount), step)
    }
    return terms
  }

  /// The cross-entropy of hidden pairs, edges and others as many, and the area under their ROC curve.
  public func heldOutTerms(_ batch: Batch, _ step: Step) -> Terms {
    guard let pairs = batch.extras["pairs"], let linked = batch.extras["linked"] else {
      return terms(batch, step)
    }
    let logits = linkLogits(batch.examples, pairs: pairs)
    var terms = Terms()
    terms.watch("distortion", binaryCrossEntropy(logits: logits, targets: linked), unit: .nats)
    let edges = logits.selected(where: linked .> 0.5).unsqueezed(dim: 1)
    let others = logits.selected(where: linked .< 0.5).unsqueezed(dim: 0)
    let wins = (edges .> others).to(.float64) + 0.5 * (edges .== others).to(.float64)
    terms.watch("auc", wins.mean(), unit: .plain)
    return terms
  }

  /// The mean codes of graphs `[b, n, n + features]`: `[b, n, size]`.
  public func encode(_ examples: Tensor) -> Tensor {
    stacked(examples.unbound().map { posterior(GraphExample($0)).mean })
  }

  /// μ_i · μ_j.
  public func linkLogits(_ graphs: Tensor, pairs: Tensor) -> Tensor {
    let codes = encode(graphs)
    let rows = codes.unbound().enumerated().map { index, table in
      let ends = pairs[index]
      return (table.selected(ends[.all, 0], dim: 0) * table.selected(ends[.all, 1], dim: 0))
        .sum(dim: 1)
    }
    return stacked(rows)
  }

  private func posterior(
    _ graph: GraphExample, noise: Generator? = nil
  ) -> (mean: Tensor, logDeviation: Tensor?) {
    encoder(usesFeatures ? graph.features : nil, graph.adjacency, noise: noise)
  }

  private static func standard(_ like: Tensor) -> Normal {
    Normal(mean: Tensor.zeros(like: like), logVariance: Tensor.zeros(like: like))
  }

  private func cost(of codes: Tensor, _ adjacency: Tensor) -> Tensor {
    let targets = adjacency + Tensor.eye(nodeCount, dtype: codes.dtype, device: codes.device)
    let logits = matmul(codes, codes.transposed())
    guard isBalanced else { return binaryCrossEntropy(logits: logits, targets: targets) }
    let all = Double(nodeCount * nodeCount)
    let sum = Swift.max(adjacency.sum().item(), 1)
    let weight = Tensor.full([1], (all - sum) / sum, dtype: codes.dtype, device: codes.device)
    return all / (2 * (all - sum))
      * binaryCrossEntropy(logits: logits, targets: targets, positiveWeight: weight)
  }
}
