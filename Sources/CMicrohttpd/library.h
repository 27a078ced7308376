#ifndef CMICROHTTPD_LIBRARY_H
#define CMICROHTTPD_LIBRARY_H

#include <microhttpd.h>

// The functions of libmicrohttpd that are used, found by name after it is opened.
#define CHTTPD_FUNCTIONS(use) \
  use(MHD_get_version) \
  use(MHD_start_daemon) \
  use(MHD_quiesce_daemon) \
  use(MHD_stop_daemon) \
  use(MHD_get_connection_info) \
  use(MHD_get_connection_values) \
  use(MHD_suspend_connection) \
  use(MHD_resume_connection) \
  use(MHD_create_response_from_buffer_with_free_callback_cls) \
  use(MHD_create_response_from_callback) \
  use(MHD_add_response_header) \
  use(MHD_queue_response) \
  use(MHD_destroy_response)

#define CHTTPD_DECLARE(name) __typeof__(name) *name##_;
struct chttpd_library {
  CHTTPD_FUNCTIONS(CHTTPD_DECLARE)
};
#undef CHTTPD_DECLARE

// Filled by chttpd_load.
extern struct chttpd_library chttpd_library;

#endif
