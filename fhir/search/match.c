/* Searches that come as text and not as a request: criteria of subscriptions. */
#include "fhir/search/search_priv.h"

#include <string.h>

#include "schema/queries.h"

static int hex(char c)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    const char *at = c ? strchr(digits, c) : NULL;
    int n = at ? (int)(at - digits) : -1;
    return n > 15 ? n - 6 : n;
}

/* "a%2Cb+c" is "a,b c"; what is no escape stays as it is. */
static struct str decode(struct arena *a, struct str s)
{
    char *to = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool escape = s.p[i] == '%' && i + 2 < s.n && hex(s.p[i + 1]) >= 0 && hex(s.p[i + 2]) >= 0;
        to[n++] = escape ? (char)(hex(s.p[i + 1]) * 16 + hex(s.p[i + 2])) : s.p[i] == '+' ? ' ' : s.p[i];
        i += escape ? 2 : 0;
    }
    return (struct str){to, n};
}

/* " AND …" for every "name:modifier=value" of the text. */
static bool compile(struct op *op, struct sql *s, struct str type, struct str text, struct err *e)
{
    struct str rest = text, part;
    struct str base = fhir_base(op);
    int n = 0;
    while (text.n && str_next(&rest, '&', &part)) {
        size_t equals = str_find(part, '=');
        struct str name = decode(op->arena, str_sub(part, 0, equals));
        struct query_filter f = query_filter(name, decode(op->arena, str_sub(part, equals + 1, part.n)));
        if (equals == part.n || !f.value.n || ++n > PARAMETERS_MAX || !str_utf8_valid(f.value))
            return err_set(e, ERR_INVALID, "the search is not of the form name=value&name=value");
        if (!condition_put(s, type, &f, base, e))
            return false;
    }
    return buf_ok(&s->text, e);
}

static void start(struct sql *s, struct op *op, struct str type)
{
    sql_start(s, op->arena);
    s->op = op;
    db_text_opt(&s->args, op->access);
    sql_text(s, type);
}

bool fhir_search_check(struct op *op, struct str type, struct str text, struct err *e)
{
    struct sql s CLEANUP(sql_release);
    start(&s, op, type);
    return compile(op, &s, type, text, e);
}

bool fhir_search_matches(struct op *op, const struct record_doc *doc, struct str text, bool *ret_matches, struct err *e)
{
    struct sql s CLEANUP(sql_release);
    start(&s, op, doc->type);
    sql_put(&s, &Q_search_count, NULL);
    sql_put(&s, &Q_search_from, NULL);
    sql_put(&s, &Q_search_seen, NULL);
    buf_puts(&s.text, " AND");
    sql_put(&s, &Q_search_type, NULL);
    buf_puts(&s.text, " AND");
    sql_put(&s, &Q_search_id, (int[]){sql_texts(&s, &doc->id, 1)});
    if (!compile(op, &s, doc->type, text, e))
        return false;
    const struct db_rows *rows = sql_run(&s, op->db, "search_matches", e);
    *ret_matches = rows && db_get_int(rows, 0, 0) > 0;
    return rows != NULL;
}
