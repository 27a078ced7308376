#include "CNcurses.h"

void cn_watch_mouse(bool on) {
  // Reports presses at once: detecting clicks would delay each of them.
  mouseinterval(0);
  mousemask(on ? BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, NULL);
}

cn_mouse_kind cn_take_mouse(int *row, int *column) {
  MEVENT event;
  if (getmouse(&event) != OK) return CN_MOUSE_NOTHING;
  *row = event.y;
  *column = event.x;
  if (event.bstate & BUTTON1_PRESSED) return CN_MOUSE_PRESS;
  if (event.bstate & BUTTON4_PRESSED) return CN_MOUSE_WHEEL_UP;
  if (event.bstate & BUTTON5_PRESSED) return CN_MOUSE_WHEEL_DOWN;
  return CN_MOUSE_NOTHING;
}
