/* An event as a row and as the canonical bytes that are hashed. */
#include "audit/audit_priv.h"

#include <string.h>

#include "base/json.h"
#include "schema/queries.h"

enum { CONTENT_MAX = 32 * 1024 };

static const struct {
    const char *name, *event_id, *type_code, *action, *object;
} kinds[AUDIT_KINDS] = {
#define EVENT(name, event_id, type_code, action, object, meaning) \
    [AUDIT_##name] = {#name, event_id, type_code, action, object},
#include "audit/events.def"
#undef EVENT
};

static const char *const principal_kinds[] = {
    [PRINCIPAL_NONE] = "none", [PRINCIPAL_PERSON] = "person", [PRINCIPAL_AE] = "AE",
    [PRINCIPAL_HL7] = "HL7",   [PRINCIPAL_SYSTEM] = "system",
};

/* Where each column stands in the content: member, or group.member; and how many bytes of it are kept. */
static const struct {
    const char *group, *member;
    size_t max;
} homes[COLUMNS] = {
    [COLUMN_KIND] = {NULL, "kind", 40},
    [COLUMN_PRINCIPAL] = {"who", "name", 96},
    [COLUMN_PRINCIPAL_KIND] = {"who", "kind", 8},
    [COLUMN_ADDRESS] = {"who", "address", 64},
    [COLUMN_DOOR] = {NULL, "door", 16},
    [COLUMN_REQUEST] = {NULL, "request", 200},
    [COLUMN_OBJECT_TYPE] = {"object", "type", 64},
    [COLUMN_OBJECT_ID] = {"object", "id", 200},
    [COLUMN_PATIENT] = {NULL, "patient", 64},
    [COLUMN_STUDY] = {NULL, "study", 64},
    [COLUMN_ACCESSION] = {NULL, "accession", 64},
};

const char *audit_kind_name(enum audit_kind k)
{
    return (unsigned)k < AUDIT_KINDS ? kinds[k].name : "";
}

/* UTF-8 of at most max bytes. Peers may send anything; the column and the content must hold the same text. */
static struct str clean(struct arena *arena, struct str s, size_t max)
{
    if (str_utf8_valid(s))
        return str_utf8_clip(s, max);
    s = str_sub(s, 0, max);
    char *to = arena_alloc(arena, 3 * s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool plain = s.p[i] > 0;
        memcpy(to + n, plain ? &s.p[i] : "\xEF\xBF\xBD", plain ? 1 : 3);
        n += plain ? 1 : 3;
    }
    return str_utf8_clip((struct str){to, n}, max);
}

static void columns_fill(const struct audit_event *ev, struct arena *arena, struct audit_row *row)
{
    static const struct principal nobody = {.kind = PRINCIPAL_NONE};
    const struct principal *who = ev->who ? ev->who : &nobody;
    const struct str raw[COLUMNS] = {
        [COLUMN_KIND] = str_of(kinds[ev->kind].name),
        [COLUMN_PRINCIPAL] = str_of(who->name),
        [COLUMN_PRINCIPAL_KIND] = str_of(principal_kinds[who->kind]),
        [COLUMN_ADDRESS] = str_of(who->address),
        [COLUMN_DOOR] = str_of(ev->door ? ev->door : "none"),
        [COLUMN_REQUEST] = ev->request,
        [COLUMN_OBJECT_TYPE] = ev->object_type.n ? ev->object_type : str_of(kinds[ev->kind].object),
        [COLUMN_OBJECT_ID] = ev->object_id,
        [COLUMN_PATIENT] = ev->patient,
        [COLUMN_STUDY] = ev->study_uid,
        [COLUMN_ACCESSION] = ev->accession,
    };
    for (int i = 0; i < COLUMNS; i++)
        row->text[i] = clean(arena, raw[i], homes[i].max);
}

static void put_who(struct buf *b, const struct audit_event *ev, const struct audit_row *row)
{
    json_put_name(b, "who");
    buf_putc(b, '{');
    json_put_field_opt(b, "name", row->text[COLUMN_PRINCIPAL]);
    json_put_field(b, "kind", row->text[COLUMN_PRINCIPAL_KIND]);
    json_put_name(b, "roles");
    buf_putc(b, '[');
    for (int i = 0; ev->who && i < ROLES; i++)
        if (ev->who->roles & (UINT32_C(1) << i)) {
            json_put_comma(b);
            json_put_str(b, str_of(auth_role_name((enum role)i)));
        }
    buf_putc(b, ']');
    json_put_field_opt(b, "address", row->text[COLUMN_ADDRESS]);
    buf_putc(b, '}');
}

static void put_object(struct buf *b, const struct audit_row *row)
{
    json_put_name(b, "object");
    buf_putc(b, '{');
    json_put_field_opt(b, "type", row->text[COLUMN_OBJECT_TYPE]);
    json_put_field_opt(b, "id", row->text[COLUMN_OBJECT_ID]);
    buf_putc(b, '}');
    json_put_field_opt(b, "patient", row->text[COLUMN_PATIENT]);
    json_put_field_opt(b, "study", row->text[COLUMN_STUDY]);
    json_put_field_opt(b, "accession", row->text[COLUMN_ACCESSION]);
}

/* The order of the keys is part of the format; "v" names it. */
static void put_content(struct buf *b, const struct audit_event *ev, const struct audit_row *row,
                        struct arena *arena)
{
    char time[CLOCK_TEXT];
    clock_text(row->recorded, time);
    buf_putc(b, '{');
    json_put_int(b, "v", 1);
    json_put_field(b, "time", str_of(time));
    json_put_field(b, "kind", row->text[COLUMN_KIND]);
    json_put_field_opt(b, "event", str_of(kinds[ev->kind].event_id));
    json_put_field_opt(b, "type", str_of(kinds[ev->kind].type_code));
    json_put_field_opt(b, "action", str_of(kinds[ev->kind].action));
    json_put_int(b, "outcome", row->outcome);
    put_who(b, ev, row);
    json_put_field(b, "door", row->text[COLUMN_DOOR]);
    json_put_field_opt(b, "request", row->text[COLUMN_REQUEST]);
    put_object(b, row);
    json_put_field_opt(b, "query", clean(arena, ev->query, 2000));
    json_put_field_opt(b, "detail", clean(arena, ev->detail, 500));
    if (ev->count)
        json_put_int(b, "count", ev->count);
    buf_putc(b, '}');
}

bool audit_row_make(const struct audit_event *ev, struct arena *arena, struct audit_row *ret_row,
                    struct err *e)
{
    struct audit_row row = {.recorded = clock_now(), .outcome = ev->outcome};
    struct buf content CLEANUP(buf_release);
    buf_init(&content, CONTENT_MAX);
    if (ev->kind == AUDIT_NONE || (unsigned)ev->kind >= AUDIT_KINDS)
        return err_set(e, ERR_INTERNAL, "an audit event without a kind");
    columns_fill(ev, arena, &row);
    put_content(&content, ev, &row, arena);
    if (!buf_ok(&content, e))
        return err_wrap(e, "audit event");
    row.content = arena_str(arena, buf_view(&content));
    *ret_row = row;
    return true;
}

bool audit_row_agrees(const struct audit_row *row)
{
    char time[CLOCK_TEXT];
    int64_t outcome = -1;
    struct json *j = json_parse(row->content, NULL);
    if (!j)
        return false;
    clock_text(row->recorded, time);
    bool same =
        str_is(json_str(j, "time"), time) && json_int(j, "outcome", &outcome) && outcome == row->outcome;
    for (int i = 0; i < COLUMNS && same; i++) {
        const struct json *from = homes[i].group ? json_find(j, homes[i].group) : j;
        same = from && str_eq(json_str(from, homes[i].member), row->text[i]);
    }
    json_free(j);
    return same;
}

bool audit_write(struct db *db, const struct audit_event *ev, struct err *e)
{
    struct audit_row row;
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    if (!audit_row_make(ev, &arena, &row, e))
        return false;
    struct db_args args = db_args(&arena);
    db_int(&args, row.recorded);
    db_text(&args, row.text[COLUMN_KIND]);
    db_int(&args, row.outcome);
    for (int i = COLUMN_PRINCIPAL; i < COLUMNS; i++)
        db_text_opt(&args, row.text[i]);
    db_text(&args, row.content);
    return db_send(db, &Q_audit_event_put, &args, e) ? true : err_wrap(e, "audit");
}
