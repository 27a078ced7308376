#ifndef CCURL_LIBRARY_H
#define CCURL_LIBRARY_H

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

// The functions of libcurl that are used, found by name after it is opened.
#define CCURL_FUNCTIONS(use) \
  use(curl_global_init) \
  use(curl_version_info) \
  use(curl_easy_init) \
  use(curl_easy_setopt) \
  use(curl_easy_getinfo) \
  use(curl_easy_cleanup) \
  use(curl_easy_strerror) \
  use(curl_multi_init) \
  use(curl_multi_setopt) \
  use(curl_multi_add_handle) \
  use(curl_multi_remove_handle) \
  use(curl_multi_perform) \
  use(curl_multi_poll) \
  use(curl_multi_wakeup) \
  use(curl_multi_info_read) \
  use(curl_multi_cleanup) \
  use(curl_slist_append) \
  use(curl_slist_free_all) \
  use(curl_url) \
  use(curl_url_set) \
  use(curl_url_get) \
  use(curl_url_cleanup) \
  use(curl_free)

#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

#define CCURL_DECLARE(name) __typeof__(name) *name##_;
struct ccurl_library {
  CCURL_FUNCTIONS(CCURL_DECLARE)
  curl_version_info_data *version;
  // Functions of OpenSSL, if libcurl uses it for TLS; otherwise NULL.
  int (*ssl_pending)(const void *ssl);
  void (*ssl_alpn)(const void *ssl, const unsigned char **name, unsigned *length);
};
#undef CCURL_DECLARE

// Filled by ccurl_load.
extern struct ccurl_library ccurl_library;

#endif
