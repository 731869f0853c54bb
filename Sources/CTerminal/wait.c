// Waiting for keys and for news from other threads, in one poll(2).
#include "session.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>

static int reading_end = -1;
static _Atomic int writing_end = -1;
/// Whether a byte is in the pipe already: at most one is, so a burst of news costs one write.
static atomic_bool is_wake_pending;

static bool make_private(int descriptor) {
  return fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0 && fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0;
}

bool bw_prepare_wait(void) {
  if (reading_end >= 0) return true;
  int ends[2];
  if (pipe(ends) != 0) return false;
  if (!make_private(ends[0]) || !make_private(ends[1])) {
    close(ends[0]);
    close(ends[1]);
    return false;
  }
  reading_end = ends[0];
  atomic_store(&writing_end, ends[1]);
  // Whatever was posted before the pipe existed is found by the first wait.
  bw_wake();
  return true;
}

void bw_wake(void) {
  int end = atomic_load(&writing_end);
  if (end < 0 || atomic_exchange(&is_wake_pending, true)) return;
  int saved_errno = errno;
  // A failure needs no care: the pipe is full of wake-ups then.
  ssize_t written = write(end, "", 1);
  (void)written;
  errno = saved_errno;
}

/// Empties the pipe, then allows the next byte. The other order could lose a wake-up for ever.
static void take_wake(void) {
  char bytes[16];
  while (read(reading_end, bytes, sizeof bytes) > 0) {
  }
  atomic_store(&is_wake_pending, false);
}

/// Readable without a byte to read: a terminal that is gone looks like this on some systems.
///
/// Once may be chance, when another process has just read the byte.
static bool is_at_end(void) {
  static int times;
  int available = 0;
  bool is_empty = ioctl(STDIN_FILENO, FIONREAD, &available) != 0 || available == 0;
  times = is_empty ? times + 1 : 0;
  return times > 2;
}

uint32_t bw_wait(bool keyboard, int32_t milliseconds) {
  struct pollfd sources[2] = {
      {.fd = reading_end, .events = POLLIN},
      {.fd = STDIN_FILENO, .events = POLLIN},
  };
  int ready = poll(sources, keyboard ? 2 : 1, milliseconds);
  // A signal that matters has also put a byte into the pipe: look again, without sleeping.
  if (ready < 0 && errno == EINTR) ready = poll(sources, keyboard ? 2 : 1, 0);
  if (ready <= 0) return 0;

  uint32_t result = 0;
  if (sources[0].revents != 0) {
    take_wake();
    result |= BW_WAIT_WOKEN;
  }
  if (keyboard && (sources[1].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0) {
    result |= BW_WAIT_HANG_UP;
  } else if (keyboard && (sources[1].revents & POLLIN) != 0) {
    result |= is_at_end() ? BW_WAIT_HANG_UP : BW_WAIT_INPUT;
  }
  return result;
}

/// Gives a signal that is on its way to another thread the time to arrive.
void bw_wait_briefly(int milliseconds) {
  struct pollfd wake = {.fd = reading_end, .events = POLLIN};
  poll(&wake, 1, milliseconds);
}

/// Waits for Enter, or for the end of the terminal or of this process.
void bw_wait_for_line(void) {
  tcflush(STDIN_FILENO, TCIFLUSH);
  while (!bw_is_ending()) {
    struct pollfd keyboard = {.fd = STDIN_FILENO, .events = POLLIN};
    if (poll(&keyboard, 1, 200) <= 0) continue;
    char byte;
    ssize_t count = read(STDIN_FILENO, &byte, 1);
    if (count <= 0 && errno != EINTR) return;
    if (count == 1 && (byte == '\n' || byte == '\r')) return;
  }
}
