#include "base/arena.h"

#include "unit.h"

static void an_array_grows_and_keeps_what_it_has(void)
{
    struct arena a;
    int *items = NULL;
    size_t n = 0, room = 0;
    arena_init(&a);
    for (int i = 0; i < 1000; i++) {
        ARENA_ROOM(&a, items, n, 1, room);
        CU_ASSERT_EQUAL(items[n], 0);
        items[n++] = i;
    }
    ARENA_ROOM(&a, items, n, 5000, room);
    CU_ASSERT_TRUE(room >= 6000);
    const int *before = items;
    ARENA_ROOM(&a, items, n, room - n, room);
    CU_ASSERT_PTR_EQUAL(items, before);
    for (int i = 0; i < 1000; i++)
        CU_ASSERT_EQUAL(items[i], i);
    CU_ASSERT_EQUAL(items[5999], 0);
    arena_release(&a);
}

static const struct unit_case cases[] = {
    {"an array grows and keeps what it has", an_array_grows_and_keeps_what_it_has}};
UNIT_MAIN("base arena", cases)
