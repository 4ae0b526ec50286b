import Evaluation
import LatentCore
import LatentModels
import Runs

/// What `latent diagnose` prints, as text and as a document.
struct DiagnosisView {
  let diagnosis: Diagnosis
  let record: RunRecord
  let path: String

  init(_ diagnosis: Diagnosis, record: RunRecord, path: String) {
    self.diagnosis = diagnosis
    self.record = record
    self.path = path
  }

  /// Findings with evidence and remedy, then what was looked at without one.
  func show(on console: Console) {
    for finding in diagnosis.findings {
      console.print("\(finding.severity.rawValue)  \(finding.id)  \(finding.problem)")
      for evidence in finding.evidence {
        let value = "\(NumberText.significant(evidence.value, digits: 3)) \(evidence.unit)"
        console.print(
          "    \(evidence.name): \(value.hasSuffix(" ") ? String(value.dropLast()) : value) "
            + "(\(evidence.threshold))")
      }
      console.print("    try: \(finding.remedy)")
      if !finding.settings.isEmpty { console.print("    \(command(finding))") }
      console.print()
    }
    if diagnosis.findings.isEmpty { console.print("nothing found") }
    if !diagnosis.passed.isEmpty {
      console.print("well: \(diagnosis.passed.joined(separator: ", "))")
    }
    if !diagnosis.skipped.isEmpty {
      console.print("does not apply: \(diagnosis.skipped.joined(separator: ", "))")
    }
  }

  /// What the run was told that is not the default.
  private var changes: [String] {
    guard let recipe = Recipes.named(record.recipe) else { return [] }
    let fields = (recipe.settings + TrainingSettings.schema).fields
    return fields.compactMap { field in
      guard let value = record.config[field.name], value != field.defaultText else { return nil }
      return "\(field.name)=\(value)"
    }
  }

  /// The run again with the remedy's settings.
  func command(_ finding: Finding) -> String {
    let kept = changes.filter { old in
      !finding.settings.contains {
        $0.split(separator: "=").first == old.split(separator: "=").first
      }
    }
    let words = (kept + finding.settings).map { "--set \($0)" }.joined(separator: " ")
    let budget = record.budget.split(separator: "=").joined(separator: " ")
    return "latent train \(record.recipe) --data \(record.data.source) --\(budget) \(words)"
  }

  /// The document: {"run", "findings": […], "passed": […], "skipped": […]}.
  var json: JSONObject {
    [
      "run": .string(path),
      "findings": .array(
        diagnosis.findings.map { finding in
          [
            "id": .string(finding.id), "severity": .string(finding.severity.rawValue),
            "problem": .string(finding.problem),
            "evidence": .array(
              finding.evidence.map { evidence in
                [
                  "name": .string(evidence.name), "value": .double(evidence.value),
                  "unit": .string(evidence.unit), "threshold": .string(evidence.threshold),
                ]
              }),
            "remedy": .string(finding.remedy),
            "settings": .array(finding.settings.map { .string($0) }),
          ]
        }),
      "passed": .array(diagnosis.passed.map { .string($0) }),
      "skipped": .array(diagnosis.skipped.map { .string($0) }),
    ]
  }
}
