public import Torch

/// Samples of a model beside examples of the law that they should follow, and the space that distances are measured in.
///
/// Checked once: examples of one shape, finite, at least 50 of each. Holds the features, so it is a class and not `Sendable`.
public final class SampleComparison {
  /// The samples, flattened, `[n, d]`, float64.
  public let samples: Tensor
  /// The reference examples, flattened, `[m, d]`.
  public let reference: Tensor
  /// Examples of the same law that the model was not trained on, `[h, d]`, if there are any.
  public let heldOut: Tensor?
  /// The network whose features are compared; nil where the numbers themselves are.
  public let network: FeatureNetwork?
  /// The samples in that space, `[n, f]`.
  public let sampleFeatures: Tensor
  /// The reference in that space, `[m, f]`.
  public let referenceFeatures: Tensor

  /// Compares samples `[n, …]` with a reference `[m, …]`.
  ///
  /// Throws `MetricError` for different shapes, fewer than 50 of either and numbers that are not finite.
  public init(
    samples: Tensor, reference: Tensor, heldOut: Tensor? = nil, network: FeatureNetwork? = nil
  ) throws {
    let expected = Array(reference.shape.dropFirst())
    for (what, tensor) in [("samples", samples), ("held-out examples", heldOut ?? samples)]
    where Array(tensor.shape.dropFirst()) != expected {
      throw MetricError(
        metric: what,
        "expected examples of the reference's shape \(expected), found "
          + "\(Array(tensor.shape.dropFirst()))", remedy: "give both in the same layout")
    }
    let tables = try comparableTables(
      samples, reference, metric: "samples, reference", minimum: 50)
    (self.samples, self.reference) = tables
    self.heldOut = try heldOut.map { try codeTable($0, metric: "held-out examples", minimum: 20) }
    self.network = network
    sampleFeatures = try network?.features(of: samples) ?? tables.x
    referenceFeatures = try network?.features(of: reference) ?? tables.y
  }

  /// The interval of a number of samples and reference in `space`, from parts of both without repeats.
  func interval(
    _ value: Double, _ options: MetricOptions, within range: ClosedRange<Double>,
    of space: (x: Tensor, y: Tensor), _ measure: (Tensor, Tensor) throws -> Double
  ) -> [Double] {
    let counts = [space.x.size(0), space.y.size(0)]
    return Subsampling(options).interval(value, counts: counts, within: range) { places in
      try measure(
        space.x.selected(places[0], dim: 0), space.y.selected(places[1], dim: 0))
    }
  }

  /// Samples and reference in the features.
  var features: (x: Tensor, y: Tensor) { (sampleFeatures, referenceFeatures) }

  /// At most `count` samples and reference examples, drawn without replacement.
  func limited(_ count: Int, _ seed: UInt64) -> (x: Tensor, y: Tensor) {
    let generator = Generator(seed: seed)
    func some(_ rows: Tensor) -> Tensor {
      guard rows.size(0) > count else { return rows }
      return rows.selected(Tensor.randperm(rows.size(0), using: generator)[0..<count], dim: 0)
    }
    return (some(samples), some(reference))
  }

  /// What is added to a metric's name: the space and the number of samples, on which its value depends.
  func suffix(inFeatures: Bool) -> String {
    let space = inFeatures ? network?.fingerprint ?? "data" : "data"
    return "-\(space)-n\(samples.size(0))"
  }
}
