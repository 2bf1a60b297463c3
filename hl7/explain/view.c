/* One message: as it came, taken apart with the names of its parts, its answer, and everything it wrote. */
#include "hl7/explain/explain_priv.h"

#include "base/json.h"
#include "hl7/codec/names.h"
#include "schema/queries.h"

enum { SHOWN_MAX = 2000, SEGMENTS_SHOWN = 2000 };

/* ---- taken apart ---- */

static void put_field(struct buf *b, const struct hl7_segment *s, size_t n)
{
    struct str text = hl7_field(s, n);
    if (!text.n)
        return;
    json_put_comma(b);
    buf_putc(b, '{');
    json_put_int(b, "n", (int64_t)n);
    json_put_field_opt(b, "name", hl7_field_title(s->name, n));
    json_put_field(b, "value", str_utf8_clip(text, SHOWN_MAX));
    if (text.n > SHOWN_MAX)
        json_put_int(b, "bytes", (int64_t)text.n);
    buf_putc(b, '}');
}

static void put_segment(struct buf *b, const struct hl7_segment *s)
{
    json_put_comma(b);
    buf_putc(b, '{');
    json_put_field(b, "name", s->name);
    json_put_int(b, "occurrence", s->occurrence);
    json_put_field_opt(b, "title", hl7_segment_title(s->name));
    json_put_name(b, "fields");
    buf_putc(b, '[');
    for (size_t n = 1; n <= s->n; n++)
        put_field(b, s, n);
    buf_puts(b, "]}");
}

static void put_parsed(struct buf *b, const struct hl7_message *m)
{
    json_put_name(b, "segments");
    buf_putc(b, '[');
    for (size_t i = 0; m && i < m->n && i < SEGMENTS_SHOWN; i++)
        put_segment(b, &m->segments[i]);
    buf_putc(b, ']');
}

/* As UTF-8, so far as it can be read. */
static struct str decoded(struct op *op, struct str bytes, const struct hl7_charset *known, struct hl7_message *ret_m,
                          bool *ret_whole)
{
    struct hl7_reading how = {.known = known, .usual = known, .fallback = explain_fallback()};
    *ret_whole = bytes.n && hl7_parse(bytes, &how, op->arena, ret_m, NULL);
    return *ret_whole ? ret_m->text : bytes;
}

/* ---- what it wrote ---- */

static void put_wrote(struct buf *b, struct str lines)
{
    struct str one;
    json_put_name(b, "wrote");
    buf_putc(b, '[');
    while (lines.n && str_next(&lines, '\n', &one)) {
        size_t cut = one.n;
        while (cut && one.p[cut - 1] != '/')
            cut--;
        json_put_comma(b);
        buf_putc(b, '{');
        json_put_field(b, "reference", str_sub(one, 0, cut ? cut - 1 : one.n));
        json_put_field(b, "version", str_sub(one, cut, one.n));
        buf_putc(b, '}');
    }
    buf_putc(b, ']');
}

static void put_origin(struct buf *b, struct str line)
{
    static const char *const names[] = {"field", "place", "location"};
    struct str part = STR(""), rest = line;
    int64_t group = 0;
    json_put_comma(b);
    buf_putc(b, '{');
    str_next(&rest, ' ', &part);
    str_int(part, &group);
    json_put_int(b, "group", group);
    bool removed = str_starts(rest, "-");
    rest = str_sub(rest, removed, rest.n);
    for (int i = 0; i < 3 && rest.p && str_next(&rest, ' ', &part); i++)
        json_put_field(b, names[i], part);
    json_put_bool(b, "removed", removed);
    json_put_field(b, "transform", rest.p ? rest : STR(""));
    buf_putc(b, '}');
}

static void put_origins(struct buf *b, struct str lines)
{
    struct str one;
    json_put_name(b, "fields");
    buf_putc(b, '[');
    while (lines.n && str_next(&lines, '\n', &one))
        if (one.n)
            put_origin(b, one);
    buf_putc(b, ']');
}

void explain_put_lines(struct buf *b, const char *name, struct str lines)
{
    struct str list[64], one;
    size_t n = 0;
    while (lines.n && n < 64 && str_next(&lines, '\n', &one))
        list[n++] = one;
    explain_put_texts(b, name, list, n);
}

/* ---- the whole ---- */

void explain_put_bytes(struct op *op, struct buf *b, const struct explain_shown *shown)
{
    struct hl7_message m, ack;
    bool whole, ignored;
    struct str accept = str_sub(shown->ack, 0, shown->ack_split), rest = shown->ack;
    rest = str_sub(rest, shown->ack_split, rest.n);
    json_put_field(b, "raw", decoded(op, shown->raw, shown->known, &m, &whole));
    if (accept.n)
        json_put_field(b, "acceptAck", decoded(op, accept, shown->known, &ack, &ignored));
    json_put_field(b, "ack", decoded(op, rest, shown->known, &ack, &ignored));
    put_parsed(b, whole ? &m : NULL);
}

static void put_message(struct op *op, struct buf *b, const struct db_rows *r)
{
    const struct explain_shown shown = {.raw = db_get_bytes(r, 0, 17, op->arena),
                                        .ack = db_get_bytes(r, 0, 18, op->arena),
                                        .ack_split = (size_t)db_get_int(r, 0, 30),
                                        .known = hl7_charset_find(db_get(r, 0, 19))};
    explain_put_row(b, r, 0, false);
    explain_put_bytes(op, b, &shown);
    json_put_field(b, "characterSet", db_get(r, 0, 19));
    explain_put_lines(b, "warnings", db_get(r, 0, 20));
    json_put_field(b, "placerOrder", db_get(r, 0, 21));
    json_put_field(b, "fillerOrder", db_get(r, 0, 22));
    json_put_field(b, "address", db_get(r, 0, 23));
    put_wrote(b, db_get(r, 0, 24));
    put_origins(b, db_get(r, 0, 25));
    json_put_field(b, "sha256", db_get(r, 0, 26));
    explain_put_time(b, "emptied", db_get_int(r, 0, 27));
    json_put_bool(b, "patientHeld", db_get_bool(r, 0, 29));
}

bool explain_put_made(struct op *op, struct buf *b, const struct explain_made *m, struct db_args *args, struct err *e)
{
    const struct db_rows *r = db_run(op->db, m->query, args, e);
    json_put_name(b, "made");
    buf_putc(b, '[');
    for (int i = 0; r && i < db_count(r); i++) {
        json_put_comma(b);
        buf_putc(b, '{');
        json_put_field(b, "id", db_get(r, i, 0));
        explain_put_time(b, m->when, db_get_int(r, i, 1));
        json_put_field(b, "ackCode", db_get(r, i, 2));
        json_put_field(b, m->more, db_get(r, i, 3));
        buf_putc(b, '}');
    }
    buf_putc(b, ']');
    return r != NULL;
}

static const struct explain_made received_made = {&Q_message_made_of, "received", "by"};

/* *ret_found false: none of this id came. */
static bool put_received(struct op *op, int64_t id, struct buf *b, bool *ret_found, struct err *e)
{
    struct db_args args = db_args(op->arena);
    db_text_opt(&args, op->access);
    db_int(&args, id);
    const struct db_rows *r = db_run(op->db, &Q_message_get, &args, e);
    *ret_found = r && db_count(r);
    if (!*ret_found)
        return r != NULL;
    op->event->patient = arena_str(op->arena, db_get(r, 0, 7));
    put_message(op, b, r);
    return explain_put_made(op, b, &received_made, &args, e);
}

/* Those that came and those that left have ids of one series. */
bool explain_message_view(struct op *op, struct gate_http *h, struct err *e)
{
    int64_t id;
    bool found;
    struct buf b;
    if (!explain_id(h, "id", &id, e))
        return false;
    op->event->object_type = STR("Message");
    op->event->object_id = arena_printf(op->arena, "%lld", (long long)id);
    buf_init(&b, EXPLAIN_JSON_MAX);
    buf_putc(&b, '{');
    bool ok = put_received(op, id, &b, &found, e) && (found || explain_sent_view(op, id, &b, e));
    buf_putc(&b, '}');
    if (ok)
        return explain_json(h, &b, e);
    buf_release(&b);
    return false;
}
