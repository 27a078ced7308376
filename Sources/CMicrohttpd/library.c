#include "library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

#include "CMicrohttpd.h"

struct chttpd_library chttpd_library;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char fault[512];
static const char *outcome;

#define CHTTPD_INSTALL \
  "Install 0.9.75 or later: Debian (from 12 on) and Ubuntu (from 22.04 on) have it in the package" \
  " libmicrohttpd12, or libmicrohttpd12t64 on newer ones."

static const char *const missing =
  "libmicrohttpd is missing, which wabatop listens with. " CHTTPD_INSTALL;

static void load(void) {
  outcome = missing;
  void *handle = dlopen("libmicrohttpd.so.12", RTLD_NOW | RTLD_LOCAL);
  if (!handle) return;
#define CHTTPD_FIND(name) \
  chttpd_library.name##_ = (__typeof__(name) *)dlsym(handle, #name); \
  if (!chttpd_library.name##_) { \
    snprintf( \
      fault, sizeof fault, \
      "The libmicrohttpd of this machine is too old (it has no %s). " CHTTPD_INSTALL, #name); \
    outcome = fault; \
    return; \
  }
  CHTTPD_FUNCTIONS(CHTTPD_FIND)
#undef CHTTPD_FIND
  outcome = NULL;
}

const char *chttpd_load(void) {
  pthread_once(&once, load);
  return outcome;
}

const char *chttpd_version(void) { return chttpd_library.MHD_get_version_(); }
