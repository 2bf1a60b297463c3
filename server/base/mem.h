/* The heap, for the few things that outlive an operation. Running out aborts (see arena.h).
 * CLEANUP(f) calls f(&variable) when the variable's scope ends. Threads: any. */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

void *mem_alloc(size_t n); /* not zeroed */
void *mem_zalloc(size_t n);
void *mem_realloc(void *p, size_t n);
void mem_free(void *p); /* NULL is fine */
char *mem_cstr(const char *cstr);

#define CLEANUP(f) __attribute__((cleanup(f)))

#endif
