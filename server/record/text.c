/* The words of a document: of its narrative, and all of them. Folded as strings are, so that case and accents do not
 * matter; the tags of a narrative are left to PostgreSQL's parser, which knows them. */
#include "record/index_priv.h"

enum { TEXT_MAX = 200 * 1000 };

/* Bytes and names of the format are no words. */
static bool is_silent(struct str key)
{
    return str_is(key, "data") || str_is(key, "resourceType") || str_is(key, "contentType") || str_is(key, "hash");
}

static void add(struct index_rows *rows, const struct fhir_node *n, struct buf *b)
{
    if (b->n > TEXT_MAX || is_silent(n->key))
        return;
    if (n->kind == FHIR_STRING) {
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
    rows->has_text = true;
    rows->narrative = words_of(rows, fhir_at(node, "text.div"));
    rows->content = words_of(rows, node);
}
