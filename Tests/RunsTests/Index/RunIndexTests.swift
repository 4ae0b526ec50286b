import Foundation
import Runs
import Testing

/// A list out of the index is what reading every folder would give, whatever happens to the folders
/// and to the index's own file.
@Suite struct RunIndexTests {
  private func withRuns(_ body: (String, [WrittenRun]) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let runs = thirtyRuns()
      for run in runs { try run.write(in: folder) }
      try body(folder, runs)
    }
  }

  private func names(
    _ conditions: [String], sort: String? = nil, descending: Bool = false, limit: Int? = nil,
    in folder: String
  ) throws -> [String] {
    let query = RunQuery(
      conditions: try conditions.map { try RunCondition(parsing: $0) }, sort: sort,
      isDescending: descending, limit: limit)
    return try RunIndex.list(query, in: folder).rows.map(\.name)
  }

  typealias Choice = @Sendable (WrittenRun) -> Bool
  static let questions: [(conditions: [String], choice: Choice)] = [
    ([], { _ in true }),
    (["beta=4"], { $0.config["beta"] == "4" }),
    (["config.beta=4.0"], { $0.config["beta"] == "4" }),
    (["beta = 4e0"], { $0.config["beta"] == "4" }),
    (["beta==4", "seed>=3"], { $0.config["beta"] == "4" && $0.seed >= 3 }),
    (["elbo>-90"], { ($0.test["elbo"] ?? -1000) > -90 }),
    (["validation.elbo<-180"], { ($0.validation.last?["elbo"] ?? 0) < -180 }),
    (["rate=1.5"], { _ in true }),
    (["optimizer!=adam"], { $0.config["optimizer"] != "adam" }),
    (["clip!=7"], { $0.config["clip"].map { $0 != "7" } ?? false }),
    (["clip~on"], { $0.config["clip"]?.contains("on") ?? false }),
    (["status~RUN"], { $0.status == "running" }),
    (["start>=2026-11-14"], { $0.start >= "2026-11-14" }),
    (["name=run-107"], { $0.name == "run-107" }),
    (["recipe=iwae", "status!=failed"], { $0.recipe == "iwae" && $0.status != "failed" }),
    (["minutes=1.5", "end=x"], { _ in false }),
  ]

  @Test(arguments: questions.indices) func conditionsChoose(index: Int) throws {
    let (conditions, choice) = Self.questions[index]
    try withRuns { folder, runs in
      let found = try names(conditions, in: folder)
      #expect(found == runs.filter(choice).map(\.name))
    }
  }

  @Test func orders() throws {
    try withRuns { folder, runs in
      let with = runs.filter { !$0.test.isEmpty }
      let without = runs.filter { $0.test.isEmpty }.map(\.name)
      let rising = with.sorted { ($0.test["elbo"] ?? 0, $0.name) < ($1.test["elbo"] ?? 0, $1.name) }
      #expect(try names([], sort: "elbo", in: folder) == rising.map(\.name) + without)
      let falling = with.sorted {
        (-($0.test["elbo"] ?? 0), $0.name) < (-($1.test["elbo"] ?? 0), $1.name)
      }
      #expect(
        try names([], sort: "elbo", descending: true, in: folder) == falling.map(\.name) + without)
      #expect(try names([], descending: true, limit: 2, in: folder) == ["run-129", "run-128"])
      // Numbers come before words, and runs without either come last.
      let clips = try RunIndex.list(RunQuery(sort: "clip"), in: folder).rows.map { $0.values[0] }
      let numbers = runs.compactMap { $0.config["clip"].flatMap(Int.init) }.sorted()
      let words = runs.filter { $0.config["clip"] == "none" }
      #expect(
        clips == numbers.map { .int($0) } + words.map { _ in .text("none") }
          + Array(repeating: nil, count: 30 - numbers.count - words.count))
    }
  }

  @Test func columnsHaveFullNamesAndValues() throws {
    try withRuns { folder, runs in
      let query = RunQuery(
        conditions: [RunCondition("name", .same, "run-101")], sort: "seed",
        columns: ["beta", "elbo", "validation.elbo", "optimizer"])
      let listing = try RunIndex.list(query, in: folder)
      #expect(
        listing.columns
          == ["seed", "name", "config.beta", "test.elbo", "validation.elbo", "config.optimizer"])
      #expect(
        listing.rows.map(\.values) == [
          [
            .int(1), .text("run-101"), .double(0.5), .double(-93), .double(-197), .text("adam"),
          ]
        ])
      #expect(listing.count == 1)
    }
  }

  @Test func theIndexFollowsTheFolders() throws {
    try withRuns { folder, runs in
      #expect(try names([], in: folder).count == 30)
      try FileManager.default.removeItem(atPath: "\(folder)/run-100")
      try FileManager.default.moveItem(atPath: "\(folder)/run-101", toPath: "\(folder)/run-200")
      var changed = runs[2]
      changed.config["beta"] = "64"
      try changed.write(in: folder)
      var new = runs[3]
      new.name = "run-300"
      new.config["gamma"] = "1"
      try new.write(in: folder)
      #expect(
        try names([], in: folder)
          == (102..<130).map { "run-\($0)" } + ["run-200", "run-300"])
      #expect(try names(["beta=64"], in: folder) == ["run-102"])
      #expect(try names(["gamma=1"], in: folder) == ["run-300"])
      // In place, of equal length, and at once.
      let path = "\(folder)/run-103/run.json"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      for status in ["finished", "finishes"] {
        let handle = try FileHandle(forUpdating: URL(filePath: path))
        try handle.write(contentsOf: Data(text.replacing("finished", with: status).utf8))
        try handle.close()
        let row = try RunIndex.list(
          RunQuery(conditions: [RunCondition("name", .same, "run-103")]), in: folder
        ).rows.first
        #expect(row?.status == (status == "finished" ? "finished" : "damaged"))
      }
    }
  }

  @Test func damagedRunsAreListedAsSuch() throws {
    try withRuns { folder, runs in
      try Data("{".utf8).write(to: URL(filePath: "\(folder)/run-105/run.json"))
      let listing = try RunIndex.list(
        RunQuery(conditions: [RunCondition("status", .same, "damaged")], columns: ["beta"]),
        in: folder)
      #expect(listing.rows.map(\.name) == ["run-105"])
      #expect(
        listing.rows.first?.recipe == nil && listing.rows.first?.values == [.text("damaged"), nil])
      #expect(try names([], in: folder).count == 30)
    }
  }

  @Test func aFolderWithoutRunsGetsNoIndex() throws {
    try withTemporaryFolder { folder in
      let empty = try RunIndex.list(RunQuery(sort: "elbo"), in: folder)
      #expect(empty.count == 0)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
      #expect(try RunIndex.list(RunQuery(), in: "\(folder)/missing").count == 0)
    }
  }

  @Test func unknownKeysNameTheNearest() throws {
    try withRuns { folder, _ in
      let error = #expect(throws: RunQueryError.self) { try names(["btea=4"], in: folder) }
      #expect(error?.problem == "unknown key 'btea' in --where")
      #expect(error?.remedy.hasPrefix("did you mean 'beta'? keys of these runs: name, ") == true)
      let sort = #expect(throws: RunQueryError.self) { try names([], sort: "x9", in: folder) }
      #expect(sort?.problem == "unknown key 'x9' in --sort")
      let known = try RunIndex.list(
        RunQuery(conditions: [RunCondition("temperature", .same, "1")]), in: folder,
        knownKeys: ["temperature"])
      #expect(known.count == 0)
    }
  }

  @Test(arguments: ["beta", "=4", "beta=", "<3", ""]) func conditionsThatAreNone(text: String) {
    #expect(throws: RunQueryError.self) { try RunCondition(parsing: text) }
  }
}
