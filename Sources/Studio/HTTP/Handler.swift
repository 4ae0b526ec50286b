import CMicroHTTPD
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What libmicrohttpd's thread works with; nothing in it changes but the port, once.
final class Handler: Sendable {
  let site: Site
  /// The port, 0 until it is known.
  let port = Atomic<Int>(0)

  init(_ site: Site) { self.site = site }
}

/// Called by libmicrohttpd: once when a request's headers are there, again for its body and its end.
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
  var request = Request(
    method: String(cString: method), target: String(cString: target),
    hosts: headers("host", of: connection))
  let length = headers("content-length", of: connection)
  let coding = headers("transfer-encoding", of: connection)
  request.hasBody = !coding.isEmpty || length.contains { $0 != "0" }
  if state.pointee == nil, !request.hasBody {
    // An answer at the first call would end the connection.
    state.pointee = context
    return latent_http_yes
  }
  contentCount.pointee = 0
  let response = handler.site.respond(
    to: request, port: handler.port.load(ordering: .acquiring))
  return queue(response, on: connection)
}

/// All values of a header, whatever the case of its name.
private func headers(_ name: String, of connection: OpaquePointer) -> [String] {
  final class Found {
    var values: [String] = []
    let name: String
    init(_ name: String) { self.name = name }
  }
  let found = Found(name)
  latent_http_headers(
    connection,
    { context, _, key, value in
      guard let context, let key else { return latent_http_no }
      let found = Unmanaged<Found>.fromOpaque(context).takeUnretainedValue()
      if String(cString: key).lowercased() == found.name {
        found.values.append(value.map { String(cString: $0) } ?? "")
      }
      return latent_http_yes
    }, Unmanaged.passUnretained(found).toOpaque())
  return withExtendedLifetime(found) { found.values }
}

/// Hands a response over; false if there is no memory for it, which ends the connection.
private func queue(_ response: Response, on connection: OpaquePointer) -> MHD_Result {
  let made: OpaquePointer?
  switch response.body {
  case .bytes(let bytes):
    made = bytes.withUnsafeBytes { latent_http_bytes($0.baseAddress, $0.count) }
  case .file(let file):
    // The response closes its own descriptor.
    made = MHD_create_response_from_fd(file.count, dup(file.descriptor))
  }
  guard let made else { return latent_http_no }
  defer { MHD_destroy_response(made) }
  for (name, value) in response.headers { MHD_add_response_header(made, name, value) }
  return MHD_queue_response(connection, UInt32(response.status), made)
}
