/* Conditions of a search of the archive, by kind of matching (PS3.4 C.2.2.2). */
#include "domain/archive_priv.h"

#include <string.h>

#include "domain/worklist.h"
#include "schema/queries.h"

static bool has(const struct archive_query *q, enum archive_key k)
{
    return q->key[k].n > 0 && archive_row(k)->match != ARCHIVE_MATCH_NONE;
}

static bool is_wild(struct str s)
{
    return str_find(s, '*') < s.n || str_find(s, '?') < s.n;
}

static void put(struct archive_sql *s, const struct db_query *fragment, int place)
{
    archive_put(s, fragment, place, 0);
}

/* "or" between the alternatives of one condition. */
struct list {
    struct archive_sql *s;
    bool begun;
};

static void next(struct list *l)
{
    put(l->s, l->begun ? &Q_archive_or : &Q_archive_and, 0);
    l->begun = true;
}

/* ---- text and UIDs ---- */

/* A column, or any value of one that holds several. */
static void put_operand(struct archive_sql *s, enum archive_key k, const struct db_query *plain,
                        const struct db_query *any, int place)
{
    enum archive_form form = archive_row(k)->form;
    if (form == ARCHIVE_FORM_LIST)
        put(s, &Q_archive_any_of, 0);
    if (form == ARCHIVE_FORM_VALUES)
        put(s, &Q_archive_any_of_values, 0);
    archive_column(s, k);
    if (form == ARCHIVE_FORM_VALUES)
        put(s, &Q_archive_any_of_values_close, 0);
    put(s, form == ARCHIVE_FORM_TEXT ? plain : any, place);
}

static void put_none(struct list *l, enum archive_key k)
{
    bool is_list = archive_row(k)->form == ARCHIVE_FORM_LIST;
    next(l);
    put(l->s, &Q_archive_none, 0);
    if (is_list)
        put(l->s, &Q_archive_list_open, 0);
    archive_column(l->s, k);
    if (is_list)
        put(l->s, &Q_archive_list_close, 0);
    put(l->s, &Q_archive_none_close, 0);
}

static void put_texts(struct archive_sql *s, enum archive_key k)
{
    const struct archive_values *values = &s->q->key[k];
    bool wildcards = archive_row(k)->match == ARCHIVE_MATCH_TEXT;
    struct str *exact = ARENA_ARRAY(s->arena, struct str, values->n);
    struct list l = {s, false};
    size_t n = 0;
    for (size_t i = 0; i < values->n; i++) {
        struct str v = values->v[i];
        if (str_is(v, "\"\"")) {
            put_none(&l, k);
        } else if (wildcards && is_wild(v)) {
            next(&l);
            put_operand(s, k, &Q_archive_like, &Q_archive_any_like, archive_text(s, worklist_pattern(s->arena, v)));
        } else {
            exact[n++] = v;
        }
    }
    if (n) {
        next(&l);
        db_texts(&s->args, exact, n);
        put_operand(s, k, &Q_archive_is, &Q_archive_any_is, s->args.n);
    }
    put(s, &Q_archive_close, 0);
}

/* ---- names ---- */

static void put_name_arm(struct list *l, enum archive_key k, const struct db_query *fragment, int place)
{
    next(l);
    put(l->s, &Q_archive_name_open, 0);
    archive_column(l->s, k);
    put(l->s, fragment, place);
}

/* In whatever case; what is not said of the last components may be anything. */
static void put_name(struct list *l, enum archive_key k, struct str value)
{
    struct archive_sql *s = l->s;
    struct str pattern = worklist_pattern(s->arena, value);
    int place = archive_text(s, pattern);
    put_name_arm(l, k, &Q_archive_name_like, place);
    if (!str_ends(pattern, "%")) {
        put_name_arm(l, k, &Q_archive_name_begins, place);
        put_name_arm(l, k, &Q_archive_name_first, place);
    }
    next(l);
    archive_column(s, k);
    put(s, &Q_archive_name_grouped, 0);
    archive_column(s, k);
    put(s, &Q_archive_name_group_like, place);
}

static void put_fuzzy(struct list *l, enum archive_key k, struct str value)
{
    next(l);
    put(l->s, &Q_archive_name_fits_open, 0);
    archive_column(l->s, k);
    put(l->s, &Q_archive_name_fits_close, archive_text(l->s, value));
}

static void put_names(struct archive_sql *s, enum archive_key k)
{
    struct list l = {s, false};
    for (size_t i = 0; i < s->q->key[k].n; i++) {
        struct str v = s->q->key[k].v[i];
        if (str_is(v, "\"\""))
            put_none(&l, k);
        else if (s->q->fuzzy)
            put_fuzzy(&l, k, v);
        else
            put_name(&l, k, v);
    }
    put(s, &Q_archive_close, 0);
}

/* ---- dates and times ---- */

/* The moment a value is compared with: a key's column, or that of its date and of its time together. */
struct moment {
    enum archive_key date, time;
    bool joined;
};

static void put_moment(struct archive_sql *s, const struct moment *m)
{
    archive_column(s, m->date);
    if (!m->joined)
        return;
    put(s, &Q_archive_joined, 0);
    archive_column(s, m->time);
}

static void put_range(struct archive_sql *s, const struct moment *m, struct str from, struct str to)
{
    put(s, &Q_archive_and, 0);
    put_moment(s, m);
    put(s, &Q_archive_not_empty, 0);
    if (from.n) {
        put(s, &Q_archive_both, 0);
        put_moment(s, m);
        put(s, &Q_archive_from_value, archive_text(s, from));
    }
    if (to.n) {
        put(s, &Q_archive_both, 0);
        put_moment(s, m);
        put(s, &Q_archive_to_value, archive_text(s, to));
    }
    put(s, &Q_archive_close, 0);
}

static bool is_joined(const struct archive_query *q, enum archive_key date)
{
    enum archive_key time = date + 1;
    return (q->combined || q->zoned) && time < ARCHIVE_KEYS && archive_row(time)->match == ARCHIVE_MATCH_TIME &&
           has(q, date) && has(q, time);
}

static void put_ends(struct archive_sql *s, enum archive_key k)
{
    struct arena *a = s->arena;
    const struct archive_query *q = s->q;
    const struct str *date = q->key[k].v;
    struct moment m = {k, k + 1, is_joined(q, k)};
    if (!m.joined) {
        put_range(s, &m, date[0], date[1]);
        return;
    }
    const struct str *time = q->key[k + 1].v;
    struct str last = time[1].n ? time[1] : STR("235959.999999");
    struct str from = date[0].n ? arena_printf(a, "%.*s%.*s", STR_ARG(date[0]), STR_ARG(time[0])) : STR("");
    struct str to = date[1].n ? arena_printf(a, "%.*s%.*s", STR_ARG(date[1]), STR_ARG(last)) : STR("");
    put_range(s, &m, from, to);
}

void archive_conditions(struct archive_sql *s, enum archive_level from, enum archive_level to)
{
    for (int i = 0; i < ARCHIVE_KEYS; i++) {
        enum archive_key k = (enum archive_key)i;
        const struct archive_row *r = archive_row(k);
        if (r->level < from || r->level > to || !has(s->q, k))
            continue;
        if (r->match == ARCHIVE_MATCH_NAME)
            put_names(s, k);
        else if (r->match == ARCHIVE_MATCH_TEXT || r->match == ARCHIVE_MATCH_UID)
            put_texts(s, k);
        else if (r->match == ARCHIVE_MATCH_DATE || !i || !is_joined(s->q, k - 1))
            put_ends(s, k); /* a time that is joined went with its date */
    }
}
