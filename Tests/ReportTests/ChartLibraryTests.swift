import Foundation
import Report
import Testing
import Torch

@Suite struct ChartLibraryTests {
  private func write(_ text: String, _ folder: String) throws -> String {
    let path = "\(folder)/plotly.min.js"
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    return path
  }

  @Test func theLibraryCannotEndTheScriptThatHoldsIt() throws {
    try withTemporaryFolder { folder in
      let path = try write(
        "/* plotly.js */ const a = '</script>', b = '</SCRIPT >', c = '<!-- x', d = a</b;", folder)
      let library = try ChartLibrary(path: path)
      let html = try ReportDocument(run: SampleRuns.all[0]).html(charts: library)
      #expect(html.contains(#"a = '<\/script>', b = '<\/SCRIPT >', c = '<\!-- x', d = a</b;"#))
      let bare = try CheckedPage(try ReportDocument(run: SampleRuns.all[0]).html())
      #expect(try CheckedPage(html).scripts == bare.scripts + 1)
    }
  }

  @Test func thePageHasNoLibraryWithoutCharts() throws {
    try withTemporaryFolder { folder in
      let library = try ChartLibrary(path: try write("/* plotly.js */ let marker", folder))
      let text = ReportDocument(title: "Words", sections: [.init("One", [.text("word")])])
      #expect(try !text.html(charts: library).contains("let marker"))
    }
  }

  @Test func theFirstPathThatHoldsALibraryCounts() throws {
    try withTemporaryFolder { folder in
      let path = try write("/* plotly.js */", folder)
      #expect(ChartLibrary.find(searchPath: ["\(folder)/none.js"]) == nil)
      #expect(ChartLibrary.find(searchPath: ["\(folder)/none.js", path]) != nil)
      #expect(ChartLibrary.find(searchPath: []) == nil)
    }
  }

  @Test func theSearchStaysNearTheProgram() {
    let paths = ChartLibrary.defaultSearchPath
    #expect(!paths.isEmpty)
    #expect(paths.allSatisfy { $0.hasPrefix("/") && $0.hasSuffix(ChartLibrary.relativePath) })
  }

  @Test func somethingElseIsRefused() throws {
    try withTemporaryFolder { folder in
      let path = try write("alert(1)", folder)
      let error = #expect(throws: FileError.self) { try ChartLibrary(path: path) }
      #expect(error?.problem == "expected plotly.js, found something else")
      #expect(throws: FileError.self) { try ChartLibrary(path: folder) }
    }
  }
}
