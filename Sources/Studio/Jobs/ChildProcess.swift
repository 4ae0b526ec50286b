import Synchronization
package import Torch

#if canImport(Glibc)
  package import Glibc
#else
  package import Darwin
#endif

/// Starting programs.
package enum ChildProcess {
  /// Held while a program is started and while a pipe is made, so that none inherits half a pipe.
  private static let starting = Mutex(())
  /// Gives the program a session of its own; glibc shows the name to few.
  private static let ownSession: Int32 = {
    #if canImport(Glibc)
      0x80
    #else
      Int32(POSIX_SPAWN_SETSID)
    #endif
  }()

  /// Starts `program` with these words and descriptors; returns its number, or throws `FileError`.
  ///
  /// `isDetached` gives it a session of its own, so that neither the terminal's Ctrl-C nor the end of
  /// this process reaches it. Descriptors of this process are closed in it, as all are opened to be.
  package static func start(
    _ program: String, _ words: [String], input: Int32, output: Int32, error: Int32,
    isDetached: Bool
  ) throws -> pid_t {
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #else
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    for (place, descriptor) in [input, output, error].enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(place))
    }
    var (defaults, none) = (sigset_t(), sigset_t())
    sigemptyset(&defaults)
    sigemptyset(&none)
    for number in [SIGPIPE, SIGINT, SIGTERM, SIGHUP] { sigaddset(&defaults, number) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setsigmask(&attributes, &none)
    var flags = Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)
    if isDetached { flags |= ownSession }
    posix_spawnattr_setflags(&attributes, Int16(flags))
    var arguments = ([program] + words).map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var number = pid_t()
    let code = starting.withLock { _ in
      posix_spawn(&number, program, &actions, &attributes, &arguments, environ)
    }
    guard code == 0 else {
      throw FileError(
        path: program, problem: "cannot be started: \(String(cString: strerror(code)))",
        remedy: "check that the program is there and that the machine has memory")
    }
    return number
  }

  /// `/dev/null`, to be closed by the caller.
  package static func nothing() -> Int32 { open("/dev/null", O_RDWR | O_CLOEXEC) }

  /// A pipe whose ends are closed in other programs; throws `FileError`.
  package static func pipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    let code = starting.withLock { _ in
      #if canImport(Glibc)
        let code = Glibc.pipe(&ends)
      #else
        let code = Darwin.pipe(&ends)
      #endif
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      return code
    }
    guard code == 0 else {
      throw FileError(
        path: "pipe", problem: "cannot be made: \(String(cString: strerror(errno)))",
        remedy: "close other programs")
    }
    return (ends[0], ends[1])
  }
}
