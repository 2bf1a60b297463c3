/* _summary and _elements: answers cut down to what was asked for, whichever interaction gave them. */
#include "fhir/rest/rest_priv.h"

enum { ELEMENTS_MAX = 100 };

static bool take_mode(struct str value, struct fhir_part *part, struct err *e)
{
    static const struct {
        const char *value;
        enum fhir_part_kind kind;
    } modes[] = {{"true", FHIR_PART_SUMMARY},
                 {"text", FHIR_PART_TEXT},
                 {"data", FHIR_PART_DATA},
                 {"false", FHIR_PART_ALL},
                 {"count", FHIR_PART_ALL}};
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++)
        if (str_is(value, modes[i].value)) {
            part->kind = modes[i].kind;
            return true;
        }
    return err_set(e, ERR_INVALID, "_summary is true, text, data, count or false");
}

static bool take_names(struct arena *a, struct str value, struct fhir_part *part, struct err *e)
{
    struct str *names = ARENA_ARRAY(a, struct str, ELEMENTS_MAX);
    part->elements = names;
    part->n = 0;
    while (str_next(&value, ',', &names[part->n])) {
        struct str name = names[part->n] = str_trim(names[part->n]);
        if (!name.n || name.n > 200)
            return err_set(e, ERR_INVALID, "_elements is a list of element names");
        if (++part->n == ELEMENTS_MAX && value.p)
            return err_set(e, ERR_INVALID, "_elements has at most %d names", ELEMENTS_MAX - 1);
        if (part->n == ELEMENTS_MAX)
            break;
    }
    part->kind = FHIR_PART_ELEMENTS;
    return true;
}

bool summary_take(struct arena *a, struct http_pair p, struct summary *s, struct err *e)
{
    bool elements = str_is(p.name, "_elements");
    bool *given = elements ? &s->elements_given : &s->mode_given;
    struct fhir_part part = {.kind = FHIR_PART_ALL};
    if (*given)
        return err_set(e, ERR_INVALID, "%s is given once", elements ? "_elements" : "_summary");
    *given = true;
    if (!(elements ? take_names(a, p.value, &part, e) : take_mode(p.value, &part, e)))
        return false;
    s->count = s->count || (!elements && str_is(p.value, "count"));
    s->contradicts = s->contradicts || (s->elements_given && !elements && !str_is(p.value, "false")) ||
                     (elements && (s->count || s->part.kind != FHIR_PART_ALL));
    if (s->contradicts)
        return err_set(e, ERR_INVALID, "_summary and _elements are two answers to one question: give one of them");
    if (part.kind != FHIR_PART_ALL)
        s->part = part;
    return true;
}

bool summary_paths(const struct summary *s, struct str type, struct err *e)
{
    for (size_t i = 0; i < s->part.n; i++)
        if (!fhir_part_path(type, s->part.elements[i]))
            return err_set(e, ERR_INVALID, "_elements: %.*s has no element '%.*s'", STR_ARG(type),
                           STR_ARG(str_utf8_clip(s->part.elements[i], 60)));
    return true;
}

bool summary_is_name(struct str name)
{
    return str_is(name, "_summary") || str_is(name, "_elements");
}

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
