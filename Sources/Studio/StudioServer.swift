import CMicroHTTPD
import Synchronization
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The local web server over a folder of runs: reads, never writes, and listens on 127.0.0.1 alone.
///
/// One thread of its own; at most 64 connections, 32 KiB for a request's line and headers, 10 seconds of
/// silence. What it answers is in `Site`.
public final class StudioServer {
  /// Bounds on what a client may cost.
  struct Limits: Sendable {
    /// Bytes of a request's line and headers.
    var memory = 32 << 10
    /// Connections at a time; more wait until one ends.
    var connections = 64
    /// Seconds without a byte after which a connection is closed.
    var idleSeconds = 10
  }

  /// The port that it listens on.
  public let port: Int
  private var daemon: OpaquePointer?
  private let context: Unmanaged<Handler>

  /// Starts to serve the runs in `folder`; with port 0 the system chooses one.
  ///
  /// Throws `FileError` if there is no such folder or the port is taken.
  public convenience init(runs folder: String, port: Int) throws {
    try self.init(runs: folder, port: port, limits: Limits())
  }

  init(runs folder: String, port: Int, limits: Limits) throws {
    var information = stat()
    guard stat(folder, &information) == 0, information.st_mode & S_IFMT == S_IFDIR else {
      throw FileError(
        path: folder, problem: "expected a folder of runs, found none",
        remedy: "train first, or name the folder with --runs")
    }
    let handler = Handler(Site(folder: ServedFolder(path: folder)))
    let context = Unmanaged.passRetained(handler)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let daemon = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        latent_http_start(
          $0, answer, context.toOpaque(), limits.memory, UInt32(limits.connections),
          UInt32(limits.idleSeconds))
      }
    }
    guard let daemon else {
      context.release()
      throw FileError(
        path: "127.0.0.1:\(port)", problem: "the port is taken or not allowed",
        remedy: "choose another with --port, or --port 0 for any that is free")
    }
    self.port = Int(latent_http_port(daemon))
    self.daemon = daemon
    self.context = context
    handler.port.store(self.port, ordering: .releasing)
  }

  /// Ends all connections and waits for its thread; once is enough.
  public func stop() {
    guard let daemon else { return }
    MHD_stop_daemon(daemon)
    context.release()
    self.daemon = nil
  }

  deinit { stop() }
}
