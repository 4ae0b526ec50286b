/// Everything that the report of a run shows, as a plain value.
///
/// Empty parts are left out of the page. Codable, so that it can be kept beside the run.
public struct RunReportInput: Sendable, Hashable, Codable {
  /// The run's own name, such as its folder's.
  public var name: String
  /// The recipe, such as `vae`.
  public var recipe: String
  /// The exact command that repeats the run.
  public var command: String
  /// The whole effective configuration, in the recipe's order.
  public var config: [Fact]
  /// The seed of all randomness.
  public var seed: UInt64
  /// What it learned from.
  public var data: DataCard
  /// The log of all terms.
  public var terms: [TermPoint]
  /// Pictures, in the order of the page.
  public var pictures: [PictureFigure]
  /// Measured numbers; the first four stand at the head of the page.
  public var metrics: [MetricRow]
  /// Charts and tables beyond the terms, such as the rate of each axis.
  public var figures: [Figure]
  /// What was found out about the run.
  public var findings: [Finding]
  /// Versions of the package, of LibTorch and of the system, the commit and the device.
  public var versions: [Fact]
  /// How long the run took.
  public var minutes: Double
  /// When it began, as text; nil when that is of no interest.
  public var started: String?
  /// How it ended, such as `finished` or `stopped`.
  public var status: String

  /// The parts of a report.
  public init(
    name: String, recipe: String, command: String, config: [Fact], seed: UInt64, data: DataCard,
    terms: [TermPoint], pictures: [PictureFigure] = [], metrics: [MetricRow] = [],
    figures: [Figure] = [], findings: [Finding] = [], versions: [Fact] = [], minutes: Double,
    started: String? = nil, status: String = "finished"
  ) {
    self.name = name
    self.recipe = recipe
    self.command = command
    self.config = config
    self.seed = seed
    self.data = data
    self.terms = terms
    self.pictures = pictures
    self.metrics = metrics
    self.figures = figures
    self.findings = findings
    self.versions = versions
    self.minutes = minutes
    self.started = started
    self.status = status
  }
}
