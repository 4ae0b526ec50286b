import Foundation
import LatentCore
import Testing
import Torch

@testable import LatentCLI

/// `latent evaluate` of arrays, in every format, in this process.
@Suite struct EvaluateArraysTests {
  /// 300 codes of two factors of three classes each, in files of every kind.
  private static func withArrays(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let generator = Generator(seed: 1)
      let factors = Tensor.randint(0..<3, [300, 2], using: generator)
      let codes = factors.to(.float32) + 0.1 * Tensor.randn([300, 2], using: generator)
      try NumPyArray(codes).write(to: "\(folder)/z.npy")
      try NumPyArray(factors).write(to: "\(folder)/f.npy")
      try NumPyArchive(["z": codes, "f": factors]).write(to: "\(folder)/both.npz")
      let words = ["low", "middle", "top"]
      let rows = (0..<300).map { row in
        let numbers = factors[row].scalars(as: Int.self)
        return "\(numbers[0]),\(words[numbers[1]])"
      }
      try Data("size,place\n\(rows.joined(separator: "\n"))\n".utf8)
        .write(to: URL(filePath: "\(folder)/f.csv"))
      try body(folder)
    }
  }

  private func metrics(_ outcome: Outcome) throws -> JSONValue {
    #expect(outcome.code == .done, "\(outcome.error)")
    return try #require(try JSON5Reader.read(outcome.out, source: "stdout")["metrics"])
  }

  @Test func everyFormatGivesTheSameNumbers() throws {
    try Self.withArrays { folder in
      func measured(_ codes: String, _ factors: String) throws -> JSONValue {
        try metrics(
          latent(
            "evaluate", "--codes", "\(folder)/\(codes)", "--factors", "\(folder)/\(factors)",
            "--metrics", "mig,modularity", "--json"))
      }
      let plain = try measured("z.npy", "f.npy")
      #expect(try measured("both.npz:z", "both.npz:f") == plain)
      #expect(try measured("z.npy", "f.csv") == plain)
      let gap = try #require(plain["mig"])
      guard case .double(let value) = gap["value"], case .array(let ends) = gap["interval"] else {
        Issue.record("no value with its interval")
        return
      }
      #expect((0.9...1).contains(value) && ends.count == 2)
      #expect(gap["version"] == 1 && gap["n"] == 300 && gap["unit"] == "" && gap["seed"] == 0)
    }
  }

  @Test func everythingThatFitsIsMeasuredAndTheRestIsExplained() throws {
    try Self.withArrays { folder in
      let outcome = latent("evaluate", "--codes", "\(folder)/z.npy", "--json")
      #expect(try Set(metrics(outcome).names) == ["total-correlation", "total-correlation-ksg"])
      let real = latent(
        "evaluate", "--codes", "\(folder)/z.npy", "--factors", "\(folder)/z.npy", "--metrics",
        "mig,sap")
      #expect(real.code == .environment)
      #expect(
        real.error == """
          error: sap: expected factors of classes, found real numbers in 'factor 0'
           hint: leave that factor out, or use sap-correlation, mig or dci-disentanglement

          """)
    }
  }

  @Test func aTableNamesValueIntervalAndCount() throws {
    try Self.withArrays { folder in
      let outcome = latent(
        "evaluate", "--codes", "\(folder)/z.npy", "--factors", "\(folder)/f.npy", "--metrics",
        "mig,irs")
      let lines = outcome.out.split(separator: "\n")
      #expect(lines[0].hasPrefix("metric  value"))
      #expect(lines[2].wholeMatch(of: /mig +0\.9\d\d +0\.\d{3} to [01]\.\d{3} +300/) != nil)
      #expect(lines[3].wholeMatch(of: /irs +0\.\d{3} +– +300/) != nil)
    }
  }

  @Test func severalRunsAreRanked() throws {
    try Self.withArrays { folder in
      let codes = Array(repeating: ["--codes", "\(folder)/z.npy"], count: 3).flatMap(\.self)
      let outcome = latent(["evaluate"] + codes + ["--metrics", "udr", "--json"])
      #expect(outcome.code == .done, "\(outcome.error)")
      guard case .array(let runs) = try JSON5Reader.read(outcome.out, source: "stdout")["runs"]
      else {
        Issue.record("no runs")
        return
      }
      #expect(runs.count == 3)
      for run in runs {
        guard case .double(let value) = run["metrics"]?["udr"]?["value"] else {
          Issue.record("no value")
          continue
        }
        #expect(abs(value - 0.9) < 0.01)
      }
    }
  }

  @Test func wrongInputIsNamed() throws {
    try Self.withArrays { folder in
      func refusal(_ words: String...) -> String {
        let outcome = latent(["evaluate"] + words.map { $0.replacing("@", with: folder) })
        return "\(outcome.code.rawValue) \(outcome.error.replacing(folder, with: "@"))"
      }
      #expect(
        refusal("--codes", "@/both.npz") == """
          3 error: @/both.npz: expected one array, found 2: 'f', 'z'
           hint: name one of them: @/both.npz:f

          """)
      #expect(
        refusal("--codes", "@/both.npz:y") == """
          3 error: @/both.npz: has no array 'y', only 'f.npy', 'z.npy'
           hint: name one of its arrays

          """)
      #expect(
        refusal("--codes", "@/z.txt") == """
          3 error: @/z.txt: its format cannot be told from its name
           hint: use .npy, .npz, .npz:name or .csv

          """)
      try NumPyArray(Tensor.zeros([299, 2])).write(to: "\(folder)/short.npy")
      #expect(
        refusal("--codes", "@/short.npy", "--factors", "@/f.npy") == """
          3 error: codes, factors: expected as many rows of each, found 299 codes and 300 factors
           hint: row i of both must belong to example i

          """)
    }
  }

  @Test func theListHasEveryMetricWithItsSource() throws {
    let outcome = latent("list", "metrics", "--json")
    guard case .array(let rows) = try JSON5Reader.read(outcome.out, source: "stdout")["metrics"]
    else {
      Issue.record("no metrics")
      return
    }
    #expect(rows.contains { $0["name"] == "mig" && $0["sources"]?[0]?["arxiv"] == "1802.04942" })
    let table = latent("list", "metrics").out.split(separator: "\n")
    #expect(table.count == rows.count + 2)
  }
}

extension JSONValue {
  fileprivate var names: [String] {
    if case .object(let object) = self { object.members.map(\.name) } else { [] }
  }

  fileprivate subscript(index: Int) -> JSONValue? {
    if case .array(let items) = self, items.indices.contains(index) { items[index] } else { nil }
  }
}
