/* Memory of one operation: many small allocations, one release. Out of memory aborts; no peer can reach that,
 * because every input has a ceiling before it gets here.
 * Owner: whoever called arena_init. Threads: one at a time. Cost: a pointer bump; blocks of 16 KiB and up. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/str.h"

struct arena_block;
struct arena {
    struct arena_block *head;
    size_t used; /* bytes handed out, all blocks */
};

void arena_init(struct arena *a);
void arena_release(struct arena *a);
/* Forget what was allocated but keep the first block for the next operation. */
void arena_reset(struct arena *a);
/* Zeroed, aligned for any type. Never NULL. */
void *arena_alloc(struct arena *a, size_t n);
/* A NUL-terminated copy. */
char *arena_cstr(struct arena *a, struct str s);
struct str arena_str(struct arena *a, struct str s);
struct str arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, count) ((type *)arena_alloc((a), sizeof(type) * (count)))

#endif
