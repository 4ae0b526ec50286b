import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where a server listens.
struct ListenAddress {
  private enum Kind {
    case four(sockaddr_in)
    case six(sockaddr_in6)
  }

  private let kind: Kind
  /// The address as it stands in a link.
  let text: String

  /// An address in numbers, 127.0.0.1 if nil; throws `FileError` for anything else.
  init(_ host: String?, port: Int) throws {
    let host = host ?? "127.0.0.1"
    var four = sockaddr_in()
    four.sin_family = sa_family_t(AF_INET)
    four.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
    var six = sockaddr_in6()
    six.sin6_family = sa_family_t(AF_INET6)
    six.sin6_port = four.sin_port
    if inet_pton(AF_INET, host, &four.sin_addr) == 1 {
      (kind, text) = (.four(four), host)
    } else if inet_pton(AF_INET6, host, &six.sin6_addr) == 1 {
      (kind, text) = (.six(six), "[\(host)]")
    } else {
      throw FileError(
        path: host, problem: "is no address to listen on",
        remedy: "give one of this machine's addresses in numbers, such as --host 192.168.0.7")
    }
  }

  /// Calls `body` with the address as sockets take it.
  func withSocketAddress<Result>(
    _ body: (UnsafePointer<sockaddr>, _ isIPv6: Bool) -> Result
  ) -> Result {
    switch kind {
    case .four(let address):
      withUnsafePointer(to: address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, false) }
      }
    case .six(let address):
      withUnsafePointer(to: address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, true) }
      }
    }
  }
}
