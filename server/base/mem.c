#include "base/mem.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT = 1 << 20 }; /* bytes: blocks below are kept for the next, and so much of a heap's free end */

void mem_begin(void)
{
    mallopt(M_MMAP_THRESHOLD, KEPT);
    mallopt(M_TRIM_THRESHOLD, KEPT);
}

static void *checked(void *p)
{
    if (!p) {
        fputs("isocentre: out of memory\n", stderr);
        abort();
    }
    return p;
}

void *mem_alloc(size_t n)
{
    return checked(malloc(n ? n : 1));
}

void *mem_zalloc(size_t n)
{
    return checked(calloc(1, n ? n : 1));
}

void *mem_realloc(void *p, size_t n)
{
    return checked(realloc(p, n ? n : 1));
}

void mem_free(void *p)
{
    free(p);
}

char *mem_cstr(const char *cstr)
{
    size_t n = strlen(cstr) + 1;
    return memcpy(mem_alloc(n), cstr, n);
}
