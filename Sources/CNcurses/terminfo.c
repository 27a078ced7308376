#include "CNcurses.h"

// Its macros take words such as "lines" away: it is included nowhere else.
#include <term.h>

bool cn_lookup(const char *term, int *colors, int *pairs) {
  int result = 0;
  if (setupterm(term, 1, &result) != OK) return false;
  *colors = tigetnum("colors");
  *pairs = tigetnum("pairs");
  const char *move = tigetstr("cup");
  bool moves = move != NULL && move != (const char *)-1;
  del_curterm(cur_term);
  return moves;
}
