import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whether somebody asked the process to stop: Ctrl-C, SIGTERM or SIGHUP.
///
/// The trainer looks after each step, so that a request costs one step and loses nothing.
public enum StopRequest {
  private static let requested = Atomic<Bool>(false)

  /// Whether a request has come.
  public static var isMade: Bool { requested.load(ordering: .relaxed) }

  /// Asks, as a signal would.
  public static func make() { requested.store(true, ordering: .relaxed) }

  /// Turns the signals into requests; a second one ends the process at once.
  public static func listen() {
    for number in [SIGINT, SIGTERM, SIGHUP] {
      var action = sigaction()
      #if canImport(Glibc)
        action.__sigaction_handler.sa_handler = { _ in StopRequest.make() }
      #else
        action.__sigaction_u.__sa_handler = { _ in StopRequest.make() }
      #endif
      // After the first signal the system's own handling is back; calls under way go on.
      action.sa_flags = Int32(truncatingIfNeeded: SA_RESETHAND) | Int32(SA_RESTART)
      sigaction(number, &action, nil)
    }
  }
}
