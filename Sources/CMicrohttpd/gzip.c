#include <dlfcn.h>
#include <pthread.h>
#include <zlib.h>

#include "CMicrohttpd.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static __typeof__(deflateInit2_) *init;
static __typeof__(deflate) *compress_bytes;
static __typeof__(deflateEnd) *end;
static bool is_at_hand;

static void load(void) {
  void *handle = dlopen("libz.so.1", RTLD_NOW | RTLD_LOCAL);
  if (!handle) return;
  init = (__typeof__(init))dlsym(handle, "deflateInit2_");
  compress_bytes = (__typeof__(compress_bytes))dlsym(handle, "deflate");
  end = (__typeof__(end))dlsym(handle, "deflateEnd");
  is_at_hand = init && compress_bytes && end;
}

size_t chttpd_gzip(const void *bytes, size_t count, void *buffer, size_t room) {
  pthread_once(&once, load);
  if (!is_at_hand) return 0;
  z_stream stream = {0};
  // 16 more than the window's 15 bits is gzip's own format.
  const int window = 15 + 16, memory = 8;
  int code = init(
    &stream, Z_BEST_SPEED, Z_DEFLATED, window, memory, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
    (int)sizeof stream);
  if (code != Z_OK) return 0;
  stream.next_in = (Bytef *)bytes;
  stream.avail_in = (uInt)count;
  stream.next_out = buffer;
  stream.avail_out = (uInt)room;
  code = compress_bytes(&stream, Z_FINISH);
  size_t written = stream.total_out;
  end(&stream);
  return code == Z_STREAM_END ? written : 0;
}
