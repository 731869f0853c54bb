// Giving the terminal back: when all is well, and from the handler of a fatal signal.
//
// A crash leaves no time for curses: what the terminal needs is prepared beforehand as plain bytes,
// and everything marked in session.h uses async-signal-safe calls only.
#include "session.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

/// How long output waits for a terminal that does not read, per piece.
enum { patience_milliseconds = 200, piece_size = 128 };

static struct termios cooked;
static char reset[512];
static size_t reset_length;
/// The real standard error, and the file that stands in for it; -1 when nothing is held.
static int real_stderr = -1;
static int held_stderr = -1;

bool bw_save_cooked(void) { return tcgetattr(STDIN_FILENO, &cooked) == 0; }

void bw_prepare_restore(const char *bytes) {
  reset_length = strnlen(bytes, sizeof reset);
  memcpy(reset, bytes, reset_length);
}

/// Writes without hanging for ever on a terminal that nobody reads.
void bw_write(int descriptor, const char *bytes, size_t count) {
  while (count > 0) {
    struct pollfd ready = {.fd = descriptor, .events = POLLOUT};
    if (poll(&ready, 1, patience_milliseconds) <= 0 || (ready.revents & POLLOUT) == 0) return;
    ssize_t written = write(descriptor, bytes, count < piece_size ? count : piece_size);
    if (written < 0 && errno != EINTR && errno != EAGAIN) return;
    if (written > 0) {
      bytes += written;
      count -= (size_t)written;
    }
  }
}

/// Throws away output that the terminal has not taken for a while: leaving must not hang on it.
void bw_discard_stuck_output(void) {
  struct pollfd ready = {.fd = STDOUT_FILENO, .events = POLLOUT};
  if (poll(&ready, 1, patience_milliseconds) == 0) tcflush(STDOUT_FILENO, TCOFLUSH);
}

/// A process in the background is stopped when it sets the terminal's modes: not one that leaves.
void bw_block_background_stop(sigset_t *before) {
  sigset_t background;
  sigemptyset(&background);
  sigaddset(&background, SIGTTOU);
  pthread_sigmask(SIG_BLOCK, &background, before);
}

void bw_restore_cooked(void) { tcsetattr(STDIN_FILENO, TCSANOW, &cooked); }

/// The way out for crashes and for `exit` in the middle: once, and only while the screen is up.
void bw_restore_now(void) {
  int saved_errno = errno;
  int active = bw_stage_active;
  if (atomic_compare_exchange_strong(&bw_session.stage, &active, bw_stage_closed)) {
    sigset_t before;
    bw_block_background_stop(&before);
    bw_discard_stuck_output();
    if (atomic_load(&bw_session.has_title)) bw_write(STDOUT_FILENO, "\033[23;2t", 7);
    bw_write(STDOUT_FILENO, reset, reset_length);
    bw_restore_cooked();
    bw_release_stderr();
    pthread_sigmask(SIG_SETMASK, &before, NULL);
  }
  errno = saved_errno;
}

static int open_unnamed_file(void) {
#if defined(__linux__)
  int memory = memfd_create("burnwatch-stderr", MFD_CLOEXEC);
  if (memory >= 0) return memory;
#endif
  const char *folder = getenv("TMPDIR");
  char path[1024];
  if (folder == NULL || strlen(folder) > sizeof path - 32) folder = "/tmp";
  stpcpy(stpcpy(path, folder), "/burnwatch-XXXXXX");
  int file = mkstemp(path);
  if (file >= 0) {
    unlink(path);
    fcntl(file, F_SETFD, FD_CLOEXEC);
  }
  return file;
}

/// Keeps what any library prints off the screen, unless standard error goes elsewhere anyway.
void bw_hold_stderr(void) {
  if (held_stderr >= 0 || !isatty(STDERR_FILENO)) return;
  int file = open_unnamed_file();
  if (file < 0) return;
  real_stderr = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (real_stderr < 0 || dup2(file, STDERR_FILENO) < 0) {
    if (real_stderr >= 0) close(real_stderr);
    close(file);
    real_stderr = -1;
    return;
  }
  held_stderr = file;
}

/// Gives standard error back and prints what was held.
void bw_release_stderr(void) {
  if (held_stderr < 0) return;
  int held = held_stderr;
  held_stderr = -1;
  dup2(real_stderr, STDERR_FILENO);
  close(real_stderr);
  real_stderr = -1;
  char piece[piece_size];
  ssize_t count;
  lseek(held, 0, SEEK_SET);
  while ((count = read(held, piece, sizeof piece)) > 0) {
    bw_write(STDERR_FILENO, piece, (size_t)count);
  }
  close(held);
}
