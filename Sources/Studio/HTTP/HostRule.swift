/// Which Host and Origin headers are the studio's own.
///
/// A page elsewhere can let its name point to 127.0.0.1 and so make a browser read from here as from
/// itself (DNS rebinding); its requests still carry its own name. It can also send a form here, which
/// then carries its own origin.
struct HostRule: Sendable {
  /// The names that the studio answers to, small letters, addresses of version 6 in brackets.
  let names: [String]

  /// The names of the loopback address, and that of `address` if it is another one.
  init(address: String? = nil) {
    let loopback = ["127.0.0.1", "localhost", "[::1]"]
    let own = address.map { $0.contains(":") ? "[\($0.lowercased())]" : $0.lowercased() }
    names = own.map { loopback.contains($0) ? loopback : [$0] + loopback } ?? loopback
  }

  /// Whether there is exactly one Host, one of the names with this port.
  func accepts(hosts: [String], port: Int) -> Bool {
    guard hosts.count == 1 else { return false }
    let host = hosts[0].lowercased()
    return names.contains { host == "\($0):\(port)" || (port == 80 && host == $0) }
  }

  /// Whether there is exactly one Origin, that of the Host.
  func accepts(origins: [String], hosts: [String], port: Int) -> Bool {
    guard accepts(hosts: hosts, port: port), origins.count == 1 else { return false }
    return origins[0].lowercased() == "http://\(hosts[0].lowercased())"
  }
}
