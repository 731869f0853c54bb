// Keys: bytes as they come, and ncurses's key codes under our own names.
//
// Text is read as bytes and decoded in Swift. The wide reading functions of ncurses lose characters
// that arrive in two pieces, and give letters the same numbers as keys.
#include "session.h"

#include <string.h>

/// Codes for sequences that ncurses does not know, above all of its own.
enum { paste_start = KEY_MAX + 1000, paste_end };

static const struct {
  int curses;
  int32_t key;
} keys[] = {
    {KEY_UP, BW_KEY_UP},         {KEY_SR, BW_KEY_UP},           {KEY_DOWN, BW_KEY_DOWN},
    {KEY_SF, BW_KEY_DOWN},       {KEY_LEFT, BW_KEY_LEFT},       {KEY_SLEFT, BW_KEY_LEFT},
    {KEY_RIGHT, BW_KEY_RIGHT},   {KEY_SRIGHT, BW_KEY_RIGHT},    {KEY_HOME, BW_KEY_HOME},
    {KEY_SHOME, BW_KEY_HOME},    {KEY_FIND, BW_KEY_HOME},       {KEY_A1, BW_KEY_HOME},
    {KEY_END, BW_KEY_END},       {KEY_SEND, BW_KEY_END},        {KEY_SELECT, BW_KEY_END},
    {KEY_LL, BW_KEY_END},        {KEY_C1, BW_KEY_END},          {KEY_PPAGE, BW_KEY_PAGE_UP},
    {KEY_SPREVIOUS, BW_KEY_PAGE_UP}, {KEY_A3, BW_KEY_PAGE_UP},  {KEY_NPAGE, BW_KEY_PAGE_DOWN},
    {KEY_SNEXT, BW_KEY_PAGE_DOWN}, {KEY_C3, BW_KEY_PAGE_DOWN},  {KEY_IC, BW_KEY_INSERT},
    {KEY_SIC, BW_KEY_INSERT},    {KEY_DC, BW_KEY_DELETE},       {KEY_SDC, BW_KEY_DELETE},
    {KEY_BACKSPACE, BW_KEY_BACKSPACE}, {KEY_ENTER, BW_KEY_ENTER}, {KEY_BTAB, BW_KEY_BACK_TAB},
    {paste_start, BW_KEY_PASTE_START}, {paste_end, BW_KEY_PASTE_END},
};

/// Keys with Shift, Alt or Ctrl have numbers that differ between runs, and names that do not.
static const struct {
  const char *prefix;
  int32_t key;
} modified[] = {
    {"kUP", BW_KEY_UP},      {"kDN", BW_KEY_DOWN},      {"kLFT", BW_KEY_LEFT},
    {"kRIT", BW_KEY_RIGHT},  {"kHOM", BW_KEY_HOME},     {"kEND", BW_KEY_END},
    {"kPRV", BW_KEY_PAGE_UP}, {"kNXT", BW_KEY_PAGE_DOWN}, {"kIC", BW_KEY_INSERT},
    {"kDC", BW_KEY_DELETE},
};

bool bw_open_keys(int escape_milliseconds) {
  bw_session.keys = newpad(1, 1);
  if (bw_session.keys == NULL) return false;
  set_escdelay(escape_milliseconds);
  typeahead(-1);
  nodelay(bw_session.keys, TRUE);
  keypad(bw_session.keys, TRUE);
  // In application mode terminals should send ESC O A; some, and many tools, send ESC [ A still.
  define_key("\033[A", KEY_UP);
  define_key("\033[B", KEY_DOWN);
  define_key("\033[C", KEY_RIGHT);
  define_key("\033[D", KEY_LEFT);
  define_key("\033[H", KEY_HOME);
  define_key("\033[F", KEY_END);
  // Reports of the mouse come through as bytes: ncurses reads the form that the description names,
  // which is not always the one the terminal sends.
  define_key(NULL, KEY_MOUSE);
  define_key("\033[200~", paste_start);
  define_key("\033[201~", paste_end);
  return true;
}

static int32_t key_of(int code) {
  for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
    if (keys[i].curses == code) return keys[i].key;
  }
  if (code > KEY_F0 && code <= KEY_F(63)) return BW_KEY_FUNCTION + (code - KEY_F0);
  const char *name = code > KEY_MAX ? keyname(code) : NULL;
  for (size_t i = 0; name != NULL && i < sizeof modified / sizeof modified[0]; i++) {
    if (strncmp(name, modified[i].prefix, strlen(modified[i].prefix)) == 0) return modified[i].key;
  }
  return BW_KEY_UNKNOWN;
}

int32_t bw_read_key(void) {
  if (bw_session.keys == NULL) return BW_KEY_NONE;
  int code = wgetch(bw_session.keys);
  // resizeterm leaves this one behind.
  while (code == KEY_RESIZE) code = wgetch(bw_session.keys);
  if (code == ERR) return BW_KEY_NONE;
  return code < KEY_MIN ? code : key_of(code);
}
