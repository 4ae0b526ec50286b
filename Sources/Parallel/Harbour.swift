#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where process 0 takes connections of its own group, on all addresses of the machine.
struct Harbour: Sendable {
  let beacon: Beacon
  private let listener: Int32

  /// Opens a port of the system's choice; nil where none can be had.
  init?() {
    guard let listener = Socket.make() else { return nil }
    var place = Socket.address(0, port: 0)
    let bound = withUnsafeMutablePointer(to: &place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return bind(listener, address, length) == 0 && listen(listener, 1024) == 0
          && getsockname(listener, address, &length) == 0
      }
    }
    guard bound else {
      _ = Socket.close(listener)
      return nil
    }
    self.listener = listener
    var random = SystemRandomNumberGenerator()
    beacon = Beacon(
      addresses: Self.addresses, port: UInt16(bigEndian: place.sin_port),
      word: (0..<Beacon.wordLength).map { _ in UInt8.random(in: 0...255, using: &random) })
  }

  /// The next connection that knows the word, and the number it gives itself; nil for another one.
  func accept() -> (line: Int32, rank: Int)? {
    guard let line = Socket.accept(listener) else { return nil }
    Socket.limitWaiting(line, seconds: 5)
    guard let hello = Socket.receive(Beacon.wordLength + 4, from: line),
      Array(hello.prefix(Beacon.wordLength)) == beacon.word,
      Socket.send([0x4B], to: line)
    else {
      _ = Socket.close(line)
      return nil
    }
    Socket.limitWaiting(line, seconds: 0)
    let rank = hello.suffix(4).reduce(0) { $0 << 8 | Int($1) }
    return (line, rank)
  }

  func close() { _ = Socket.close(listener) }

  /// The machine's addresses, those that only it knows last.
  private static var addresses: [UInt32] {
    var first: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&first) == 0 else { return [0x7F00_0001] }
    defer { freeifaddrs(first) }
    var found: [UInt32] = []
    var next = first
    while let entry = next?.pointee {
      next = entry.ifa_next
      guard let address = entry.ifa_addr, Int32(address.pointee.sa_family) == AF_INET else {
        continue
      }
      let place = address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { $0.pointee }
      found.append(UInt32(bigEndian: place.sin_addr.s_addr))
    }
    let isLocal = { (address: UInt32) in address >> 24 == 127 }
    return found.filter { !isLocal($0) } + found.filter(isLocal)
  }
}
