/* What _summary and _elements ask for; fhir/rest cuts answers down to it. */
#include "fhir/search/search_priv.h"

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
