/// What one example of a data set is: its shape, kind and range, classes and factors.
public struct DatasetSchema: Sendable, Hashable, Codable {
  /// How the numbers of an example are to be understood.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// An image of one channel with values from 0 to 1.
    case greyImage
    /// An image of red, green and blue with values from 0 to 1.
    case colourImage
    /// An image of one channel whose values are 0 or 1.
    case binaryImage
    /// Numbers without a spatial order.
    case vector
    /// Numbers [channels, time] or [time].
    case series
    /// Numbers of tokens, int64; what they stand for is in `vocabulary`.
    case tokens
    /// Counts of words, [words]; the words are in `vocabulary`.
    case counts
    /// A graph [nodes, nodes + features]: its adjacency beside the features of its nodes.
    case graph

    /// Whether examples are [channels, height, width].
    public var isImage: Bool {
      switch self {
      case .greyImage, .colourImage, .binaryImage: true
      default: false
      }
    }
  }

  /// How the numbers are to be understood.
  public var kind: Kind
  /// The shape of one example, without the batch dimension.
  public var exampleShape: [Int]
  /// The smallest and the largest value that an example can have; nil where it is not known.
  public var range: ClosedRange<Double>?
  /// The classes' names in the order of the labels; nil when the set has no labels.
  public var classNames: [String]?
  /// The ground-truth factors in the order of the columns of `Batch.factors`, if they are known.
  public var factors: [Factor]?
  /// What the token or word with each number stands for.
  public var vocabulary: [String]?
  /// The names of the numbers of a vector, such as those in a table's head.
  public var columns: [String]?

  /// Whether an example of this shape can be held at all: sizes from 1 up, 2²⁸ numbers at most.
  package var isPlausible: Bool {
    var count = 1
    for size in exampleShape {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      guard size >= 1, !overflow, product <= 1 << 28 else { return false }
      count = product
    }
    return true
  }

  /// The number of classes; nil when the set has no labels.
  public var classCount: Int? { classNames?.count }

  /// A schema of these parts.
  public init(
    _ kind: Kind, shape: [Int], range: ClosedRange<Double>? = nil, classNames: [String]? = nil,
    factors: [Factor]? = nil, vocabulary: [String]? = nil, columns: [String]? = nil
  ) {
    self.kind = kind
    self.exampleShape = shape
    self.range = range
    self.classNames = classNames
    self.factors = factors
    self.vocabulary = vocabulary
    self.columns = columns
  }
}

/// One ground-truth factor of variation.
public struct Factor: Sendable, Hashable, Codable {
  /// The factor's name, such as `scale`.
  public var name: String
  /// The number of values that a discrete factor takes; nil for a continuous one.
  public var size: Int?
  /// What each number of a discrete factor means in its own unit, if it has one.
  public var values: [Double]?
  /// Whether the last value of a factor is next to the first, as of an angle.
  public var isPeriodic: Bool

  /// A discrete factor.
  public init(_ name: String, size: Int, values: [Double]? = nil, isPeriodic: Bool = false) {
    self.name = name
    self.size = size
    self.values = values
    self.isPeriodic = isPeriodic
  }

  /// A continuous factor.
  public init(continuous name: String, isPeriodic: Bool = false) {
    self.name = name
    self.isPeriodic = isPeriodic
  }
}
