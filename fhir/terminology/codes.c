/* A list of codes in which each stands once. */
#include "fhir/terminology/terminology_priv.h"

#include <string.h>

bool term_spend(struct term *t, struct err *e)
{
    return ++t->work <= TERM_WORK_MAX || err_set(e, ERR_TOO_COSTLY, "this takes more than %d steps", TERM_WORK_MAX);
}

static uint32_t hash_of(struct str system, struct str code)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < system.n; i++)
        h = (h ^ (unsigned char)system.p[i]) * 16777619u;
    h = (h ^ '|') * 16777619u;
    for (size_t i = 0; i < code.n; i++)
        h = (h ^ (unsigned char)code.p[i]) * 16777619u;
    return h;
}

/* Slots are twice the room; both grow together. */
static void enter(struct term_codes *c, uint32_t place)
{
    uint32_t size = (uint32_t)(2 * c->room), at = hash_of(c->item[place].system, c->item[place].code) % size;
    while (c->slot[at])
        at = (at + 1) % size;
    c->slot[at] = place + 1;
}

static void grow(struct arena *a, struct term_codes *c)
{
    struct term_code *old = c->item;
    c->room = c->room ? 2 * c->room : 16;
    c->item = ARENA_ARRAY(a, struct term_code, c->room);
    c->slot = ARENA_ARRAY(a, uint32_t, 2 * c->room);
    if (old)
        memcpy(c->item, old, c->n * sizeof *old);
    for (size_t i = 0; i < c->n; i++)
        enter(c, (uint32_t)i);
}

struct term_code *term_at(const struct term_codes *c, struct str system, struct str code)
{
    uint32_t size = (uint32_t)(2 * c->room);
    for (uint32_t at = size ? hash_of(system, code) % size : 0; size && c->slot[at]; at = (at + 1) % size) {
        struct term_code *item = &c->item[c->slot[at] - 1];
        if (str_eq(item->code, code) && str_eq(item->system, system))
            return item;
    }
    return NULL;
}

bool term_put(struct term *t, struct term_codes *c, const struct term_code *code, struct err *e)
{
    if (!term_spend(t, e))
        return false;
    if (term_at(c, code->system, code->code))
        return true;
    if (c->n >= TERM_CODES_MAX)
        return err_set(e, ERR_TOO_COSTLY, "there are more than %d codes", TERM_CODES_MAX);
    if (c->n == c->room)
        grow(t->arena, c);
    c->item[c->n] = *code;
    enter(c, (uint32_t)c->n++);
    return true;
}

const struct term_code *term_find(const struct term_codes *c, struct str system, struct str code)
{
    const struct term_code *found = system.n ? term_at(c, system, code) : NULL;
    for (size_t i = 0; !system.n && !found && i < c->n; i++)
        if (!c->item[i].removed && str_eq(c->item[i].code, code))
            found = &c->item[i];
    return found && !found->removed ? found : NULL;
}
