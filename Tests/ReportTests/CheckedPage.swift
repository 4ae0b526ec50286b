import Foundation

/// What `Goldens/check_page.py` finds in a page that has no fault.
struct CheckedPage: Decodable {
  var alts: [String]
  var descriptions: [String]
  var headings: [[String]]
  var scripts: Int
  var figures: Int
  var texts: [String]

  /// Checks the page; throws the script's words when there is a fault.
  init(_ html: String) throws {
    self = try withTemporaryFolder { folder in
      let path = "\(folder)/page.html"
      try html.write(toFile: path, atomically: false, encoding: .utf8)
      let found = try python("check_page.py", [path])
      return try JSONDecoder().decode(CheckedPage.self, from: Data(found.utf8))
    }
  }

  func headings(_ level: String) -> [String] {
    headings.filter { $0[0] == level }.map { $0[1] }
  }
}
