#define _GNU_SOURCE  // F_SETPIPE_SZ
#include "CNcurses.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

// A terminal that does not read, for example on a stalled connection, blocks its writers. So curses
// writes into a pipe, and a separate thread forwards the bytes. The program sees whether they have
// arrived and draws no frame before. Keys, polling and quitting never wait.

// The output of curses: the terminal during start and end, the pipe in between.
static int curses_descriptor = -1;
static int terminal_descriptor = -1;
static int pipe_reader = -1;
static int pipe_writer = -1;
static atomic_bool is_writing;
static atomic_bool is_discarding;
static pthread_t carrier;
static atomic_bool has_carrier;

enum {
  // A whole frame fits in, however large the screen.
  PIPE_SIZE = 1024 * 1024,
  // A small pipe buffer, so that little is left if the rest has to be dropped.
  PIECE_SIZE = 4096
};

static void carry(const char *bytes, ssize_t length) {
  while (length > 0 && !atomic_load(&is_discarding)) {
    ssize_t written = write(terminal_descriptor, bytes, (size_t)length);
    if (written > 0) {
      bytes += written;
      length -= written;
    } else if (written < 0 && errno == EAGAIN) {
      // Another process may have made the terminal non-blocking.
      struct pollfd query = {.fd = terminal_descriptor, .events = POLLOUT};
      poll(&query, 1, 100);
    } else if (written == 0 || errno != EINTR) {
      return;
    }
  }
}

// Does nothing but interrupt a blocked write.
static void interrupt(int number) { (void)number; }

static void *carry_all(void *unused) {
  (void)unused;
  struct sigaction action = {.sa_handler = interrupt};
  sigemptyset(&action.sa_mask);
  sigaction(SIGURG, &action, NULL);
  sigset_t others;
  sigfillset(&others);
  sigdelset(&others, SIGURG);
  pthread_sigmask(SIG_SETMASK, &others, NULL);
  char bytes[PIECE_SIZE];
  for (;;) {
    ssize_t count = read(pipe_reader, bytes, sizeof bytes);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return NULL;
    atomic_store(&is_writing, true);
    carry(bytes, count);
    atomic_store(&is_writing, false);
  }
}

FILE *cn_output_open(int descriptor) {
  terminal_descriptor = descriptor;
  curses_descriptor = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
  return curses_descriptor < 0 ? NULL : fdopen(curses_descriptor, "w");
}

bool cn_output_divert(void) {
  if (curses_descriptor < 0) return false;
  if (pipe_writer < 0) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return false;
    pipe_reader = ends[0];
    pipe_writer = ends[1];
    fcntl(pipe_writer, F_SETPIPE_SZ, PIPE_SIZE);
    if (pthread_create(&carrier, NULL, carry_all, NULL) != 0) return false;
    pthread_detach(carrier);
    atomic_store(&has_carrier, true);
  }
  atomic_store(&is_discarding, false);
  return dup3(pipe_writer, curses_descriptor, O_CLOEXEC) >= 0;
}

bool cn_output_arrived(void) {
  if (pipe_reader < 0) return true;
  int waiting = 0;
  if (ioctl(pipe_reader, FIONREAD, &waiting) == 0 && waiting > 0) return false;
  return !atomic_load(&is_writing);
}

static const struct timespec moment = {.tv_nsec = 100 * 1000};

bool cn_output_wait(int milliseconds) {
  for (long tenths = milliseconds * 10L; !cn_output_arrived(); tenths--) {
    if (tenths <= 0) return false;
    nanosleep(&moment, NULL);
  }
  return true;
}

void cn_output_give_up(void) {
  if (!atomic_load(&has_carrier)) return;
  atomic_store(&is_discarding, true);
  for (int tenths = 1000; !cn_output_arrived() && tenths > 0; tenths--) {
    // Dropping the pending bytes does not wake a thread that waits for room.
    tcflush(terminal_descriptor, TCOFLUSH);
    pthread_kill(carrier, SIGURG);
    nanosleep(&moment, NULL);
  }
  tcflush(terminal_descriptor, TCOFLUSH);
}

// Whether the terminal accepts more: its buffer may be full.
static bool has_room(int milliseconds) {
  struct pollfd query = {.fd = terminal_descriptor, .events = POLLOUT};
  return terminal_descriptor < 0 || poll(&query, 1, milliseconds) != 0;
}

bool cn_output_undivert(int milliseconds) {
  bool arrived = cn_output_wait(milliseconds) && has_room(milliseconds);
  // The bytes that restore the terminal need room.
  if (!arrived) cn_output_give_up();
  if (curses_descriptor >= 0) dup3(terminal_descriptor, curses_descriptor, O_CLOEXEC);
  return arrived;
}

void cn_write(const char *bytes, int length) {
  int descriptor = curses_descriptor < 0 ? STDOUT_FILENO : curses_descriptor;
  while (length > 0) {
    ssize_t written = write(descriptor, bytes, (size_t)length);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes += written;
    length -= (int)written;
  }
}
