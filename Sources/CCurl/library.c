#include "library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "CCurl.h"

struct ccurl_library ccurl_library;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char fault[512];
static const char *outcome;

// CURLOPT_PREREQFUNCTION came with this version (2021); see connections.c for what it is needed for.
static const unsigned oldest_version = 0x075000;

#define CCURL_INSTALL \
  "Install 7.80 or later: Debian (from 12 on) and Ubuntu (from 22.04 on) have it in the package libcurl4," \
  " or libcurl4t64 on newer ones, Fedora and Alpine in libcurl."

static const char *const missing =
  "libcurl is missing, which wabatop sends its requests with. " CCURL_INSTALL;

// OpenSSL's clean-up at exit() frees memory that the transport's thread may still be using.
static void keep_openssl_until_the_end(void *handle) {
  const uint64_t no_clean_up_at_exit = 0x00080000;
  int (*init)(uint64_t, const void *) =
    (int (*)(uint64_t, const void *))dlsym(handle, "OPENSSL_init_crypto");
  if (init) init(no_clean_up_at_exit, NULL);
}

// libcurl and some builds of OpenSSL write the keys of every connection into the file that this
// variable names, for recording network traffic. A dashboard with other people's keys must not do
// that, and libcurl has no option against it. So the variable is removed before anything reads it.
// At worst, a getenv() of another thread at that moment does not find its variable; wabatop's own
// threads use a copy from the start.
static void never_write_session_keys(void) { unsetenv("SSLKEYLOGFILE"); }

static void load(void) {
  never_write_session_keys();
  outcome = missing;
  // The one with OpenSSL, which every distribution builds under this name: see connections.h.
  void *handle = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (!handle) return;
#define CCURL_FIND(name) \
  ccurl_library.name##_ = (__typeof__(name) *)dlsym(handle, #name); \
  if (!ccurl_library.name##_) { \
    snprintf( \
      fault, sizeof fault, \
      "The libcurl of this machine is too old (it has no %s). " CCURL_INSTALL, #name); \
    outcome = fault; \
    return; \
  }
  CCURL_FUNCTIONS(CCURL_FIND)
#undef CCURL_FIND
  ccurl_library.version = ccurl_library.curl_version_info_(CURLVERSION_NOW);
  if (ccurl_library.version->version_num < oldest_version) {
    snprintf(
      fault, sizeof fault, "libcurl %s of this machine is too old. " CCURL_INSTALL,
      ccurl_library.version->version);
    outcome = fault;
    return;
  }
  keep_openssl_until_the_end(handle);
  ccurl_library.ssl_pending = (int (*)(const void *))dlsym(handle, "SSL_pending");
  ccurl_library.ssl_alpn =
    (void (*)(const void *, const unsigned char **, unsigned *))dlsym(
      handle, "SSL_get0_alpn_selected");
  if (ccurl_library.curl_global_init_(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    outcome = "libcurl could not be started on this machine.";
    return;
  }
  outcome = NULL;
}

const char *ccurl_load(void) {
  pthread_once(&once, load);
  return outcome;
}

const char *ccurl_version(void) { return ccurl_library.version->version; }

const char *ccurl_tls_library(void) { return ccurl_library.version->ssl_version; }

bool ccurl_speaks_http2(void) { return ccurl_library.version->features & CURL_VERSION_HTTP2; }

const char *ccurl_default_ca_file(void) {
  // The field came with 7.70, the seventh version of the structure.
  if (ccurl_library.version->age < CURLVERSION_SEVENTH) return NULL;
  return ccurl_library.version->cainfo;
}
