#include <microhttpd.h>
#include <stddef.h>
#include <stdint.h>
#ifdef __linux__
#include <netinet/in.h>
#endif

// What Swift cannot say by itself: functions of a variable number of arguments, and constants that one version of the
// header imports as cases and another as numbers.

static const enum MHD_Result latent_http_yes = MHD_YES;
static const enum MHD_Result latent_http_no = MHD_NO;
/// What a reader of content gives at the end of a stream.
static const ssize_t latent_http_end = -1;

/// Leaves a target as it was sent: the server decodes it itself, once.
static inline size_t latent_http_keep(void *context, struct MHD_Connection *connection, char *text) {
  size_t length = 0;
  while (text[length] != 0) length++;
  return length;
}

/// A server on one thread at `address` with bounds on memory, connections and idle seconds; NULL if the address is taken.
///
/// Connections can be put aside while others compute for them, and cost no thread then.
static inline struct MHD_Daemon *latent_http_start(
    const struct sockaddr *address, int isIPv6, MHD_AccessHandlerCallback handler, void *context,
    MHD_RequestCompletedCallback completed, size_t memory, unsigned connections, unsigned seconds) {
  return MHD_start_daemon(
      (unsigned)MHD_USE_AUTO_INTERNAL_THREAD | (unsigned)MHD_ALLOW_SUSPEND_RESUME
          | (isIPv6 ? (unsigned)MHD_USE_IPv6 : 0u),
      0, NULL, NULL, handler, context,
      MHD_OPTION_SOCK_ADDR, address,
      MHD_OPTION_NOTIFY_COMPLETED, completed, context,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, memory,
      MHD_OPTION_CONNECTION_LIMIT, connections,
      MHD_OPTION_CONNECTION_TIMEOUT, seconds,
      MHD_OPTION_UNESCAPE_CALLBACK, latent_http_keep, NULL,
      MHD_OPTION_STRICT_FOR_CLIENT, 1,
      MHD_OPTION_END);
}

/// The port that a server listens on, 0 if it is not known.
static inline uint16_t latent_http_port(struct MHD_Daemon *daemon) {
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
  return info == NULL ? 0 : info->port;
}

/// Calls `each` with the headers of a request.
static inline void latent_http_headers(
    struct MHD_Connection *connection, MHD_KeyValueIterator each, void *context) {
  MHD_get_connection_values(connection, MHD_HEADER_KIND, each, context);
}

/// Calls `each` with the members of a request's query, as they were sent but for `+`, which is a space.
static inline void latent_http_query(
    struct MHD_Connection *connection, MHD_KeyValueIterator each, void *context) {
  MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, each, context);
}

/// A response with a copy of these bytes; NULL without memory.
static inline struct MHD_Response *latent_http_bytes(const void *bytes, size_t count) {
  return MHD_create_response_from_buffer(count, (void *)bytes, MHD_RESPMEM_MUST_COPY);
}

/// A response of unknown length that `read` gives piece by piece; `release` is called with `context` at its end.
static inline struct MHD_Response *latent_http_stream(
    MHD_ContentReaderCallback read, MHD_ContentReaderFreeCallback release, void *context) {
  return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, read, context, release);
}
