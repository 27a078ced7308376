// The floor: a table of 10,000 rows on ncurses and nothing else. j moves down, k up, q quits.
#define _XOPEN_SOURCE_EXTENDED 1
#include <curses.h>
#include <locale.h>
#include <stdlib.h>

enum { ROWS = 10000 };
static const char *const states[] = {"BLK", "LIM", "OK"};
static int selected, top;

static int state(int row) { return row % 100 < 3 ? 0 : row % 100 < 10 ? 1 : 2; }

static void draw_row(int y, int row) {
  char text[512];
  snprintf(text, sizeof text, " %-3s +1 555%07d  %-24.24d %015llu  kapso", states[state(row)], row, row,
           100000000000000ULL + (unsigned)row);
  attr_set(row == selected ? A_REVERSE : A_NORMAL, row == selected ? 0 : state(row) + 1, NULL);
  mvaddnstr(y, 0, text, COLS);
  clrtoeol();
}

static void draw(void) {
  int height = LINES - 3;
  if (selected < top) top = selected;
  if (selected >= top + height) top = selected - height + 1;
  attr_set(A_BOLD, 0, NULL);
  mvprintw(0, 0, " floor  %d rows", ROWS);
  mvprintw(1, 0, " ST  NUMBER       NAME                     ID               PROVIDER");
  for (int y = 0; y < height && top + y < ROWS; y++) draw_row(y + 2, top + y);
  attr_set(A_NORMAL, 0, NULL);
  mvprintw(LINES - 1, 0, " %d-%d of %d", top + 1, top + height, ROWS);
  clrtoeol();
  refresh();
}

int main(void) {
  setlocale(LC_ALL, "");
  initscr();
  cbreak();
  noecho();
  curs_set(0);
  start_color();
  use_default_colors();
  init_pair(1, COLOR_RED, -1);
  init_pair(2, COLOR_YELLOW, -1);
  init_pair(3, COLOR_GREEN, -1);
  draw();
  for (;;) {
    // What has come together is drawn together.
    timeout(-1);
    for (int key = getch(); key != ERR; key = getch()) {
      if (key == 'q') return endwin();
      if (key == 'j' && selected < ROWS - 1) selected++;
      if (key == 'k' && selected > 0) selected--;
      timeout(0);
    }
    draw();
  }
}
