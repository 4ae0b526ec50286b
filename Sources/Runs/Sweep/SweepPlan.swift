import Datasets
import FoundationEssentials

/// What a sweep is to train: every choice of values for its axes, with every seed.
///
/// The plan says nothing of processes or threads: how many runs are trained at a time changes no result.
public struct SweepPlan: Codable, Sendable, Equatable {
  /// The most runs of one sweep.
  public static let limit = 10_000

  /// The recipe's name.
  public var recipe: String
  /// The data as the user named them.
  public var data: String
  /// The whole effective config of every run, but for what the axes vary.
  public var config: [String: String]
  /// What is varied, the first axis slowest.
  public var axes: [SweepAxis]
  /// The seeds of each choice.
  public var seeds: [UInt64]
  /// When a run stops, such as `epochs=10`; nil for the recipe's own number of steps.
  public var budget: String?
  /// The device's name.
  public var device: String

  /// A plan; settings that an axis varies are taken out of `config`.
  public init(
    recipe: String, data: String, config: [String: String], axes: [SweepAxis], seeds: [UInt64],
    budget: String?, device: String
  ) {
    self.recipe = recipe
    self.data = data
    self.config = config.filter { setting in !axes.contains { $0.key == setting.key } }
    self.axes = axes
    self.seeds = seeds
    self.budget = budget
    self.device = device
  }

  /// The choices of values, seeds apart; nil if there would be more than `limit` runs.
  public var choices: [[SweepSetting]]? {
    axes.product(atMost: Self.limit / max(seeds.count, 1))
  }

  /// All runs, the seeds of a choice beside each other; none if there would be more than `limit`.
  public var points: [SweepPoint] {
    let choices = choices ?? []
    let pairs = choices.flatMap { choice in seeds.map { (choice, $0) } }
    return pairs.enumerated().map { index, pair in
      SweepPoint(index: index, of: pairs.count, settings: pair.0, seed: pair.1)
    }
  }

  /// The whole config of a run.
  public func config(of point: SweepPoint) -> [String: String] {
    point.settings.reduce(into: config) { $0[$1.key] = $1.value }
  }

  /// The name of a sweep's folder that was given none: `sweep-<recipe>-<data>-<eight digits of a hash of the
  /// plan>`, so that the same plan is found again.
  public var folderName: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    // A plan is texts and numbers, which every encoder takes.
    let text = (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let digest = Fingerprint(text: "sweep 1\n\(text)\n").value().dropFirst("sha256:".count)
    let last = data.split(separator: "/").last ?? "data"
    let plain = last.prefix(40).map { character in
      character.isLetter || character.isNumber || "._-".contains(character) ? character : "-"
    }
    return "sweep-\(recipe)-\(String(plain))-\(digest.prefix(8))"
  }

  /// How the plan differs from another one, in a few words; nil if it does not.
  public func difference(to other: SweepPlan) -> String? {
    func words(_ what: String, _ own: String, _ others: String) -> String? {
      own == others ? nil : "\(what) \(own) and not \(others)"
    }
    func text(_ axes: [SweepAxis]) -> String {
      axes.isEmpty
        ? "none"
        : axes.map { "\($0.key)=\($0.values.joined(separator: ","))" }.joined(separator: " ")
    }
    func text(_ seeds: [UInt64]) -> String { seeds.map(String.init).joined(separator: ",") }
    let keys = Set(config.keys).union(other.config.keys).sorted()
    let key = keys.first { config[$0] != other.config[$0] }
    return words("recipe", recipe, other.recipe) ?? words("data", data, other.data)
      ?? words("grid", text(axes), text(other.axes))
      ?? words("seeds", text(seeds), text(other.seeds))
      ?? words("budget", budget ?? "the recipe's", other.budget ?? "the recipe's")
      ?? words("device", device, other.device)
      ?? key.flatMap { words($0, config[$0] ?? "unset", other.config[$0] ?? "unset") }
  }
}
