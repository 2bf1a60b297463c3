#include "hl7/codec/message_priv.h"

struct hl7_group hl7_all(const struct hl7_message *m)
{
    return (struct hl7_group){m, 0, m->n};
}

/* The place of a segment name in the list, from 0; -1 if it is not there. */
static int rank_of(const char *starts, struct str name)
{
    struct str rest = str_of(starts), word;
    for (int rank = 0; str_next(&rest, ' ', &word); rank++)
        if (str_eq(word, name))
            return rank;
    return -1;
}

/* The index of the first segment in [from, in->to) that is in the list, or in->to. */
static size_t first_start(const struct hl7_group *in, const char *starts, size_t from)
{
    while (from < in->to && rank_of(starts, in->m->segments[from].name) < 0)
        from++;
    return from;
}

struct hl7_group hl7_group_head(const struct hl7_group *in, const char *starts)
{
    return (struct hl7_group){in->m, in->from, first_start(in, starts, in->from)};
}

bool hl7_group_next(const struct hl7_group *in, const char *starts, struct hl7_group *group)
{
    size_t from = first_start(in, starts, group->m ? group->to : in->from);
    if (from == in->to)
        return false;
    int highest = rank_of(starts, in->m->segments[from].name);
    size_t to = from + 1;
    for (; to < in->to; to++) {
        int rank = rank_of(starts, in->m->segments[to].name);
        if (rank >= 0 && rank <= highest)
            break;
        highest = rank > highest ? rank : highest;
    }
    *group = (struct hl7_group){in->m, from, to};
    return true;
}

const struct hl7_segment *hl7_segment_next(const struct hl7_group *g, const struct hl7_segment *after,
                                           const char *name)
{
    size_t i = after ? (size_t)(after - g->m->segments) + 1 : g->from;
    for (; i < g->to; i++)
        if (!name || str_is(g->m->segments[i].name, name))
            return &g->m->segments[i];
    return NULL;
}

const struct hl7_segment *hl7_segment_find(const struct hl7_group *g, const char *name, size_t n)
{
    const struct hl7_segment *s = NULL;
    for (; n; n--) {
        s = hl7_segment_next(g, s, name);
        if (!s)
            return NULL;
    }
    return s;
}
