import CMicroHTTPD
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What libmicrohttpd's thread works with. It only passes requests on: answers are made elsewhere.
final class Handler: Sendable {
  let site: Site
  /// The port, 0 until it is known.
  let port = Atomic<Int>(0)
  private let quick = WorkQueue("quick", width: 4, depth: 512)
  private let slow = WorkQueue("slow", width: 8, depth: 64)

  init(_ site: Site) { self.site = site }

  /// Waits for the answers that are being made and takes no more.
  func stop() {
    site.stop()
    quick.stop()
    slow.stop()
    // A stream that was begun in between.
    site.stop()
  }

  /// Has the answer made while the connection is put aside; false if there is too much to do.
  func answer(_ exchange: Exchange, on connection: Connection) -> Bool {
    let request = exchange.request
    let port = port.load(ordering: .acquiring)
    let queue = site.isSlow(request) ? slow : quick
    // Before the work can end, or its waking would be lost.
    MHD_suspend_connection(connection.pointer)
    let isTaken = queue.add { [site] in
      exchange.answer(site.respond(to: request, port: port))
      MHD_resume_connection(connection.pointer)
    }
    if !isTaken {
      exchange.answer(
        Problem(503, "the studio has too much to do", remedy: "try again in a moment").response)
      MHD_resume_connection(connection.pointer)
    }
    return isTaken
  }
}

/// Called by libmicrohttpd: once when a request's headers are there, again for its content and its end,
/// and once more when the answer is there.
func answer(
  context: UnsafeMutableRawPointer?, connection: OpaquePointer?, target: UnsafePointer<CChar>?,
  method: UnsafePointer<CChar>?, version: UnsafePointer<CChar>?,
  content: UnsafePointer<CChar>?, contentCount: UnsafeMutablePointer<Int>?,
  state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let context, let connection, let target, let method, let state, let contentCount else {
    return latent_http_no
  }
  let handler = Unmanaged<Handler>.fromOpaque(context).takeUnretainedValue()
  guard let known = state.pointee else {
    let request = Request(
      method: String(cString: method), target: String(cString: target),
      query: pairs(of: connection, latent_http_query),
      headers: pairs(of: connection, latent_http_headers).map { ($0.name.lowercased(), $0.value) })
    let port = handler.port.load(ordering: .acquiring)
    if var refusal = handler.site.refusal(of: request, port: port) {
      // Content that nobody reads would be taken for the next request.
      refusal.closes = refusal.closes || request.announced != 0
      return queue(refusal, on: connection)
    }
    let exchange = Exchange(request, limit: request.announced ?? 0)
    state.pointee = Unmanaged.passRetained(exchange).toOpaque()
    return latent_http_yes
  }
  let exchange = Unmanaged<Exchange>.fromOpaque(known).takeUnretainedValue()
  if contentCount.pointee > 0, let content {
    content.withMemoryRebound(to: UInt8.self, capacity: contentCount.pointee) {
      exchange.add(UnsafeBufferPointer(start: $0, count: contentCount.pointee))
    }
    contentCount.pointee = 0
    return latent_http_yes
  }
  switch exchange.next() {
  case .reading:
    _ = handler.answer(exchange, on: Connection(pointer: connection))
    return latent_http_yes
  case .answering: return latent_http_yes
  case .answered(let response): return queue(response, on: connection)
  }
}

/// Called by libmicrohttpd when a request is over, however it ended.
func completed(
  context: UnsafeMutableRawPointer?, connection: OpaquePointer?,
  state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, reason: MHD_RequestTerminationCode
) {
  guard let state, let known = state.pointee else { return }
  Unmanaged<Exchange>.fromOpaque(known).release()
  state.pointee = nil
}

/// The headers or the query of a request, in order.
private func pairs(
  of connection: OpaquePointer,
  _ each: (OpaquePointer?, MHD_KeyValueIterator?, UnsafeMutableRawPointer?) -> Void
) -> [(name: String, value: String)] {
  final class Found { var pairs: [(name: String, value: String)] = [] }
  let found = Found()
  each(
    connection,
    { context, _, key, value in
      guard let context, let key else { return latent_http_no }
      let found = Unmanaged<Found>.fromOpaque(context).takeUnretainedValue()
      found.pairs.append((String(cString: key), value.map { String(cString: $0) } ?? ""))
      return latent_http_yes
    }, Unmanaged.passUnretained(found).toOpaque())
  return withExtendedLifetime(found) { found.pairs }
}

/// Hands a response over; false if there is no memory for it, which ends the connection.
private func queue(_ response: Response, on connection: OpaquePointer) -> MHD_Result {
  guard let made = made(response.body, connection) else { return latent_http_no }
  defer { MHD_destroy_response(made) }
  for (name, value) in response.headers { MHD_add_response_header(made, name, value) }
  return MHD_queue_response(connection, UInt32(response.status), made)
}

private func made(_ body: Response.Body, _ connection: OpaquePointer) -> OpaquePointer? {
  switch body {
  case .bytes(let bytes):
    return bytes.withUnsafeBytes { latent_http_bytes($0.baseAddress, $0.count) }
  case .file(let file):
    // The response closes its own descriptor.
    return MHD_create_response_from_fd(file.count, fcntl(file.descriptor, F_DUPFD_CLOEXEC, 0))
  case .stream(let stream):
    stream.attach(Connection(pointer: connection))
    return latent_http_stream(
      { context, _, buffer, count in
        guard let context, let buffer else { return latent_http_end }
        let stream = Unmanaged<EventStream>.fromOpaque(context).takeUnretainedValue()
        return stream.read(into: buffer, count: count)
      },
      { context in
        guard let context else { return }
        let stream = Unmanaged<EventStream>.fromOpaque(context).takeRetainedValue()
        stream.detach()
      }, Unmanaged.passRetained(stream).toOpaque())
  }
}
