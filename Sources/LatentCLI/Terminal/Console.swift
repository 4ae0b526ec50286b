import LatentCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where a command shows what it did.
///
/// Stdout holds the result: text, or with `--json` exactly one JSON document. Everything else
/// (progress, notes, errors) goes to stderr.
final class Console {
  /// Whether the result is to be one JSON document.
  let isJSON: Bool
  /// The document to be printed when the command has ended.
  private(set) var document: JSONObject?
  /// The processes that a launcher started with this one, nil for one on its own.
  var team: Team?
  private let output: TerminalDevice
  private let errorDevice: TerminalDevice
  private let palette: Palette
  private let writeOut: (String) -> Void
  private let writeError: (String) -> Void

  /// Makes a console on the process's own stdout and stderr.
  init(isJSON: Bool) {
    self.isJSON = isJSON
    output = .output
    errorDevice = .error
    palette = Palette(isColoured: TerminalDevice.error.isColoured)
    writeOut = { Console.write($0, to: STDOUT_FILENO) }
    writeError = { Console.write($0, to: STDERR_FILENO) }
  }

  /// Makes a console without a terminal that writes to `out` and `error`.
  init(isJSON: Bool, out: @escaping (String) -> Void, error: @escaping (String) -> Void) {
    self.isJSON = isJSON
    output = TerminalDevice(descriptor: -1)
    errorDevice = output
    palette = .plain
    writeOut = out
    writeError = error
  }

  /// Prints a line of the result for people; nothing with `--json`.
  func print(_ text: String = "") {
    guard !isJSON else { return }
    line?.clear()
    writeOut(text + "\n")
  }

  /// Prints a table of the result for people, in the width of the terminal; nothing with `--json`.
  func print(_ table: Table) {
    let palette = Palette(isColoured: output.isColoured)
    let width = output.isInteractive ? output.columns : nil
    for line in table.lines(width: width, palette: palette) { print(line) }
  }

  /// Sets the document that `--json` prints when the command ends; nothing without.
  ///
  /// **Fails** (stops the program) when it is set twice.
  func report(_ document: @autoclosure () -> JSONObject) {
    guard isJSON else { return }
    precondition(self.document == nil, "the JSON document of a command is set twice: this is a bug")
    self.document = document()
  }

  /// Begins a line of progress on stderr; notes appear above it, and it ends with the command.
  func progress(_ goal: ProgressLine.Goal, unit: String = "steps") -> ProgressLine {
    line?.finish()
    let line = ProgressLine(goal: goal, unit: unit, device: errorDevice, write: writeError)
    self.line = line
    return line
  }

  private weak var line: ProgressLine?

  /// Prints a line on stderr.
  func note(_ text: String) {
    if let line { line.note(text) } else { writeError(text + "\n") }
  }

  /// Ends a command that succeeded.
  func finish() {
    line?.finish()
    if isJSON { writeOut(JSONValue.object(document ?? [:]).text() + "\n") }
  }

  /// Ends a command that failed: two lines on stderr, and with `--json` the document with the member
  /// `error` added.
  func finish(_ error: CommandError) {
    line?.finish()
    writeError(error.text(palette) + "\n")
    guard isJSON else { return }
    var result = document ?? [:]
    for member in error.json.members { result[member.name] = member.value }
    writeOut(JSONValue.object(result).text() + "\n")
  }

  /// Writes all of `text` to a file descriptor; what cannot be written is lost.
  static func write(_ text: String, to descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { bytes in
        #if canImport(Glibc)
          Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #elseif canImport(Musl)
          Musl.write(descriptor, bytes.baseAddress, bytes.count)
        #else
          Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
