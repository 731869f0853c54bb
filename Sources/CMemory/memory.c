#define _GNU_SOURCE

#include "CMemory.h"

#include <stdlib.h>

#ifdef __GLIBC__
#include <link.h>
#include <malloc.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

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

void bw_trim_memory(void) {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

#ifdef __GLIBC__
static int forget(struct dl_phdr_info *module, size_t size, void *context) {
  (void)size;
  (void)context;
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  for (int index = 0; index < module->dlpi_phnum; index++) {
    const ElfW(Phdr) *segment = &module->dlpi_phdr[index];
    // Code is never written, so its pages are those of the file.
    if (segment->p_type != PT_LOAD || segment->p_flags != (PF_R | PF_X)) continue;
    uintptr_t start = (module->dlpi_addr + segment->p_vaddr + page - 1) & ~(page - 1);
    uintptr_t end = (module->dlpi_addr + segment->p_vaddr + segment->p_filesz) & ~(page - 1);
    if (end > start) madvise((void *)start, end - start, MADV_DONTNEED);
  }
  return 1;  // The first module is the program itself.
}
#endif

void bw_forget_code(void) {
#ifdef __GLIBC__
  dl_iterate_phdr(forget, NULL);
#endif
}
