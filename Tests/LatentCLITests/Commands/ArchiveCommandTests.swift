import Foundation
import LatentCore
import Testing

/// A run that is carried to another machine as one file, as processes.
@Suite(.serialized, .enabled(if: LatentProcess.program != nil, "latent is not beside the tests"))
struct ArchiveCommandTests {
  @Test func anImportedRunEvaluatesToTheSameNumbers() throws {
    try withTemporaryFolder { folder in
      let trained = try LatentProcess(
        smallTraining + ["--epochs", "2", "--name", "run"], in: folder
      ).wait()
      #expect(trained.code == 0)
      let exported = try LatentProcess.run("export", "run", "--out", "run.tar", in: folder)
      #expect(exported.error == "")
      let size = try #require(
        exported.out.firstMatch(of: /run in run.tar: ([0-9]+) files, .* [kM]B/))
      #expect(Int(size.output.1) == 11)
      #expect(exported.out.hasSuffix("\ndata: digits comes with the package\n"))
      let there = "\(folder)/there"
      try FileManager.default.createDirectory(atPath: there, withIntermediateDirectories: true)
      let imported = try LatentProcess.run("import", "../run.tar", in: there)
      #expect(
        imported.out == """
          run runs/run
          data: digits comes with the package
          evaluate it with: latent evaluate runs/run

          """)
      let name = "runs/run/evaluation.json"
      func metrics() throws -> JSONValue? {
        let text = try String(contentsOfFile: "\(there)/\(name)", encoding: .utf8)
        return try JSON5Reader.read(text, source: name)["metrics"]
      }
      let before = try #require(try metrics())
      try FileManager.default.removeItem(atPath: "\(there)/\(name)")
      let evaluated = try LatentProcess.run("evaluate", "runs/run", in: there)
      #expect(evaluated.code == 0)
      // The command measures more than the end of training does.
      let after = try #require(try metrics())
      for bound in ["elbo", "elbo-bits-per-dim"] {
        #expect(before[bound] != nil && before[bound] == after[bound], "\(bound)")
      }
      let again = try LatentProcess.run("import", "../run.tar", in: there)
      #expect(again.code == 3)
      #expect(
        again.error == """
          error: runs/run: there is a run of this name already
           hint: choose another with --name

          """)
      let document = try LatentProcess.run(
        "import", "../run.tar", "--name", "other", "--data", "digits", "--json", in: there)
      #expect(
        document.out.replacing(/sha256:[0-9a-f]+/, with: "sha256:…") == """
          {
            "run": "runs/other",
            "data": {
              "source": "digits",
              "fingerprint": "sha256:…",
              "kind": "package",
              "included": false
            }
          }

          """)
      let wrong = try LatentProcess.run(
        "import", "../run.tar", "--name", "third", "--data", "moons", in: there)
      #expect(wrong.code == 3)
      #expect(
        wrong.error.hasPrefix("error: moons: is not what the run was trained on: expected sha"))
      #expect(!FileManager.default.fileExists(atPath: "\(there)/runs/third"))
    }
  }
}
