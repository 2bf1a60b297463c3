#include "domain/correction.h"

#include <string.h>

#include "base/failpoint.h"
#include "base/json.h"
#include "domain/link.h"
#include "domain/study.h"
#include "domain/study_decide.h"
#include "schema/queries.h"

enum { JSON_MAX = 256 * 1024, WHY_MAX = 500, STUDIES_MAX = 2000, AS_TEXT = 0, AS_DASHED };

static const char *const levels[ARCHIVE_LEVELS] = {"patient", "study", "series", "instance"};

static const struct column {
    enum archive_key key;
    const char *name;
    int form;
} columns[] = {
#define COLUMN(key, name, form) {ARCHIVE_##key, name, form},
#include "domain/correction_columns.def"
#undef COLUMN
};

struct one { /* a study it is about */
    int64_t key;
    struct str uid;
};
struct work {
    struct one study[STUDIES_MAX];
    size_t n;
    struct str columns; /* JSON */
};

/* ---- what the index says of it ---- */

static const struct column *column_of(enum archive_key k)
{
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        if (columns[i].key == k)
            return &columns[i];
    return NULL;
}

/* The first value; a birth date with dashes, a time without its colons. */
static struct str as_column(struct arena *a, const struct column *c, struct str value)
{
    struct str s = str_trim(str_sub(value, 0, str_find(value, '\\')));
    if (c->form == AS_DASHED && s.n == 8)
        return arena_printf(a, "%.4s-%.2s-%.2s", s.p, s.p + 4, s.p + 6);
    return s.p ? s : STR("");
}

static bool check_level(const struct correction *c, enum archive_key k, struct err *e)
{
    const struct archive_row *r = archive_row(k);
    bool fits = r->level == c->level || (r->level == AT_PATIENT && c->level == AT_STUDY);
    if (fits && (column_of(k) || r->more))
        return true;
    return err_set(e, ERR_INVALID, "element (%04x,%04x) is not corrected at the level of %s", r->tag >> 16,
                   r->tag & 0xffff, levels[c->level]);
}

static bool put_column(struct buf *b, const struct correction *c, const struct correction_change *x, struct arena *a,
                       struct err *e)
{
    char member[ARCHIVE_MEMBER];
    enum archive_key k = archive_key_find(x->tag, x->in);
    if (k == ARCHIVE_KEYS) /* told on the ways out only */
        return c->level != AT_PATIENT || x->tag >> 16 == 0x0010 ||
               err_set(e, ERR_INVALID, "element (%04x,%04x) is no attribute of a patient", x->tag >> 16,
                       x->tag & 0xffff);
    if (!check_level(c, k, e))
        return false;
    const struct column *column = column_of(k);
    archive_member(k, member);
    if (column)
        json_put_field(b, column->name, as_column(a, column, x->value));
    else if (x->value.n)
        json_put_field(b, member, x->value);
    else {
        json_put_name(b, member);
        buf_puts(b, "null");
    }
    return true;
}

static struct str columns_of(struct domain *d, const struct correction *c, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    buf_init(&b, JSON_MAX);
    buf_putc(&b, '{');
    for (size_t i = 0; i < c->n; i++)
        if (!put_column(&b, c, &c->change[i], d->arena, e))
            return STR_NONE;
    buf_putc(&b, '}');
    return buf_ok(&b, e) ? arena_str(d->arena, buf_view(&b)) : STR_NONE;
}

static struct str changes_of(struct domain *d, const struct correction *c, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    buf_init(&b, JSON_MAX);
    buf_putc(&b, '{');
    for (size_t i = 0; i < c->n; i++) {
        const struct correction_change *x = &c->change[i];
        struct str name = x->in ? arena_printf(d->arena, "%08X.%08X", (unsigned)x->in, (unsigned)x->tag)
                                : arena_printf(d->arena, "%08X", (unsigned)x->tag);
        json_put_name(&b, name.p);
        if (x->value.p)
            json_put_str(&b, x->value);
        else
            buf_puts(&b, "null");
    }
    buf_putc(&b, '}');
    return buf_ok(&b, e) ? arena_str(d->arena, buf_view(&b)) : STR_NONE;
}

/* ---- what it is about ---- */

static bool take_studies(struct domain *d, const struct db_rows *r, struct work *w, struct err *e)
{
    if (!r)
        return false;
    w->n = (size_t)db_count(r);
    if (w->n > STUDIES_MAX)
        return err_set(e, ERR_TOO_COSTLY, "more than %d studies at once", STUDIES_MAX);
    for (size_t i = 0; i < w->n; i++)
        w->study[i] = (struct one){db_get_int(r, (int)i, 0), arena_str(d->arena, db_get(r, (int)i, 1))};
    return true;
}

static void describe(struct domain *d, const struct db_rows *r, int patient, struct correction_done *ret)
{
    ret->studies = db_count(r);
    ret->study = arena_str(d->arena, db_get(r, 0, 1));
    ret->patient = arena_str(d->arena, db_get(r, 0, patient));
    for (int i = 0; i < ret->studies; i++)
        ret->instances += (int)db_get_int(r, i, 2);
}

static bool find_studies(struct domain *d, const struct correction *c, struct work *w, struct correction_done *ret,
                         struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_text_opt(&args, d->access);
    db_text(&args, c->study);
    db_bool(&args, c->level == AT_PATIENT);
    const struct db_rows *r = db_run(d->db, &Q_correction_studies, &args, e);
    if (!take_studies(d, r, w, e))
        return false;
    if (!w->n)
        return err_set(e, ERR_NOT_FOUND, "no such study");
    describe(d, r, 3, ret);
    return true;
}

static bool find_instances(struct domain *d, const struct correction *c, const struct work *w,
                           struct correction_done *ret, struct err *e)
{
    struct db_args args = db_args(d->arena);
    size_t i = 0;
    while (i + 1 < w->n && !str_eq(w->study[i].uid, c->study))
        i++;
    db_int(&args, w->study[i].key);
    db_text(&args, c->series);
    db_text(&args, c->instance);
    const struct db_rows *r = db_run(d->db, &Q_correction_instances, &args, e);
    if (!r)
        return false;
    if (c->level != AT_PATIENT)
        ret->instances = (int)db_get_int(r, 0, 0);
    ret->file = arena_str(d->arena, db_get(r, 0, 1));
    ret->view = arena_str(d->arena, db_get(r, 0, 2));
    return db_get_int(r, 0, 0) > 0 || err_set(e, ERR_NOT_FOUND, "no such series or instance in this study");
}

/* ---- what follows ---- */

static bool says(struct str columns, const char *part)
{
    size_t n = strlen(part);
    for (size_t i = 0; i + n <= columns.n; i++)
        if (memcmp(columns.p + i, part, n) == 0)
            return true;
    return false;
}

static bool put_instants(struct domain *d, const struct study_row *s, struct err *e)
{
    struct db_args args = db_args(d->arena), series = db_args(d->arena);
    db_int(&args, s->key);
    study_instant(&args, s->date, s->time, s->zone);
    db_int(&series, s->key);
    db_text(&series, STR(""));
    if (!db_send(d->db, &Q_correction_study_started, &args, e))
        return false;
    const struct db_rows *r = db_run(d->db, &Q_correction_series, &series, e);
    for (int i = 0; r && i < db_count(r); i++) {
        struct db_args one = db_args(d->arena);
        db_int(&one, db_get_int(r, i, 0));
        study_instant(&one, arena_str(d->arena, db_get(r, i, 1)), arena_str(d->arena, db_get(r, i, 2)),
                      arena_str(d->arena, db_get(r, i, 3)));
        if (!db_send(d->db, &Q_correction_series_started, &one, e))
            return false;
    }
    return r != NULL;
}

/* Whose images they are, and which order they answer, is found anew when what that is judged by changed; what a person
 * decided stays. */
static bool tie_again(struct domain *d, struct study_row *s, struct err *e)
{
    struct study_decided decided;
    bool found;
    if (str_is(s->link_rung, "person"))
        return true;
    if (str_is(s->link_state, "linked") && !study_decide(d, s->uid, STUDY_LADDER, STR_NONE, &decided, e))
        return false;
    return study_get(d, s->key, s, &found, e) &&
           (str_is(s->link_state, "linked") || (link_study_named(d, s, e) && link_study_arrived(d, s->key, e)));
}

static bool show(struct domain *d, const struct one *study, struct str columns, struct err *e)
{
    struct study_row s;
    struct record_doc doc;
    bool found;
    if (!study_get(d, study->key, &s, &found, e) || !found)
        return e->code == ERR_NONE;
    if ((says(columns, "_date\"") || says(columns, "_time\"") || says(columns, "\"zone\"")) && !put_instants(d, &s, e))
        return false;
    if ((says(columns, "\"patient_") || says(columns, "\"accession_")) && !tie_again(d, &s, e))
        return false;
    return study_get(d, study->key, &s, &found, e) &&
           (!s.imaging_study || (record_get_rid(d->db, d->arena, s.imaging_study, RECORD_READ, &doc, e) &&
                                 study_index(d, &s, &doc, e)));
}

static bool show_all(struct domain *d, const struct work *w, struct err *e)
{
    for (size_t i = 0; i < w->n; i++)
        if (!show(d, &w->study[i], w->columns, e))
            return false;
    return true;
}

/* ---- making one ---- */

static bool check(const struct correction *c, struct err *e)
{
    if (!c->n || c->n > CORRECTION_CHANGES_MAX)
        return err_set(e, ERR_INVALID, "1 to %d attributes are corrected at once", CORRECTION_CHANGES_MAX);
    if (!c->why.n || c->why.n > WHY_MAX || !str_utf8_valid(c->why))
        return err_set(e, ERR_INVALID, "a correction needs its reason, of at most %d bytes", WHY_MAX);
    if ((c->level == AT_SERIES || c->level == AT_INSTANCE) != (c->series.n > 0) ||
        (c->level == AT_INSTANCE) != (c->instance.n > 0))
        return err_set(e, ERR_INVALID, "a correction of the level %s names what it corrects", levels[c->level]);
    return true;
}

static bool put(struct domain *d, const struct correction *c, const struct work *w, struct correction_done *ret,
                struct err *e)
{
    struct str changes = changes_of(d, c, e);
    const struct db_rows *r = changes.p ? db_run(d->db, &Q_correction_number, NULL, e) : NULL;
    if (!r)
        return false;
    ret->id = db_get_int(r, 0, 0);
    for (size_t i = 0; i < w->n; i++) {
        struct db_args args = db_args(d->arena);
        db_int(&args, ret->id);
        db_int(&args, w->study[i].key);
        db_text(&args, str_of(levels[c->level]));
        db_text(&args, c->series);
        db_text(&args, c->instance);
        db_text(&args, changes);
        db_text(&args, w->columns);
        db_text(&args, c->why);
        db_text(&args, str_of(d->who->name));
        if (!db_run(d->db, &Q_correction_put, &args, e))
            return false;
        if (failpoint("correction.put"))
            return err_set(e, ERR_INTERNAL, "failpoint correction.put");
    }
    return show_all(d, w, e);
}

bool correction_make(struct domain *d, const struct correction *c, struct correction_done *ret_done, struct err *e)
{
    struct work *w = ARENA_NEW(d->arena, struct work);
    *ret_done = (struct correction_done){.id = 0};
    if (!check(c, e))
        return false;
    w->columns = columns_of(d, c, e);
    return w->columns.p && find_studies(d, c, w, ret_done, e) && find_instances(d, c, w, ret_done, e) &&
           (c->preview || put(d, c, w, ret_done, e));
}

/* ---- and undoing it ---- */

static bool find_standing(struct domain *d, int64_t id, struct work *w, struct correction_done *ret, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_text_opt(&args, d->access);
    db_int(&args, id);
    const struct db_rows *r = db_run(d->db, &Q_correction_standing, &args, e);
    if (!take_studies(d, r, w, e))
        return false;
    if (!w->n)
        return err_set(e, ERR_NOT_FOUND, "no such correction stands");
    describe(d, r, 4, ret);
    w->columns = arena_str(d->arena, db_get(r, 0, 5));
    r = db_run(d->db, &Q_correction_others, &args, e);
    return r && (!db_get_int(r, 0, 0) || err_set(e, ERR_FORBIDDEN, "the correction is of studies of others too"));
}

bool correction_undo(struct domain *d, int64_t id, struct correction_done *ret_done, struct err *e)
{
    struct work *w = ARENA_NEW(d->arena, struct work);
    *ret_done = (struct correction_done){.id = id};
    if (!find_standing(d, id, w, ret_done, e))
        return false;
    for (size_t i = 0; i < w->n; i++) {
        struct db_args args = db_args(d->arena);
        db_int(&args, id);
        db_int(&args, w->study[i].key);
        db_text(&args, str_of(d->who->name));
        if (!db_run(d->db, &Q_correction_undo, &args, e))
            return false;
    }
    if (failpoint("correction.undo"))
        return err_set(e, ERR_INTERNAL, "failpoint correction.undo");
    return show_all(d, w, e);
}

bool correction_again(struct domain *d, int64_t study_key, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, study_key);
    return db_run(d->db, &Q_correction_again, &args, e) != NULL;
}

/* ---- the list ---- */

static void put_time(struct buf *b, const char *name, clock_us at)
{
    char when[CLOCK_TEXT];
    clock_site_text(at, when);
    json_put_field(b, name, str_of(when));
}

bool correction_list(struct domain *d, struct str study, struct buf *ret_json, struct err *e)
{
    static const struct {
        const char *name;
        int column;
    } texts[] = {{"id", 0}, {"level", 1}, {"series", 2}, {"instance", 3}, {"why", 5}, {"by", 6}, {"undoneBy", 8}};
    struct db_args args = db_args(d->arena);
    db_text_opt(&args, d->access);
    db_text(&args, study);
    const struct db_rows *r = db_run(d->db, &Q_correction_list, &args, e);
    buf_putc(ret_json, '[');
    for (int i = 0; r && i < db_count(r); i++) {
        json_put_comma(ret_json);
        buf_putc(ret_json, '{');
        for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++)
            json_put_field_opt(ret_json, texts[k].name, db_get(r, i, texts[k].column));
        json_put_name(ret_json, "changes");
        buf_str(ret_json, db_get(r, i, 4));
        put_time(ret_json, "time", db_get_int(r, i, 7));
        if (db_get_int(r, i, 9))
            put_time(ret_json, "undone", db_get_int(r, i, 9));
        buf_putc(ret_json, '}');
    }
    buf_putc(ret_json, ']');
    return r && buf_ok(ret_json, e);
}
