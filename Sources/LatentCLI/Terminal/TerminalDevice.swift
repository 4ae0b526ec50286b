#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What is known of the terminal behind a file descriptor.
struct TerminalDevice: Sendable {
  /// The file descriptor, such as 2 for stderr.
  let descriptor: Int32

  /// Stdout.
  static let output = TerminalDevice(descriptor: STDOUT_FILENO)
  /// Stderr.
  static let error = TerminalDevice(descriptor: STDERR_FILENO)

  /// Whether a person may be looking: the descriptor is a terminal, and `TERM` is not `dumb`.
  var isInteractive: Bool { isatty(descriptor) == 1 && Self.environment("TERM") != "dumb" }

  /// Whether to colour: interactive, and `NO_COLOR` is not set or empty (no-color.org).
  var isColoured: Bool { isInteractive && (Self.environment("NO_COLOR") ?? "").isEmpty }

  /// The columns of the terminal now; 80 when the terminal does not say.
  var columns: Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  private static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
