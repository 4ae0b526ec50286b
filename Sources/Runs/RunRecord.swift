public import Datasets

/// What `run.json` holds: everything that is needed to run it again, and how it went.
public struct RunRecord: Codable, FolderRecord, Sendable, Equatable {
  /// How a run stands.
  public enum Status: String, Codable, Sendable {
    /// A process is at work, or died without a word.
    case running
    /// Done within its budget.
    case finished
    /// Stopped on request; resume goes on.
    case interrupted
    /// Stopped by a problem that `reason` tells.
    case failed
  }

  /// The data as it was found.
  public struct Data: Codable, Sendable, Equatable {
    /// What the user named.
    public var source: String
    /// `sha256:` and the digest of the content.
    public var fingerprint: String
    /// Training examples.
    public var trainingCount: Int
    /// Examples for selection.
    public var validationCount: Int

    /// The data of a run.
    public init(
      source: String, fingerprint: String, trainingCount: Int, validationCount: Int
    ) {
      self.source = source
      self.fingerprint = fingerprint
      self.trainingCount = trainingCount
      self.validationCount = validationCount
    }
  }

  /// The layout that this package writes and reads.
  public static let format = 1
  /// The version of this layout.
  public var format: Int = RunRecord.format
  /// The recipe's name.
  public var recipe: String
  /// The whole effective config, as texts that `--set` takes back.
  public var config: [String: String]
  /// The number that all randomness comes from.
  public var seed: UInt64
  /// The data.
  public var data: Data
  /// What an example is, which the method was built for.
  public var schema: DatasetSchema
  /// When to stop, such as `epochs=10`.
  public var budget: String
  /// The package's version.
  public var version: String
  /// The package's commit, or nil outside a checkout.
  public var commit: String?
  /// LibTorch's version.
  public var libtorch: String
  /// The device's name.
  public var device: String
  /// Threads of one operation.
  public var threads: Int
  /// The processes that trained it together last, each with so many threads; nil for one.
  public var processes: Int?
  /// The command as it was given.
  public var commandLine: [String]
  /// How the run stands.
  public var status: Status
  /// Seconds at work up to the last checkpoint, without interruptions.
  public var seconds = 0.0
  /// Seconds of these in which updates waited for their examples; nil in records from before it was measured.
  public var waitingSeconds: Double?
  /// Whether steps were replayed from a recording, and if not why; nil where there are no recordings, as on the CPU.
  public var replay: String?
  /// When it began, ISO 8601 in UTC.
  public var start: String
  /// When it ended, or nil.
  public var end: String?
  /// Why it failed, or nil.
  public var reason: String?

  /// A run that begins.
  public init(
    recipe: String, config: [String: String], seed: UInt64, data: Data,
    schema: DatasetSchema, budget: String,
    version: String, commit: String?, libtorch: String, device: String, threads: Int,
    commandLine: [String], start: String
  ) {
    self.recipe = recipe
    self.config = config
    self.seed = seed
    self.data = data
    self.schema = schema
    self.budget = budget
    self.version = version
    self.commit = commit
    self.libtorch = libtorch
    self.device = device
    self.threads = threads
    self.commandLine = commandLine
    self.status = .running
    self.start = start
  }
}

extension RunRecord {
  /// Minutes at work up to the last checkpoint, without interruptions.
  public var minutes: Double { seconds / 60 }
}
