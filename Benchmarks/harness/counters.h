// Two counters in the file that WABATOP_COUNTERS names, which can be read at any time.
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static atomic_long before_main[2];
static atomic_long *counters = before_main;

__attribute__((constructor)) static void open_counters(void) {
  const char *path = getenv("WABATOP_COUNTERS");
  int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
  if (file < 0) return;
  void *page = mmap(NULL, sizeof before_main, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (page != MAP_FAILED) counters = page;
}

static void count(int which, long amount) {
  atomic_fetch_add_explicit(&counters[which], amount, memory_order_relaxed);
}
