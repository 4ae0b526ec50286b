#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A TCP connection to 127.0.0.1 that sends exactly the bytes it is given.
public final class RawClient {
  private let descriptor: Int32

  /// Connects; nil if nobody listens. Reading waits at most `seconds`.
  public init?(port: Int, seconds: Int = 20) {
    #if os(Linux)
      descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var limit = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else {
      // `deinit`, which runs since all is set, closes the descriptor.
      return nil
    }
  }

  deinit { close(descriptor) }

  /// Sends all bytes; what a server that hung up does not take is lost.
  public func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      #if os(Linux)
        let flags = Int32(MSG_NOSIGNAL)
      #else
        let flags: Int32 = 0
      #endif
      let count = rest.withUnsafeBytes {
        #if canImport(Glibc)
          Glibc.send(descriptor, $0.baseAddress, $0.count, flags)
        #else
          Darwin.send(descriptor, $0.baseAddress, $0.count, flags)
        #endif
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Says that nothing more will be sent.
  public func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// What comes until the server hangs up; nil if it does not within the time.
  public func readToEnd() -> [UInt8]? {
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count == 0 { return result }
      // A server that refuses what was sent resets the connection.
      if count < 0 { return errno == ECONNRESET ? result : nil }
      result += buffer[..<count]
    }
  }
}

/// A response as it came.
public struct RawResponse: Sendable {
  /// The status code.
  public let status: Int
  /// The headers, their names in small letters.
  public let headers: [String: String]
  /// The content.
  public let body: [UInt8]

  /// The content as text.
  public var text: String { String(decoding: body, as: UTF8.self) }

  /// Nil if the bytes are no response.
  public init?(_ bytes: [UInt8]) {
    let end: [UInt8] = Array("\r\n\r\n".utf8)
    guard
      let split = bytes.firstRange(of: end)?.lowerBound,
      case let lines = String(decoding: bytes[..<split], as: UTF8.self).split(separator: "\r\n"),
      let first = lines.first?.split(separator: " "), first.count >= 2, let status = Int(first[1])
    else { return nil }
    self.status = status
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      headers[parts[0].lowercased()] = parts.count > 1 ? String(parts[1].dropFirst()) : ""
    }
    self.headers = headers
    body = Array(bytes[(split + end.count)...])
  }
}

extension RawClient {
  /// What comes up to and with `mark`, of which `start` must come before; nil if it does not.
  public func read(until mark: String, after start: String = "") -> String? {
    var text = ""
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      if let begin = start.isEmpty ? text.startIndex : text.firstRange(of: start)?.lowerBound,
        let end = text[begin...].firstRange(of: mark)
      {
        return String(text[..<end.upperBound])
      }
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      text += String(decoding: buffer[..<count], as: UTF8.self)
    }
  }
}
