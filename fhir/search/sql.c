/* Joining fragments, and how PostgreSQL is to plan the result. */
#include "fhir/search/search_priv.h"

#include <string.h>

#include "schema/queries.h"

enum { SQL_MAX = 256 * 1024 };

void sql_start(struct sql *s, struct arena *a)
{
    *s = (struct sql){.arena = a};
    s->args = db_args(a);
    buf_init(&s->text, SQL_MAX);
}

void sql_release(struct sql *s)
{
    buf_release(&s->text);
}

/* A text that is there already keeps its place: chains repeat their value for each type. */
int sql_text(struct sql *s, struct str value)
{
    for (int i = 0; i < s->args.n; i++)
        if (s->is_text[i] && s->args.length[i] == (int)value.n &&
            memcmp(s->args.value[i], value.p ? value.p : "", value.n) == 0)
            return i + 1;
    int before = s->args.n;
    db_text(&s->args, value.p ? value : STR(""));
    s->is_text[before] = s->args.n > before;
    s->is_ints[s->args.n] = false;
    return s->args.n;
}

/* A place may have been another's, of a parameter that was left out. */
static int no_text(struct sql *s)
{
    s->is_ints[s->args.n] = false;
    s->is_text[s->args.n > 0 ? s->args.n - 1 : 0] = false;
    return s->args.n;
}

int sql_int(struct sql *s, int64_t value)
{
    db_int(&s->args, value);
    return no_text(s);
}

int sql_ints(struct sql *s, const int64_t *values, size_t n)
{
    db_ints(&s->args, values, n);
    int place = no_text(s);
    s->is_ints[place] = true;
    return place;
}

int sql_texts(struct sql *s, const struct str *values, size_t n)
{
    db_texts(&s->args, values, n);
    return no_text(s);
}

/* PostgreSQL knows no year 0; nothing here is from before year 1 or after 9999. */
int sql_time(struct sql *s, clock_us t)
{
    static const clock_us first = INT64_C(-62135596800000000), last = INT64_C(253402300799000000);
    db_time(&s->args, t < first ? first : t > last ? last : t);
    return no_text(s);
}

void sql_put(struct sql *s, const struct db_query *fragment, const int *places)
{
    struct str rest = str_of(fragment->sql);
    buf_putc(&s->text, ' ');
    while (rest.n) {
        size_t i = str_find(rest, '{');
        buf_str(&s->text, str_sub(rest, 0, i));
        if (i == rest.n)
            break;
        int place = places[rest.p[i + 1] - '1'];
        rest = str_sub(rest, i + 3, rest.n);
        bool any = s->is_ints[place] && str_starts(rest, "::int");
        buf_printf(&s->text, any ? "ANY ($%d::int[])" : "$%d", place);
        if (any)
            rest = str_sub(rest, 5, rest.n);
    }
}

bool sql_plan(struct op *op, bool narrow, struct err *e)
{
    struct db_args args = db_args(op->arena);
    if (op->tx != GATE_READ)
        return true;
    db_text(&args, narrow ? STR("force_generic_plan") : STR("force_custom_plan"));
    return db_send(op->db, &Q_search_plan, &args, e);
}

/* In a write the plan's way is left to PostgreSQL: a broad search then stays a stranger to it. */
static int kept(const struct sql *s)
{
    return s->narrow || (s->op && s->op->tx == GATE_READ) ? DB_SHAPE : DB_JOINED;
}

const struct db_rows *sql_run(struct sql *s, struct db *db, const char *name, struct err *e)
{
    struct db_query *q = ARENA_NEW(s->arena, struct db_query);
    if (s->args.fault) {
        err_set(e, ERR_INVALID, "the search has too many values, or one with a NUL");
        return NULL;
    }
    if (!buf_ok(&s->text, e))
        return NULL;
    *q = (struct db_query){name, kept(s), s->args.n, arena_cstr(s->arena, buf_view(&s->text))};
    return db_run(db, q, &s->args, e);
}
