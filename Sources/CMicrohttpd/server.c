#include <stdlib.h>

#include "CMicrohttpd.h"
#include "library.h"

// libmicrohttpd has one context for each callback; all of them get this one, which lives as long as the
// process: a program starts one server or a few.
static chttpd_handlers *copy(const chttpd_handlers *handlers) {
  chttpd_handlers *copied = malloc(sizeof *copied);
  if (copied) *copied = *handlers;
  return copied;
}

static void notice_connection(
  void *context, struct MHD_Connection *connection, void **socket_context,
  enum MHD_ConnectionNotificationCode code) {
  (void)socket_context;
  chttpd_handlers *handlers = context;
  if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
    handlers->closed(handlers->context, connection);
    return;
  }
  const union MHD_ConnectionInfo *info =
    chttpd_library.MHD_get_connection_info_(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  handlers->opened(handlers->context, connection, info ? info->connect_fd : -1);
}

static void *begin(void *context, const char *target, struct MHD_Connection *connection) {
  chttpd_handlers *handlers = context;
  return handlers->begun(handlers->context, connection, target);
}

static enum MHD_Result handle(
  void *context, struct MHD_Connection *connection, const char *path, const char *method,
  const char *version, const char *upload, size_t *upload_size, void **request) {
  (void)path, (void)version, (void)upload;
  chttpd_handlers *handlers = context;
  // Bodies are of no use here.
  *upload_size = 0;
  return handlers->handle(handlers->context, connection, *request, method) ? MHD_YES : MHD_NO;
}

static void complete(
  void *context, struct MHD_Connection *connection, void **request,
  enum MHD_RequestTerminationCode code) {
  (void)connection, (void)code;
  chttpd_handlers *handlers = context;
  handlers->completed(handlers->context, *request);
  *request = NULL;
}

chttpd_server *chttpd_start(chttpd_options options, const chttpd_handlers *handlers) {
  chttpd_handlers *own = copy(handlers);
  if (!own) return NULL;
  return chttpd_library.MHD_start_daemon_(
    MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, handle,
    own, MHD_OPTION_LISTEN_SOCKET, options.descriptor, MHD_OPTION_CONNECTION_LIMIT,
    options.connections, MHD_OPTION_PER_IP_CONNECTION_LIMIT, options.connections_per_address,
    MHD_OPTION_CONNECTION_MEMORY_LIMIT, options.memory, MHD_OPTION_CONNECTION_TIMEOUT,
    options.timeout, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_NOTIFY_CONNECTION,
    notice_connection, own, MHD_OPTION_URI_LOG_CALLBACK, begin, own, MHD_OPTION_NOTIFY_COMPLETED,
    complete, own, MHD_OPTION_END);
}

void chttpd_stop(chttpd_server *server) {
  // Otherwise it would close the caller's descriptor.
  chttpd_library.MHD_quiesce_daemon_(server);
  chttpd_library.MHD_stop_daemon_(server);
}

struct visitor {
  void *context;
  void (*visit)(void *context, const char *name, const char *value);
};

static enum MHD_Result visit_header(
  void *context, enum MHD_ValueKind kind, const char *name, const char *value) {
  (void)kind;
  struct visitor *visitor = context;
  visitor->visit(visitor->context, name, value ? value : "");
  return MHD_YES;
}

void chttpd_visit_headers(
  chttpd_connection *connection, void *context,
  void (*visit)(void *context, const char *name, const char *value)) {
  struct visitor visitor = {context, visit};
  chttpd_library.MHD_get_connection_values_(connection, MHD_HEADER_KIND, visit_header, &visitor);
}

void chttpd_suspend(chttpd_connection *connection) {
  chttpd_library.MHD_suspend_connection_(connection);
}

void chttpd_resume(chttpd_connection *connection) {
  chttpd_library.MHD_resume_connection_(connection);
}

chttpd_response *chttpd_response_of_bytes(
  const void *bytes, size_t count, void *context, void (*release)(void *context)) {
  return chttpd_library.MHD_create_response_from_buffer_with_free_callback_cls_(
    count, (void *)bytes, release, context);
}

chttpd_response *chttpd_response_of_stream(
  size_t block, void *context,
  ssize_t (*read)(void *context, uint64_t position, char *buffer, size_t room),
  void (*release)(void *context)) {
  return chttpd_library.MHD_create_response_from_callback_(
    MHD_SIZE_UNKNOWN, block, read, context, release);
}

bool chttpd_response_add(chttpd_response *response, const char *name, const char *value) {
  return chttpd_library.MHD_add_response_header_(response, name, value) == MHD_YES;
}

bool chttpd_respond(chttpd_connection *connection, unsigned status, chttpd_response *response) {
  enum MHD_Result result = chttpd_library.MHD_queue_response_(connection, status, response);
  chttpd_library.MHD_destroy_response_(response);
  return result == MHD_YES;
}
