/* The words of a document: of its narrative, and all of them. Folded as strings are, so that case and accents do not
 * matter; the tags of a narrative are left to PostgreSQL's parser, which knows them. */
#include "record/index_priv.h"

enum { TEXT_MAX = 200 * 1000 };

/* Bytes and names of the format are no words, nor is what only machines read: each document would bring words of its
 * own to the index that nobody asks for in words (they have parameters). */
static bool is_silent(struct str key)
{
    static const char *const keys[] = {"data",      "resourceType", "contentType", "hash", "lastUpdated",
                                       "versionId", "system",       "reference",   "url"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (str_is(key, keys[i]))
            return true;
    return false;
}

/* "2027-01-01T08:00:00+00:00": the parser would make a dozen words of it. */
static bool is_time(struct str s)
{
    clock_us from, to;
    return s.n > 10 && s.p[4] == '-' && s.p[10] == 'T' && clock_range(s, &from, &to);
}

static void add(struct index_rows *rows, const struct fhir_node *n, struct buf *b)
{
    if (b->n > TEXT_MAX || is_silent(n->key))
        return;
    if (n->kind == FHIR_STRING && !is_time(n->text)) {
        buf_str(b, str_utf8_clip(n->text, TEXT_MAX));
        buf_putc(b, ' ');
    }
    for (const struct fhir_node *m = n->first; m; m = m->next)
        add(rows, m, b);
}

static struct str words_of(struct index_rows *rows, const struct fhir_node *n)
{
    struct buf b CLEANUP(buf_release);
    buf_init(&b, 2 * TEXT_MAX + 16);
    if (n)
        add(rows, n, &b);
    return str_utf8_clip(record_fold(rows->arena, buf_view(&b)), TEXT_MAX);
}

void index_collect_text(struct index_rows *rows, const struct fhir_node *node)
{
    index_add_text(rows, words_of(rows, fhir_at(node, "text.div")), words_of(rows, node));
}
