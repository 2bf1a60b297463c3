/* A search of the archive: its statement, joined from fragments, and its rows. */
#include "domain/archive_priv.h"

#include <string.h>

#include "schema/queries.h"

enum { SQL_MAX = 64 * 1024 };

static const struct db_query *const columns[ARCHIVE_KEYS] = {
#define KEY(name, level, tag, in, fragment, form, match, unasked) &Q_archive_##fragment,
#include "domain/archive_keys.def"
#undef KEY
};

/* What is told in a zone that was asked for. */
static const struct {
    enum archive_key key;
    const struct db_query *fragment;
} zoned[] = {
    {ARCHIVE_STUDY_DATE, &Q_archive_study_date_zoned},
    {ARCHIVE_STUDY_TIME, &Q_archive_study_time_zoned},
    {ARCHIVE_SERIES_DATE, &Q_archive_series_date_zoned},
    {ARCHIVE_SERIES_TIME, &Q_archive_series_time_zoned},
};

/* ---- joining ---- */

void archive_put(struct archive_sql *s, const struct db_query *fragment, int first, int second)
{
    struct str rest = str_of(fragment->sql);
    buf_putc(&s->text, ' ');
    while (rest.n) {
        size_t i = str_find(rest, '{');
        buf_str(&s->text, str_sub(rest, 0, i));
        if (i == rest.n)
            break;
        if (rest.p[i + 1] == '}') { /* '{}', an empty array */
            buf_puts(&s->text, "{}");
            rest = str_sub(rest, i + 2, rest.n);
            continue;
        }
        buf_printf(&s->text, "$%d", rest.p[i + 1] == '1' ? first : second);
        rest = str_sub(rest, i + 3, rest.n);
    }
}

int archive_text(struct archive_sql *s, struct str value)
{
    db_text(&s->args, value.p ? value : STR(""));
    return s->args.n;
}

void archive_column(struct archive_sql *s, enum archive_key k)
{
    if (archive_row(k)->more) {
        char *member = arena_alloc(s->arena, ARCHIVE_MEMBER);
        archive_member(k, member);
        archive_put(s, columns[k], archive_text(s, str_of(member)), 0);
        return;
    }
    for (size_t i = 0; s->q->zoned && i < sizeof zoned / sizeof zoned[0]; i++)
        if (zoned[i].key == k) {
            db_int(&s->args, s->q->zone_minutes);
            archive_put(s, zoned[i].fragment, s->args.n, 0);
            return;
        }
    archive_put(s, columns[k], 0, 0);
}

static void put(struct archive_sql *s, const struct db_query *fragment)
{
    archive_put(s, fragment, 0, 0);
}

/* ---- what is selected, and from where ---- */

static bool wants_totals(const struct archive_query *q)
{
    return q->asked[ARCHIVE_PATIENT_STUDIES] || q->asked[ARCHIVE_PATIENT_SERIES] || q->asked[ARCHIVE_PATIENT_INSTANCES];
}

static void put_select(struct archive_sql *s, struct archive_answers *answers)
{
    const struct archive_query *q = s->q;
    put(s, &Q_archive_select);
    for (int i = 0; i < ARCHIVE_KEYS; i++) {
        enum archive_key k = (enum archive_key)i;
        const struct archive_row *r = archive_row(k);
        answers->column[k] = -1;
        if (r->level > q->level || (!q->asked[k] && k != archive_unique(q->level)))
            continue;
        if (answers->columns)
            put(s, &Q_archive_comma);
        if (r->form == ARCHIVE_FORM_LIST)
            put(s, &Q_archive_list_open);
        archive_column(s, k);
        if (r->form == ARCHIVE_FORM_LIST)
            put(s, &Q_archive_list_close);
        answers->column[k] = (int)answers->columns++;
    }
}

static bool any_key(const struct archive_query *q, enum archive_level level)
{
    for (int k = 0; k < ARCHIVE_KEYS; k++)
        if (archive_row((enum archive_key)k)->level == level && q->key[k].n)
            return true;
    return false;
}

/* Keys of levels below: something in it has them. */
static void put_below(struct archive_sql *s)
{
    const struct archive_query *q = s->q;
    bool instances = q->level < AT_INSTANCE && any_key(q, AT_INSTANCE);
    bool series = q->level < AT_SERIES && (instances || any_key(q, AT_SERIES));
    if (series) {
        put(s, &Q_archive_has_series);
        archive_conditions(s, AT_SERIES, AT_SERIES);
    }
    if (instances) {
        put(s, &Q_archive_has_instance);
        archive_conditions(s, AT_INSTANCE, AT_INSTANCE);
        put(s, &Q_archive_close);
    }
    if (series)
        put(s, &Q_archive_close);
}

static void put_conditions(struct archive_sql *s)
{
    enum archive_level level = s->q->level < AT_STUDY ? AT_STUDY : s->q->level;
    put(s, &Q_archive_seen);
    archive_conditions(s, AT_PATIENT, level);
    put_below(s);
}

static void put_from(struct archive_sql *s)
{
    static const struct db_query *const from[ARCHIVE_LEVELS] = {&Q_archive_from_patient_open, &Q_archive_from_study,
                                                                &Q_archive_from_series, &Q_archive_from_instance};
    enum archive_level level = s->q->level;
    put(s, from[level]);
    if (level == AT_PATIENT) {
        put_conditions(s);
        put(s, &Q_archive_from_patient_close);
    }
    if (wants_totals(s->q))
        put(s, &Q_archive_patient_totals);
    if (level != AT_PATIENT)
        put_conditions(s);
}

static void put_order(struct archive_sql *s)
{
    static const struct db_query *const order[ARCHIVE_LEVELS] = {&Q_archive_order_study, &Q_archive_order_study,
                                                                 &Q_archive_order_series, &Q_archive_order_instance};
    db_int(&s->args, s->q->limit > 0 ? s->q->limit : 1000);
    db_int(&s->args, s->q->offset);
    archive_put(s, order[s->q->level], s->args.n - 1, s->args.n);
}

/* ---- running ---- */

static void take(struct domain *d, const struct db_rows *r, struct archive_answers *answers)
{
    answers->n = (size_t)db_count(r);
    struct str *cell = ARENA_ARRAY(d->arena, struct str, answers->n * answers->columns + 1);
    for (size_t i = 0; i < answers->n; i++)
        for (size_t c = 0; c < answers->columns; c++) {
            struct str text = db_get(r, (int)i, (int)c);
            cell[i * answers->columns + c] = text.n ? arena_str(d->arena, text) : STR("");
        }
    answers->cell = cell;
}

static bool run(struct domain *d, struct archive_sql *s, struct archive_answers *answers, struct err *e)
{
    db_text_opt(&s->args, d->access);
    put_select(s, answers);
    put_from(s);
    put_order(s);
    if (s->args.fault)
        return err_set(e, ERR_TOO_COSTLY, "the search has too many values, or one with a NUL");
    if (!buf_ok(&s->text, e))
        return false;
    struct db_query q = {"archive search", DB_JOINED, s->args.n, arena_cstr(d->arena, buf_view(&s->text))};
    const struct db_rows *r = db_run(d->db, &q, &s->args, e);
    if (r)
        take(d, r, answers);
    return r != NULL;
}

bool archive_find(struct domain *d, const struct archive_query *q, struct archive_answers *ret_answers, struct err *e)
{
    struct archive_answers answers = {.n = 0};
    struct archive_sql s = {.arena = d->arena, .q = q, .args = db_args(d->arena)};
    buf_init(&s.text, SQL_MAX);
    bool ok = run(d, &s, &answers, e);
    buf_release(&s.text);
    if (!ok)
        return err_wrap(e, "search of the archive");
    *ret_answers = answers;
    return true;
}

struct str archive_get(const struct archive_answers *answers, size_t i, enum archive_key k)
{
    int column = answers->column[k];
    return column < 0 ? STR("") : answers->cell[i * answers->columns + (size_t)column];
}
