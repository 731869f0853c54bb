// The terminal behind a small C interface: a session over ncursesw, keys, signals and the wait.
//
// No curses name and no curses type appears here, so none can leak into Swift. Everything belongs
// to the one thread that opened the session, except `bw_wake`, which any thread may call. The state
// is the process's, because the controlling terminal and the signal dispositions are.
#ifndef CTERMINAL_H
#define CTERMINAL_H

#include <stdbool.h>
#include <stdint.h>

// MARK: - Session (session.c)

/// What became of an attempt to open the screen.
typedef enum __attribute__((enum_extensibility(closed))) bw_open_status {
  bw_open_succeeded,
  /// Standard input or standard output is not a terminal.
  bw_open_notATerminal,
  /// Neither the wanted terminal type nor one of the stand-ins is described on this machine.
  bw_open_noDescription,
  /// The terminal type is known and cannot move its cursor ("dumb", paper terminals).
  bw_open_cannotPositionCursor,
  /// A session is open already.
  bw_open_twice,
  /// The system refused a resource; `bw_last_error` says which.
  bw_open_failed,
} bw_open_status;

/// Opens the screen: signal handlers, locale, terminal type, raw keys, held standard error.
///
/// `term` is the wanted terminal type, or NULL. `escape_milliseconds` is how long a lone ESC waits
/// for the rest of a key sequence. A terminal that is refused is left untouched.
bw_open_status bw_open(const char *term, bool monochrome, int32_t escape_milliseconds);

/// The system's words for the failure of `bw_open`.
const char *bw_last_error(void);

/// Gives the terminal back and prints what standard error has held meanwhile. Harmless twice.
void bw_close(void);

/// Leaves the screen, stops the process group as ctrl-z does in a cooked terminal, and comes back.
///
/// Returns false when a signal that ends the program arrived meanwhile; the screen then stays left.
bool bw_suspend(void);

/// Takes the terminal back after somebody else (SIGSTOP, SIGCONT) may have changed it.
void bw_reclaim(void);

/// Leaves the full screen and starts a program on the terminal, in a process group of its own.
///
/// Returns its process, or -1; `bw_last_error` says why then, and the screen is back. All arguments and
/// variables end with NULL. `bw_take_back` must follow.
int32_t bw_lend(
    const char *const arguments[], const char *const variables[], const char *directory);

/// Waits for the program and for Enter, and comes back to the full screen.
///
/// Returns its exit code, or the number of the signal that ended it as a negative number.
int32_t bw_take_back(int32_t child);

/// Starts a program on the terminal, for commands without a full screen.
///
/// Returns its process, or -1; `bw_last_error` says why then. `bw_finish_here` must follow.
int32_t bw_start_here(
    const char *const arguments[], const char *const variables[], const char *directory);

/// Waits for its end and puts the terminal's modes back; the result is as of `bw_take_back`.
int32_t bw_finish_here(int32_t child);

/// The terminal type in use; it differs from the wanted one when that one is unknown.
const char *bw_terminal_type(void);

/// The number of colours that may be used: 0 without colour.
int32_t bw_color_count(void);

/// Whether the locale's characters are UTF-8.
bool bw_is_utf8(void);

/// Whether terminals of the type in use can report the mouse.
bool bw_has_mouse(void);

// MARK: - Inspection (inspect.c)

/// What can be told of the terminal without opening it.
typedef struct bw_inspection {
  bool is_input_terminal;
  bool is_output_terminal;
  /// Whether this machine has a description of the terminal type.
  bool is_described;
  bool can_position_cursor;
  /// The description's number of colours; 0 without.
  int32_t colors;
  /// Whether the locale that the environment names is there.
  bool is_locale_installed;
  /// Whether characters are UTF-8 in the locale that is used.
  bool is_utf8;
  /// The size of the window; 0 when there is none.
  int32_t window_columns;
  int32_t window_rows;
} bw_inspection;

/// Looks at the terminal type `term`, the locale and the window; writes nothing to the terminal.
///
/// It sets the locale, as opening does. Not while a session is open.
bw_inspection bw_inspect(const char *term);

// MARK: - Screen (screen.c)

enum { BW_BOLD = 1, BW_DIM = 2, BW_UNDERLINE = 4, BW_REVERSE = 8 };

/// One cell: a base character with up to four marks (0 ends the list), its width and its style.
typedef struct bw_cell {
  uint32_t scalars[5];
  /// Columns: 1 or 2, and 0 for the cell that is covered by a wide one on its left.
  uint8_t width;
  /// An index given to `bw_define_style`.
  uint8_t style;
} bw_cell;

/// Forgets all styles, so that another theme can define its own.
void bw_reset_styles(void);

/// Gives style `index` its colours (-1 is the terminal's own) and its BW_ attributes.
void bw_define_style(uint8_t index, int16_t foreground, int16_t background, uint8_t attributes);

/// Puts one row of cells from the left edge; those beyond the right edge are left out.
void bw_present_row(int32_t row, const bw_cell *cells, int32_t count);

/// Sends the changes to the terminal in one update; shows the cursor at a place, or hides it.
void bw_flush(int32_t cursor_row, int32_t cursor_column, bool cursor_visible);

/// Paints everything again, for a screen that something else has written on.
void bw_repaint(void);

void bw_size(int32_t *columns, int32_t *rows);

/// Reads the size of the window again; true when it has changed.
bool bw_resize(void);

/// The columns the C library, and so ncurses, gives a character; -1 for none.
int32_t bw_character_width(uint32_t scalar);

/// How many cells were drawn as '?' because the C library gives their character another width.
uint64_t bw_substitution_count(void);

void bw_bell(void);

/// Lets the terminal report presses of buttons and turns of the wheel, or keep the mouse to itself.
///
/// Reports come as bytes from `bw_read_key`. Nothing happens where the terminal has no mouse.
void bw_use_mouse(bool on);

/// Sets the window title of terminals that have one. Control characters of `text` are left out.
void bw_set_title(const char *text);

/// The most bytes that bw_copy sends; terminals refuse much longer ones.
enum { bw_copy_limit = 16384 };

/// Hands text to the clipboard (OSC 52) of terminals of xterm's kind; a longer text is not sent at all.
void bw_copy(const char *text);

// MARK: - Keys (input.c)

/// What `bw_read_key` returns besides bytes (0...255). Function key n is BW_KEY_FUNCTION + n.
enum {
  BW_KEY_NONE = -1,
  BW_KEY_UP = 1000,
  BW_KEY_DOWN,
  BW_KEY_LEFT,
  BW_KEY_RIGHT,
  BW_KEY_HOME,
  BW_KEY_END,
  BW_KEY_PAGE_UP,
  BW_KEY_PAGE_DOWN,
  BW_KEY_INSERT,
  BW_KEY_DELETE,
  BW_KEY_BACKSPACE,
  BW_KEY_ENTER,
  BW_KEY_BACK_TAB,
  BW_KEY_PASTE_START,
  BW_KEY_PASTE_END,
  BW_KEY_UNKNOWN,
  BW_KEY_FUNCTION = 2000,
};

/// The next byte or key, or BW_KEY_NONE. Call until it returns that: ncurses reads ahead.
int32_t bw_read_key(void);

// MARK: - Signals (signals.c)

enum {
  BW_SIGNAL_TERMINATE = 1,
  BW_SIGNAL_INTERRUPT = 2,
  BW_SIGNAL_HANG_UP = 4,
  BW_SIGNAL_QUIT = 8,
  BW_SIGNAL_RESIZE = 16,
  BW_SIGNAL_CONTINUE = 32,
  BW_SIGNAL_SUSPEND = 64,
};

/// The signals that have arrived since the last call, as a set of BW_SIGNAL_ bits.
uint32_t bw_take_signals(void);

// MARK: - Wait (wait.c)

enum { BW_WAIT_INPUT = 1, BW_WAIT_WOKEN = 2, BW_WAIT_HANG_UP = 4 };

/// Prepares the wake-up pipe; the first wait returns at once. Harmless twice; false without files.
bool bw_prepare_wait(void);

/// Sleeps until a key, a wake-up or the time-out (milliseconds; negative waits for ever).
///
/// Without `keyboard` only wake-ups count. Returns a set of BW_WAIT_ bits, possibly empty.
uint32_t bw_wait(bool keyboard, int32_t milliseconds);

/// Ends the present or the next wait. Safe on every thread and in a signal handler.
void bw_wake(void);

#endif
