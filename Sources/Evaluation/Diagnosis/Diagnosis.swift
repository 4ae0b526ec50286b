import LatentCore
import LatentNN
import Torch

/// One question that a diagnosis asks of a model.
///
/// A check that does not fit the model or the data answers nil: it has not been asked.
public protocol DiagnosticCheck: Sendable {
  /// The name in kebab case; findings of one check may have several ids.
  var name: String { get }
  /// What is looked at, in one sentence.
  var question: String { get }
  /// What is wrong, nothing if all is well, or nil if the question makes no sense here.
  func findings(_ patient: Patient) -> [Finding]?
}

/// What `diagnosis.json` holds.
public struct Diagnosis: Codable, Sendable, Equatable {
  /// What is wrong, the most severe first.
  public var findings: [Finding]
  /// The checks that found nothing.
  public var passed: [String]
  /// The checks that do not fit the model or the data.
  public var skipped: [String]

  /// The checks in the order in which they are asked.
  public static let checks: [any DiagnosticCheck] = [
    PosteriorCollapse(), DecoderIgnoresCode(), AggregateMismatch(), EncoderGap(),
    DecoderSensitivity(), CodebookUse(), LikelihoodFit(), Overfitting(), Leakage(),
    SampleQuality(),
  ]

  /// Asks every check; a function of the patient and its seed.
  public init(_ patient: Patient, checks: [any DiagnosticCheck] = Diagnosis.checks) {
    findings = []
    passed = []
    skipped = []
    for check in checks {
      // Each check has noise of its own, so that one more check changes no other's answer.
      patient.generator = Generator(seed: patient.seed)
      let found = withoutGradients {
        evaluating(patient.method.model) { check.findings(patient) }
      }
      guard let found else {
        skipped.append(check.name)
        continue
      }
      if found.isEmpty { passed.append(check.name) }
      findings += found
    }
    let order = findings.enumerated().sorted {
      ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset)
    }
    findings = order.map(\.element)
  }
}
