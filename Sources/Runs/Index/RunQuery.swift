/// Which runs are to be listed, in which order, with which keys.
public struct RunQuery: Sendable, Hashable {
  /// What every run in the list meets.
  public var conditions: [RunCondition]
  /// The key whose value decides the order, or nil for the folder's name.
  public var sort: String?
  /// Whether the largest comes first. Runs without the key come last either way.
  public var isDescending: Bool
  /// The most runs in the list, or nil for all.
  public var limit: Int?
  /// Further keys whose values are wanted.
  public var columns: [String]

  /// A question; by default all runs by name.
  public init(
    conditions: [RunCondition] = [], sort: String? = nil, isDescending: Bool = false,
    limit: Int? = nil, columns: [String] = []
  ) {
    self.conditions = conditions
    self.sort = sort
    self.isDescending = isDescending
    self.limit = limit
    self.columns = columns
  }
}

/// The runs that a question found.
public struct RunListing: Sendable, Hashable {
  /// A value of a key: a number where it is one.
  public enum Value: Sendable, Hashable {
    /// A whole number.
    case int(Int)
    /// Another number.
    case double(Double)
    /// A text.
    case text(String)
  }

  /// One run.
  public struct Row: Sendable, Hashable {
    /// The folder's name.
    public var name: String
    /// How it stands; `damaged` for a record that does not read.
    public var status: String
    /// The recipe; nil for a damaged run, as all that follows.
    public var recipe: String?
    /// What the user named as data.
    public var data: String?
    /// When it began.
    public var start: String?
    /// The values of the listing's columns, nil where the run has none.
    public var values: [Value?]
  }

  /// The keys that the question named, in full: in its order of sort, conditions and columns.
  public var columns: [String]
  /// The runs in order, as many as the limit allows.
  public var rows: [Row]
  /// How many runs met the conditions.
  public var count: Int
}
