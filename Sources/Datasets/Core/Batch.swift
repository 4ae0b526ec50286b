public import Torch

/// Some examples of a data set, each part with the examples along its first dimension.
public struct Batch {
  /// The examples [n] + `schema.exampleShape`: float32, or int64 for tokens.
  ///
  /// Images are [n, channels, height, width] with values from 0 to 1.
  public var examples: Tensor
  /// The class of each example, [n] int64, if the set has classes.
  public var labels: Tensor?
  /// The ground-truth factors [n, k] float32 in the order of `schema.factors`, if they are known:
  /// a discrete factor as its number 0 ..< size, a continuous one as its value.
  public var factors: Tensor?
  /// Further parts by name, such as `mask` (1 where a value was observed), `times` of irregular
  /// series or `segmentation` of scenes.
  public var extras: [String: Tensor]
  /// A sentence for each example, if the set has them.
  public var captions: [String]? {
    get {
      HostReads.note("the captions of a batch")
      return sentences
    }
    set { sentences = newValue }
  }
  /// Which examples of the set these are.
  public var indices: [Int] {
    get {
      HostReads.note("the indices of a batch")
      return places
    }
    set { places = newValue }
  }
  private var sentences: [String]?
  private var places: [Int]

  /// The number of examples.
  public var count: Int { places.count }

  /// A batch of these parts.
  public init(
    examples: Tensor, labels: Tensor? = nil, factors: Tensor? = nil,
    extras: [String: Tensor] = [:], captions: [String]? = nil, indices: [Int]
  ) {
    self.examples = examples
    self.labels = labels
    self.factors = factors
    self.extras = extras
    sentences = captions
    places = indices
  }

  /// The same batch with its tensors on `device`.
  public func to(_ device: Device) -> Batch {
    Batch(
      examples: examples.to(device), labels: labels?.to(device), factors: factors?.to(device),
      extras: extras.mapValues { $0.to(device) }, captions: sentences, indices: places)
  }
}
