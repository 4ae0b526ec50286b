public import LatentCore

/// A place on a curve of growth.
public struct GrowthPoint: Sendable, Hashable {
  /// The name of the `GrowthAxis`.
  public let axis: String
  /// Where on it.
  public let value: Int

  /// A place.
  public init(axis: String, value: Int) { (self.axis, self.value) = (axis, value) }
}

/// A quantity that a training step is made larger by while all else stays.
public struct GrowthAxis: Sendable {
  /// What a workload is changed to.
  public struct Change: Sendable {
    /// Settings of the recipe.
    public var settings: JSONObject = [:]
    /// The examples of a batch; nil for the workload's own.
    public var batchSize: Int?
  }

  /// What files and options call it.
  public let name: String
  /// The quantity, for people.
  public let title: String
  /// The workload that is changed.
  public let workload: String
  /// What is tried, in rising order.
  public let values: [Int]
  /// The workload at a value.
  public let change: @Sendable (Int) -> Change
}

extension GrowthAxis {
  /// All of them, in the order in which they are shown.
  public static let all: [GrowthAxis] = [
    GrowthAxis(
      name: "batch", title: "examples a batch, dense VAE", workload: "mlp-vae-128",
      values: powers(8...2048), change: { Change(batchSize: $0) }),
    GrowthAxis(
      name: "batch-conv", title: "examples a batch, convolutional VAE", workload: "conv-vae",
      values: powers(4...256), change: { Change(batchSize: $0) }),
    GrowthAxis(
      name: "width", title: "units of the hidden layer, dense VAE", workload: "mlp-vae-128",
      values: powers(32...4096), change: { Change(settings: ["hidden": [.int($0)]]) }),
    GrowthAxis(
      name: "width-two", title: "units of each of two hidden layers, dense VAE",
      workload: "mlp-vae-128", values: powers(32...2048),
      change: { Change(settings: ["hidden": [.int($0), .int($0)]]) }),
    GrowthAxis(
      name: "latent", title: "dimensions of the code, dense VAE", workload: "mlp-vae-128",
      values: powers(2...1024), change: { Change(settings: ["latent": .int($0)]) }),
    GrowthAxis(
      name: "draws", title: "draws of the code, IWAE", workload: "iwae", values: powers(1...256),
      change: { Change(settings: ["draws": .int($0)]) }),
  ]

  /// The powers of two in a range.
  private static func powers(_ range: ClosedRange<Int>) -> [Int] {
    (0..<20).map { 1 << $0 }.filter(range.contains)
  }
}
