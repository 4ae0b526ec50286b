import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program `latent` that was built beside these tests, as a process of its own.
struct LatentProcess {
  /// How a process ended.
  struct Outcome {
    var code: Int32
    var out: String
    var error: String
  }

  /// The program, or nil if it is not beside the tests' own program.
  static let program: String? = {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
    let folders = [own, CommandLine.arguments.first, Bundle.main.executablePath]
      .compactMap { $0 }.map { URL(filePath: $0).deletingLastPathComponent().path }
    return folders.map { "\($0)/latent" }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }()

  private let process = Process()
  private let folder: String

  /// Starts `latent` with these words in `folder`, where its output goes into files of their own.
  ///
  /// `through` is a program with arguments that starts it, such as a shell with a limit.
  init(_ words: [String], in folder: String, through: [String] = []) throws {
    guard let program = Self.program else { throw CocoaError(.fileNoSuchFile) }
    self.folder = "\(folder)/.process-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: self.folder, withIntermediateDirectories: true)
    let line = through + [program] + words
    process.executableURL = URL(filePath: line[0])
    process.arguments = Array(line.dropFirst())
    process.currentDirectoryURL = URL(filePath: folder)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try Self.file("\(self.folder)/out")
    process.standardError = try Self.file("\(self.folder)/error")
    try process.run()
  }

  private static func file(_ path: String) throws -> FileHandle {
    FileManager.default.createFile(atPath: path, contents: nil)
    return try FileHandle(forWritingTo: URL(filePath: path))
  }

  var identifier: Int32 { process.processIdentifier }
  var isRunning: Bool { process.isRunning }

  func signal(_ number: Int32) { kill(identifier, number) }

  /// Waits for the end; the code of a process that a signal ended is minus its number.
  func wait() throws -> Outcome {
    process.waitUntilExit()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let status = process.terminationStatus
    return Outcome(
      code: process.terminationReason == .uncaughtSignal ? -status : status,
      out: try String(contentsOfFile: "\(folder)/out", encoding: .utf8),
      error: try String(contentsOfFile: "\(folder)/error", encoding: .utf8))
  }

  /// Runs `latent` to its end.
  static func run(
    _ words: String..., in folder: String, through: [String] = []
  ) throws -> Outcome {
    try LatentProcess(words, in: folder, through: through).wait()
  }
}

/// Waits until `condition` holds, at most a minute; says whether it did.
func eventually(_ condition: () -> Bool) -> Bool {
  for _ in 0..<12_000 {
    if condition() { return true }
    usleep(5_000)
  }
  return false
}

/// Runs `body` with the path of a folder of its own, which is removed afterwards.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(path)
}

/// The words of a small VAE on the digits.
let smallTraining = [
  "train", "vae", "--data", "digits", "--set", "hidden=16", "--set", "latent=3", "--out", ".",
]
