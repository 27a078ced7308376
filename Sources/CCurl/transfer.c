#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "CCurl.h"
#include "connections.h"
#include "library.h"

#define curl ccurl_library

// How much of an answer's buffer is kept for the next answer of the handle.
static const size_t largest_kept = 64 * 1024;
// How much of the answer to a POST is read after its head, which says all that is needed. Most answers end
// within it, and leave their connection for the next request.
static const size_t largest_rest = 16 * 1024;

struct bytes {
  uint8_t *start;
  size_t length;
  size_t capacity;
};

struct ccurl_transfer {
  CURL *easy;
  struct curl_slist *headers;
  struct bytes head;
  struct bytes body;
  size_t largest_head;
  size_t largest_body;
  // The limit for all heads of an answer, including trailers.
  size_t head_bytes;
  ccurl_excess excess;
  bool is_head_whole;
  bool needs_only_head;
  int64_t ticket;
  struct ccurl_opened opened;
  struct ccurl_connections *connections;
  bool is_sent;
  bool has_opened;
  bool needs_own_connection;
  char words[CURL_ERROR_SIZE];
};

struct ccurl_multi {
  CURLM *handle;
  struct ccurl_connections connections;
  ccurl_outcome outcome;
};

static bool append(struct bytes *bytes, const void *more, size_t length) {
  if (bytes->length + length > bytes->capacity) {
    size_t capacity = bytes->capacity ? bytes->capacity : 4096;
    while (capacity < bytes->length + length) capacity *= 2;
    uint8_t *start = realloc(bytes->start, capacity);
    if (!start) return false;
    bytes->start = start;
    bytes->capacity = capacity;
  }
  memcpy(bytes->start + bytes->length, more, length);
  bytes->length += length;
  return true;
}

static void empty(struct bytes *bytes) {
  bytes->length = 0;
  if (bytes->capacity <= largest_kept) return;
  free(bytes->start);
  *bytes = (struct bytes){0};
}

// One line of a head at a time; heads of interim answers and trailers come here too. All of them together
// share one limit, or a server could send trailers or interim answers without end.
static size_t take_head(char *line, size_t size, size_t count, void *context) {
  struct ccurl_transfer *transfer = context;
  size_t length = size * count;
  transfer->head_bytes += length;
  if (transfer->head_bytes > transfer->largest_head) {
    transfer->excess = ccurl_head_too_large;
    return 0;
  }
  if (length >= 5 && memcmp(line, "HTTP/", 5) == 0) {
    transfer->head.length = 0;
    transfer->is_head_whole = false;
  }
  // Headers after the body are ignored.
  if (transfer->is_head_whole) return length;
  transfer->is_head_whole = length <= 2 && (line[0] == '\r' || line[0] == '\n');
  return append(&transfer->head, line, length) ? length : 0;
}

// Receives the uncompressed body, so that the limit applies to the uncompressed size.
static size_t take_body(char *part, size_t size, size_t count, void *context) {
  struct ccurl_transfer *transfer = context;
  size_t length = size * count;
  if (transfer->needs_only_head && transfer->body.length + length > largest_rest) return 0;
  if (transfer->body.length + length > transfer->largest_body) {
    transfer->excess = ccurl_body_too_large;
    return 0;
  }
  return append(&transfer->body, part, length) ? length : 0;
}

static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
  (void)purpose;
  struct ccurl_transfer *transfer = context;
  transfer->has_opened = true;
  return ccurl_opened_add(
    &transfer->opened, socket(address->family, address->socktype, address->protocol));
}

// OpenSSL's object of the connection; NULL without TLS.
static const void *session(CURL *easy) {
  struct curl_tlssessioninfo *info = NULL;
  if (curl.curl_easy_getinfo_(easy, CURLINFO_TLS_SSL_PTR, &info) != CURLE_OK || !info) return NULL;
  return info->internals;
}

static bool speaks_http2(const void *ssl) {
  const unsigned char *name = NULL;
  unsigned length = 0;
  if (ssl && ccurl_library.ssl_alpn) ccurl_library.ssl_alpn(ssl, &name, &length);
  return length == 2 && memcmp(name, "h2", 2) == 0;
}

static int before_request(
  void *context, char *remote_ip, char *local_ip, int remote_port, int local_port
) {
  struct ccurl_transfer *transfer = context;
  // The library would go through all the idle connections of a server that closes them, and send the
  // request on each of them: it is repeated once, on a new connection.
  const bool is_repeated = transfer->is_sent, is_new = transfer->has_opened;
  transfer->is_sent = true;
  transfer->has_opened = false;
  if (is_repeated && !is_new) {
    transfer->needs_own_connection = true;
    return CURL_PREREQFUNC_ABORT;
  }
  const void *ssl = session(transfer->easy);
  // Unrequested frames are a normal part of HTTP/2.
  if (speaks_http2(ssl)) return CURL_PREREQFUNC_OK;
  transfer->needs_own_connection = ccurl_has_unasked_bytes(
    transfer->connections, &transfer->opened, (struct ccurl_end){local_ip, local_port},
    (struct ccurl_end){remote_ip, remote_port}, ssl);
  return transfer->needs_own_connection ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

// Options that an older library does not know are optional.
#define set(option, value) (void)curl.curl_easy_setopt_(transfer->easy, option, value)

static void restrict_to_http(struct ccurl_transfer *transfer) {
  const unsigned since_protocols_as_text = 0x075500;
  if (curl.version->version_num >= since_protocols_as_text) {
    set(CURLOPT_PROTOCOLS_STR, "http,https");
  } else {
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
    set(CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#pragma clang diagnostic pop
  }
}

ccurl_transfer *ccurl_transfer_new(ccurl_settings settings) {
  struct ccurl_transfer *transfer = calloc(1, sizeof *transfer);
  if (!transfer) return NULL;
  transfer->easy = curl.curl_easy_init_();
  if (!transfer->easy) {
    free(transfer);
    return NULL;
  }
  transfer->largest_head = settings.largest_head;
  transfer->largest_body = settings.largest_body;
  set(CURLOPT_PRIVATE, transfer);
  set(CURLOPT_ERRORBUFFER, transfer->words);
  set(CURLOPT_HEADERFUNCTION, take_head);
  set(CURLOPT_HEADERDATA, transfer);
  set(CURLOPT_WRITEFUNCTION, take_body);
  set(CURLOPT_WRITEDATA, transfer);
  restrict_to_http(transfer);
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(CURLOPT_NOSIGNAL, 1L);
  // A name lookup must not block the thread when its request is cancelled.
  set(CURLOPT_QUICK_EXIT, 1L);
  set(CURLOPT_CONNECTTIMEOUT_MS, 10000L);
  set(CURLOPT_TCP_KEEPALIVE, 1L);
  set(CURLOPT_DNS_CACHE_TIMEOUT, 60L);
  // Servers close idle connections, often after a minute: an older one is not tried at all.
  set(CURLOPT_MAXAGE_CONN, 30L);
  set(CURLOPT_ACCEPT_ENCODING, "gzip");
  set(CURLOPT_USERAGENT, settings.user_agent);
  set(CURLOPT_OPENSOCKETFUNCTION, open_socket);
  set(CURLOPT_OPENSOCKETDATA, transfer);
  set(CURLOPT_PREREQFUNCTION, before_request);
  set(CURLOPT_PREREQDATA, transfer);
  if (settings.http2) {
    set(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    set(CURLOPT_PIPEWAIT, 1L);
  } else {
    set(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
  }
  if (settings.ca_file) {
    set(CURLOPT_CAINFO, settings.ca_file);
    set(CURLOPT_PROXY_CAINFO, settings.ca_file);
    // With the directory as well, each connection would read every certificate again.
    set(CURLOPT_CAPATH, NULL);
  }
  if (settings.proxy) set(CURLOPT_PROXY, settings.proxy);
  return transfer;
}

void ccurl_transfer_free(ccurl_transfer *transfer) {
  curl.curl_easy_cleanup_(transfer->easy);
  curl.curl_slist_free_all_(transfer->headers);
  free(transfer->head.start);
  free(transfer->body.start);
  free(transfer);
}

bool ccurl_transfer_add_header(ccurl_transfer *transfer, const char *line) {
  struct curl_slist *headers = curl.curl_slist_append_(transfer->headers, line);
  if (!headers) return false;
  transfer->headers = headers;
  return true;
}

void ccurl_transfer_clear_headers(ccurl_transfer *transfer) {
  set(CURLOPT_HTTPHEADER, NULL);
  curl.curl_slist_free_all_(transfer->headers);
  transfer->headers = NULL;
}

bool ccurl_transfer_set_body(ccurl_transfer *transfer, const uint8_t *body, size_t length) {
  transfer->needs_only_head = true;
  set(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)length);
  const char *bytes = body ? (const char *)body : "";
  return curl.curl_easy_setopt_(transfer->easy, CURLOPT_COPYPOSTFIELDS, bytes) == CURLE_OK;
}

void ccurl_transfer_clear_body(ccurl_transfer *transfer) {
  transfer->needs_only_head = false;
  set(CURLOPT_POSTFIELDS, NULL);
  set(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)-1);
  set(CURLOPT_HTTPGET, 1L);
}

int ccurl_transfer_start(
  ccurl_transfer *transfer, ccurl_multi *multi, const char *url, long milliseconds,
  bool on_fresh_connection, int64_t ticket
) {
  empty(&transfer->head);
  empty(&transfer->body);
  transfer->head_bytes = 0;
  transfer->excess = ccurl_within_limits;
  transfer->is_head_whole = false;
  transfer->is_sent = false;
  transfer->has_opened = false;
  transfer->needs_own_connection = false;
  transfer->connections = &multi->connections;
  transfer->words[0] = 0;
  transfer->ticket = ticket;
  set(CURLOPT_URL, url);
  set(CURLOPT_HTTPHEADER, transfer->headers);
  set(CURLOPT_TIMEOUT_MS, milliseconds);
  set(CURLOPT_FRESH_CONNECT, on_fresh_connection ? 1L : 0L);
  return (int)curl.curl_multi_add_handle_(multi->handle, transfer->easy);
}

void ccurl_transfer_stop(ccurl_transfer *transfer, ccurl_multi *multi) {
  (void)curl.curl_multi_remove_handle_(multi->handle, transfer->easy);
}

ccurl_multi *ccurl_multi_new(long most_idle) {
  struct ccurl_multi *multi = calloc(1, sizeof *multi);
  if (!multi) return NULL;
  multi->handle = curl.curl_multi_init_();
  if (!multi->handle) {
    free(multi);
    return NULL;
  }
  (void)curl.curl_multi_setopt_(multi->handle, CURLMOPT_MAXCONNECTS, most_idle);
  return multi;
}

void ccurl_multi_free(ccurl_multi *multi) {
  (void)curl.curl_multi_cleanup_(multi->handle);
  free(multi);
}

void ccurl_multi_perform(ccurl_multi *multi) {
  int running;
  (void)curl.curl_multi_perform_(multi->handle, &running);
}

void ccurl_multi_wait(ccurl_multi *multi, int milliseconds) {
  (void)curl.curl_multi_poll_(multi->handle, NULL, 0, milliseconds, NULL);
}

void ccurl_wake(ccurl_multi *multi) { (void)curl.curl_multi_wakeup_(multi->handle); }

bool ccurl_transfer_has_head(const ccurl_transfer *transfer) {
  return transfer->needs_only_head && transfer->is_head_whole;
}

#define get(info, place) (void)curl.curl_easy_getinfo_(transfer->easy, info, place)

ccurl_outcome ccurl_transfer_outcome(ccurl_transfer *transfer, int code) {
  ccurl_outcome outcome = {
    .ticket = transfer->ticket,
    .code = code,
    .excess = transfer->excess,
    .needs_own_connection = transfer->needs_own_connection,
    .head = transfer->head.start,
    .head_length = transfer->head.length,
    .body = transfer->body.start,
    .body_length = transfer->body.length,
    .is_head_whole = transfer->is_head_whole,
  };
  get(CURLINFO_RESPONSE_CODE, &outcome.status);
  get(CURLINFO_OS_ERRNO, &outcome.system_error);
  get(CURLINFO_SSL_VERIFYRESULT, &outcome.verify_result);
  if (!outcome.verify_result) get(CURLINFO_PROXY_SSL_VERIFYRESULT, &outcome.verify_result);
  get(CURLINFO_HTTP_CONNECTCODE, &outcome.proxy_status);
  get(CURLINFO_PRIMARY_PORT, &outcome.port);
  get(CURLINFO_NUM_CONNECTS, &outcome.connections_made);
  char *redirect = NULL, *ip = NULL;
  get(CURLINFO_REDIRECT_URL, &redirect);
  outcome.redirect = redirect;
  get(CURLINFO_PRIMARY_IP, &ip);
  outcome.ip = ip ? ip : "";
  outcome.words = transfer->words[0] ? transfer->words : curl.curl_easy_strerror_((CURLcode)code);
  return outcome;
}

const ccurl_outcome *ccurl_multi_next(ccurl_multi *multi) {
  int left;
  CURLMsg *message;
  while ((message = curl.curl_multi_info_read_(multi->handle, &left))) {
    if (message->msg != CURLMSG_DONE) continue;
    void *context = NULL;
    (void)curl.curl_easy_getinfo_(message->easy_handle, CURLINFO_PRIVATE, &context);
    multi->outcome = ccurl_transfer_outcome(context, (int)message->data.result);
    return &multi->outcome;
  }
  return NULL;
}

bool ccurl_address_parse(const char *url, ccurl_address *address) {
  *address = (ccurl_address){0};
  CURLU *parts = curl.curl_url_();
  if (!parts) return false;
  bool is_address =
    curl.curl_url_set_(parts, CURLUPART_URL, url, 0) == CURLUE_OK
    && curl.curl_url_get_(parts, CURLUPART_SCHEME, &address->scheme, 0) == CURLUE_OK
    && curl.curl_url_get_(parts, CURLUPART_HOST, &address->host, 0) == CURLUE_OK
    && curl.curl_url_get_(parts, CURLUPART_PORT, &address->port, CURLU_DEFAULT_PORT) == CURLUE_OK;
  curl.curl_url_cleanup_(parts);
  if (!is_address) ccurl_address_free(address);
  return is_address;
}

void ccurl_address_free(ccurl_address *address) {
  if (address->scheme) curl.curl_free_(address->scheme);
  if (address->host) curl.curl_free_(address->host);
  if (address->port) curl.curl_free_(address->port);
  *address = (ccurl_address){0};
}
