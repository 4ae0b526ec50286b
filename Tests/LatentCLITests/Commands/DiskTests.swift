import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Folders that cannot be written to, and disks that are full: one line, a remedy, nothing left over.
@Suite(.serialized, .enabled(if: LatentProcess.program != nil, "latent is not beside the tests"))
struct DiskTests {
  /// Whether this process may mount a small disk of its own.
  static let canMount: Bool = {
    #if os(Linux)
      return geteuid() == 0 && (try? withDisk("size=64k") { _ in }) != nil
    #else
      return false
    #endif
  }()

  static func shell(_ words: String..., in folder: String) throws -> Int32 {
    try LatentProcess(words, in: folder, program: "/usr/bin/env").wait().code
  }

  /// Runs `body` with a small disk in memory.
  static func withDisk(_ options: String, _ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let disk = "\(folder)/disk"
      try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
      guard try shell("mount", "-t", "tmpfs", "-o", options, "tmpfs", disk, in: folder) == 0 else {
        throw CocoaError(.fileWriteNoPermission)
      }
      defer { _ = try? shell("umount", disk, in: folder) }
      try body(folder)
    }
  }

  @Test(.enabled(if: canMount, "only root may mount a disk"))
  func aDiskThatIsFullAtOnce() throws {
    try Self.withDisk("size=32k") { folder in
      let outcome = try LatentProcess(
        smallTraining.dropLast() + ["disk/runs", "--steps", "5", "--name", "run"], in: folder
      ).wait()
      #expect(outcome.code == 3)
      #expect(
        outcome.error == """
          run disk/runs/run
          error: disk/runs/run/checkpoints/last.safetensors: cannot be written: No space left on device
           hint: free space on the disk, or choose another place

          """)
      #expect(outcome.out == "")
      #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/disk") == [])
    }
  }

  @Test(.enabled(if: canMount, "only root may mount a disk"))
  func aDiskThatFillsUpDuringTraining() throws {
    // Room for a report with its chart library, once the filler is gone.
    try Self.withDisk("size=8m") { folder in
      let whole = try LatentProcess(
        smallTraining + ["--epochs", "5", "--name", "whole"], in: folder
      ).wait()
      #expect(whole.code == 0)
      // So little is left that the first checkpoint fits and the next ones, written beside it, do not.
      let words =
        Array(smallTraining.dropLast())
        + ["disk", "--epochs", "5", "--name", "run", "--set", "checkpoint-seconds=0"]
      let filler = "\(folder)/disk/filler"
      try Data(count: 8_290_304).write(to: URL(filePath: filler))
      let outcome = try LatentProcess(words, in: folder).wait()
      #expect(outcome.code == 3)
      #expect(
        outcome.error.hasSuffix(
          """
          : No space left on device
           hint: free space on the disk, or choose another place; then latent resume disk/run

          """), "\(outcome.error)")
      let left = try FileManager.default.subpathsOfDirectory(atPath: "\(folder)/disk/run")
      #expect(left.filter { $0.contains(".part-") } == [])
      try FileManager.default.removeItem(atPath: filler)
      let resumed = try LatentProcess.run("resume", "disk/run", in: folder)
      #expect(resumed.code == 0, "\(resumed.error)")
      for name in ["events.jsonl", "checkpoints/state.safetensors", "checkpoints/best.safetensors"]
      {
        #expect(
          FileManager.default.contents(atPath: "\(folder)/disk/run/\(name)")
            == FileManager.default.contents(atPath: "\(folder)/whole/\(name)"), "\(name)")
      }
    }
  }

  @Test(.enabled(if: canMount, "only root may mount a disk"))
  func aReadOnlyDisk() throws {
    try Self.withDisk("size=64k,ro") { folder in
      let outcome = try LatentProcess(
        smallTraining.dropLast() + ["disk/runs", "--steps", "5"], in: folder
      ).wait()
      #expect(outcome.code == 3)
      #expect(
        outcome.error == """
          error: disk/runs: the folder cannot be made: Read-only file system
           hint: choose a place that you may write to with --out

          """)
    }
  }

  @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
  func aFolderWithoutPermission() throws {
    try withTemporaryFolder { folder in
      let locked = "\(folder)/locked"
      try FileManager.default.createDirectory(
        atPath: locked, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o555])
      let outcome = try LatentProcess(
        smallTraining.dropLast() + ["locked/runs", "--steps", "5"], in: folder
      ).wait()
      #expect(outcome.code == 3)
      #expect(
        outcome.error == """
          error: locked/runs: the folder cannot be made: Permission denied
           hint: choose a place that you may write to with --out

          """)
    }
  }
}
