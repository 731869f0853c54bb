#include "CMemory.h"

#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>

enum { LARGE = 128 * 1024, ARENAS = 2 };
#endif

void bw_give_freed_memory_back(void) {
#ifdef __GLIBC__
  // glibc raises its threshold with each large block that is freed, up to 32 MiB, and keeps what lies
  // below it: a single oversized answer would stay in memory for as long as the program runs.
  mallopt(M_MMAP_THRESHOLD, LARGE);
  mallopt(M_TRIM_THRESHOLD, LARGE);
  // Its default is eight arenas a core, each with freed memory of its own.
  mallopt(M_ARENA_MAX, ARENAS);
#endif
}
