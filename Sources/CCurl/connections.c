#include "connections.h"

#include "library.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

static const unsigned most_remembered = sizeof((struct ccurl_opened *)0)->sockets / sizeof(int);

int ccurl_opened_add(struct ccurl_opened *opened, int socket) {
  if (socket >= 0) opened->sockets[opened->count++ % most_remembered] = socket;
  return socket;
}

static bool is_end(const struct sockaddr_storage *address, struct ccurl_end end) {
  char ip[INET6_ADDRSTRLEN];
  const void *bytes;
  int port;
  if (address->ss_family == AF_INET) {
    const struct sockaddr_in *v4 = (const struct sockaddr_in *)address;
    bytes = &v4->sin_addr;
    port = ntohs(v4->sin_port);
  } else if (address->ss_family == AF_INET6) {
    const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)address;
    bytes = &v6->sin6_addr;
    port = ntohs(v6->sin6_port);
  } else {
    return false;
  }
  return port == end.port && inet_ntop(address->ss_family, bytes, ip, sizeof ip)
    && strcmp(ip, end.ip) == 0;
}

// Descriptors are reused, so a remembered socket may be another one by now.
static bool is_connection(int socket, struct ccurl_end local, struct ccurl_end remote) {
  struct sockaddr_storage address;
  socklen_t length = sizeof address;
  if (socket <= 0 || getsockname(socket, (struct sockaddr *)&address, &length) != 0) return false;
  if (!is_end(&address, local)) return false;
  length = sizeof address;
  return getpeername(socket, (struct sockaddr *)&address, &length) == 0 && is_end(&address, remote);
}

bool ccurl_has_unasked_bytes(
  struct ccurl_connections *connections, struct ccurl_opened *opened, struct ccurl_end local,
  struct ccurl_end remote, const void *ssl
) {
  if (local.port <= 0 || local.port > 65535 || !local.ip || !remote.ip) return false;
  int *place = &connections->sockets[strchr(local.ip, ':') ? 1 : 0][local.port];
  if (!is_connection(*place, local, remote)) {
    // Made for this request: no request was sent on it before.
    for (unsigned index = 0; index < most_remembered; index++) {
      if (is_connection(opened->sockets[index], local, remote)) *place = opened->sockets[index];
    }
    return false;
  }
  // If it can't be checked, a used connection is not reused.
  if (ssl && (!ccurl_library.ssl_pending || ccurl_library.ssl_pending(ssl) > 0)) return true;
  char byte;
  return recv(*place, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}
