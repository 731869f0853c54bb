// Opening, leaving, suspending: the order in which everything is taken and given back.
#include "session.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <term.h>

struct bw_session bw_session;
static int last_error;

// MARK: - Locale

static bool is_utf8_charset(void) { return strcasecmp(nl_langinfo(CODESET), "UTF-8") == 0; }

/// Characters only: number formats stay those of the C locale for all other libraries here.
///
/// A plain "C" says nothing about the terminal, which almost surely shows UTF-8.
bool bw_use_locale(void) {
  const char *name = setlocale(LC_CTYPE, "");
  bool says_nothing = name == NULL || strcmp(name, "C") == 0 || strcmp(name, "POSIX") == 0;
  static const char *const stand_ins[] = {"C.UTF-8", "UTF-8", "en_US.UTF-8"};
  for (size_t i = 0; says_nothing && i < sizeof stand_ins / sizeof stand_ins[0]; i++) {
    if (setlocale(LC_CTYPE, stand_ins[i]) != NULL && is_utf8_charset()) return true;
  }
  return is_utf8_charset();
}

// MARK: - The way back

/// Appends a capability without its padding, `$<2/>`, which only real terminals of old need.
static bool append_capability(char *text, size_t size, const char *name) {
  const char *value = tigetstr(name);
  if (value == NULL || value == (const char *)-1) return false;
  size_t length = strlen(text);
  while (*value != 0 && length < size - 1) {
    const char *padding_end = strncmp(value, "$<", 2) == 0 ? strchr(value, '>') : NULL;
    if (padding_end != NULL) {
      value = padding_end + 1;
    } else {
      text[length++] = *value++;
    }
  }
  text[length] = 0;
  return true;
}

/// Collects what undoes everything that the session turns on, from the description in use.
static void prepare_restore(void) {
  char text[256] = "";
  if (bw_session.is_xterm_like) strcpy(text, "\033[?1000l\033[?1006l\033[?2004l");
  static const char *const capabilities[] = {"rmkx", "sgr0", "op", "cnorm"};
  for (size_t i = 0; i < sizeof capabilities / sizeof capabilities[0]; i++) {
    append_capability(text, sizeof text, capabilities[i]);
  }
  // Without an alternate screen the message that follows gets a line of its own.
  if (!append_capability(text, sizeof text, "rmcup")) strcat(text, "\r\n");
  bw_prepare_restore(text);
}

// MARK: - Terminal type

static bool is_xterm_like(const char *type) {
  static const char *const families[] = {
      "xterm", "tmux", "screen", "rxvt", "alacritty", "foot", "kitty", "wezterm", "ghostty",
      "konsole", "vte", "gnome", "iterm", "contour", "mintty", "putty", "st-",
  };
  for (size_t i = 0; i < sizeof families / sizeof families[0]; i++) {
    if (strncmp(type, families[i], strlen(families[i])) == 0) return true;
  }
  return strcmp(type, "st") == 0;
}

/// Looks a type up without writing anything to the terminal.
static bw_open_status examine(const char *type) {
  int answer = 0;
  if (setupterm(type, STDOUT_FILENO, &answer) != OK) {
    return answer == 1 ? bw_open_cannotPositionCursor : bw_open_noDescription;
  }
  const char *position = tigetstr("cup");
  bool is_usable = position != NULL && position != (const char *)-1;
  bw_session.is_xterm_like = is_xterm_like(type);
  if (is_usable) prepare_restore();
  del_curterm(cur_term);
  return is_usable ? bw_open_succeeded : bw_open_cannotPositionCursor;
}

/// Takes the wanted type, or the first stand-in this machine has a description of.
static bw_open_status choose_type(const char *wanted) {
  const char *candidates[] = {wanted, "xterm-256color", "xterm", "vt100"};
  bw_open_status status = bw_open_noDescription;
  for (size_t i = 0; i < sizeof candidates / sizeof candidates[0]; i++) {
    const char *type = candidates[i];
    if (type == NULL || *type == 0 || strlen(type) >= sizeof bw_session.type) continue;
    status = examine(type);
    if (status == bw_open_noDescription) continue;
    strcpy(bw_session.type, type);
    return status;
  }
  return status;
}

// MARK: - Open and close

static int usable_colors(bool monochrome) {
  if (monochrome || !has_colors() || start_color() == ERR) return 0;
  // "Direct colour" descriptions take numbers above 7 for RGB values.
  return COLORS > 256 ? 8 : COLORS;
}

static bool start_curses(bool monochrome, int escape_milliseconds) {
  // The size comes from the window, not from LINES and COLUMNS, which do not follow it.
  use_env(FALSE);
  use_tioctl(TRUE);
  bw_session.screen = newterm(bw_session.type, stdout, stdin);
  if (bw_session.screen == NULL) return false;
  bw_session.colors = usable_colors(monochrome);
  bw_open_screen();
  return bw_open_keys(escape_milliseconds);
}

bw_open_status bw_open(const char *term, bool monochrome, int32_t escape_milliseconds) {
  if (bw_session.screen != NULL) return bw_open_twice;
  bool is_terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
  if (!is_terminal || !bw_save_cooked()) return bw_open_notATerminal;
  bw_session.is_utf8 = bw_use_locale();
  bw_open_status status = choose_type(term);
  if (status != bw_open_succeeded) return status;
  static bool is_registered;
  if (!is_registered) is_registered = atexit(bw_restore_now) == 0;
  if (!bw_prepare_wait()) {
    last_error = errno;
    return bw_open_failed;
  }

  bw_install_signals();
  atomic_store(&bw_session.stage, bw_stage_active);
  if (!start_curses(monochrome, escape_milliseconds)) {
    last_error = errno;
    bw_close();
    return bw_open_failed;
  }
  bw_hold_stderr();
  bw_enter_modes();
  return bw_open_succeeded;
}

/// Leaves the full screen for the shell, or for good.
static void leave_screen(int stage) {
  sigset_t before;
  bw_block_background_stop(&before);
  bw_discard_stuck_output();
  bw_leave_modes();
  endwin();
  bw_restore_cooked();
  atomic_store(&bw_session.stage, stage);
  bw_release_stderr();
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void bw_close(void) {
  if (atomic_load(&bw_session.stage) == bw_stage_closed) return;
  if (atomic_load(&bw_session.stage) == bw_stage_active) leave_screen(bw_stage_closed);
  atomic_store(&bw_session.stage, bw_stage_closed);
  if (bw_session.keys != NULL) delwin(bw_session.keys);
  if (bw_session.screen != NULL) delscreen(bw_session.screen);
  bw_session.keys = NULL;
  bw_session.screen = NULL;
  bw_session.is_mouse_on = false;
  bw_uninstall_signals();
}

bool bw_suspend(void) {
  if (bw_session.screen == NULL) return false;
  leave_screen(bw_stage_suspended);
  bw_stop_process_group();
  // "kill %1" sends SIGTERM, then SIGCONT to a background job: it must end there, not stop again.
  if (tcgetpgrp(STDIN_FILENO) != getpgrp()) bw_wait_briefly(50);
  if (bw_is_ending()) return false;
  // In the background this stops the process once more, until it is brought to the foreground.
  reset_prog_mode();
  atomic_store(&bw_session.stage, bw_stage_active);
  bw_hold_stderr();
  bw_reclaim();
  return true;
}

bool bw_leave_for_program(void) {
  if (atomic_load(&bw_session.stage) != bw_stage_active) return false;
  leave_screen(bw_stage_suspended);
  return true;
}

/// Comes back to the full screen, unless a signal that ends the program has arrived meanwhile.
void bw_return_from_program(void) {
  if (bw_is_ending()) return;
  reset_prog_mode();
  atomic_store(&bw_session.stage, bw_stage_active);
  bw_hold_stderr();
  bw_reclaim();
}

void bw_note_error(void) { last_error = errno; }

void bw_reclaim(void) {
  if (atomic_load(&bw_session.stage) != bw_stage_active) return;
  reset_prog_mode();
  bw_resize();
  bw_repaint();
  bw_enter_modes();
}

// MARK: - Facts

const char *bw_last_error(void) { return strerror(last_error); }

const char *bw_terminal_type(void) { return bw_session.type; }

int32_t bw_color_count(void) { return bw_session.colors; }

bool bw_is_utf8(void) { return bw_session.is_utf8; }

bool bw_has_mouse(void) { return bw_session.is_xterm_like; }
