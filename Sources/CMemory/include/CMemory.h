// One setting of the C library's allocator.

#ifndef CMEMORY_H
#define CMEMORY_H

/// Lets memory that was freed go back to the system. Call it once, before anything large is allocated.
void bw_give_freed_memory_back(void);

#endif
