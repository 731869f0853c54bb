// Lending the terminal to a program of the operator's, and taking it back.
//
// The program has a process group of its own that is in the foreground, so that ctrl-c is its and not
// ours; when it has ended, what it left in its group is ended too.
#include "session.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static void use_standard_signals(void) {
  for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

/// Other programs get the terminal and nothing else: no socket, no file of the journal.
static void close_the_rest(void) {
#if defined(__linux__) && defined(SYS_close_range)
  if (syscall(SYS_close_range, 3, ~0U, 0) == 0) return;
#endif
  long count = sysconf(_SC_OPEN_MAX);
  for (int descriptor = 3; descriptor < (count > 0 && count < 65536 ? count : 65536); descriptor++) {
    close(descriptor);
  }
}

/// Puts a group in front; a process in the background would be stopped for it.
static void put_in_front(pid_t group) {
  sigset_t before;
  bw_block_background_stop(&before);
  tcsetpgrp(STDIN_FILENO, group);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/// Says what is in the way, in the program's place, and ends.
static void give_up(const char *name, int code) {
  perror(name);
  _exit(code);
}

/// Starts a program in a process group of its own, which is in front from its first instruction on.
static pid_t start(
    const char *const arguments[], const char *const variables[], const char *directory) {
  pid_t child = fork();
  if (child == 0) {
    setpgid(0, 0);
    put_in_front(getpid());
    use_standard_signals();
    close_the_rest();
    if (chdir(directory) != 0) give_up(directory, 126);
    environ = (char **)variables;
    execvp(arguments[0], (char *const *)arguments);
    give_up(arguments[0], 127);
  }
  if (child < 0) {
    bw_note_error();
    return -1;
  }
  setpgid(child, child);
  put_in_front(child);
  return child;
}

/// The status of a program of which nobody knows how it ended.
enum { unknown_status = 255 << 8 };

/// Waits for the program; a signal that ends this one is handed on.
static int wait_for(pid_t child) {
  int status = 0;
  while (true) {
    pid_t found = waitpid(child, &status, WUNTRACED | WNOHANG);
    if (found < 0 && errno != EINTR) return unknown_status;
    // There is no shell here that could bring it back, so it goes on.
    if (found == child && WIFSTOPPED(status)) {
      put_in_front(child);
      kill(-child, SIGCONT);
    } else if (found == child) {
      return status;
    }
    if (bw_is_ending()) kill(-child, SIGHUP);
    nanosleep(&(struct timespec){.tv_nsec = 20 * 1000 * 1000}, NULL);
  }
}

/// Waits for the end, ends what was left behind, and comes to the front again.
static int32_t finish(pid_t child) {
  int status = wait_for(child);
  kill(-child, SIGKILL);
  put_in_front(getpgrp());
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

int32_t bw_lend(
    const char *const arguments[], const char *const variables[], const char *directory) {
  if (!bw_leave_for_program()) {
    errno = ENOTTY;
    bw_note_error();
    return -1;
  }
  pid_t child = start(arguments, variables, directory);
  if (child < 0) bw_return_from_program();
  return child;
}

int32_t bw_take_back(int32_t child) {
  int32_t result = finish(child);
  bw_restore_cooked();
  char text[128];
  int length = snprintf(
      text, sizeof text, result < 0 ? "\r\nburnwatch: signal %d ended it. Enter goes back.\r\n"
                                    : "\r\nburnwatch: exit code %d. Enter goes back.\r\n",
      result < 0 ? -result : result);
  bw_write(STDOUT_FILENO, text, (size_t)length);
  bw_wait_for_line();
  bw_return_from_program();
  return result;
}

/// The terminal's modes before a program without a full screen got it.
static struct termios modes_before;
static bool has_modes;

int32_t bw_start_here(
    const char *const arguments[], const char *const variables[], const char *directory) {
  has_modes = tcgetattr(STDIN_FILENO, &modes_before) == 0;
  return start(arguments, variables, directory);
}

int32_t bw_finish_here(int32_t child) {
  int32_t result = finish(child);
  // A program that was ended has not put them back.
  if (has_modes) tcsetattr(STDIN_FILENO, TCSADRAIN, &modes_before);
  return result;
}
