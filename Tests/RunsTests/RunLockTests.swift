import Foundation
import Testing

@testable import Runs

/// Who trains a run, asked of the system.
@Suite struct RunLockTests {
  @Test func theHolderIsKnownAsLongAsThereIsOne() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let folder = try RunFolder(in: path, recipe: "vae", data: "digits", name: "run")
    #expect(RunLock.holder(of: folder.path) == nil)
    var lock: RunLock? = try RunLock(folder)
    #expect(RunLock.holder(of: folder.path) == Int(getpid()))
    #expect(throws: (any Error).self) { try RunLock(folder) }
    withExtendedLifetime(lock) {}
    lock = nil
    // The number of who held it last says nothing.
    #expect(RunLock.holder(of: folder.path) == nil)
    // Who asks again and again is in nobody's way.
    for _ in 0..<200 {
      let asking = Thread { for _ in 0..<20 { _ = RunLock.holder(of: folder.path) } }
      asking.start()
      #expect(throws: Never.self) { _ = try RunLock(folder) }
    }
  }
}
