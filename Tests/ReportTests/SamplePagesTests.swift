import Foundation
import Report
import Testing

/// Whole pages made of real runs. `LATENT_SAMPLE_PAGES=FOLDER` keeps them to be looked at, with
/// plotly.js where it is installed.
@Suite struct SamplePagesTests {
  @Test func pagesOfRealRunsAreWritten() throws {
    let pages = [
      "run": ReportDocument(run: SampleRuns.all[0]),
      "runs": ReportDocument(runs: SampleRuns.all),
      "hostile": ReportDocument(run: SampleRuns.hostile),
    ]
    let kept = ProcessInfo.processInfo.environment["LATENT_SAMPLE_PAGES"]
    try withTemporaryFolder { temporary in
      for (name, page) in pages {
        let folder = "\(kept ?? temporary)/\(name)"
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
        let path = try page.write(to: folder)
        #expect(path == "\(folder)/report.html")
        let html = try String(contentsOfFile: path, encoding: .utf8)
        #expect(html.hasPrefix("<!DOCTYPE html>") && html.hasSuffix("</html>\n"))
      }
    }
  }
}
