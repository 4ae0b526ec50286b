public import Evaluation
public import Runs
import Datasets
import FoundationEssentials
import LatentCore

extension RunReportInput {
  /// What the report of a run in a folder shows.
  ///
  /// `pictures`, `figures`, `findings` and `metrics` are of the weights that the report is about, and the charts begin with
  /// the term called `leading`, by which models are chosen. Throws `FileError` when
  /// the folder's files are missing or damaged.
  public init(
    _ folder: RunFolder, record: RunRecord, pictures: [PictureFigure], figures: [Figure] = [],
    findings: [Finding] = [], metrics: [String: Estimate], leading: String, minutes: Double
  ) throws {
    let events = try EventLog.read(folder)
    let terms = events.flatMap { event -> [TermPoint] in
      let rest = event.terms.filter { $0.key != leading }.sorted { $0.key < $1.key }
      let first = event.terms.filter { $0.key == leading }.map { ($0.key, $0.value) }
      return (first + rest.map { ($0.key, $0.value) }).map { name, quantity in
        TermPoint(
          step: event.step, epoch: event.epoch, split: event.split, name: name,
          unit: quantity.unit, value: quantity.value)
      }
    }
    self.init(
      name: folder.name, recipe: record.recipe, command: Self.repeating(record),
      config: record.config.sorted { $0.key < $1.key }.map { Fact($0.key, $0.value) },
      seed: record.seed, data: Self.card(record), terms: terms, pictures: pictures,
      metrics: metrics.sorted { $0.key < $1.key }.map { MetricRow($0.key, $0.value) },
      figures: figures, findings: findings, versions: Self.versions(record), minutes: minutes,
      started: record.start,
      status: record.status.rawValue)
  }

  /// The command that gives the same run again, whatever the defaults become.
  private static func repeating(_ record: RunRecord) -> String {
    let budget = record.budget.split(separator: "=")
    var words = ["latent", "train", record.recipe, "--data", record.data.source]
    if budget.count == 2 { words += ["--\(budget[0])", "\(budget[1])"] }
    words += ["--seed", "\(record.seed)"]
    for (key, value) in record.config.sorted(by: { $0.key < $1.key }) {
      words += ["--set", "\(key)=\(value)"]
    }
    return ShellLine.text(words)
  }

  private static func card(_ record: RunRecord) -> DataCard {
    let shape = record.schema.exampleShape.map(String.init).joined(separator: " × ")
    return DataCard(
      name: record.data.source,
      summary: "\(record.schema.kind.rawValue), \(shape)",
      facts: [
        Fact("training examples", "\(record.data.trainingCount)"),
        Fact("validation examples", "\(record.data.validationCount)"),
        Fact("fingerprint", record.data.fingerprint),
      ])
  }

  private static func versions(_ record: RunRecord) -> [Fact] {
    [
      Fact("swift-latent", record.version), Fact("commit", record.commit ?? "unknown"),
      Fact("LibTorch", record.libtorch), Fact("device", record.device),
      Fact("threads", "\(record.threads)"),
    ]
  }
}

extension MetricRow {
  /// A measured mean as a row of the report.
  init(_ name: String, _ estimate: Estimate) {
    let ends = estimate.interval
    self.init(
      name, value: estimate.value, unit: estimate.unit,
      interval: ends.count == 2 ? ends[0]...ends[1] : nil,
      intervalKind: "95 % over examples", count: estimate.count,
      note: estimate.bound.isEmpty ? "" : "bound: \(estimate.bound)")
  }
}
