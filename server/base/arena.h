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

/* items (used of them, room for *room) as they are, or a wider copy, with room for more; new room is zeroed. What was
 * outgrown stays until the release: at most as much again. Through ARENA_ROOM. */
void *arena_room(struct arena *a, const void *items, size_t used, size_t more, size_t *room, size_t size);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, count) ((type *)arena_alloc((a), sizeof(type) * (count)))
/* An array that grows: items, a pointer, and room, a size_t, are the caller's; both begin as zero. */
#define ARENA_ROOM(a, items, used, more, room) \
    ((items) = arena_room((a), (items), (used), (more), &(room), sizeof *(items)))

#endif
