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

  /// The process's number.
  let identifier: pid_t
  private let folder: String

  /// Starts `latent`, or another program, with these words in `folder`, where its output goes into files of their own.
  ///
  /// Not by Foundation's `Process`, whose wait does not go together with tests that wait for exits.
  init(
    _ words: [String], in folder: String, program other: String? = nil, errorFile: String? = nil
  ) throws {
    guard let program = other ?? Self.program else { throw CocoaError(.fileNoSuchFile) }
    let own = "\(folder)/.process-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "\(own)/out", O_WRONLY | O_CREAT, 0o644)
    posix_spawn_file_actions_addopen(
      &actions, 2, errorFile ?? "\(own)/error", O_WRONLY | O_CREAT, 0o644)
    // The shell goes to the folder and becomes the program, so that the number is the program's.
    let line = ["sh", "-c", "cd \"$0\" && exec \"$@\"", folder, program] + words
    var arguments = line.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var number = pid_t()
    let code = posix_spawn(&number, "/bin/sh", &actions, nil, &arguments, environ)
    guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EINVAL) }
    identifier = number
    self.folder = own
  }

  func signal(_ number: Int32) { kill(identifier, number) }

  /// Waits for the end; the code of a process that a signal ended is minus its number.
  func wait() throws -> Outcome {
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let signal = status & 0x7F
    return Outcome(
      code: signal == 0 ? status >> 8 & 0xFF : -signal,
      out: try String(contentsOfFile: "\(folder)/out", encoding: .utf8),
      error: (try? String(contentsOfFile: "\(folder)/error", encoding: .utf8)) ?? "")
  }

  /// Runs `latent` to its end.
  static func run(_ words: String..., in folder: String) throws -> Outcome {
    try LatentProcess(words, in: folder).wait()
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
