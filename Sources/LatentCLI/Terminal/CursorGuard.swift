#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Hides the cursor while a line is redrawn, and makes sure that it comes back.
///
/// While it is hidden, signals that end or stop the process show it first, and so does `exit`.
/// Signals that the program handles or ignores itself are left alone: whoever handles them ends the
/// line.
enum CursorGuard {
  private static let guarded = [
    SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGABRT, SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE,
  ]

  /// Hides the cursor of `device`.
  static func hide(_ device: TerminalDevice, _ write: (String) -> Void) {
    if device.isInteractive {
      _ = exitHook
      hiddenOn = device.descriptor
      for number in guarded where isHandler(of: number, nil) { signal(number, handler) }
    }
    write("\u{1B}[?25l")
  }

  /// Shows the cursor of `device` again.
  static func show(_ device: TerminalDevice, _ write: (String) -> Void) {
    write("\u{1B}[?25h")
    guard hiddenOn == device.descriptor, device.descriptor >= 0 else { return }
    hiddenOn = -1
    for number in guarded where isHandler(of: number, handler) { signal(number, SIG_DFL) }
  }

  private static let exitHook: Void = {
    atexit { restoreCursor() }
  }()

  private typealias Handler = @convention(c) (Int32) -> Void

  /// One pointer, so that it can be told from the handlers of others.
  private static let handler: Handler = { showCursor($0) }

  /// Whether a signal is handled by `handler`; `nil` is the system's own action.
  private static func isHandler(of number: Int32, _ handler: Handler?) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    #if canImport(Darwin)
      let current = action.__sigaction_u.__sa_handler
    #else
      let current = action.__sigaction_handler.sa_handler
    #endif
    return unsafeBitCast(current, to: Int.self) == unsafeBitCast(handler, to: Int.self)
  }
}

/// The terminal whose cursor is hidden, or -1. Signal handlers read it, so it is a plain global that
/// needs no initialisation; only the thread that draws writes it.
nonisolated(unsafe) private var hiddenOn: Int32 = -1

/// Shows the cursor with nothing but `write`, which signal handlers may call.
private func restoreCursor() {
  guard hiddenOn >= 0 else { return }
  let sequence: StaticString = "\u{1B}[?25h\r\n"
  _ = write(hiddenOn, sequence.utf8Start, sequence.utf8CodeUnitCount)
}

private func showCursor(_ number: Int32) {
  let saved = errno
  restoreCursor()
  if number == SIGTSTP {
    kill(getpid(), SIGSTOP)  // goes on here after `fg`
  } else {
    signal(number, SIG_DFL)
    raise(number)
  }
  errno = saved
}
