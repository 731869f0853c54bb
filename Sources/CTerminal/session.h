// What the parts of CTerminal share: the one session, and the functions behind the public ones.
#ifndef CTERMINAL_SESSION_H
#define CTERMINAL_SESSION_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#ifndef _DARWIN_C_SOURCE
#define _DARWIN_C_SOURCE 1
#endif

#include "../CNcurses/shim.h"
#include "include/CTerminal.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <termios.h>
#include <unistd.h>

enum bw_stage { bw_stage_closed, bw_stage_active, bw_stage_suspended };

struct bw_session {
  /// Read by the handlers of fatal signals, on whatever thread they run.
  _Atomic int stage;
  SCREEN *screen;
  /// Keys are read from a pad: reading from any other window would refresh it on the way.
  WINDOW *keys;
  char type[64];
  int colors;
  bool is_utf8;
  /// Whether the terminal understands xterm's private modes and its title sequences.
  bool is_xterm_like;
  bool is_cursor_visible;
  bool is_mouse_on;
  atomic_bool has_title;
};

extern struct bw_session bw_session;

// session.c
bool bw_use_locale(void);

// session.c, for lend.c
bool bw_leave_for_program(void);
void bw_return_from_program(void);
void bw_note_error(void);

// restore.c: all but bw_save_cooked, bw_prepare_restore and bw_hold_stderr is safe in a handler.
bool bw_save_cooked(void);
void bw_prepare_restore(const char *reset);
void bw_restore_now(void);
void bw_restore_cooked(void);
void bw_block_background_stop(sigset_t *before);
void bw_hold_stderr(void);
void bw_release_stderr(void);
void bw_discard_stuck_output(void);
void bw_write(int descriptor, const char *bytes, size_t count);

// signals.c
void bw_install_signals(void);
void bw_uninstall_signals(void);
bool bw_is_ending(void);
void bw_stop_process_group(void);

// screen.c
void bw_open_screen(void);
void bw_enter_modes(void);
void bw_leave_modes(void);

// input.c
bool bw_open_keys(int escape_milliseconds);

// wait.c
void bw_wait_briefly(int milliseconds);
void bw_wait_for_line(void);

#endif
