#define _GNU_SOURCE  // wcwidth
#include "CNcurses.h"

#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

WINDOW *cn_stdscr(void) { return stdscr; }
int cn_lines(void) { return LINES; }
int cn_columns(void) { return COLS; }
int cn_colors(void) { return COLORS; }
int cn_color_pairs(void) { return COLOR_PAIRS; }

attr_t cn_attributes_without_color(void) {
  // The bits of no_color_video, in the order that terminfo gives them.
  static const attr_t order[] = {A_STANDOUT, A_UNDERLINE, A_REVERSE, A_BLINK, A_DIM, A_BOLD};
  int bits = tigetnum("ncv");
  attr_t attributes = 0;
  for (int place = 0; bits > 0 && place < (int)(sizeof order / sizeof *order); place++) {
    if (bits >> place & 1) attributes |= order[place];
  }
  return attributes;
}

bool cn_wraps_at_once(void) { return tigetflag("am") > 0 && tigetflag("xenl") <= 0; }

attr_t cn_attribute_bold(void) { return A_BOLD; }
attr_t cn_attribute_dim(void) { return A_DIM; }
attr_t cn_attribute_underline(void) { return A_UNDERLINE; }
attr_t cn_attribute_reverse(void) { return A_REVERSE; }

int cn_open_input(void) {
  if (isatty(STDIN_FILENO)) return STDIN_FILENO;
  return open("/dev/tty", O_RDONLY | O_CLOEXEC);
}

SCREEN *cn_start(const char *term, int input) {
  static FILE *output;
  if (output == NULL) output = cn_output_open(STDOUT_FILENO);
  FILE *source = input == STDIN_FILENO ? stdin : fdopen(dup(input), "r");
  return source == NULL || output == NULL ? NULL : newterm(term, output, source);
}

cn_input_kind cn_read(WINDOW *window, uint32_t *code) {
  wint_t value = 0;
  switch (wget_wch(window, &value)) {
  case OK:
    *code = (uint32_t)value;
    return CN_CHARACTER;
  case KEY_CODE_YES:
    *code = (uint32_t)value;
    return CN_KEY;
  default:
    return CN_NOTHING;
  }
}

static bool is_regional_indicator(uint32_t scalar) {
  return scalar >= 0x1F1E6 && scalar <= 0x1F1FF;
}

void cn_set_look(cchar_t *target, attr_t attributes, int pair) {
  // The pair goes through opts: the short argument overflows on terminals with many pairs.
  setcchar(target, L" ", attributes, 0, &pair);
}

int cn_set_glyph(
    cchar_t *target, const cchar_t *look, uint32_t base, uint32_t first, uint32_t second, int width) {
  target[0] = *look;
  if (is_regional_indicator(base)) {
    // curses accepts one spacing character a cell, so the halves of a flag are separate cells.
    target[0].chars[0] = (wchar_t)base;
    target[1] = *look;
    target[1].chars[0] = (wchar_t)first;
    return 2;
  }
  if (wcwidth((wchar_t)base) != width) {
    for (int cell = 0; cell < width; cell++) {
      target[cell] = *look;
      target[cell].chars[0] = L'?';
    }
    return width;
  }
  target[0].chars[0] = (wchar_t)base;
  int length = 1;
  if (first != 0 && wcwidth((wchar_t)first) == 0) target[0].chars[length++] = (wchar_t)first;
  if (second != 0 && wcwidth((wchar_t)second) == 0) target[0].chars[length++] = (wchar_t)second;
  return 1;
}

const char *cn_codeset(void) { return nl_langinfo(CODESET); }

bool cn_adopt_locale(const char *fallback) {
  setlocale(LC_ALL, "");
  if (strcmp(cn_codeset(), "UTF-8") != 0 && fallback != NULL) setlocale(LC_CTYPE, fallback);
  return strcmp(cn_codeset(), "UTF-8") == 0;
}

bool cn_window_size(int descriptor, int *height, int *width) {
  struct winsize size = {0};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) {
    return false;
  }
  *height = size.ws_row;
  *width = size.ws_col;
  return true;
}

void cn_forget_screen(void) { clearok(curscr, TRUE); }

void cn_capability(const char *name, char *buffer, int size) {
  const char *value = tigetstr(name);
  int length = 0;
  if (value != NULL && value != (const char *)-1) {
    for (; *value != 0 && length + 1 < size; value++) {
      // "$<5/>" is a delay, which today's terminals do not need.
      if (value[0] == '$' && value[1] == '<') {
        while (*value != 0 && *value != '>') value++;
        if (*value == 0) break;
        continue;
      }
      buffer[length++] = *value;
    }
  }
  buffer[length] = 0;
}

bool cn_input_ended(int descriptor) {
  struct pollfd query = {.fd = descriptor, .events = POLLIN};
  if (poll(&query, 1, 0) < 0) return false;
  if (query.revents & (POLLHUP | POLLERR | POLLNVAL)) return true;
  int waiting = 0;
  if (!(query.revents & POLLIN)) return false;
  return ioctl(descriptor, FIONREAD, &waiting) != 0 || waiting == 0;
}
