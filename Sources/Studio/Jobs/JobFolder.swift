import FoundationEssentials
import LatentCore
import Runs
import Synchronization
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The jobs, each three files in `.jobs` of the folder of runs: what it is, what it said, its document.
///
/// A job holds a lock on its file of words by the very descriptor that it writes them to, so whether it
/// lives is asked of the system, and any studio finds it, also one that was started later.
final class JobFolder: Sendable {
  private struct State {
    var known: [String: (stamp: FileStamp, job: Job)] = [:]
    /// Children of this process, which leave a trace until they are waited for.
    var own: Set<pid_t> = []
  }

  private static let endings = [".json", ".log", ".out"]
  let path: String
  private let program: String
  private let state = Mutex(State())

  init(runs: String, program: String) {
    path = "\(runs)/.jobs"
    self.program = program
  }

  /// All jobs by name.
  func all() -> [String: Job] {
    reap()
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return [:] }
    defer { close(descriptor) }
    return state.withLock { state in
      var found: [String: (stamp: FileStamp, job: Job)] = [:]
      for name in ServedFolder(path: path).names() where name.hasSuffix(".json") {
        let name = String(name.dropLast(5))
        let files = Self.endings.map { name + $0 }
        guard let stamp = FileStamp(files, below: descriptor, now: time(nil)) else { continue }
        // What has ended stays so until its files change.
        if let known = state.known[name], known.stamp == stamp, !known.job.isAlive {
          found[name] = known
        } else if let job = read(name) {
          found[name] = (stamp, job)
        }
      }
      state.known = found
      return found.mapValues(\.job)
    }
  }

  private func read(_ name: String) -> Job? {
    let folder = ServedFolder(path: path)
    guard let file = folder.file(["\(name).json"]), file.count <= 1 << 20,
      let record = try? JSONDecoder().decode(Job.Record.self, from: Data(file.tail(1 << 20))),
      record.name == name
    else { return nil }
    let isAlive = isAlive(name)
    guard !isAlive, let output = folder.file(["\(name).out"]) else {
      return Job(record: record, isAlive: isAlive)
    }
    return Job(
      record: record, isAlive: false, failure: Self.failure(output.tail(1 << 20), of: record.kind))
  }

  /// What the document of a job that has ended says of why; nil if all went well.
  private static func failure(_ output: [UInt8], of kind: Job.Kind) -> Problem? {
    guard !output.isEmpty else {
      return Problem(500, "the process ended without a word", remedy: "resume it, or see its log")
    }
    let text = String(decoding: output, as: UTF8.self)
    guard let document = try? JSON5Reader.object(text, source: "job") else {
      return Problem(500, "the process ended within a word", remedy: "resume it, or see its log")
    }
    guard let error = document["error"] else { return nil }
    // A claim that does not hold is a result.
    if kind == .reproduce, error["code"]?.whole == 1 { return nil }
    return Children.problem(output, code: 3)
  }

  private func isAlive(_ name: String) -> Bool {
    let descriptor = open("\(path)/\(name).log", O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  /// The end of what a job said.
  func log(_ name: String) -> String {
    let file = ServedFolder(path: path).file(["\(name).log"])
    return String(decoding: file?.tail(1 << 14) ?? [], as: UTF8.self)
  }

  /// The document of a job that has ended; nil if there is none.
  func document(_ name: String) -> [UInt8]? {
    ServedFolder(path: path).file(["\(name).out"]).map { $0.tail(16 << 20) }
  }

  /// Starts a job; throws `Problem` while one of this name is at work, and `FileError`.
  func start(_ record: Job.Record) throws -> Job {
    var record = record
    let base = "\(path)/\(record.name)"
    mkdir(path, 0o755)
    let log = try Self.create("\(base).log")
    defer { close(log) }
    guard flock(log, LOCK_EX | LOCK_NB) == 0 else {
      throw Problem(409, "\(record.name) is at work", remedy: "wait for it, or stop it first")
    }
    let output = try Self.create("\(base).out")
    defer { close(output) }
    ftruncate(log, 0)
    ftruncate(output, 0)
    let nothing = ChildProcess.nothing()
    defer { close(nothing) }
    let number = try ChildProcess.start(
      program, record.words + ["--json"], input: nothing, output: output, error: log,
      isDetached: true)
    _ = state.withLock { $0.own.insert(number) }
    record.process = Int(number)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write([UInt8](try encoder.encode(record)) + [0x0A], to: "\(base).json")
    return Job(record: record, isAlive: true)
  }

  private static func create(_ path: String) throws -> Int32 {
    let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw FileError(
        path: path, problem: "cannot be made: \(String(cString: strerror(errno)))",
        remedy: "check that you may write to the folder of runs")
    }
    return descriptor
  }

  /// Moves a job's files into a folder, or back out of it; those that are not there are left out.
  func move(_ name: String, into folder: String, isBack: Bool = false) {
    for ending in Self.endings {
      let (own, kept) = ("\(path)/\(name)\(ending)", "\(folder)/.job\(ending)")
      rename(isBack ? kept : own, isBack ? own : kept)
    }
  }

  /// Forgets a job that has ended.
  func remove(_ name: String) { for ending in Self.endings { unlink("\(path)/\(name)\(ending)") } }

  /// Takes note of children that have ended.
  private func reap() {
    state.withLock { state in
      state.own = state.own.filter { waitpid($0, nil, WNOHANG) == 0 }
    }
  }
}
