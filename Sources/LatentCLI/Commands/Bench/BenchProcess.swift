import Bench
import LatentCore
import Studio
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A process that runs to its end.
enum BenchProcess {
  /// What a process left.
  struct Outcome {
    /// Its exit code, or 128 plus the signal that ended it.
    let code: Int32
    /// What it wrote to stdout.
    let output: String
    /// The last line that it wrote to stderr.
    let lastError: String
    /// Its start and its end on the system's monotonic clock, in seconds.
    let startedAt: Double
    let endedAt: Double
    /// The largest resident set of the process, or of one that it waited for, in 2²⁰ bytes.
    let peakMegabytes: Double
  }

  /// Runs `program`; its stderr is this process's if `showsErrors`. Throws `FileError` if it cannot be started.
  static func run(
    _ program: String, _ words: [String], showsErrors: Bool = false
  ) throws -> Outcome {
    let (output, error) = (try ChildProcess.pipe(), try ChildProcess.pipe())
    let nothing = ChildProcess.nothing()
    let begin = monotonicSeconds()
    let number = try ChildProcess.start(
      program, words, input: nothing, output: output.write,
      error: showsErrors ? STDERR_FILENO : error.write, isDetached: false)
    for end in [output.write, error.write, nothing] { close(end) }
    let (text, errors) = readBoth(output.read, error.read)
    for end in [output.read, error.read] { close(end) }
    var status: Int32 = 0
    var usage = rusage()
    while wait4(number, &status, 0, &usage) < 0 && errno == EINTR {}
    let end = monotonicSeconds()
    #if canImport(Darwin)
      let unit = 1.0
    #else
      let unit = 1024.0
    #endif
    let signal = status & 0x7f
    let lines = errors.split(whereSeparator: \.isNewline)
    return Outcome(
      code: signal == 0 ? (status >> 8) & 0xff : 128 + signal, output: text,
      lastError: lines.last.map(String.init) ?? "", startedAt: begin, endedAt: end,
      peakMegabytes: Double(usage.ru_maxrss) * unit / 1_048_576)
  }

  /// Reads two descriptors to their ends, whichever has something.
  private static func readBoth(_ first: Int32, _ second: Int32) -> (String, String) {
    var texts: [[UInt8]] = [[], []]
    var polled = [first, second].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    var buffer = [UInt8](repeating: 0, count: 65536)
    while polled.contains(where: { $0.fd >= 0 }) {
      guard poll(&polled, nfds_t(polled.count), -1) >= 0 || errno == EINTR else { break }
      for place in polled.indices where polled[place].fd >= 0 && polled[place].revents != 0 {
        let count = read(polled[place].fd, &buffer, buffer.count)
        if count > 0 { texts[place] += buffer[..<count] } else { polled[place].fd = -1 }
      }
    }
    return (String(decoding: texts[0], as: UTF8.self), String(decoding: texts[1], as: UTF8.self))
  }
}
