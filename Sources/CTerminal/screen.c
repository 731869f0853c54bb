// Drawing: styles, rows of wide cells, one update per frame, size, mouse, bell and title.
#include "session.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <wchar.h>

struct style {
  attr_t attributes;
  short pair;
  short background;
};

static struct style styles[256];
/// The colours of each pair in use; pair 0 is the terminal's own.
static struct {
  short foreground, background;
} pairs[256];
static short pair_count = 1;
static uint64_t substitutions;
/// One row, rebuilt for every row that changed.
static cchar_t *line;
static int line_capacity;

// MARK: - Styles

void bw_reset_styles(void) {
  memset(styles, 0, sizeof styles);
  pair_count = 1;
}

/// A colour this terminal has; the bright ones of sixteen become bold ones of eight.
static short usable_color(int16_t color, attr_t *attributes) {
  if (color < bw_session.colors) return color;
  if (color >= 16) return -1;
  *attributes |= A_BOLD;
  return color - 8;
}

/// Equal colours share a pair. When the terminal has no pair left, its own colours must do.
static short pair_of(short foreground, short background) {
  if (foreground < 0 && background < 0) return 0;
  for (short pair = 1; pair < pair_count; pair++) {
    if (pairs[pair].foreground == foreground && pairs[pair].background == background) return pair;
  }
  if (pair_count >= 256 || pair_count >= COLOR_PAIRS) return 0;
  if (init_pair(pair_count, foreground, background) == ERR) return 0;
  pairs[pair_count].foreground = foreground;
  pairs[pair_count].background = background;
  return pair_count++;
}

void bw_define_style(uint8_t index, int16_t foreground, int16_t background, uint8_t attributes) {
  attr_t bits = A_NORMAL;
  if ((attributes & BW_BOLD) != 0) bits |= A_BOLD;
  if ((attributes & BW_DIM) != 0) bits |= A_DIM;
  if ((attributes & BW_UNDERLINE) != 0) bits |= A_UNDERLINE;
  if ((attributes & BW_REVERSE) != 0) bits |= A_REVERSE;
  short pair = 0, usable_background = -1;
  if (bw_session.colors > 0) {
    attr_t none = A_NORMAL;
    usable_background = usable_color(background, &none);
    pair = pair_of(usable_color(foreground, &bits), usable_background);
  }
  styles[index] = (struct style){bits, pair, pair == 0 ? -1 : usable_background};
}

/// Whether a blank looks the same in both styles.
static bool are_blanks_alike(uint8_t one, uint8_t other) {
  attr_t seen = (styles[one].attributes | styles[other].attributes) & (A_UNDERLINE | A_REVERSE);
  return seen == 0 && styles[one].background == styles[other].background;
}

// MARK: - Cells

static void put(cchar_t *target, const wchar_t *text, uint8_t style) {
  setcchar(target, text, styles[style].attributes, styles[style].pair, NULL);
}

static bool is_blank(const bw_cell *cell) {
  return (cell->scalars[0] == 0 || cell->scalars[0] == ' ') && cell->scalars[1] == 0;
}

/// The longest gap that goes on in the style before it; for longer ones ncurses moves the cursor.
static const int32_t longest_gap = 8;

/// Where a gap after a style may go on in it, the end of the gap, else its start: going back to the
/// terminal's own style in between takes 11 bytes in most terminals.
static int32_t end_of_gap(const bw_cell *cells, int32_t start, int32_t count, uint8_t before) {
  int32_t end = start, limit = start + longest_gap < count ? start + longest_gap : count - 1;
  uint8_t own = cells[start].style;
  while (end < limit && is_blank(&cells[end]) && cells[end].style == own) end++;
  bool is_between = cells[end].style != own;
  return is_between && are_blanks_alike(before, own) ? end : start;
}

/// Appends one cell and returns how many elements it took: two for '?' in place of a wide one.
static int append(cchar_t *target, const bw_cell *cell) {
  wchar_t text[CCHARW_MAX + 1] = {0};
  wchar_t base = (wchar_t)cell->scalars[0];
  text[0] = base == 0 ? L' ' : base;
  bool is_ascii = base >= 0x20 && base < 0x7f;
  if (base != 0 && !is_ascii && wcwidth(base) != cell->width) {
    // ncurses moves by the C library's width: any other one would shift the rest of the row.
    substitutions++;
    put(target, L"?", cell->style);
    if (cell->width == 2) put(target + 1, L" ", cell->style);
    return cell->width;
  }
  for (int mark = 1, used = 1; mark < 5 && cell->scalars[mark] != 0; mark++) {
    if (wcwidth((wchar_t)cell->scalars[mark]) == 0) text[used++] = (wchar_t)cell->scalars[mark];
  }
  put(target, text, cell->style);
  return 1;
}

static bool reserve_line(int columns) {
  if (columns <= line_capacity) return true;
  cchar_t *larger = realloc(line, (size_t)columns * sizeof *line);
  if (larger == NULL) return false;
  line = larger;
  line_capacity = columns;
  return true;
}

void bw_present_row(int32_t row, const bw_cell *cells, int32_t count) {
  if (bw_session.screen == NULL) return;
  int columns = getmaxx(stdscr);
  if (row < 0 || row >= getmaxy(stdscr) || !reserve_line(columns)) return;
  static const bw_cell blank = {.scalars = {' '}, .width = 1};
  int column = 0, used = 0;
  int32_t gap_end = 0;
  uint8_t style = 0;
  for (int32_t i = 0; i < count && column < columns; i++) {
    if (cells[i].width == 0) continue;
    bw_cell cell = column + cells[i].width <= columns ? cells[i] : blank;
    if (i >= gap_end && column > 0 && is_blank(&cell)) {
      gap_end = end_of_gap(cells, i, count, style);
    }
    if (i < gap_end) cell.style = style;
    style = cell.style;
    used += append(line + used, &cell);
    column += cell.width;
  }
  for (; column < columns; column++) used += append(line + used, &blank);
  mvwadd_wchnstr(stdscr, row, 0, line, used);
}

void bw_flush(int32_t cursor_row, int32_t cursor_column, bool cursor_visible) {
  if (bw_session.screen == NULL || atomic_load(&bw_session.stage) != bw_stage_active) return;
  if (cursor_visible != bw_session.is_cursor_visible) {
    curs_set(cursor_visible ? 1 : 0);
    bw_session.is_cursor_visible = cursor_visible;
  }
  // A hidden cursor may stay where the last change left it: that saves bytes.
  leaveok(stdscr, !cursor_visible);
  if (cursor_visible) wmove(stdscr, cursor_row, cursor_column);
  wnoutrefresh(stdscr);
  doupdate();
}

void bw_repaint(void) {
  if (bw_session.screen == NULL || atomic_load(&bw_session.stage) != bw_stage_active) return;
  clearok(curscr, TRUE);
  wnoutrefresh(stdscr);
  doupdate();
}

int32_t bw_character_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

uint64_t bw_substitution_count(void) { return substitutions; }

// MARK: - Size

void bw_size(int32_t *columns, int32_t *rows) {
  *columns = bw_session.screen == NULL ? 0 : getmaxx(stdscr);
  *rows = bw_session.screen == NULL ? 0 : getmaxy(stdscr);
}

bool bw_resize(void) {
  struct winsize window;
  if (bw_session.screen == NULL || ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) != 0) return false;
  // A serial line does not know its size; what ncurses took from the terminal's description stays.
  if (window.ws_row == 0 || window.ws_col == 0) return false;
  if (window.ws_row == getmaxy(stdscr) && window.ws_col == getmaxx(stdscr)) return false;
  return resizeterm(window.ws_row, window.ws_col) == OK;
}

// MARK: - Modes, mouse, bell and title

static void send(const char *bytes) { bw_write(STDOUT_FILENO, bytes, strlen(bytes)); }

/// Presses, releases and the wheel (1000), with decimal coordinates (1006): xterm's ctlseqs, "Mouse
/// Tracking". Descriptions of tmux and screen know the old form only, both programs know this one.
static void send_mouse_mode(bool on) {
  send(on ? "\033[?1000h\033[?1006h" : "\033[?1000l\033[?1006l");
}

/// What curses does not know of. Written past its buffer, which is empty after every update.
void bw_enter_modes(void) {
  if (bw_session.is_xterm_like) send("\033[?2004h");
  if (bw_session.is_mouse_on) send_mouse_mode(true);
}

void bw_leave_modes(void) {
  if (atomic_exchange(&bw_session.has_title, false)) send("\033[23;2t");
  if (bw_session.is_mouse_on) send_mouse_mode(false);
  if (bw_session.is_xterm_like) send("\033[?2004l");
}

void bw_use_mouse(bool on) {
  if (!bw_has_mouse() || on == bw_session.is_mouse_on) return;
  bw_session.is_mouse_on = on;
  if (atomic_load(&bw_session.stage) == bw_stage_active) send_mouse_mode(on);
}

void bw_open_screen(void) {
  raw();
  noecho();
  nonl();
  if (bw_session.colors > 0) use_default_colors();
  leaveok(stdscr, TRUE);
  // A pretence that makes the first flush hide it.
  bw_session.is_cursor_visible = true;
  bw_reset_styles();
  def_prog_mode();
  bw_resize();
}

void bw_bell(void) {
  if (atomic_load(&bw_session.stage) == bw_stage_active) beep();
}

void bw_set_title(const char *text) {
  if (!bw_session.is_xterm_like || atomic_load(&bw_session.stage) != bw_stage_active) return;
  char sequence[256] = "\033]2;";
  size_t length = strlen(sequence);
  for (; *text != 0 && length < sizeof sequence - 2; text++) {
    unsigned char byte = (unsigned char)*text;
    if (byte >= 0x20 && byte != 0x7f) sequence[length++] = (char)byte;
  }
  sequence[length] = '\a';
  if (!atomic_exchange(&bw_session.has_title, true)) send("\033[22;2t");
  bw_write(STDOUT_FILENO, sequence, length + 1);
}

static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void bw_copy(const char *text) {
  if (!bw_session.is_xterm_like || atomic_load(&bw_session.stage) != bw_stage_active) return;
  size_t length = strlen(text);
  if (length > bw_copy_limit) return;
  char sequence[4 * ((bw_copy_limit + 2) / 3) + 16];
  size_t used = (size_t)snprintf(sequence, sizeof sequence, "\033]52;c;");
  for (size_t start = 0; start < length; start += 3) {
    unsigned char bytes[3] = {0, 0, 0};
    size_t count = length - start < 3 ? length - start : 3;
    memcpy(bytes, text + start, count);
    sequence[used++] = base64[bytes[0] >> 2];
    sequence[used++] = base64[(bytes[0] & 3) << 4 | bytes[1] >> 4];
    sequence[used++] = count > 1 ? base64[(bytes[1] & 15) << 2 | bytes[2] >> 6] : '=';
    sequence[used++] = count > 2 ? base64[bytes[2] & 63] : '=';
  }
  sequence[used++] = '\a';
  bw_write(STDOUT_FILENO, sequence, used);
}
