/* _summary and _elements: answers cut down to what was asked for, whichever interaction gave them. */
#include "fhir/rest/rest_priv.h"

bool summary_read(struct op *op, const struct http_request *r, struct summary *ret_summary, struct err *e)
{
    *ret_summary = (struct summary){.part = {.kind = FHIR_PART_ALL}};
    for (size_t i = 0; i < r->query_count; i++)
        if (summary_is_name(r->query[i].name) && !summary_take(op->arena, r->query[i], ret_summary, e))
            return false;
    return true;
}

/* What a server put together holds the resources that were asked for; any other resource is one itself. */
static bool holds_answers(const struct fhir_node *n)
{
    static const char *const types[] = {"searchset", "history", "batch-response", "transaction-response"};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (str_is(fhir_text(n, "resourceType"), "Bundle") && str_is(fhir_text(n, "type"), types[i]))
            return true;
    return false;
}

static void replace(struct fhir_node *object, struct fhir_node *old, struct fhir_node *with)
{
    struct fhir_node *after = NULL;
    with->key = old->key;
    with->next = old->next;
    for (struct fhir_node *m = object->first; m && m != old; m = m->next)
        after = m;
    *(after ? &after->next : &object->first) = with;
    if (object->last == old)
        object->last = with;
}

static void cut_entry(struct arena *a, struct fhir_node *entry, const struct fhir_part *part)
{
    for (struct fhir_node *m = entry->first; m; m = m->next) {
        if (!str_is(m->key, "resource"))
            continue;
        if (!str_is(fhir_text(entry, "search.mode"), "outcome"))
            replace(entry, m, fhir_part(a, m, part));
        return;
    }
}

bool summary_cut(struct op *op, const struct fhir_part *part, struct str *json, struct err *e)
{
    struct buf b CLEANUP(buf_release);
    struct fhir_node *n = fhir_parse_json(op->arena, *json, e);
    buf_init(&b, ANSWER_MAX);
    if (!n)
        return err_wrap(e, "own answer");
    const struct fhir_node *entries = holds_answers(n) ? fhir_member(n, "entry") : NULL;
    if (!holds_answers(n))
        n = fhir_part(op->arena, n, part);
    for (struct fhir_node *entry = entries ? entries->first : NULL; entry; entry = entry->next)
        cut_entry(op->arena, entry, part);
    if (!fhir_write_json(n, false, &b, e) || !buf_ok(&b, e))
        return false;
    *json = arena_str(op->arena, buf_view(&b));
    return true;
}
