#include "dicom/image/index_priv.h"

#include <string.h>

enum { EXTENDED_OFFSETS = 0x7FE00001, EXTENDED_LENGTHS = 0x7FE00002 };
#define ITEM_TAG 0xFFFEE000
#define SEQUENCE_END_TAG 0xFFFEE0DD

static uint32_t le32(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;
    return u[0] | (uint32_t)u[1] << 8 | (uint32_t)u[2] << 16 | (uint32_t)u[3] << 24;
}

static uint64_t le64(const char *p)
{
    return le32(p) | (uint64_t)le32(p + 4) << 32;
}

struct item {
    uint32_t tag, length;
    bool none; /* the data set ends here */
};

static bool item_read(struct source *s, uint64_t at, struct item *ret, struct err *e)
{
    char head[8];
    size_t got;
    if (!source_read(s, at, head, sizeof head, &got, e))
        return false;
    *ret = (struct item){.none = got < sizeof head};
    if (ret->none)
        return true;
    ret->tag = (le32(head) & 0xFFFF) << 16 | le32(head) >> 16;
    ret->length = le32(head + 4);
    if (ret->tag == SEQUENCE_END_TAG || (ret->tag == ITEM_TAG && ret->length != 0xFFFFFFFF))
        return true;
    return err_set(e, ERR_STRUCTURE, "pixel data: no fragment where one is due");
}

/* The fragment at *at, which moves behind it; or the end of all. Without the delimiter, frames may be missing that the
 * number of fragments does not betray. */
static bool next_fragment(struct source *s, uint64_t *at, struct fragment *ret, bool *ret_end, struct err *e)
{
    struct item i;
    if (!item_read(s, *at, &i, e))
        return false;
    if (i.none)
        return err_set(e, ERR_STRUCTURE, "the object ends before its pixels do");
    *ret_end = i.tag == SEQUENCE_END_TAG;
    if (!*ret_end)
        *ret = (struct fragment){*at + 8, i.length};
    *at += 8 + (*ret_end ? 0 : (uint64_t)i.length);
    return true;
}

static bool scan(struct source *s, uint64_t at, struct arena *a, struct frame_index *i, struct err *e)
{
    size_t room = 0;
    bool end = false;
    while (true) {
        struct fragment f;
        if (!next_fragment(s, &at, &f, &end, e))
            return false;
        if (end)
            return true;
        if (i->count == INDEX_FRAGMENTS_MAX)
            return err_set(e, ERR_TOO_LARGE, "pixel data: over %d fragments", INDEX_FRAGMENTS_MAX);
        ARENA_ROOM(a, i->fragments, i->count, 1, room);
        i->fragments[i->count++] = f;
    }
}

/* Basic Offset Table: the offset of each frame's first item from the first item. False when it does not fit. */
static bool by_table(struct frame_index *i, struct str table, uint64_t base)
{
    if (table.n != 4 * i->frames)
        return false;
    size_t k = 0;
    for (uint64_t frame = 0; frame < i->frames; frame++) {
        uint64_t offset = base + le32(table.p + 4 * frame);
        while (k < i->count && i->fragments[k].offset - 8 < offset)
            k++;
        if (k == i->count || i->fragments[k].offset - 8 != offset || (frame == 0 && k != 0) ||
            (frame > 0 && k == i->first[frame - 1]))
            return false;
        i->first[frame] = (uint32_t)k;
    }
    i->first[i->frames] = (uint32_t)i->count;
    return true;
}

/* A stream's first bytes: JPEG and JPEG-LS, JPEG 2000, its file format, a count of RLE segments. */
static bool begins_stream(const char *p)
{
    uint32_t n = le32(p);
    return (n & 0xFFFF) == 0xD8FF || n == 0x51FF4FFF || n == 0x0C000000 || (n >= 1 && n <= 15);
}

static bool by_beginnings(struct source *s, struct frame_index *i, struct err *e)
{
    uint64_t frame = 0;
    for (size_t k = 0; k < i->count; k++) {
        char head[4] = {0};
        size_t got;
        if (i->fragments[k].length >= 4 && !source_read(s, i->fragments[k].offset, head, sizeof head, &got, e))
            return false;
        if (k > 0 && !begins_stream(head))
            continue;
        if (frame < i->frames)
            i->first[frame] = (uint32_t)k;
        frame++;
    }
    i->first[i->frames] = (uint32_t)i->count;
    return frame == i->frames || err_set(e, ERR_STRUCTURE, "pixel data: its fragments do not make %llu frames",
                                         (unsigned long long)i->frames);
}

static bool assign(struct source *s, struct frame_index *i, struct str table, uint64_t base, struct arena *a,
                   struct err *e)
{
    if (i->count < i->frames)
        return err_set(e, ERR_STRUCTURE, "pixel data: %zu fragments for %llu frames", i->count,
                       (unsigned long long)i->frames);
    if (i->count == i->frames)
        return true;
    i->first = ARENA_ARRAY(a, uint32_t, (size_t)i->frames + 1);
    if (by_table(i, table, base))
        return true;
    if (i->frames == 1) {
        i->first[0] = 0;
        i->first[1] = (uint32_t)i->count;
        return true;
    }
    return by_beginnings(s, i, e);
}

/* The Extended Offset Table names each frame's only fragment; base is the first item's place. */
static bool by_extended(const struct dicom_item *header, uint64_t base, struct arena *a, struct frame_index *i)
{
    struct str offsets = dicom_get_bytes(header, EXTENDED_OFFSETS), lengths = dicom_get_bytes(header, EXTENDED_LENGTHS);
    if (!offsets.p || offsets.n != lengths.n || offsets.n / 8 != i->frames || offsets.n % 8)
        return false;
    struct fragment *f = ARENA_ARRAY(a, struct fragment, (size_t)i->frames);
    for (uint64_t k = 0; k < i->frames; k++) {
        uint64_t offset = le64(offsets.p + 8 * k), length = le64(lengths.p + 8 * k);
        if (offset > (uint64_t)1 << 62 || length > 0xFFFFFFFE || (k > 0 && base + offset + 8 <= f[k - 1].offset))
            return false;
        f[k] = (struct fragment){base + offset + 8, (uint32_t)length};
    }
    i->fragments = f;
    i->count = (size_t)i->frames;
    return true;
}

/* Each item the table names must be there: the last one shows whether it is this object's table. */
static bool extended_holds(struct source *s, const struct frame_index *i)
{
    struct err ignored;
    struct item last;
    struct fragment f = i->fragments[i->count - 1];
    err_clear(&ignored);
    return item_read(s, f.offset - 8, &last, &ignored) && !last.none && last.tag == ITEM_TAG && last.length >= f.length;
}

bool frame_index_read(struct source *s, const struct dicom_item *header, uint64_t value, struct arena *a,
                      struct frame_index *index, struct err *e)
{
    struct frame_index i = {.frames = index->frames};
    struct fragment table;
    uint64_t at = value;
    bool end;
    if (!next_fragment(s, &at, &table, &end, e))
        return false;
    if (end || table.length > 4 * (uint64_t)INDEX_FRAGMENTS_MAX || !source_holds(s, table.offset, table.length))
        return err_set(e, ERR_STRUCTURE, "pixel data: its offset table is damaged");
    if (by_extended(header, at, a, &i) && extended_holds(s, &i)) {
        *index = i;
        return true;
    }
    i = (struct frame_index){.frames = index->frames};
    char *offsets = arena_alloc(a, table.length);
    if (!source_read_all(s, table.offset, offsets, table.length, e) || !scan(s, at, a, &i, e) ||
        !assign(s, &i, (struct str){offsets, table.length}, at, a, e))
        return false;
    *index = i;
    return true;
}

void frame_index_span(const struct frame_index *i, uint64_t frame, size_t *ret_from, size_t *ret_to)
{
    *ret_from = i->first ? i->first[frame] : (size_t)frame;
    *ret_to = i->first ? i->first[frame + 1] : (size_t)frame + 1;
}

bool frame_index_end(struct source *s, const struct frame_index *i, uint64_t value, uint64_t *ret_end, struct err *e)
{
    uint64_t at = i->count ? i->fragments[i->count - 1].offset - 8 : value;
    bool end = false;
    for (struct fragment f; !end;)
        if (!next_fragment(s, &at, &f, &end, e))
            return false;
    *ret_end = at;
    return true;
}
