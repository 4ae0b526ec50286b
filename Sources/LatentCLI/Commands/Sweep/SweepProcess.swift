import Runs
import Studio

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One process of a sweep, which trains one run at a time, seen from the process that gives the tasks.
final class SweepProcess {
  /// The run at work; nil while there is none.
  private(set) var point: SweepPoint?
  /// What the process can be polled by: its stdout and its stderr, or -1 for one that has ended.
  private(set) var descriptors: [Int32]
  private let number: pid_t
  private var input: Int32
  private var answers: [UInt8] = []
  private var complaints: [UInt8] = []
  private static let longestComplaint = 1 << 16

  /// Starts `program` with these words as a process that trains runs of `folder`; throws `FileError`.
  init(_ program: String, _ words: [String], for folder: SweepFolder) throws {
    let (tasks, output, error) = (
      try ChildProcess.pipe(), try ChildProcess.pipe(), try ChildProcess.pipe()
    )
    defer { for end in [tasks.read, output.write, error.write] { close(end) } }
    input = tasks.write
    descriptors = [output.read, error.read]
    number = try ChildProcess.start(
      "/usr/bin/env", ["\(SweepCommand.workerVariable)=\(folder.path)", program] + words,
      input: tasks.read, output: output.write, error: error.write, isDetached: false)
  }

  deinit {
    hangUp()
    for descriptor in descriptors where descriptor >= 0 { close(descriptor) }
  }

  /// Whether it says nothing more, because it has ended.
  var isSilent: Bool { descriptors[0] < 0 }

  /// Gives it a run to train; a process that has died takes it all the same and is found dead later.
  func give(_ point: SweepPoint, in folder: SweepFolder) {
    self.point = point
    Console.write(SweepTask(point, in: folder).line + "\n", to: input)
  }

  /// Lets it know that nothing more comes: it keeps the run at work with its state, and ends.
  func hangUp() {
    if input >= 0 { close(input) }
    input = -1
  }

  /// Takes what has come from the descriptor at `place`; the answers that are whole now.
  func read(from place: Int) -> [SweepAnswer] {
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    let count = systemRead(descriptors[place], &buffer)
    if count <= 0 {
      close(descriptors[place])
      descriptors[place] = -1
      return []
    }
    guard place == 0 else {
      complaints = (complaints + buffer[..<count]).suffix(Self.longestComplaint)
      return []
    }
    answers += buffer[..<count]
    var found: [SweepAnswer] = []
    while let end = answers.firstIndex(of: 0x0A) {
      if let answer = SweepAnswer(String(decoding: answers[..<end], as: UTF8.self)) {
        found.append(answer)
      }
      answers.removeSubrange(...end)
    }
    if found.contains(where: \.isLast) { point = nil }
    return found
  }

  /// Waits for its end; what that means for the run at work, if there is one.
  func end() -> SweepAnswer? {
    hangUp()
    while descriptors[1] >= 0 { _ = read(from: 1) }
    var status: Int32 = 0
    while waitpid(number, &status, 0) < 0, errno == EINTR {}
    guard point != nil else { return nil }
    point = nil
    let lines = String(decoding: complaints, as: UTF8.self).split(whereSeparator: \.isNewline)
    func said(_ start: String) -> String? {
      lines.last { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) }
    }
    let (signal, code) = (status & 0x7F, status >> 8 & 0xFF)
    // Asked to stop before it had begun the run, or while it read the data.
    if status == 0 || [SIGINT, SIGTERM, SIGHUP].contains(signal) { return .interrupted }
    let last = said("error: ") ?? lines.last.map(String.init)
    let words = last.map { ": \($0)" } ?? ""
    guard signal == 0 else {
      return .failed(
        SweepFailure(
          reason: "its process was ended by signal \(signal)\(words)",
          remedy: signal == SIGKILL
            ? "if memory was short, give --jobs 1; the same command goes on"
            : "the same command goes on"))
    }
    return .failed(
      SweepFailure(
        reason: "its process ended with code \(code)\(words)",
        remedy: said(" hint: ") ?? "the same command goes on"))
  }

  private func systemRead(_ descriptor: Int32, _ buffer: inout [UInt8]) -> Int {
    while true {
      #if canImport(Glibc)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
      #else
        let count = Darwin.read(descriptor, &buffer, buffer.count)
      #endif
      if count >= 0 || errno != EINTR { return count }
    }
  }
}

extension SweepAnswer {
  /// Whether nothing more is said of the run.
  var isLast: Bool { if case .progress = self { false } else { true } }
}
