#include "CNcurses.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

// Runs before anything else in the program.

// If a standard descriptor is closed, the next opened file gets its number, and output would be
// written to that file. Writing to what stands in for a closed output fails, so a command whose
// result goes nowhere can say so; a closed stderr stays silent.
static void open_missing_descriptors(void) {
  for (int descriptor = 0; descriptor <= 2; descriptor++) {
    if (fcntl(descriptor, F_GETFD) >= 0) continue;
    // The lowest free number is this one.
    if (open("/dev/null", descriptor == 2 ? O_WRONLY : O_RDONLY) != descriptor) return;
  }
}

__attribute__((constructor)) static void prepare(void) { open_missing_descriptors(); }

static void say_fault(int number) {
  static const char words[] =
    "wabatop: ended by a fault of its own. Run it again with SWIFT_BACKTRACE=enable=yes in the"
    " environment to see where, and report it.\n";
  (void)!write(STDERR_FILENO, words, sizeof words - 1);
  signal(number, SIG_DFL);
  raise(number);
}

void cn_end_quietly_on_faults(void) {
  // By default Swift's backtracer takes seconds, and on a terminal it waits at a prompt. So it is
  // only used on request.
  if (getenv("SWIFT_BACKTRACE") != NULL) return;
  signal(SIGQUIT, SIG_DFL);
  const int faults[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP};
  struct sigaction action = {.sa_handler = say_fault, .sa_flags = SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  for (unsigned index = 0; index < sizeof faults / sizeof faults[0]; index++) {
    sigaction(faults[index], &action, NULL);
  }
}
