import Dispatch
import Foundation
import Runs
import Testing

/// The index's file may be anything: the list is the same.
@Suite struct IndexFileTests {
  private static let query = RunQuery(sort: "elbo", columns: ["beta", "clip", "rate"])

  private func withIndexedRuns(_ body: (_ folder: String, _ file: URL, RunListing) throws -> Void)
    throws
  {
    try withTemporaryFolder { folder in
      for run in thirtyRuns() { try run.write(in: folder) }
      let listing = try RunIndex.list(Self.query, in: folder)
      #expect(listing.rows.count == 30)
      try body(folder, URL(filePath: "\(folder)/\(RunIndex.fileName)"), listing)
    }
  }

  @Test func aCutOffFile() throws {
    try withIndexedRuns { folder, file, listing in
      let whole = try Data(contentsOf: file)
      for count in [0, 1, 15, 100, 1000, 4096, 5000, whole.count / 2, whole.count - 1] {
        try whole.prefix(count).write(to: file)
        #expect(try RunIndex.list(Self.query, in: folder) == listing, "cut to \(count)")
      }
    }
  }

  @Test func aFileOfNoise() throws {
    try withIndexedRuns { folder, file, listing in
      let whole = try Data(contentsOf: file)
      for page in stride(from: 0, to: whole.count, by: 4096) {
        var damaged = whole
        for place in page..<min(page + 4096, whole.count) {
          damaged[place] = UInt8(place * 7 % 251)
        }
        try damaged.write(to: file)
        #expect(try RunIndex.list(Self.query, in: folder) == listing, "page at \(page)")
      }
      try Data("no database at all\n".utf8).write(to: file)
      #expect(try RunIndex.list(Self.query, in: folder) == listing)
      #expect(try Data(contentsOf: file).starts(with: Data("SQLite format 3".utf8)), "made anew")
    }
  }

  @Test func aFolderInItsPlace() throws {
    try withIndexedRuns { folder, file, listing in
      try FileManager.default.removeItem(at: file)
      try FileManager.default.createDirectory(at: file, withIntermediateDirectories: true)
      #expect(try RunIndex.list(Self.query, in: folder) == listing)
    }
  }

  /// A file that reads well and says what is not so is found out by nobody but the user.
  @Test func anIndexThatIsWrongIsMadeAnewOnRequest() throws {
    try withIndexedRuns { folder, _, listing in
      let rebuilt = try RunIndex.list(Self.query, in: folder, rebuilds: true)
      #expect(rebuilt == listing)
    }
  }

  /// Many readers and writers at once, each seeing a state that was.
  @Test func manyAtOnce() throws {
    try withIndexedRuns { folder, file, _ in
      try FileManager.default.removeItem(at: file)
      let failures = FailureList()
      DispatchQueue.concurrentPerform(iterations: 8) { worker in
        do {
          for turn in 0..<6 {
            var run = WrittenRun(name: "new-\(worker)-\(turn)")
            run.config = ["beta": "\(100 + worker)"]
            try run.write(in: folder)
            let found = try RunIndex.list(
              RunQuery(conditions: [RunCondition("beta", .same, "\(100 + worker)")]), in: folder)
            if found.count != turn + 1 { failures.add("worker \(worker), turn \(turn): \(found)") }
          }
        } catch { failures.add("\(error)") }
      }
      #expect(failures.texts == [])
      #expect(try RunIndex.list(RunQuery(), in: folder).count == 30 + 48)
    }
  }
}

/// What went wrong on any of several threads.
private final class FailureList: @unchecked Sendable {
  private let lock = NSLock()
  private var found: [String] = []

  var texts: [String] { lock.withLock { found } }

  func add(_ text: String) { lock.withLock { found.append(text) } }
}
