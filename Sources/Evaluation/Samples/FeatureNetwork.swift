public import Datasets
import Foundation
import LatentLearning
import LatentNN
public import Torch

/// A small network whose features distances between samples are measured in, trained once for each data set.
///
/// A classifier where the data has classes, otherwise an autoencoder; convolutions for images, dense layers for anything else. Its
/// 64 features are the last layer before the classes (or the code), with mean square 1 on the data. It is trained on at most 10,000 examples by 800 steps of Adam, the
/// same for the same data and seed, and kept in a folder under the data's fingerprint. Distances in its features say nothing about those in
/// another network's, so that its own fingerprint is part of a metric's name: `frechet-a1b2c3-n2000`.
public struct FeatureNetwork {
  /// Counted up whenever the same data would give another network.
  public static let version = 1

  /// Six hexadecimal digits of the hash of its weights.
  public let fingerprint: String
  /// The shape of the examples that it takes.
  public let exampleShape: [Int]
  /// Whether it was trained on classes.
  public let isClassifier: Bool
  private let layers: FeatureLayers

  /// The network of a data set: read from `folder` if it was trained before, otherwise trained and stored there.
  ///
  /// Throws `MetricError` for tokens and fewer than 64 examples, and what reading the data or writing the file throws. A file
  /// that is damaged is trained anew. **Randomness**: `seed` alone.
  public init(
    for data: any Dataset, folder: String = Self.defaultFolder, seed: UInt64 = 0, steps: Int = 800
  ) throws {
    guard data.schema.kind != .tokens, data.count >= 64 else {
      throw MetricError(
        metric: "feature-network",
        "expected at least 64 examples of numbers, found \(data.count) of kind "
          + data.schema.kind.rawValue, remedy: "compare codes of your own with --samples instead")
    }
    let shape = FeatureShape(
      exampleShape: data.schema.exampleShape, classCount: data.schema.classCount)
    let key = try data.fingerprint.split(separator: ":").last.map { $0.prefix(16) } ?? ""
    let path = "\(folder)/features-\(key)-v\(Self.version)-s\(seed)-\(steps).safetensors"
    if let file = try? Safetensors(path: path), let stored = Self.read(file, shape) {
      self.init(stored)
      return
    }
    let trained = try Self.train(on: data, shape, seed: seed, steps: steps)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Safetensors(trained.state, metadata: ["data": try data.fingerprint]).write(to: path)
    self.init(trained)
  }

  private init(_ layers: FeatureLayers) {
    self.layers = layers
    exampleShape = layers.shape.exampleShape
    isClassifier = layers.shape.classCount != nil
    let hash = SHA256()
    for (name, tensor) in layers.state.sorted(by: { $0.key < $1.key }) {
      hash.update(name)
      tensor.withUnsafeBytes { hash.update($0) }
    }
    fingerprint = String(hash.hexDigest().prefix(6))
  }

  /// `$LATENT_CACHE`, or `swift-latent` in `$XDG_CACHE_HOME` or `~/.cache`.
  public static var defaultFolder: String {
    let environment = ProcessInfo.processInfo.environment
    if let folder = environment["LATENT_CACHE"], !folder.isEmpty { return folder }
    let home = environment["HOME"] ?? NSTemporaryDirectory()
    let caches = environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
    return "\(caches ?? home + "/.cache")/swift-latent"
  }

  /// The features `[n, 64]` of examples `[n] + exampleShape`, float64.
  ///
  /// Throws `MetricError` for another shape.
  public func features(of examples: Tensor) throws -> Tensor {
    guard Array(examples.shape.dropFirst()) == exampleShape else {
      throw MetricError(
        metric: "feature-network",
        "expected examples of shape \(exampleShape), found \(Array(examples.shape.dropFirst()))",
        remedy: "compare samples and reference of one shape")
    }
    return withoutGradients {
      concatenated(
        examples.split(512).map {
          (layers.encode(layers.normalized($0)) / layers.featureScale.value).to(.float64)
        })
    }
  }

  private static func read(_ file: Safetensors, _ shape: FeatureShape) -> FeatureLayers? {
    guard let mean = file.tensors["mean"], let scale = file.tensors["scale"] else { return nil }
    let layers = FeatureLayers(shape, mean: mean, scale: scale, using: Generator(seed: 0))
    return (try? layers.load(file.tensors)) == nil ? nil : layers
  }

  private static func train(
    on data: any Dataset, _ shape: FeatureShape, seed: UInt64, steps: Int
  ) throws -> FeatureLayers {
    let generator = Generator(seed: seed)
    let order = Tensor.randperm(data.count, using: generator).scalars(as: Int.self)
    let chosen = try data.batch(Array(order.prefix(10_000)).sorted())
    let examples = chosen.examples.to(.float32)
    let axes = shape.isImage ? [0, 2, 3] : [0]
    let columns = shape.isImage ? examples : examples.flattened(from: 1)
    let deviation = columns.standardDeviation(dims: axes, correction: 0)
    let layers = FeatureLayers(
      shape, mean: columns.mean(dims: axes),
      scale: deviation.replacing(with: 1.0, where: deviation .< 1e-6), using: generator)
    let x = layers.normalized(examples)
    let optimizer = Optimizer(Adam(), for: layers, learningRate: .constant(1e-3))
    for _ in 0..<steps {
      let rows = Tensor.randint(0..<x.size(0), [Swift.min(64, x.size(0))], using: generator)
      let batch = x.selected(rows, dim: 0)
      let labels =
        shape.classCount == nil ? nil : chosen.labels.map { $0.selected(rows, dim: 0) }
      let (loss, gradients) = valueAndGradient(of: layers) { $0.loss(batch, labels: labels) }
      guard loss.item().isFinite else {
        throw MetricError(
          metric: "feature-network", "its training loss was no finite number",
          remedy: "look for numbers without bound with latent data inspect")
      }
      optimizer.update(with: gradients)
    }
    let size = withoutGradients { squared(layers.encode(x)).mean() }
    layers.featureScale.value = sqrt(size.clamped(min: 1e-12))
    return layers
  }
}
