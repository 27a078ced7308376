// What Swift's Glibc module leaves out of the system's headers.

#ifndef CLINUX_H
#define CLINUX_H

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/statfs.h>

// Declared in sys/socket.h for _GNU_SOURCE only, which Swift's importer does not define.
extern int accept4(int socket, struct sockaddr *address, socklen_t *length, int flags);

#endif
