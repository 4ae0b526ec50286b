/// What `sweep.json` holds: the plan, and what every run of it has in common.
///
/// Written once, at the beginning; how far the sweep is, the run folders say.
public struct SweepRecord: Codable, FolderRecord, Sendable, Equatable {
  /// The layout that this package writes and reads.
  public static let format = 1
  /// The version of this layout.
  public var format: Int = SweepRecord.format
  /// What is trained.
  public var plan: SweepPlan
  /// The run folders' names, in the order of the plan.
  public var runs: [String]
  /// `sha256:` and the digest of the data.
  public var fingerprint: String
  /// Threads of one operation, of every run: other numbers round otherwise.
  public var threads: Int
  /// The package's version.
  public var version: String
  /// The package's commit, or nil outside a checkout.
  public var commit: String?
  /// LibTorch's version.
  public var libtorch: String
  /// The command as it was given.
  public var commandLine: [String]
  /// When it began, ISO 8601 in UTC.
  public var start: String

  /// A sweep that begins.
  public init(
    plan: SweepPlan, fingerprint: String, threads: Int, libtorch: String, commandLine: [String]
  ) {
    self.plan = plan
    runs = plan.points.map(\.name)
    self.fingerprint = fingerprint
    self.threads = threads
    version = PackageIdentity.version
    commit = PackageIdentity.commit
    self.libtorch = libtorch
    self.commandLine = commandLine
    start = Timestamp.now
  }
}
