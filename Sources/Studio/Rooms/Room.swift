import LatentCore
import Synchronization
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A child `latent room RUN` that holds the model of a run: one line asked, one line answered.
///
/// An answer begins with `+` and a JSON document, or with `-` and the document of an error. A room whose
/// process died or took too long is closed; the next question opens another.
final class Room: Sendable {
  private struct State {
    var process: pid_t
    var input: Int32
    var output: Int32
    var isClosed = false
  }

  /// The longest answer that is taken.
  private static let longest = 64 << 20
  private let state: Mutex<State>
  /// Whether somebody who does not want to wait asked for its end.
  private let isEnding = Atomic<Bool>(false)

  /// Starts the process; throws `FileError`.
  init(_ run: String, program: String) throws {
    let asked = try ChildProcess.pipe()
    let answered = try ChildProcess.pipe()
    let nothing = ChildProcess.nothing()
    defer {
      close(asked.read)
      close(answered.write)
      close(nothing)
    }
    do {
      let process = try ChildProcess.start(
        program, ["room", run], input: asked.read, output: answered.write, error: nothing,
        isDetached: false)
      state = Mutex(State(process: process, input: asked.write, output: answered.read))
    } catch {
      close(asked.write)
      close(answered.read)
      throw error
    }
  }

  deinit { stop() }

  /// Whether the process is gone.
  var isClosed: Bool { state.withLock { $0.isClosed } }

  /// Asks and waits for the answer, a JSON document; throws `Problem`.
  func ask(_ question: JSONObject, seconds: Int) throws -> [UInt8] {
    let line = Array((JSONValue.object(question).text(.compact) + "\n").utf8)
    let answer: [UInt8]? = state.withLock { state -> [UInt8]? in
      guard !state.isClosed else { return nil }
      guard Self.write(line, to: state.input),
        let answer = self.line(from: state.output, until: .now + .seconds(seconds))
      else {
        Self.end(&state)
        return nil
      }
      return answer
    }
    guard let answer, let mark = answer.first else {
      throw Problem(
        502, "the model's process ended or took longer than \(seconds) seconds",
        remedy: "try again; the runs and jobs are untouched")
    }
    let document = Array(answer.dropFirst())
    guard mark == UInt8(ascii: "+") else { throw Children.problem(document, code: 2) }
    return document
  }

  /// Ends the process, also one that is computing.
  func stop() {
    isEnding.store(true, ordering: .relaxed)
    state.withLock { Self.end(&$0) }
  }

  private static func end(_ state: inout State) {
    guard !state.isClosed else { return }
    state.isClosed = true
    kill(state.process, SIGKILL)
    close(state.input)
    close(state.output)
    while waitpid(state.process, nil, 0) < 0, errno == EINTR {}
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { buffer in
        #if canImport(Glibc)
          Glibc.write(descriptor, buffer.baseAddress, buffer.count)
        #else
          Darwin.write(descriptor, buffer.baseAddress, buffer.count)
        #endif
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }

  /// One line without its end; nil if it does not come in time.
  private func line(
    from descriptor: Int32, until deadline: ContinuousClock.Instant
  ) -> [UInt8]? {
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while result.count <= Self.longest, !isEnding.load(ordering: .relaxed) {
      guard ContinuousClock.now < deadline else { return nil }
      var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&wanted, 1, 200)
      if ready < 0, errno == EINTR { continue }
      guard ready > 0 else { continue }
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      // Nothing follows an answer until the next question.
      if buffer[count - 1] == 0x0A { return result + buffer[..<(count - 1)] }
      result += buffer[..<count]
    }
    return nil
  }
}
