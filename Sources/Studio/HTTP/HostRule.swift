/// Which Host headers are the studio's own.
///
/// A page elsewhere can let its name point to 127.0.0.1 and so make a browser read from here as from
/// itself (DNS rebinding); its requests still carry its own name.
enum HostRule {
  /// Whether there is exactly one Host, `127.0.0.1` or `localhost`, with no port or this one.
  static func accepts(_ hosts: [String], port: Int) -> Bool {
    guard hosts.count == 1 else { return false }
    let host = hosts[0].lowercased()
    for name in ["127.0.0.1", "localhost"] where host == name || host == "\(name):\(port)" {
      return true
    }
    return false
  }
}
