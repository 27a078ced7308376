#define _GNU_SOURCE
#include "CNcurses.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

// Everything that a signal handler uses: plain memory, filled before the guard is armed.
static struct termios saved_modes;
static bool has_saved_modes;
static int input_descriptor = -1;
static int output_descriptor = -1;
static char restoring[512];
static int restoring_length;
static atomic_bool armed;

// Faults, and other signals that end a process.
static const int fatal_signals[] = {
  SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS, SIGQUIT,
  SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGPOLL, SIGXCPU,
};
enum { FATAL_COUNT = sizeof fatal_signals / sizeof fatal_signals[0] };
static struct sigaction previous[FATAL_COUNT];

static void write_all(int descriptor, const char *bytes, int length) {
  while (length > 0) {
    ssize_t written = write(descriptor, bytes, (size_t)length);
    if (written <= 0) {
      if (written < 0 && errno == EINTR) continue;
      return;
    }
    bytes += written;
    length -= (int)written;
  }
}

// Only write, tcflush, tcsetattr and the like: little else is allowed inside a signal handler.
static void restore(void) {
  if (!atomic_exchange(&armed, false)) return;
  // Pending output would block if the terminal does not read.
  cn_output_give_up();
  write_all(output_descriptor, restoring, restoring_length);
  if (has_saved_modes) tcsetattr(input_descriptor, TCSANOW, &saved_modes);
}

static int saved_stderr = -1;

static void die(int number) {
  int saved_errno = errno;
  restore();
  // Messages from here on are for the terminal, not for the log.
  if (saved_stderr >= 0) dup2(saved_stderr, STDERR_FILENO);
  // The former handler, such as a backtracer, gets the signal next.
  for (int index = 0; index < FATAL_COUNT; index++) {
    if (fatal_signals[index] == number) sigaction(number, &previous[index], NULL);
  }
  errno = saved_errno;
  raise(number);
}

void cn_guard_remember(int input, int output) {
  input_descriptor = input;
  output_descriptor = output;
  has_saved_modes = tcgetattr(input, &saved_modes) == 0;
}

void cn_guard_arm(const char *bytes, int length) {
  static bool installed;
  restoring_length = length < (int)sizeof restoring ? length : (int)sizeof restoring;
  memcpy(restoring, bytes, (size_t)restoring_length);
  if (!installed) {
    installed = true;
    atexit(restore);
    struct sigaction action = {.sa_handler = die, .sa_flags = SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    for (int index = 0; index < FATAL_COUNT; index++) {
      sigaction(fatal_signals[index], &action, &previous[index]);
    }
  }
  atomic_store(&armed, true);
}

bool cn_is_in_foreground(int descriptor) {
  pid_t group = tcgetpgrp(descriptor);
  return group < 0 || group == getpgrp();
}

void cn_guard_disarm(void) { atomic_store(&armed, false); }

// --- signals that only wake the loop

static int wake_descriptor = -1;
static int wake_reader = -1;
static const int wake_signals[] = {SIGWINCH, SIGCONT, SIGTSTP};
enum { WAKE_COUNT = sizeof wake_signals / sizeof wake_signals[0] };
static struct sigaction previous_wakers[WAKE_COUNT];

static void wake(int number) {
  int saved_errno = errno;
  char letter = number == SIGWINCH ? 'w' : number == SIGCONT ? 'c' : 'z';
  if (wake_descriptor >= 0) (void)!write(wake_descriptor, &letter, 1);
  errno = saved_errno;
}

int cn_signals_open(void) {
  int ends[2];
  if (pipe2(ends, O_NONBLOCK | O_CLOEXEC) != 0) return -1;
  wake_reader = ends[0];
  wake_descriptor = ends[1];
  struct sigaction action = {.sa_handler = wake, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  for (int index = 0; index < WAKE_COUNT; index++) {
    sigaction(wake_signals[index], &action, &previous_wakers[index]);
  }
  return wake_reader;
}

void cn_signals_close(void) {
  if (wake_descriptor < 0) return;
  for (int index = 0; index < WAKE_COUNT; index++) {
    sigaction(wake_signals[index], &previous_wakers[index], NULL);
  }
  int writer = wake_descriptor;
  wake_descriptor = -1;
  close(writer);
  close(wake_reader);
  wake_reader = -1;
}

void cn_stop(void) {
  struct sigaction mine;
  struct sigaction action = {.sa_handler = SIG_IGN};
  sigset_t stop, mask;
  sigemptyset(&action.sa_mask);
  // Dispatch's threads, of which this is one, hold back all signals.
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  pthread_sigmask(SIG_UNBLOCK, &stop, &mask);
  // The rest of the group first, so that a script around us stops too; then this thread, and with
  // it the process, before another instruction runs.
  sigaction(SIGTSTP, &action, &mine);
  kill(0, SIGTSTP);
  action.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &action, NULL);
  raise(SIGTSTP);
  sigaction(SIGTSTP, &mine, NULL);
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
}

// --- stderr

bool cn_stderr_divert(const char *path) {
  int flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC;
  int target = path != NULL ? open(path, flags, 0600) : -1;
  if (target < 0) target = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (target < 0) return false;
  if (saved_stderr < 0) saved_stderr = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  bool diverted = saved_stderr >= 0 && dup2(target, STDERR_FILENO) >= 0;
  close(target);
  return diverted;
}

void cn_stderr_restore(void) {
  if (saved_stderr < 0) return;
  dup2(saved_stderr, STDERR_FILENO);
  close(saved_stderr);
  saved_stderr = -1;
}
