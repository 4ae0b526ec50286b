import CMicroHTTPD
import Synchronization
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The local web server over a folder of runs, the web face of the commands.
///
/// It listens on 127.0.0.1 unless told otherwise and answers nobody without its token. What it does, it does by
/// child processes of `latent`; its own are one thread for all connections and a few while answers are made. Bounds: 1,024
/// connections, 32 KiB for a request's line and headers, 10 seconds of silence.
public final class StudioServer {
  /// Bounds on what a client may cost.
  struct Limits: Sendable {
    /// Bytes of a request's line and headers.
    var memory = 32 << 10
    /// Connections at a time; more wait until one ends.
    var connections = 1024
    /// Seconds without a byte after which a connection is closed.
    var idleSeconds = 10
  }

  /// The port that it listens on.
  public let port: Int
  /// The address that opens the studio in a browser, with the token.
  public var address: String { "\(origin)/?token=\(site.token.text)" }
  /// The address without the token.
  public let origin: String
  let site: Site
  private var daemon: OpaquePointer?
  private let context: Unmanaged<Handler>

  /// Starts to serve; with port 0 the system chooses one.
  ///
  /// From then on the process ignores SIGPIPE: a browser or a room that is gone is no reason to end. Throws `FileError` if there
  /// is no such folder or the port is taken.
  public convenience init(_ settings: StudioSettings, port: Int) throws {
    try self.init(settings, port: port, limits: Limits())
  }

  init(_ settings: StudioSettings, port: Int, limits: Limits) throws {
    var information = stat()
    guard stat(settings.runs, &information) == 0, information.st_mode & S_IFMT == S_IFDIR else {
      throw FileError(
        path: settings.runs, problem: "expected a folder of runs, found none",
        remedy: "train first, or name the folder with --runs")
    }
    signal(SIGPIPE, SIG_IGN)
    site = try Site(settings)
    let handler = Handler(site)
    let context = Unmanaged.passRetained(handler)
    let place = try ListenAddress(settings.host, port: port)
    let daemon = place.withSocketAddress { address, isIPv6 in
      latent_http_start(
        address, isIPv6 ? 1 : 0, answer, context.toOpaque(), completed, limits.memory,
        UInt32(limits.connections), UInt32(limits.idleSeconds))
    }
    guard let daemon else {
      context.release()
      throw FileError(
        path: "\(place.text):\(port)", problem: "the port is taken or not allowed",
        remedy: "choose another with --port, or --port 0 for any that is free")
    }
    self.port = Int(latent_http_port(daemon))
    origin = "http://\(place.text):\(self.port)"
    self.daemon = daemon
    self.context = context
    handler.port.store(self.port, ordering: .releasing)
    site.start()
  }

  /// Ends all connections and the rooms; jobs go on. Once is enough.
  public func stop() {
    guard let daemon else { return }
    let listening = MHD_quiesce_daemon(daemon)
    context.takeUnretainedValue().stop()
    MHD_stop_daemon(daemon)
    if listening >= 0 { close(listening) }
    context.release()
    self.daemon = nil
  }

  deinit { stop() }
}

/// What the studio is told at its start.
public struct StudioSettings: Sendable {
  /// The folder that run folders are in.
  public var runs: String
  /// The program `latent`, of which jobs and rooms are made.
  public var program: String
  /// The address to listen on, a number of version 4 or 6; nil for 127.0.0.1.
  public var host: String?
  /// Folders that data may be named in by their path, beside that of the known sets.
  public var dataFolders: [String]
  /// A folder with the files of the page, for who writes them; nil for those that are compiled in.
  public var pages: String?

  /// Settings of these parts.
  public init(
    runs: String, program: String, host: String? = nil, dataFolders: [String] = [],
    pages: String? = nil
  ) {
    self.runs = runs
    self.program = program
    self.host = host
    self.dataFolders = dataFolders
    self.pages = pages
  }
}
