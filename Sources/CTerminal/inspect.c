// Looking at a terminal without opening it.
#include "session.h"

#include <locale.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>

static bool has_string(const char *name) {
  const char *value = tigetstr(name);
  return value != NULL && value != (const char *)-1;
}

static void describe(const char *term, bw_inspection *found) {
  if (term == NULL || *term == 0) return;
  int answer = 0;
  if (setupterm(term, STDOUT_FILENO, &answer) != OK) {
    // 1 is a terminal that prints on paper: described, and of no use here.
    found->is_described = answer == 1;
    return;
  }
  found->is_described = true;
  found->can_position_cursor = has_string("cup");
  int colors = tigetnum("colors");
  found->colors = colors > 0 ? colors : 0;
  del_curterm(cur_term);
}

static void measure(bw_inspection *found) {
  struct winsize window;
  int descriptor = found->is_output_terminal ? STDOUT_FILENO : STDIN_FILENO;
  if (!isatty(descriptor) || ioctl(descriptor, TIOCGWINSZ, &window) != 0) return;
  found->window_columns = window.ws_col;
  found->window_rows = window.ws_row;
}

bw_inspection bw_inspect(const char *term) {
  bw_inspection found = {0};
  found.is_input_terminal = isatty(STDIN_FILENO);
  found.is_output_terminal = isatty(STDOUT_FILENO);
  found.is_locale_installed = setlocale(LC_CTYPE, "") != NULL;
  found.is_utf8 = bw_use_locale();
  describe(term, &found);
  measure(&found);
  return found;
}
