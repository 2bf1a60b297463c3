/* string: the index holds folded text (lower case, no accents). */
#include "fhir/search/search_priv.h"

#include "base/json.h"
#include "schema/queries.h"

enum { INDEXED_MAX = 500 }; /* what record/ keeps of a text */

static struct str folded(struct sql *s, struct str value)
{
    return str_utf8_clip(record_fold(s->arena, value), INDEXED_MAX);
}

/* From the text to the last that begins with it: nothing sorts behind U+10FFFF. */
bool condition_put_prefix(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    struct str low = folded(s, value_plain(s->arena, value));
    int place[2];
    (void)f;
    (void)e;
    place[0] = sql_text(s, low);
    place[1] = sql_text(s, arena_printf(s->arena, "%.*s\xF4\x8F\xBF\xBF", STR_ARG(low)));
    sql_put(s, &Q_search_string_range, place);
    return true;
}

bool condition_put_word(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    int place = sql_text(s, folded(s, value_plain(s->arena, value)));
    (void)f;
    (void)e;
    sql_put(s, &Q_search_string_word, &place);
    return true;
}

static bool put_contains(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    int place = sql_text(s, folded(s, value_plain(s->arena, value)));
    (void)f;
    (void)e;
    sql_put(s, &Q_search_string_contains, &place);
    return true;
}

static bool put_folded(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    int place = sql_text(s, folded(s, value_plain(s->arena, value)));
    (void)f;
    (void)e;
    sql_put(s, &Q_search_string_folded, &place);
    return true;
}

static bool put_written(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    struct buf quoted CLEANUP(buf_release);
    (void)f;
    buf_init(&quoted, 64 * 1024);
    json_put_str(&quoted, value_plain(s->arena, value));
    if (!buf_ok(&quoted, e))
        return false;
    int place = sql_text(s, arena_str(s->arena, buf_view(&quoted)));
    sql_put(s, &Q_search_string_written, &place);
    return true;
}

/* The index can not tell case and accents; the document can: it then holds the text as it was written. */
static bool put_document_holds(struct condition *c, struct err *e)
{
    buf_puts(&c->sql->text, " AND (");
    if (!condition_values(c->sql, c->filter, put_written, e))
        return false;
    buf_puts(&c->sql->text, ")");
    return true;
}

/* What begins with as much of a text is on few documents. */
static bool is_long(const struct query_filter *f, struct str value)
{
    (void)f;
    return value.n >= 4;
}

bool condition_string(struct condition *c, struct err *e)
{
    static const struct {
        const char *modifier;
        condition_value put;
        condition_few few;
    } forms[] = {{"", condition_put_prefix, is_long},
                 {"contains", put_contains, NULL},
                 {"exact", put_folded, NULL},
                 {"text", condition_put_word, NULL}};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (!str_is(c->filter->modifier, forms[i].modifier))
            continue;
        if (!condition_rows(c, &Q_search_part_string, forms[i].put, forms[i].few, e))
            return false;
        return !str_is(c->filter->modifier, "exact") || put_document_holds(c, e);
    }
    return condition_refuse_modifier(c->filter, e);
}
