// Signals: the orderly ones become flags and a wake-up, the fatal ones restore the terminal first.
//
// Installed before newterm: ncurses takes over only what still has its default action.
#include "session.h"

#include <errno.h>
#include <signal.h>

/// How long the event loop may leave a signal that ends the program before the handler ends it:
/// the loop may be stuck in a write to a terminal that nobody reads.
enum { patience_seconds = 2 };

static const struct {
  int number;
  uint32_t flag;
  /// Whether the program leaves as inherited a signal that was ignored, as with nohup.
  bool stays_ignored;
} orderly[] = {
    {SIGTERM, BW_SIGNAL_TERMINATE, false}, {SIGINT, BW_SIGNAL_INTERRUPT, true},
    {SIGHUP, BW_SIGNAL_HANG_UP, true},     {SIGQUIT, BW_SIGNAL_QUIT, true},
    {SIGWINCH, BW_SIGNAL_RESIZE, false},   {SIGCONT, BW_SIGNAL_CONTINUE, false},
    {SIGTSTP, BW_SIGNAL_SUSPEND, true},
};
static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE};

enum {
  orderly_count = sizeof orderly / sizeof orderly[0],
  fatal_count = sizeof fatal / sizeof fatal[0],
  ending = BW_SIGNAL_TERMINATE | BW_SIGNAL_INTERRUPT | BW_SIGNAL_HANG_UP | BW_SIGNAL_QUIT,
};

static struct sigaction before_orderly[orderly_count];
static struct sigaction before_fatal[fatal_count];
static struct sigaction before_pipe, before_alarm;
static _Atomic uint32_t arrived;
static _Atomic int last_ending_signal;
/// A stack overflow leaves no stack for its own handler.
static _Alignas(16) char alternate_stack[64 * 1024];

static void note_signal(int number) {
  for (int i = 0; i < orderly_count; i++) {
    if (orderly[i].number != number) continue;
    atomic_fetch_or(&arrived, orderly[i].flag);
    if ((orderly[i].flag & ending) != 0) {
      atomic_store(&last_ending_signal, number);
      alarm(patience_seconds);
    }
  }
  bw_wake();
}

static void die_of(int number) {
  bw_restore_now();
  struct sigaction standard = {.sa_handler = SIG_DFL};
  sigaction(number, &standard, NULL);
  raise(number);
}

static void lose_patience(int number) {
  (void)number;
  if (bw_is_ending()) die_of(atomic_load(&last_ending_signal));
}

static void restore_and_crash(int number) {
  bw_restore_now();
  // The handler that was there before may print a backtrace. The signal is blocked until this one
  // returns and strikes then, whether it came from an instruction or from kill.
  for (int i = 0; i < fatal_count; i++) {
    if (fatal[i] == number) sigaction(number, &before_fatal[i], NULL);
  }
  raise(number);
}

static void use_alternate_stack(void) {
  stack_t current;
  if (sigaltstack(NULL, &current) == 0 && (current.ss_flags & SS_DISABLE) == 0) return;
  stack_t own = {.ss_sp = alternate_stack, .ss_size = sizeof alternate_stack};
  sigaltstack(&own, NULL);
}

void bw_install_signals(void) {
  use_alternate_stack();
  struct sigaction action = {.sa_flags = SA_ONSTACK | SA_RESTART};
  sigemptyset(&action.sa_mask);

  action.sa_handler = note_signal;
  for (int i = 0; i < orderly_count; i++) {
    sigaction(orderly[i].number, &action, &before_orderly[i]);
    if (orderly[i].stays_ignored && before_orderly[i].sa_handler == SIG_IGN) {
      sigaction(orderly[i].number, &before_orderly[i], NULL);
    }
  }
  action.sa_handler = lose_patience;
  sigaction(SIGALRM, &action, &before_alarm);
  action.sa_handler = restore_and_crash;
  for (int i = 0; i < fatal_count; i++) sigaction(fatal[i], &action, &before_fatal[i]);
  action.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &action, &before_pipe);
}

void bw_uninstall_signals(void) {
  alarm(0);
  for (int i = 0; i < orderly_count; i++) sigaction(orderly[i].number, &before_orderly[i], NULL);
  for (int i = 0; i < fatal_count; i++) sigaction(fatal[i], &before_fatal[i], NULL);
  sigaction(SIGPIPE, &before_pipe, NULL);
  sigaction(SIGALRM, &before_alarm, NULL);
}

uint32_t bw_take_signals(void) {
  uint32_t signals = atomic_exchange(&arrived, 0);
  if ((signals & ending) != 0) alarm(0);
  return signals;
}

bool bw_is_ending(void) { return (atomic_load(&arrived) & ending) != 0; }

/// Stops everything in the process group, this process last, so that the rest runs after SIGCONT.
///
/// The whole group, because the shell waits for its leader, which may be a wrapper such as make.
void bw_stop_process_group(void) {
  struct sigaction action = {.sa_handler = SIG_IGN}, own;
  sigemptyset(&action.sa_mask);
  sigaction(SIGTSTP, &action, &own);
  // Ignored from the start: there is no job control that could wake us.
  if (own.sa_handler == SIG_IGN) return;
  kill(0, SIGTSTP);
  action.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &action, NULL);
  raise(SIGTSTP);
  sigaction(SIGTSTP, &own, NULL);
  atomic_fetch_and(&arrived, ~(uint32_t)(BW_SIGNAL_CONTINUE | BW_SIGNAL_SUSPEND));
}
