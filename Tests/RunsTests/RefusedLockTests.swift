import Foundation
import Runs
import Synchronization
import Testing
import Torch

/// A lock that was not got leaves everybody's files alone.
@Suite struct RefusedLockTests {
  /// A descriptor that is closed twice may be another thread's by the second time.
  @Test func aRefusedLockClosesNoOtherFile() throws {
    try withTemporaryFolder { folder in
      let run = try RunFolder(existing: smallRun(in: folder, name: "run", steps: 1))
      let lock = try RunLock(run)
      let path = run.file("run.json")
      let expected = try InputFile(path).all()
      let isOver = Atomic(false)
      let failures = Atomic(0)
      let reader = Thread {
        while !isOver.load(ordering: .relaxed) {
          let found = try? InputFile(path).all()
          if found != expected { failures.add(1, ordering: .relaxed) }
        }
      }
      reader.start()
      DispatchQueue.concurrentPerform(iterations: 64) { _ in
        #expect(throws: FileError.self) { try RunLock(run) }
      }
      isOver.store(true, ordering: .relaxed)
      while !reader.isFinished { usleep(1000) }
      #expect(failures.load(ordering: .relaxed) == 0)
      withExtendedLifetime(lock) {}
    }
  }
}
