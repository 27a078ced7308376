// Counts what the program that it is loaded into allocates: allocations so far, and bytes in use.
#define _GNU_SOURCE
#include <errno.h>
#include <malloc.h>

#include "counters.h"

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);
void __libc_free(void *);

static void *taken(void *block) {
  count(0, 1);
  count(1, (long)malloc_usable_size(block));
  return block;
}

static void given_back(void *block) { count(1, -(long)malloc_usable_size(block)); }

void *malloc(size_t size) { return taken(__libc_malloc(size)); }
void *calloc(size_t items, size_t size) { return taken(__libc_calloc(items, size)); }
void *memalign(size_t alignment, size_t size) { return taken(__libc_memalign(alignment, size)); }
void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **block, size_t alignment, size_t size) {
  *block = memalign(alignment, size);
  return *block ? 0 : ENOMEM;
}

void *realloc(void *block, size_t size) {
  given_back(block);
  return taken(__libc_realloc(block, size));
}

void free(void *block) {
  given_back(block);
  __libc_free(block);
}
