/* Profiles put, listed, shown and removed. */
#include "base/json.h"
#include "hl7/net/profile_priv.h"
#include "schema/queries.h"

enum { DOCUMENT_MAX = 1 << 20, NOTES_MAX = 1 << 16 };

static struct str by(const struct op *op)
{
    return str_of(op->who->name);
}

static bool keep(struct op *op, struct str document, const struct hl7_profile *p, int64_t *ret_version, struct err *e)
{
    struct db_args args = db_args(op->arena);
    db_text(&args, p->name);
    db_text(&args, p->application);
    db_text(&args, p->facility.n ? p->facility : STR(""));
    db_text(&args, document);
    db_text(&args, by(op));
    const struct db_rows *r = db_run(op->db, &Q_hl7_profile_put, &args, e);
    if (!r)
        return err_wrap(e, "keep the profile");
    *ret_version = db_get_int(r, 0, 0);
    return true;
}

static void put_lines(struct buf *b, const char *name, struct str lines)
{
    struct str one;
    json_put_name(b, name);
    buf_putc(b, '[');
    while (lines.n && str_next(&lines, '\n', &one))
        if (one.n) {
            json_put_comma(b);
            json_put_str(b, one);
        }
    buf_putc(b, ']');
}

static bool is_xml(struct str document)
{
    document = str_trim(document);
    return str_starts(document, "<") || str_starts(document, "\xEF\xBB\xBF<");
}

bool profiles_put(struct op *op, struct str document, const struct hl7_profile *head, struct buf *ret_json,
                  struct err *e)
{
    CLEANUP(buf_release) struct buf imported, notes;
    struct profile_live live = {.id = 0};
    int64_t version = 0;
    buf_init(&imported, DOCUMENT_MAX);
    buf_init(&notes, NOTES_MAX);
    if (!str_utf8_valid(document))
        return err_set(e, ERR_INVALID, "the profile is not UTF-8");
    if (is_xml(document)) {
        if (!head->name.n || !head->application.n)
            return err_set(e, ERR_REQUIRED, "a profile in XML needs a name and its sender beside it");
        if (!hl7_profile_import(document, head, &imported, &notes, e))
            return false;
        document = buf_view(&imported);
    }
    if (!profile_make(document, op->arena, &live, e) ||
        !keep(op, arena_str(op->arena, document), &live.profile, &version, e))
        return false;
    op->event->object_type = STR("Profile");
    op->event->object_id = live.profile.name;
    buf_putc(ret_json, '{');
    json_put_field(ret_json, "name", live.profile.name);
    json_put_int(ret_json, "version", version);
    json_put_int(ret_json, "rules", (int64_t)live.profile.rules);
    json_put_int(ret_json, "map", (int64_t)live.profile.moves);
    json_put_int(ret_json, "tests", (int64_t)live.profile.tests);
    put_lines(ret_json, "notes", buf_view(&notes));
    buf_putc(ret_json, '}');
    return buf_ok(ret_json, e);
}

bool profiles_list(struct op *op, struct buf *ret_json, struct err *e)
{
    static const char *const names[] = {"name", NULL, "application", "facility", "state", NULL, "by"};
    struct db_args args = db_args(op->arena);
    const struct db_rows *r = db_run(op->db, &Q_hl7_profile_list, &args, e);
    if (!r)
        return false;
    buf_puts(ret_json, "{\"items\":[");
    for (int i = 0; i < db_count(r); i++) {
        char changed[CLOCK_TEXT];
        clock_site_text(db_get_int(r, i, 5), changed);
        json_put_comma(ret_json);
        buf_putc(ret_json, '{');
        for (int c = 0; c < 7; c++)
            if (names[c])
                json_put_field(ret_json, names[c], db_get(r, i, c));
        json_put_int(ret_json, "version", db_get_int(r, i, 1));
        json_put_field(ret_json, "changed", str_of(changed));
        buf_putc(ret_json, '}');
    }
    buf_puts(ret_json, "]}");
    return buf_ok(ret_json, e);
}

bool profiles_show(struct op *op, const struct profile_ask *ask, struct buf *ret_document, struct err *e)
{
    struct db_args args = db_args(op->arena);
    db_text(&args, ask->name);
    db_int(&args, ask->version);
    const struct db_rows *r = db_run(op->db, &Q_hl7_profile_get, &args, e);
    if (!r || !db_count(r))
        return r ? err_set(e, ERR_NOT_FOUND, "no such profile, or no such version of it") : false;
    buf_str(ret_document, db_get(r, 0, 3));
    return buf_ok(ret_document, e);
}

bool profiles_remove(struct op *op, struct str name, struct err *e)
{
    struct db_args args = db_args(op->arena);
    db_text(&args, name);
    db_text(&args, by(op));
    const struct db_rows *r = db_run(op->db, &Q_hl7_profile_remove, &args, e);
    if (!r || !db_touched(r))
        return r ? err_set(e, ERR_NOT_FOUND, "no such profile in force or as a draft") : false;
    op->event->object_type = STR("Profile");
    op->event->object_id = name;
    profile_forget();
    return true;
}
