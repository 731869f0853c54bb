// The one place that includes ncurses: the wide-character interface or nothing.
#ifndef BURNWATCH_CNCURSES_SHIM_H
#define BURNWATCH_CNCURSES_SHIM_H

// The header derives this from _XOPEN_SOURCE when it is not set, and then builds differ.
#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif

#include <curses.h>

#if !NCURSES_WIDECHAR
#error "burnwatch needs the wide-character build of ncurses (libncursesw)."
#endif

// A cell of the canvas holds a base character and four marks.
_Static_assert(CCHARW_MAX >= 5, "a cchar_t must hold a base character and four marks");

#endif
