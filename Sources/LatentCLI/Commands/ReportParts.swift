import Datasets
import Evaluation
import LatentCore
import Report
import Runs
import Torch

/// What the report of a run shows beside its numbers, of the weights that are loaded.
struct ReportParts {
  /// Reconstructions, samples, traversals.
  let pictures: [PictureFigure]
  /// Charts of the codes.
  let figures: [Figure]
  /// What a diagnosis found, or that it found nothing.
  let findings: [Report.Finding]
  /// The diagnosis itself.
  let diagnosis: Diagnosis

  /// Looks at test data that are read already and at training data. Throws what reading data throws.
  init(
    _ method: any Method, record: RunRecord, config: Config, train: any Dataset, test: any Dataset
  ) throws {
    let seed = SeedPurpose.figures.seed(for: record.seed)
    pictures = try RunPictures.all(of: method, held: test, using: Generator(seed: seed))
    figures = try LatentFigures.all(of: method, held: test, using: Generator(seed: seed))
    diagnosis = Diagnosis(
      try Patient(
        method, train: train, held: test, config: config,
        seed: SeedPurpose.test.seed(for: record.seed), looksForCopies: Self.isQuick(train)))
    let view = DiagnosisView(diagnosis, record: record, path: "")
    findings = view.reported
  }
}

extension ReportParts {
  /// Whether all examples are read in a second or so: half a gigabyte at most.
  private static func isQuick(_ data: any Dataset) -> Bool {
    data.count * 4 * data.schema.exampleShape.reduce(1, *) <= 1 << 29
  }
}

extension DiagnosisView {
  /// The findings as the report words them, with the command of each remedy.
  var reported: [Report.Finding] {
    let found = diagnosis.findings.map { finding in
      let numbers = finding.evidence.map { evidence in
        let value = "\(NumberText.significant(evidence.value, digits: 3)) \(evidence.unit)"
        return "\(evidence.name): \(value.trimmed) (\(evidence.threshold))"
      }
      return Report.Finding(
        finding.severity == .note ? .notice : .problem, finding.problem,
        text: numbers.joined(separator: "; ") + ".", remedy: finding.remedy,
        command: finding.settings.isEmpty ? "" : command(finding))
    }
    guard found.isEmpty, !diagnosis.passed.isEmpty else { return found }
    return [
      Report.Finding(
        .good, "Nothing found",
        text: "Looked at: \(diagnosis.passed.joined(separator: ", ")).")
    ]
  }
}

extension String {
  fileprivate var trimmed: String { hasSuffix(" ") ? String(dropLast()) : self }
}
