import LatentCore
import Synchronization
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs commands of `latent` to their end for answers that wait for them.
final class Children: Sendable {
  /// The longest document that is taken.
  static let longest = 64 << 20

  private struct State {
    var running: Set<pid_t> = []
    var isStopped = false
  }

  private let program: String
  private let state = Mutex(State())

  init(program: String) { self.program = program }

  /// Runs `latent WORDS --json` and returns its document as it was written.
  ///
  /// A command that found what it looked for to be wrong (exit code 1) has a document too. Throws
  /// `Problem` with the command's own words if it fails or takes longer than `seconds`.
  func document(_ words: [String], seconds: Int = 600) throws -> [UInt8] {
    let (code, output) = try run(words + ["--json"], seconds: seconds)
    guard code == 0 || code == 1 else { throw Self.problem(output, code: code) }
    return output
  }

  /// What a failed command said in its document.
  static func problem(_ output: [UInt8], code: Int32) -> Problem {
    let text = String(decoding: output, as: UTF8.self)
    let found = (try? JSON5Reader.object(text, source: "answer"))?["error"]
    guard let message = found?["message"]?.text else {
      return Problem(
        500, "the command ended with code \(code) and no word of why",
        remedy: "run it in a terminal")
    }
    return Problem(422, message, remedy: found?["remedy"]?.text ?? "")
  }

  private func run(_ words: [String], seconds: Int) throws -> (code: Int32, output: [UInt8]) {
    let (reading, writing) = try ChildProcess.pipe()
    let nothing = ChildProcess.nothing()
    defer { close(reading) }
    let number: pid_t
    do {
      defer {
        close(writing)
        close(nothing)
      }
      number = try state.withLock { state in
        guard !state.isStopped else {
          throw Problem(503, "the studio ends", remedy: "start it again")
        }
        let number = try ChildProcess.start(
          program, words, input: nothing, output: writing, error: nothing, isDetached: false)
        state.running.insert(number)
        return number
      }
    }
    let deadline = ContinuousClock.now + .seconds(seconds)
    let output = Self.all(of: reading, until: deadline)
    if output == nil { kill(number, SIGKILL) }
    let status = state.withLock { state in
      // Within the lock, so that nobody signals a number that is given back.
      state.running.remove(number)
      var status: Int32 = 0
      while waitpid(number, &status, 0) < 0, errno == EINTR {}
      return status
    }
    guard let output else {
      throw Problem(
        504, "the command took longer than \(seconds) seconds or wrote too much",
        remedy: "run it in a terminal: \(ShellLine.text(["latent"] + words))")
    }
    return (status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F), output)
  }

  /// Everything that comes until the end; nil if that does not come in time.
  private static func all(
    of descriptor: Int32, until deadline: ContinuousClock.Instant
  ) -> [UInt8]? {
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while result.count <= longest {
      let left = ContinuousClock.now.duration(to: deadline).components.seconds
      guard left >= 0 else { return nil }
      var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&wanted, 1, Int32(min(left + 1, 1000) * 1000))
      if ready < 0, errno == EINTR { continue }
      guard ready > 0 else { continue }
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return result }
      result += buffer[..<count]
    }
    return nil
  }

  /// Ends what is running and starts nothing more.
  func stop() {
    state.withLock { state in
      state.isStopped = true
      for number in state.running { kill(number, SIGKILL) }
    }
  }
}
