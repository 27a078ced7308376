// What Swift's Glibc module leaves out of the system's headers.

#ifndef CLINUX_H
#define CLINUX_H

#include <fcntl.h>
#include <malloc.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/statfs.h>

// Declared in sys/socket.h for _GNU_SOURCE only, which Swift's importer does not define.
extern int accept4(int socket, struct sockaddr *address, socklen_t *length, int flags);

// Declared in sys/mman.h for _GNU_SOURCE only.
extern int memfd_create(const char *name, unsigned int flags);

// Declared in fcntl.h for _GNU_SOURCE only.
#ifndef F_OFD_SETLK
#define F_OFD_SETLK 37
#endif

#endif
