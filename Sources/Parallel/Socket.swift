#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// TCP over IPv4 in the few calls that the lifeline needs.
enum Socket {
  #if canImport(Glibc)
    private static let stream = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    private static let quietly = Int32(MSG_NOSIGNAL)
    private static let idle = TCP_KEEPIDLE
  #else
    private static let stream = SOCK_STREAM
    private static let quietly: Int32 = 0
    private static let idle = TCP_KEEPALIVE
  #endif

  /// A socket that notices within 20 s that the other machine is gone; nil where none can be had.
  static func make() -> Int32? {
    let line = socket(AF_INET, stream, 0)
    guard line >= 0 else { return nil }
    prepare(line)
    return line
  }

  private static func prepare(_ line: Int32) {
    set(line, SOL_SOCKET, SO_KEEPALIVE, 1)
    let tcp = Int32(IPPROTO_TCP)
    set(line, tcp, idle, 8)
    set(line, tcp, TCP_KEEPINTVL, 4)
    set(line, tcp, TCP_KEEPCNT, 3)
    #if !canImport(Glibc)
      set(line, SOL_SOCKET, SO_NOSIGPIPE, 1)
      _ = fcntl(line, F_SETFD, FD_CLOEXEC)
    #endif
  }

  private static func set(_ line: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    setsockopt(line, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }

  static func address(_ host: UInt32, port: UInt16) -> sockaddr_in {
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = port.bigEndian
    place.sin_addr.s_addr = host.bigEndian
    return place
  }

  static func accept(_ listener: Int32) -> Int32? {
    while true {
      #if canImport(Glibc)
        let line = Glibc.accept(listener, nil, nil)
      #else
        let line = Darwin.accept(listener, nil, nil)
      #endif
      if line < 0, errno == EINTR { continue }
      guard line >= 0 else {
        usleep(100_000)
        return nil
      }
      _ = fcntl(line, F_SETFD, FD_CLOEXEC)
      prepare(line)
      return line
    }
  }

  /// A connection to the first of the beacon's addresses where somebody knows the word.
  static func connect(to beacon: Beacon, rank: Int) -> Int32? {
    for host in beacon.addresses {
      guard let line = make() else { return nil }
      limitWaiting(line, seconds: 3)
      var place = address(host, port: beacon.port)
      let isConnected = withUnsafePointer(to: &place) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
          open(line, address) == 0
        }
      }
      let number = withUnsafeBytes(of: UInt32(rank).bigEndian) { Array($0) }
      if isConnected, send(beacon.word + number, to: line), receive(1, from: line) == [0x4B] {
        limitWaiting(line, seconds: 0)
        return line
      }
      _ = close(line)
    }
    return nil
  }

  private static func open(_ line: Int32, _ address: UnsafePointer<sockaddr>) -> Int32 {
    let length = socklen_t(MemoryLayout<sockaddr_in>.size)
    #if canImport(Glibc)
      return Glibc.connect(line, address, length)
    #else
      return Darwin.connect(line, address, length)
    #endif
  }

  /// Lets calls on `line` give up after so many seconds; 0 for never.
  static func limitWaiting(_ line: Int32, seconds: Int) {
    var length = timeval()
    length.tv_sec = seconds
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(line, SOL_SOCKET, option, &length, socklen_t(MemoryLayout<timeval>.size))
    }
  }

  /// Sends all of `bytes`; false where nobody listens any more.
  static func send(_ bytes: [UInt8], to line: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { part in
        #if canImport(Glibc)
          Glibc.send(line, part.baseAddress, part.count, quietly)
        #else
          Darwin.send(line, part.baseAddress, part.count, quietly)
        #endif
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }

  /// Waits for `count` bytes; nil when the other end is gone.
  static func receive(_ count: Int, from line: Int32) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let found = bytes[done...].withUnsafeMutableBytes { recv(line, $0.baseAddress, $0.count, 0) }
      if found < 0, errno == EINTR { continue }
      guard found > 0 else { return nil }
      done += found
    }
    return bytes
  }

  static func close(_ line: Int32) -> Int32 {
    #if canImport(Glibc)
      Glibc.close(line)
    #else
      Darwin.close(line)
    #endif
  }
}
