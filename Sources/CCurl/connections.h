#ifndef CCURL_CONNECTIONS_H
#define CCURL_CONNECTIONS_H

#include <stdbool.h>
#include <stdint.h>

// Prevents requests on connections that already have unread bytes.
//
// A server or proxy may send an extra answer. libcurl before 8 takes it for the answer to the next
// request, which is about another number. No number may be shown with another's health, so such a
// connection is not used.

// The sockets that one transfer opened last: one for each address family that it tried.
struct ccurl_opened {
  int sockets[4];
  unsigned count;
};

// The sockets of all connections, by the local port that libcurl tells of each.
struct ccurl_connections {
  // By port, once for IPv4 and once for IPv6; 0 where none is known.
  int sockets[2][65536];
};

// Remembers a socket, if it is one, and returns it.
int ccurl_opened_add(struct ccurl_opened *opened, int socket);

// One end of a connection, as libcurl tells it.
struct ccurl_end {
  const char *ip;
  int port;
};

// Whether that connection holds bytes to read, before anything was asked on it. Over TLS they may have been
// decrypted already, into `ssl`, which is NULL where the connection speaks none.
bool ccurl_has_unasked_bytes(
  struct ccurl_connections *connections, struct ccurl_opened *opened, struct ccurl_end local,
  struct ccurl_end remote, const void *ssl);

#endif
