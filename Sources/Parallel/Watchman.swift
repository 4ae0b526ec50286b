#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A thread that sees to one thing and takes no signals, which are the main thread's.
package enum Watchman {
  /// Starts a thread that ends with `body`.
  package static func start(_ body: @escaping @Sendable () -> Void) {
    let duty = Unmanaged.passRetained(Duty(body)).toOpaque()
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    #if canImport(Glibc)
      var thread = pthread_t()
      if pthread_create(&thread, nil, watch, duty) == 0 { pthread_detach(thread) }
    #else
      var thread: pthread_t?
      if pthread_create(&thread, nil, watch, duty) == 0, let thread { pthread_detach(thread) }
    #endif
    pthread_sigmask(SIG_SETMASK, &before, nil)
  }
}

private final class Duty: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

#if canImport(Glibc)
  private typealias Given = UnsafeMutableRawPointer?
#else
  private typealias Given = UnsafeMutableRawPointer
#endif

private func watch(_ duty: Given) -> UnsafeMutableRawPointer? {
  let pointer: UnsafeMutableRawPointer? = duty
  if let pointer { Unmanaged<Duty>.fromOpaque(pointer).takeRetainedValue().body() }
  return nil
}
