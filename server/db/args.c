#include "db/db.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

struct db_args db_args(struct arena *a)
{
    struct db_args args;
    args.n = 0;
    args.fault = NULL;
    args.arena = a;
    return args; /* the arrays are filled as values come: most calls have few of the 96 */
}

static void put(struct db_args *args, const char *value, size_t length, int binary)
{
    if (args->n == DB_ARGS_MAX)
        args->fault = "more values than a call can carry";
    if (length > INT_MAX)
        args->fault = "a value is longer than 2 GiB";
    if (args->fault)
        return;
    args->value[args->n] = value;
    args->length[args->n] = (int)length;
    args->binary[args->n++] = binary;
}

void db_null(struct db_args *args)
{
    put(args, NULL, 0, 0);
}

void db_text(struct db_args *args, struct str s)
{
    if (!s.p) {
        db_null(args);
        return;
    }
    if (memchr(s.p, 0, s.n))
        args->fault = "a NUL byte inside a text";
    put(args, arena_cstr(args->arena, s), s.n, 0);
}

void db_text_opt(struct db_args *args, struct str s)
{
    db_text(args, s.n ? s : STR_NONE);
}

void db_int(struct db_args *args, int64_t n)
{
    struct str s = arena_printf(args->arena, "%" PRId64, n);
    put(args, s.p, s.n, 0);
}

void db_bool(struct db_args *args, bool b)
{
    put(args, b ? "t" : "f", 1, 0);
}

void db_bytes(struct db_args *args, struct str bytes)
{
    put(args, bytes.p, bytes.n, 1);
}

void db_time(struct db_args *args, clock_us t)
{
    char text[CLOCK_TEXT];
    if (t == INT64_MIN) {
        db_null(args);
        return;
    }
    clock_text(t, text);
    db_text(args, str_of(text));
}

/* Most room one item can take: every byte escaped, quotes, comma. */
static size_t literal_room(const struct str *items, size_t n)
{
    size_t room = 3;
    for (size_t i = 0; i < n; i++)
        room += 2 * items[i].n + 5;
    return room;
}

static char *literal_item(char *to, struct str item)
{
    if (!item.p) {
        memcpy(to, "NULL", 4);
        return to + 4;
    }
    *to++ = '"';
    for (size_t i = 0; i < item.n; i++) {
        if (item.p[i] == '"' || item.p[i] == '\\')
            *to++ = '\\';
        *to++ = item.p[i];
    }
    *to++ = '"';
    return to;
}

void db_texts(struct db_args *args, const struct str *items, size_t n)
{
    char *text = arena_alloc(args->arena, literal_room(items, n)), *to = text;
    *to++ = '{';
    for (size_t i = 0; i < n; i++) {
        if (i)
            *to++ = ',';
        if (items[i].p && memchr(items[i].p, 0, items[i].n))
            args->fault = "a NUL byte inside a text";
        to = literal_item(to, items[i]);
    }
    *to++ = '}';
    *to = '\0';
    put(args, text, (size_t)(to - text), 0);
}

static char *put_int32(char *to, uint64_t n)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        *to++ = (char)((n >> shift) & 0xff);
    return to;
}

enum { OID_INT8 = 20, OID_TEXT = 25, RAW_HEAD = 20 };

/* array_recv: dimensions, NULLs, element type; length and lower bound; then each with its length. */
static char *put_head(char *to, bool nulls, uint64_t oid, size_t n)
{
    const uint64_t head[] = {n > 0, nulls, oid, n, 1};
    for (size_t i = 0; i < (n ? 5 : 3); i++)
        to = put_int32(to, head[i]);
    return to;
}

void db_texts_raw(struct db_args *args, const struct str *items, size_t n)
{
    size_t room = RAW_HEAD;
    bool nulls = false;
    for (size_t i = 0; i < n; i++) {
        room += 4 + items[i].n;
        nulls |= !items[i].p;
    }
    char *text = arena_alloc(args->arena, room), *to = put_head(text, nulls, OID_TEXT, n);
    for (size_t i = 0; i < n; i++) {
        if (items[i].p && memchr(items[i].p, 0, items[i].n))
            args->fault = "a NUL byte inside a text";
        to = put_int32(to, items[i].p ? items[i].n : 0xffffffff);
        if (items[i].n)
            memcpy(to, items[i].p, items[i].n);
        to += items[i].n;
    }
    put(args, text, (size_t)(to - text), 1);
}

void db_ints(struct db_args *args, const int64_t *items, size_t n)
{
    char *text = arena_alloc(args->arena, n * 21 + 24), *to = text;
    *to++ = '{';
    for (size_t i = 0; i < n; i++)
        to += snprintf(to, 23, "%s%" PRId64, i ? "," : "", items[i]);
    *to++ = '}';
    *to = '\0';
    put(args, text, (size_t)(to - text), 0);
}

void db_ints_raw(struct db_args *args, const int64_t *items, size_t n)
{
    char *bytes = arena_alloc(args->arena, RAW_HEAD + 12 * n), *to = put_head(bytes, false, OID_INT8, n);
    for (size_t i = 0; i < n; i++) {
        to = put_int32(to, 8);
        to = put_int32(to, (uint64_t)items[i] >> 32);
        to = put_int32(to, (uint64_t)items[i] & 0xffffffff);
    }
    put(args, bytes, (size_t)(to - bytes), 1);
}
