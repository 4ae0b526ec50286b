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

  /// Every setting that has a state or a course of its own.
  static let everything = [
    "schedule=one-cycle", "warmup=3", "clip=2", "optimizer=adamw", "accumulate=3", "batch-size=48",
    "ema=0.9", "kl-annealing=cyclical", "kl-cycles=2", "free-bits=0.1", "patience=2",
    "checkpoint-seconds=0",
  ]

  /// Draws of the weights have a generator of their own, and a posterior has its Hessian.
  static let drawnWeights =
    everything + [
      "optimizer=ivon", "ivon-draws=2", "ivon-beta2=0.9", "learning-rate=0.05",
    ]

  @Test(arguments: [everything, drawnWeights])
  func killedAfterAnyStepWithEverySettingItEndsWithTheSameBytes(settings: [String]) throws {
    try withTemporaryFolder { folder in
      let whole = try lastingFiles(smallRun(in: folder, name: "whole", set: settings))
      let request = try smallRequest(in: folder, name: "killed", set: settings)
      let session = try TrainingSession(request) { _ in }
      var step = 0
      _ = try session.train {
        try? FileManager.default.copyItem(
          atPath: session.folder.path, toPath: "\(folder)/killed-\(step)")
        step += 1
        return false
      }
      #expect(step == Self.steps)
      for stop in 0..<step {
        #expect(try resume("\(folder)/killed-\(stop)") == .finished)
        let found = try lastingFiles("\(folder)/killed-\(stop)")
        for (name, bytes) in whole { #expect(found[name] == bytes, "\(name) after \(stop) steps") }
      }
    }
  }

  /// Patience ends at the same validation, however often the run was interrupted before.
  @Test func patienceIsKept() throws {
    try withTemporaryFolder { folder in
      // So large a rate makes some validations worse than the best.
      let settings = ["patience=2", "learning-rate=0.5"]
      let path = try smallRun(in: folder, name: "whole", steps: 400, set: settings)
      let whole = try lastingFiles(path)
      let events = try EventLog.read(RunFolder(existing: path))
      #expect(try #require(events.last).step < 400, "it ended by patience")
      let request = try smallRequest(in: folder, name: "cut", steps: 400, set: settings)
      #expect(try interrupt(request, after: 11))
      while try resume("\(folder)/cut", until: after(7)) == .interrupted {}
      #expect(try lastingFiles("\(folder)/cut") == whole)
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
