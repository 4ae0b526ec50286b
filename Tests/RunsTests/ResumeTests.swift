import Foundation
import LatentModels
import Runs
import Testing
import Torch

/// A run that was stopped anywhere, by request or by death, ends with the bytes of one that was not.
@Suite struct ResumeTests {
  /// 25 steps hold two validations, two borders of epochs and a last epoch that is not full.
  static let steps = 25

  @Test func oneSeedGivesTheSameBytesAndAnotherSeedOthers() throws {
    try withTemporaryFolder { folder in
      let first = try lastingFiles(smallRun(in: folder, name: "a"))
      #expect(first.count == 4)
      #expect(try lastingFiles(smallRun(in: folder, name: "b")) == first)
      let other = try lastingFiles(smallRun(in: folder, name: "c", seed: 1))
      for name in first.keys { #expect(other[name] != first[name], "\(name)") }
    }
  }

  @Test func interruptedAfterAnyStepItEndsWithTheSameBytes() throws {
    try withTemporaryFolder { folder in
      let whole = try lastingFiles(smallRun(in: folder, name: "whole"))
      for stop in 0..<Self.steps {
        let path = "\(folder)/cut-\(stop)"
        #expect(try interrupt(smallRequest(in: folder, name: "cut-\(stop)"), after: stop))
        #expect(try RunFolder(existing: path).record().status == .interrupted)
        #expect(try resume(path) == .finished)
        let found = try lastingFiles(path)
        for (name, bytes) in whole { #expect(found[name] == bytes, "\(name) after \(stop) steps") }
        #expect(try RunFolder(existing: path).record().status == .finished)
      }
    }
  }

  /// With a checkpoint after each step or with the first one alone, and whatever else was written.
  @Test(arguments: ["checkpoint-seconds=0", "checkpoint-seconds=1000"])
  func killedAfterAnyStepItEndsWithTheSameBytes(often: String) throws {
    try withTemporaryFolder { folder in
      let session = try TrainingSession(
        smallRequest(in: folder, name: "whole", set: [often])
      ) { _ in }
      var step = 0
      _ = try session.train {
        // What the disk holds at this moment is what a kill would leave.
        try? FileManager.default.copyItem(
          atPath: session.folder.path, toPath: "\(folder)/killed-\(step)")
        step += 1
        return false
      }
      let whole = try lastingFiles(session.folder.path)
      #expect(whole.count == 4)
      #expect(step == Self.steps)
      for stop in 0..<step {
        let path = "\(folder)/killed-\(stop)"
        #expect(try RunFolder(existing: path).record().status == .running)
        #expect(try resume(path) == .finished)
        let found = try lastingFiles(path)
        for (name, bytes) in whole { #expect(found[name] == bytes, "\(name) after \(stop) steps") }
      }
    }
  }

  @Test func interruptedAgainAndAgainItEndsWithTheSameBytes() throws {
    try withTemporaryFolder { folder in
      let settings = ["schedule=cosine", "warmup=7", "clip=2", "optimizer=adamw"]
      let whole = try lastingFiles(smallRun(in: folder, name: "whole", set: settings))
      #expect(try interrupt(smallRequest(in: folder, name: "cut", set: settings), after: 3))
      for pieces in [4, 3, 0, 8] {
        #expect(try resume("\(folder)/cut", until: after(pieces)) == .interrupted)
      }
      #expect(try resume("\(folder)/cut") == .finished)
      #expect(try lastingFiles("\(folder)/cut") == whole)
    }
  }

  /// Whether a new run was interrupted; it is given up when this returns.
  private func interrupt(_ request: TrainingRequest, after steps: Int) throws -> Bool {
    try TrainingSession(request) { _ in }.train(until: after(steps)) == .interrupted
  }

  @Test func aFinishedRunStaysAsItIs() throws {
    try withTemporaryFolder { folder in
      let path = try smallRun(in: folder)
      let before = try lastingFiles(path)
      #expect(try resume(path) == .finished)
      #expect(try lastingFiles(path) == before)
    }
  }

  @Test func killedBeforeTheFirstCheckpointItBeginsAnew() throws {
    try withTemporaryFolder { folder in
      let whole = try lastingFiles(smallRun(in: folder, name: "whole"))
      let request = try smallRequest(in: folder, name: "killed")
      _ = try TrainingSession(request) { _ in }
      #expect(try lastingFiles("\(folder)/killed").isEmpty)
      #expect(try resume("\(folder)/killed") == .finished)
      #expect(try lastingFiles("\(folder)/killed") == whole)
    }
  }

  @Test func whatAKilledProcessWasWritingIsRemoved() throws {
    try withTemporaryFolder { folder in
      let path = try smallRun(in: folder)
      let half = ["run.json.part-12", "checkpoints/state.safetensors.part-12"]
      for name in half { try Data([1, 2]).write(to: URL(filePath: "\(path)/\(name)")) }
      _ = try resume(path)
      for name in half { #expect(!FileManager.default.fileExists(atPath: "\(path)/\(name)")) }
    }
  }

  @Test func secondsAtWorkAddUpAndInterruptionsDoNotCount() throws {
    try withTemporaryFolder { folder in
      #expect(try interrupt(smallRequest(in: folder, name: "timed"), after: 5))
      let before = try RunFolder(existing: "\(folder)/timed").record().seconds
      #expect(before > 0)
      _ = try resume("\(folder)/timed")
      let record = try RunFolder(existing: "\(folder)/timed").record()
      #expect(record.seconds > before)
      #expect(record.minutes == record.seconds / 60)
    }
  }
}
