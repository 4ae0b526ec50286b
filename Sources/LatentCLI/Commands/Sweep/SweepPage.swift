import Evaluation
import LatentCore
import Report
import Runs

/// The page of a sweep: curves of its runs over each other, seeds as bands, and their metrics.
enum SweepPage {
  /// Writes `report.html` into the sweep's folder and gives its path; nil while no run is finished.
  ///
  /// Pictures are in the reports of single runs alone. Charts begin with the term `leading`. Throws `FileError`.
  static func write(
    _ runs: [SweptRun], to folder: SweepFolder, leading: String
  ) throws -> String? {
    let inputs = try runs.compactMap { run -> RunReportInput? in
      guard let metrics = run.metrics else { return nil }
      let opened = try RunFolder(existing: run.path)
      let record = try opened.record()
      return try RunReportInput(
        opened, record: record, pictures: [], metrics: metrics, leading: leading,
        minutes: record.minutes)
    }
    return inputs.isEmpty ? nil : try ReportDocument(runs: inputs).write(to: folder.path)
  }
}
