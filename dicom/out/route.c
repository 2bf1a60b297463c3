/* Rules: which instances go on to which node. A rule is a row; its conditions are lists of words. */
#include "base/json.h"
#include "dicom/out/out_priv.h"
#include "schema/queries.h"

enum { NAME_MAX_BYTES = 64, WORDS_MAX = 500 };

/* The columns of dicom_route behind its name, in the order of its queries. */
static const char *const columns[] = {"destination",        "calling_ae",   "department", "modality",
                                      "sop_class",          "station_name", "body_part",  "study_description",
                                      "series_description", "enabled"};
enum { COLUMNS = sizeof columns / sizeof columns[0], DESTINATION = 0, ENABLED = COLUMNS - 1 };

static bool name_valid(struct str name)
{
    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] <= ' ' || name.p[i] > '~' || name.p[i] == '/')
            return false;
    return name.n > 0 && name.n <= NAME_MAX_BYTES;
}

static bool take_pair(struct str *value, struct str pair, struct err *e)
{
    size_t cut = str_find(pair, '=');
    struct str name = str_sub(pair, 0, cut), text = str_sub(pair, cut + 1, pair.n);
    if (text.n > WORDS_MAX || !str_utf8_valid(text))
        return err_set(e, ERR_INVALID, "a condition has at most %d bytes of text", (int)WORDS_MAX);
    for (int i = 0; cut < pair.n && i < COLUMNS; i++)
        if (str_is(name, columns[i])) {
            value[i] = text;
            return true;
        }
    return err_set(e, ERR_INVALID, "a rule has no '%.*s'", STR_ARG(str_utf8_clip(name, 40)));
}

static bool load(struct db *db, struct arena *a, struct str name, struct str *value, struct err *e)
{
    struct db_args args = db_args(a);
    db_text(&args, name);
    const struct db_rows *r = db_run(db, &Q_route_get, &args, e);
    for (int i = 0; i < COLUMNS; i++)
        value[i] = r && db_count(r) ? arena_str(a, db_get(r, 0, i + 1)) : i == ENABLED ? STR("1") : STR("");
    return r != NULL;
}

/* Its queue hears of instances while a rule names it. */
static bool reopen(struct db *db, struct arena *a, struct str ae, struct err *e)
{
    int64_t destination;
    return !ae.n || dicom_queue_open(db, a, ae, &destination, e);
}

bool dicom_route_put(struct db *db, struct arena *a, struct str name, const struct str *pairs, size_t n, struct err *e)
{
    struct str value[COLUMNS], before;
    struct auth_reach reach;
    int64_t enabled;
    if (!name_valid(name))
        return err_set(e, ERR_INVALID, "a rule's name is 1 to %d printable ASCII characters without /",
                       (int)NAME_MAX_BYTES);
    if (!load(db, a, name, value, e))
        return false;
    before = value[DESTINATION];
    for (size_t i = 0; i < n; i++)
        if (!take_pair(value, pairs[i], e))
            return false;
    if (!str_int(value[ENABLED], &enabled) || enabled < 0 || enabled > 1)
        return err_set(e, ERR_INVALID, "enabled is 0 or 1");
    if (!auth_peer_reach(db, value[DESTINATION], &reach, e))
        return err_wrap(e, "destination");
    struct db_args args = db_args(a);
    db_text(&args, name);
    for (int i = 0; i < ENABLED; i++)
        db_text(&args, value[i]);
    db_int(&args, enabled);
    return db_send(db, &Q_route_put, &args, e) && reopen(db, a, before, e) && reopen(db, a, value[DESTINATION], e);
}

bool dicom_route_remove(struct db *db, struct arena *a, struct str name, struct err *e)
{
    struct db_args args = db_args(a);
    db_text(&args, name);
    const struct db_rows *r = db_run(db, &Q_route_remove, &args, e);
    if (!r)
        return false;
    if (!db_count(r))
        return err_set(e, ERR_NOT_FOUND, "no rule of this name");
    return reopen(db, a, arena_str(a, db_get(r, 0, 0)), e);
}

bool dicom_route_list(struct db *db, struct arena *a, struct buf *b, struct err *e)
{
    (void)a;
    const struct db_rows *r = db_run(db, &Q_route_list, NULL, e);
    if (!r)
        return false;
    buf_putc(b, '[');
    for (int i = 0; i < db_count(r); i++) {
        json_put_comma(b);
        buf_putc(b, '{');
        json_put_field(b, "name", db_get(r, i, 0));
        for (int k = 0; k < ENABLED; k++)
            json_put_field_opt(b, columns[k], db_get(r, i, k + 1));
        json_put_bool(b, "enabled", db_get_int(r, i, ENABLED + 1) == 1);
        buf_putc(b, '}');
    }
    buf_putc(b, ']');
    return buf_ok(b, e);
}

bool dicom_route_try(struct db *db, struct arena *a, struct str access, struct str study, struct buf *b, struct err *e)
{
    struct db_args args = db_args(a);
    db_text_opt(&args, access);
    db_text(&args, study);
    const struct db_rows *r = db_run(db, &Q_route_try, &args, e);
    if (!r)
        return false;
    buf_putc(b, '[');
    for (int i = 0; i < db_count(r); i++) {
        json_put_comma(b);
        buf_putc(b, '{');
        json_put_field(b, "rule", db_get(r, i, 0));
        json_put_field(b, "destination", db_get(r, i, 1));
        json_put_int(b, "instances", db_get_int(r, i, 2));
        buf_putc(b, '}');
    }
    buf_putc(b, ']');
    return buf_ok(b, e);
}
