/* The heap, for the few things that outlive an operation. Running out aborts (see arena.h).
 * CLEANUP(f) calls f(&variable) when the variable's scope ends. Threads: any. */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

/* Once, before any thread: large blocks are given back to the system when they are freed. Left to itself the heap
 * learns from the first one (a password's hash takes 19 MB) to keep them, one in each thread that ever had one. */
void mem_begin(void);

void *mem_alloc(size_t n); /* not zeroed */
void *mem_zalloc(size_t n);
void *mem_realloc(void *p, size_t n);
void mem_free(void *p); /* NULL is fine */
char *mem_cstr(const char *cstr);

#define CLEANUP(f) __attribute__((cleanup(f)))

#endif
