#ifndef CMICROHTTPD_H
#define CMICROHTTPD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// libmicrohttpd for Swift: wrappers for variadic functions and callbacks, without any decisions.
//
// The library is opened at run time. Linked, it and the dozen libraries that it needs would be loaded at
// the start of every command, and only `serve --listen` uses it.

// Opens libmicrohttpd once for the process; any number of threads may call it.
// Returns NULL, or one sentence of what is missing and how to install it.
const char *_Nullable chttpd_load(void);

// The version as text, such as "0.9.75". Only after chttpd_load.
const char *_Nonnull chttpd_version(void);

// MARK: The server

// A running server with a thread of its own, which calls all handlers.
typedef struct MHD_Daemon chttpd_server;

// A client's connection. One request at a time is on it.
typedef struct MHD_Connection chttpd_connection;

typedef struct {
  void *_Nullable context;
  // A connection was accepted.
  void (*_Nonnull opened)(
    void *_Nullable context, chttpd_connection *_Nonnull connection, int descriptor);
  // A connection is closed after this returns.
  void (*_Nonnull closed)(void *_Nullable context, chttpd_connection *_Nonnull connection);
  // The first line of a request came; the target is as it was sent. Returns the caller's own object for
  // the request.
  void *_Nullable (*_Nonnull begun)(
    void *_Nullable context, chttpd_connection *_Nonnull connection,
    const char *_Nonnull target);
  // Called after the head, again after the body, and again after each resumption until a response is
  // queued. Returns false to close the connection.
  bool (*_Nonnull handle)(
    void *_Nullable context, chttpd_connection *_Nonnull connection, void *_Nullable request,
    const char *_Nonnull method);
  // The request is over: its response was sent, or the connection failed.
  void (*_Nonnull completed)(void *_Nullable context, void *_Nullable request);
} chttpd_handlers;

typedef struct {
  // Bound and listening; it stays the caller's.
  int descriptor;
  unsigned connections;
  unsigned connections_per_address;
  // Bytes of memory for each connection: the largest head.
  size_t memory;
  // Seconds without a byte after which a connection is closed.
  unsigned timeout;
} chttpd_options;

// The thread inherits its priority from the caller's. NULL if the system allows no more threads or files.
chttpd_server *_Nullable chttpd_start(
  chttpd_options options, const chttpd_handlers *_Nonnull handlers);

// Closes all connections and ends the thread. No connection may be suspended.
void chttpd_stop(chttpd_server *_Nonnull server);

// MARK: Requests

// Visits each line of the head of a request, those of the same name too.
void chttpd_visit_headers(
  chttpd_connection *_Nonnull connection, void *_Nullable context,
  void (*_Nonnull visit)(
    void *_Nullable context, const char *_Nonnull name, const char *_Nonnull value));

// Nothing happens on the connection until it is resumed. Only in handlers, or where a stream is read.
void chttpd_suspend(chttpd_connection *_Nonnull connection);
void chttpd_resume(chttpd_connection *_Nonnull connection);

// MARK: Responses

typedef struct MHD_Response chttpd_response;

// The bytes stay where they are until `release` is called.
chttpd_response *_Nullable chttpd_response_of_bytes(
  const void *_Nullable bytes, size_t count, void *_Nullable context,
  void (*_Nonnull release)(void *_Nullable context));

// A stream of unknown length. `read` returns how many bytes it wrote; 0 after it suspended the
// connection; or -1 at the end.
chttpd_response *_Nullable chttpd_response_of_stream(
  size_t block, void *_Nullable context,
  ssize_t (*_Nonnull read)(
    void *_Nullable context, uint64_t position, char *_Nonnull buffer, size_t room),
  void (*_Nonnull release)(void *_Nullable context));

// False for a name or a value that can't be sent.
bool chttpd_response_add(
  chttpd_response *_Nonnull response, const char *_Nonnull name, const char *_Nonnull value);

// Queues the response and releases it. False where the connection can't have one any more.
bool chttpd_respond(
  chttpd_connection *_Nonnull connection, unsigned status, chttpd_response *_Nonnull response);

// MARK: Compression

// Compresses with zlib, fast rather than small. Returns how many bytes it wrote; 0 where they don't fit,
// or zlib is missing.
size_t chttpd_gzip(
  const void *_Nonnull bytes, size_t count, void *_Nonnull buffer, size_t room);

#endif
