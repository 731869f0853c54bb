// Memory that nobody needs any more, given back to the system.

#ifndef CMEMORY_H
#define CMEMORY_H

/// Lets memory that was freed go back to the system. Call it once, before anything large is allocated.
void bw_give_freed_memory_back(void);

/// Gives back what is free between what is in use, as a large answer leaves it when it has been read.
void bw_trim_memory(void);

/// Takes the program's own code out of memory; what is used comes back by itself, what only the start
/// needed does not.
void bw_forget_code(void);

#endif
