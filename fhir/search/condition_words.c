/* What is asked of documents as a whole: the words of their narrative or of everything (_text, _content), and the Lists
 * that name them (_list). */
#include "fhir/search/search_priv.h"

#include "schema/queries.h"

enum { WORDS_MAX = 1000 };

/* Words side by side must all be there, so "and" between them says nothing more; PostgreSQL knows the rest: or, quotes,
 * and '-' for what must not be there. */
static struct str without_and(struct arena *a, struct str text)
{
    struct str rest = text, one, out = STR("");
    bool quoted = false;
    while (rest.p && str_next(&rest, ' ', &one)) {
        if (!quoted && str_is_nocase(one, "and"))
            continue;
        for (size_t i = 0; i < one.n; i++)
            quoted = quoted != (one.p[i] == '"');
        out = arena_printf(a, "%.*s%s%.*s", STR_ARG(out), out.n ? " " : "", STR_ARG(one));
    }
    return out;
}

static bool put_words(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    struct str text = value_plain(s->arena, value);
    if (text.n > WORDS_MAX)
        return condition_invalid(f, "more than 1000 letters", e);
    int place = sql_text(s, without_and(s->arena, record_fold(s->arena, text)));
    sql_put(s, str_is(f->name, "_text") ? &Q_search_words_narrative : &Q_search_words_content, &place);
    return true;
}

bool condition_words(struct sql *s, struct str type, const struct query_filter *f, struct err *e)
{
    (void)type;
    sql_put(s, &Q_search_words_any, NULL);
    if (!condition_values(s, f, put_words, e))
        return false;
    buf_puts(&s->text, "))");
    return true;
}

bool condition_list(struct sql *s, struct str type, const struct query_filter *f, struct err *e)
{
    struct str rest = f->value, one, id[VALUES_MAX];
    size_t n = 0;
    (void)type;
    while (value_next(&rest, ',', &one)) {
        if (one.n && one.p[0] == '$')
            return err_set(e, ERR_UNSUPPORTED, "_list: this server keeps no functional list '%.*s'",
                           STR_ARG(str_utf8_clip(one, 60)));
        one = str_starts(one, "List/") ? str_sub(one, 5, one.n) : one;
        if (n == VALUES_MAX || !fhir_is_id(one))
            return condition_invalid(f, "is the id of a List", e);
        id[n++] = one;
    }
    int place[2] = {sql_int(s, record_param(STR("List"), STR("item"))), sql_texts(s, id, n)};
    sql_put(s, &Q_search_list, place);
    return true;
}
