/// Something that is wrong with a trained model, in plain words, with what shows it and what to try.
public struct Finding: Codable, Sendable, Equatable {
  /// How much it matters.
  public enum Severity: String, Codable, Sendable, CaseIterable, Comparable {
    /// Worth knowing; the model may be as wanted.
    case note
    /// Something is lost.
    case warning
    /// The model does not do what it is for.
    case severe

    /// From note to severe.
    public static func < (first: Severity, second: Severity) -> Bool {
      first.rank < second.rank
    }

    private var rank: Int { Severity.allCases.firstIndex(of: self) ?? 0 }
  }

  /// A number beside the threshold that makes it a finding.
  public struct Evidence: Codable, Sendable, Equatable {
    /// What was measured, such as `KL of the code`.
    public var name: String
    /// What it came to.
    public var value: Double
    /// What it is measured in; empty for plain numbers.
    public var unit: String
    /// The threshold in words, such as `below 0.5`.
    public var threshold: String

    /// A measured number.
    public init(_ name: String, _ value: Double, unit: String = "", threshold: String) {
      self.name = name
      self.value = value
      self.unit = unit
      self.threshold = threshold
    }
  }

  /// The kind of finding in kebab case, such as `posterior-collapse`; see docs/DIAGNOSIS.md.
  public var id: String
  /// How much it matters.
  public var severity: Severity
  /// What is wrong, in one sentence.
  public var problem: String
  /// What shows it.
  public var evidence: [Evidence]
  /// What to try, in one sentence.
  public var remedy: String
  /// The remedy as settings for `latent train --set` that the run's recipe accepts, such as `beta=1`.
  public var settings: [String]

  /// A finding.
  public init(
    _ id: String, _ severity: Severity, _ problem: String, evidence: [Evidence], remedy: Remedy
  ) {
    self.id = id
    self.severity = severity
    self.problem = problem
    self.evidence = evidence
    self.remedy = remedy.words
    settings = remedy.settings
  }
}
