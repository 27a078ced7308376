#ifndef CNCURSES_H
#define CNCURSES_H

// Wide characters: without it curses.h declares only the functions of one byte a cell.
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

// What Swift can't use directly: mutable globals and macros with casts.
WINDOW *cn_stdscr(void);
int cn_lines(void);
int cn_columns(void);
int cn_colors(void);
int cn_color_pairs(void);

// What the database says of the terminal that curses draws on: attributes that it can't show together
// with colours, and whether its cursor goes on to the next line as soon as the last column is written.
attr_t cn_attributes_without_color(void);
bool cn_wraps_at_once(void);

attr_t cn_attribute_bold(void);
attr_t cn_attribute_dim(void);
attr_t cn_attribute_underline(void);
attr_t cn_attribute_reverse(void);

// What wget_wch brought.
typedef enum { CN_NOTHING, CN_CHARACTER, CN_KEY } cn_input_kind;
cn_input_kind cn_read(WINDOW *window, uint32_t *code);

// What the mouse did, and where: to be asked when the key that was read says so.
typedef enum {
  CN_MOUSE_NOTHING,
  CN_MOUSE_PRESS,
  CN_MOUSE_WHEEL_UP,
  CN_MOUSE_WHEEL_DOWN
} cn_mouse_kind;
cn_mouse_kind cn_take_mouse(int *row, int *column);
void cn_watch_mouse(bool on);

// Starts curses for a terminal type on standard output, reading from `input`. NULL if the database
// does not know the type.
SCREEN *cn_start(const char *term, int input);

// Whether the database knows a terminal type that a screen can be drawn on, and its colours, without
// a terminal at hand.
bool cn_lookup(const char *term, int *colors, int *pairs);

// A descriptor to read keys from: standard input, else the terminal that controls the process; -1
// if there is none.
int cn_open_input(void);

// Writes without curses, but in order with its output.
void cn_write(const char *bytes, int length);

// Makes a blank with attributes and a colour pair: the initial cell of a style.
void cn_set_look(cchar_t *target, attr_t attributes, int pair);

// Makes the elements of a row for a glyph of one or two cells: a scalar, at most two marks over it (or
// the second half of a flag), each 0 where there is none. Returns how many elements, at most two, for
// curses takes a wide glyph as one. What libc measures otherwise than we do cannot be drawn without
// shifting the rest of the row: it becomes '?'.
int cn_set_glyph(
    cchar_t *target, const cchar_t *look, uint32_t base, uint32_t first, uint32_t second, int width);

// Adopts the user's locale. Returns whether the terminal is to be sent UTF-8.
bool cn_adopt_locale(const char *fallback);
const char *cn_codeset(void);

// The size the terminal says it has; false if it does not say.
bool cn_window_size(int descriptor, int *height, int *width);

// Repaints everything at the next update, whatever curses assumes.
void cn_forget_screen(void);

// A string capability without its padding, or "" if the terminal has none.
void cn_capability(const char *name, char *buffer, int size);

// Whether input has ended: readable, and nothing to read.
bool cn_input_ended(int descriptor);

// --- output that never blocks the program (output.c)

// What curses is to write to, for a terminal; NULL where no descriptor can be had.
FILE *cn_output_open(int descriptor);

// From now on a thread forwards output to the terminal. Returns whether that works; if not, output
// is written directly.
bool cn_output_divert(void);

// Switches back to direct output, for setting up or restoring the terminal. Waits this long for
// pending output, then drops it; returns whether all of it arrived.
bool cn_output_undivert(int milliseconds);

// Drops pending output. Safe in a signal handler.
void cn_output_give_up(void);

// Whether all that was written has arrived; cn_output_wait waits so long for it.
bool cn_output_arrived(void);
bool cn_output_wait(int milliseconds);

// Whether this process may use the terminal: not while it runs behind a shell.
bool cn_is_in_foreground(int descriptor);

// --- preparation of the process (process.c)

// From now on a fault ends the process at once, without a debugger's prompt, unless SWIFT_BACKTRACE says
// something else.
void cn_end_quietly_on_faults(void);

// --- restoring the terminal in all cases (tty_guard.c)

// Remembers how the terminal is now and restores it, with these bytes, when the process exits or
// is killed by a fault while the guard is armed.
void cn_guard_remember(int input, int output);
void cn_guard_arm(const char *bytes, int length);
void cn_guard_disarm(void);

// From now on SIGWINCH, SIGCONT and SIGTSTP arrive as 'w', 'c' and 'z' in a pipe. Returns the
// descriptor to read them from, or -1.
int cn_signals_open(void);
void cn_signals_close(void);

// Stops the process group as ^Z does; returns when it is continued.
void cn_stop(void);

// While the screen is up, nothing may write over it: descriptor 2 goes elsewhere.
bool cn_stderr_divert(const char *path);
void cn_stderr_restore(void);

#endif
