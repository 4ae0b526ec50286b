import Datasets
import Foundation
import LatentModels
import Runs
import Testing
import Torch

/// Runs that are damaged, taken or cannot be written are refused in one line with a remedy.
@Suite struct RefusalTests {
  private func put(_ text: String, _ path: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path))
  }

  private func cut(_ path: String, to count: Int) throws {
    let bytes = try Data(contentsOf: URL(filePath: path))
    try bytes.prefix(count).write(to: URL(filePath: path))
  }

  private func replace(_ old: String, by new: String, in path: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.contains(old))
    try put(text.replacing(old, with: new), path)
  }

  @Test func aFolderWithoutARecord() throws {
    try withTemporaryFolder { folder in
      #expect(
        refusal(in: folder) { try resume(folder) } == """
          ·: is no run: it holds no run.json
          name a folder that `latent train` made; `latent list runs` shows them
          """)
    }
  }

  @Test(arguments: ["", "{", "[]", "{\"recipe\": 3}", "\u{0}"])
  func aDamagedRecord(text: String) throws {
    try withTemporaryFolder { folder in
      try put(text, "\(folder)/run.json")
      #expect(
        refusal(in: folder) { try resume(folder) } == """
          ·/run.json: is no record of a run
          restore the file from a copy; the weights in checkpoints/ are untouched
          """)
    }
  }

  /// Bytes changed anywhere in a record are read or refused, and never stop the process.
  @Test func changedBytesOfARecord() throws {
    try withTemporaryFolder { folder in
      let path = try smallRun(in: folder, steps: 1)
      let run = try RunFolder(existing: path)
      let whole = [UInt8](try Data(contentsOf: URL(filePath: run.file("run.json"))))
      var random = SplitMix64(state: 7)
      for _ in 0..<500 {
        var bytes = whole
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          let place = Int.random(in: 0..<bytes.count, using: &random)
          switch Int.random(in: 0..<3, using: &random) {
          case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
          case 1: bytes.remove(at: place)
          default: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &random)], at: place)
          }
        }
        try Data(bytes).write(to: URL(filePath: run.file("run.json")))
        let found = refusal { try run.record() }
        #expect(found.isEmpty || found.contains("\n"), "\(found)")
      }
    }
  }

  @Test func recordsOfAnotherVersion() throws {
    try withTemporaryFolder { folder in
      let path = try smallRun(in: folder, steps: 1)
      let record = "\(path)/run.json"
      let whole = try String(contentsOfFile: record, encoding: .utf8)
      func refusalAfter(_ old: String, _ new: String) throws -> String {
        try put(whole, record)
        try replace(old, by: new, in: record)
        return refusal(in: path) { try resume(path) }
      }
      let remedy = "use the version \(PackageIdentity.version) of the package that made the run"
      #expect(
        try refusalAfter("\"format\" : 1", "\"format\" : 2")
          == "·/run.json: expected the layout 1, found 2\n\(remedy)")
      #expect(
        try refusalAfter("\"recipe\" : \"vae\"", "\"recipe\" : \"vax\"")
          == "·/run.json: names the recipe 'vax', which is not known\n\(remedy)")
      #expect(
        try refusalAfter("\"latent\"", "\"latnt\"")
          == "·/run.json: has a setting that is refused: unknown key 'latnt' in --set\n\(remedy)")
      #expect(
        try refusalAfter("\"steps=1\"", "\"steps\"") == """
          ·/run.json: has no budget, found 'steps'
          restore the file from a copy
          """)
      #expect(try refusalAfter("\"sha256:", "\"sha256:0").contains("has changed since the run: "))
    }
  }

  @Test func aMissingOrDamagedState() throws {
    try withTemporaryFolder { folder in
      let path = try smallRun(in: folder)
      let state = "\(path)/checkpoints/state.safetensors"
      try cut(state, to: 5000)
      #expect(
        refusal(in: path) { try resume(path) }.hasPrefix("·/checkpoints/state.safetensors: "))
      try Safetensors([:], metadata: ["counters": "{}"]).write(to: state)
      #expect(
        refusal(in: path) { try resume(path) } == """
          ·/checkpoints/state.safetensors: is no state of a training run
          restore it from a copy, or train anew
          """)
      try FileManager.default.removeItem(atPath: state)
      #expect(
        refusal(in: path) { try resume(path) } == """
          ·/checkpoints/state.safetensors: cannot be opened: No such file or directory
          check the path and its permissions
          """)
      #expect(try RunFolder(existing: path).record().status == .finished, "nothing has changed")
    }
  }

  @Test func aStateOfSomethingElse() throws {
    try withTemporaryFolder { folder in
      let path = try smallRun(in: folder)
      let state = "\(path)/checkpoints/state.safetensors"
      let whole = try Safetensors(path: state)
      func refusalOf(_ change: (inout Safetensors) -> Void) throws -> String {
        var file = whole
        change(&file)
        try file.write(to: state)
        return refusal(in: path) { try resume(path) }
      }
      let remedy = "restore it from a copy, or train anew"
      let start = "·/checkpoints/state.safetensors: "
      #expect(
        try refusalOf { $0.tensors["generator/noise"] = nil }
          == "\(start)holds no state of the random numbers\n\(remedy)")
      #expect(
        try refusalOf { $0.tensors["generator/noise"] = Tensor.zeros([3], dtype: .uint8) }
          == "\(start)holds no state of the random numbers\n\(remedy)")
      let other = try refusalOf { $0.tensors["model/bottleneck.moments.bias"] = nil }
      #expect(other.hasPrefix("\(start)does not fit the run: "))
      #expect(other.contains("bottleneck.moments.bias"))
      let batches = try refusalOf {
        $0.metadata["counters"] = $0.metadata["counters"]?.replacing(
          "\"batchSize\":128", with: "\"batchSize\":64")
      }
      #expect(
        batches
          == "\(start)expected batches of 128 from 1257 examples, found 64 from 1257\n\(remedy)")
    }
  }

  @Test func events() throws {
    try withTemporaryFolder { folder in
      let path = try smallRun(in: folder)
      let log = "\(path)/events.jsonl"
      let run = try RunFolder(existing: path)
      let whole = try Data(contentsOf: URL(filePath: log))
      let all = try EventLog.read(run)
      #expect(all.map(\.split) == ["validation", "train", "validation", "train"])
      #expect(all.map(\.step) == [10, 20, 20, 25])
      #expect(all.allSatisfy { $0.terms["elbo"]?.unit == "nat" })

      // A line that a kill cut off is no event, and resuming writes the same log again.
      try (whole + Data("{\"step\":30,\"ep".utf8)).write(to: URL(filePath: log))
      #expect(try EventLog.read(run) == all)
      #expect(try resume(path) == .finished)
      #expect(try Data(contentsOf: URL(filePath: log)) == whole)

      try cut(log, to: 30)
      #expect(
        refusalOfResume(path) == """
          ·/events.jsonl: is cut off: expected at least \(whole.count) bytes, found 30
          restore it from a copy, or train anew; then latent resume ·
          """)
      try put("nonsense\n", log)
      #expect(
        refusal(in: path) { try EventLog.read(run) } == """
          ·/events.jsonl: line 1 is no event
          restore the file from a copy, or remove the line
          """)
      try FileManager.default.removeItem(atPath: log)
      #expect(
        refusalOfResume(path) == """
          ·/events.jsonl: cannot be opened: No such file or directory
          check the folder and the disk; then latent resume ·
          """)
    }
  }

  private func refusalOfResume(_ path: String) -> String {
    refusal(in: path) { try resume(path) }
  }

  @Test func lastWeightsNeverStandInForDamagedBestOnes() throws {
    try withTemporaryFolder { folder in
      let path = try smallRun(in: folder)
      let opened = try OpenedRun(path, recipes: Recipes.all)
      #expect(try opened.loadWeights() == .best)
      #expect(try opened.loadWeights(.last) == .last)
      try cut("\(path)/checkpoints/best.safetensors", to: 100)
      #expect(
        refusal(in: path) { try opened.loadWeights() }.hasPrefix("·/checkpoints/best.safetensors: ")
      )
      try FileManager.default.removeItem(atPath: "\(path)/checkpoints/best.safetensors")
      #expect(try opened.loadWeights() == .last)
      #expect(
        refusal(in: path) { try opened.loadWeights(.best) } == """
          ·/checkpoints/best.safetensors: cannot be opened: No such file or directory
          check the path and its permissions
          """)
    }
  }

  @Test func aRunThatAnotherHolds() throws {
    try withTemporaryFolder { folder in
      let session = try TrainingSession(smallRequest(in: folder, name: "held")) { _ in }
      let before = try RunFolder(existing: session.folder.path).record()
      withExtendedLifetime(session) {
        #expect(
          refusal(in: folder) { try resume("\(folder)/held") } == """
            ·/held: another process is training this run
            wait for it, or stop it first
            """)
      }
      #expect(try RunFolder(existing: session.folder.path).record() == before)
    }
  }

  @Test func aNameThatIsTaken() throws {
    try withTemporaryFolder { folder in
      let path = try smallRun(in: folder, name: "taken", steps: 1)
      let before = try lastingFiles(path)
      #expect(
        refusal(in: folder) { try smallRun(in: folder, name: "taken") } == """
          ·/taken: there is a run of this name already
          choose another --name, or go on with latent resume ·/taken
          """)
      #expect(try lastingFiles(path) == before)
    }
  }

  @Test func aPlaceThatCannotBeMade() throws {
    try withTemporaryFolder { folder in
      try put("", "\(folder)/file")
      #expect(
        refusal(in: folder) { try smallRun(in: "\(folder)/file/runs") } == """
          ·/file/runs: the folder cannot be made: Not a directory
          choose a place that you may write to with --out
          """)
      // The folders above are taken back as well.
      let long = String(repeating: "x", count: 300)
      #expect(
        refusal { try smallRun(in: "\(folder)/new/runs", name: long) }.contains(
          "the folder cannot be made: File name too long"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
    }
  }

  @Test(arguments: [0, 3]) func aFolderThatDisappears(steps: Int) throws {
    try withTemporaryFolder { folder in
      let request = try smallRequest(in: folder, name: "gone", set: ["checkpoint-seconds=0"])
      let session = try TrainingSession(request) { _ in }
      let isTime = after(steps)
      let found = refusal(in: folder) {
        try session.train {
          if isTime() { try? FileManager.default.removeItem(atPath: session.folder.path) }
          return false
        }
      }
      #expect(
        found == """
          ·/gone: the run's folder was removed while it was trained
          train again: the same command with the same seed gives the same run
          """)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
    }
  }
}
