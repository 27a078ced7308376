#ifndef CCURL_H
#define CCURL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// libcurl for Swift: wrappers for variadic functions and callbacks, without any decisions.
//
// The library is opened at run time. Linked, it and the thirty libraries that it needs would be loaded
// at the start of every command, also of those that send nothing.
//
// Everything but ccurl_load and ccurl_wake belongs to one thread, that of the multi handle.

// Opens libcurl once for the process; any number of threads may call it.
// Returns NULL, or one sentence of what is missing and how to install it.
const char *_Nullable ccurl_load(void);

// The version as text, such as "7.88.1". Only after ccurl_load.
const char *_Nonnull ccurl_version(void);

// Its TLS library, such as "OpenSSL/3.0.15"; NULL if it has none. Only after ccurl_load.
const char *_Nullable ccurl_tls_library(void);

// Only after ccurl_load.
bool ccurl_speaks_http2(void);

// Where the library was built to look for the system's certificate authorities; NULL where it was not.
const char *_Nullable ccurl_default_ca_file(void);

// MARK: The multi handle

typedef struct ccurl_multi ccurl_multi;

// most_idle: connections that are kept open for the next request.
ccurl_multi *_Nullable ccurl_multi_new(long most_idle);
void ccurl_multi_free(ccurl_multi *_Nonnull multi);

// Performs transfers without blocking.
void ccurl_multi_perform(ccurl_multi *_Nonnull multi);

// Waits until there are bytes to move, a deadline has come, ccurl_wake is called, or for so long.
void ccurl_multi_wait(ccurl_multi *_Nonnull multi, int milliseconds);

// Ends a wait of the other thread, or its next one.
void ccurl_wake(ccurl_multi *_Nonnull multi);

// MARK: Transfers

// One easy handle with the bytes of its answer. It serves one request after another.
typedef struct ccurl_transfer ccurl_transfer;

// The settings of a handle for all its requests. Strings are copied; NULL means the library's
// default.
typedef struct {
  const char *_Nullable ca_file;
  const char *_Nullable proxy;
  const char *_Nonnull user_agent;
  bool http2;
  size_t largest_body;
  size_t largest_head;
} ccurl_settings;

ccurl_transfer *_Nullable ccurl_transfer_new(ccurl_settings settings);
void ccurl_transfer_free(ccurl_transfer *_Nonnull transfer);

// Adds "Name: value" to the headers of the next request; false where memory ran out.
bool ccurl_transfer_add_header(ccurl_transfer *_Nonnull transfer, const char *_Nonnull line);
void ccurl_transfer_clear_headers(ccurl_transfer *_Nonnull transfer);

// Sets the body of the next request, which makes it a POST; it is copied. Of its answer only the head is
// needed: a long body is cut off. False where memory ran out.
bool ccurl_transfer_set_body(
  ccurl_transfer *_Nonnull transfer, const uint8_t *_Nullable body, size_t length);
// The next request is a GET again.
void ccurl_transfer_clear_body(ccurl_transfer *_Nonnull transfer);

// Begins a request; ticket comes back from ccurl_multi_next. Returns 0 or a CURLMcode.
int ccurl_transfer_start(
  ccurl_transfer *_Nonnull transfer, ccurl_multi *_Nonnull multi, const char *_Nonnull url,
  long milliseconds, bool on_fresh_connection, int64_t ticket);

// Takes a transfer off the multi handle, whether it has ended or not.
void ccurl_transfer_stop(ccurl_transfer *_Nonnull transfer, ccurl_multi *_Nonnull multi);

// Which limit of ccurl_settings ended a transfer.
typedef enum { ccurl_within_limits, ccurl_head_too_large, ccurl_body_too_large } ccurl_excess;

typedef struct {
  int64_t ticket;
  // CURLcode, 0 where a whole answer came.
  int code;
  // HTTP status; 0 before a status line.
  long status;
  // The errno of the last failed connect.
  long system_error;
  // OpenSSL's X509_V_ERR_…, 0 where none.
  long verify_result;
  // What a proxy answered to CONNECT; 0 where none was asked.
  long proxy_status;
  // Connections made for this request; 0 where one was used again.
  long connections_made;
  // It was not sent, or not again, on a connection that was kept: bytes that nobody had asked for were
  // waiting there, or the server closed the one before.
  bool needs_own_connection;
  ccurl_excess excess;
  // Of the answer, valid until the next start.
  const uint8_t *_Nullable head;
  size_t head_length;
  const uint8_t *_Nullable body;
  size_t body_length;
  // Whether the empty line after the headers came.
  bool is_head_whole;
  // Where the connection went: to the host, or to a proxy. Empty and 0 where there was none.
  const char *_Nonnull ip;
  long port;
  // libcurl's message, which must never be shown: it may contain a proxy's password.
  const char *_Nonnull words;
  // Where a redirect leads, absolute; NULL for an answer that is none.
  const char *_Nullable redirect;
} ccurl_outcome;

// Whether all is there that is needed of the answer to a POST; it may be an interim one.
bool ccurl_transfer_has_head(const ccurl_transfer *_Nonnull transfer);

// How a transfer stands, which need not have ended, with a code for how it ends; valid until the next start.
ccurl_outcome ccurl_transfer_outcome(ccurl_transfer *_Nonnull transfer, int code);

// The next transfer that has ended, valid until the next call; NULL where there is none.
const ccurl_outcome *_Nullable ccurl_multi_next(ccurl_multi *_Nonnull multi);

// MARK: Addresses

// The parts of an address as libcurl parses them, so that comparisons match the real connection.
typedef struct {
  char *_Nullable scheme;
  char *_Nullable host;
  // The scheme's own where the address has none.
  char *_Nullable port;
} ccurl_address;

// False for what is no absolute http or https address. Free the parts with ccurl_address_free.
bool ccurl_address_parse(const char *_Nonnull url, ccurl_address *_Nonnull address);
void ccurl_address_free(ccurl_address *_Nonnull address);

#endif
