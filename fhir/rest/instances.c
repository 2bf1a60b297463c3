/* The instances of an ImagingStudy: left out unless _elements names series.instance, then a page of them, with the
 * address of the next page in meta.extension (a study in a searchset has no headers of its own) and, for a read, in a
 * Link header too. */
#include "fhir/rest/search_priv.h"

#include "domain/resource.h"
#include "domain/study.h"

enum { READ_DEFAULT = 1000, READ_MAX = 5000, MATCH_LIMIT = 100 };

static const char next_page[] = "meta.extension[url=urn:isocentre:next-instances].valueUrl";

bool instances_wanted(const struct fhir_part *part)
{
    static const char *const names[] = {"series.instance", "ImagingStudy.series.instance"};
    if (part->kind != FHIR_PART_ELEMENTS)
        return false;
    for (size_t i = 0; i < part->n; i++)
        for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
            struct str name = part->elements[i], head = str_of(names[k]);
            if (str_starts(name, names[k]) && (name.n == head.n || name.p[head.n] == '.'))
                return true;
        }
    return false;
}

/* "12-3456": the place behind that instance of that series. */
static bool read_cursor(struct str text, struct study_view *view, struct err *e)
{
    struct str rest = text, first;
    if (!text.n)
        return true;
    if (str_next(&rest, '-', &first) && rest.p && str_int(first, &view->series) && str_int(rest, &view->instance) &&
        view->series > 0 && view->instance > 0)
        return true;
    return err_set(e, ERR_INVALID, "_cursor is no page this server gave");
}

static bool read_count(struct str text, struct study_view *view, struct err *e)
{
    int64_t n;
    view->limit = READ_DEFAULT;
    if (!text.n)
        return true;
    if (!str_int(text, &n) || n < 1)
        return err_set(e, ERR_INVALID, "_count is how many instances a page has, from 1");
    view->limit = n > READ_MAX ? READ_MAX : (int)n;
    return true;
}

struct wanted { /* a page of instances: of a document at base, with these elements */
    struct str base;
    const struct fhir_part *part;
    struct study_view view;
};

static struct str next_url(struct arena *a, const struct record_doc *doc, const struct wanted *w)
{
    const struct fhir_part *part = w->part;
    struct str names = STR("");
    for (size_t i = 0; i < part->n; i++)
        names = arena_printf(a, "%.*s%s%.*s", STR_ARG(names), i ? "," : "",
                             STR_ARG(query_escape(a, part->elements[i])));
    return arena_printf(a, "%.*s/ImagingStudy/%.*s?_elements=%.*s&_count=%d&_cursor=%lld-%lld",
                        STR_ARG(w->base), STR_ARG(doc->id), STR_ARG(names), w->view.limit,
                        (long long)w->view.series, (long long)w->view.instance);
}

static bool render(struct op *op, struct record_doc *doc, struct wanted *w, struct str *ret_next, struct err *e)
{
    struct domain d = gate_domain(op);
    *ret_next = STR("");
    if (!study_render(&d, doc, &w->view, e))
        return false;
    if (w->view.more) {
        *ret_next = next_url(op->arena, doc, w);
        if (!fhir_set(op->arena, doc->node, next_page, *ret_next, e))
            return false;
    }
    return resource_write(&d, doc, e);
}

static bool is_study(const struct record_doc *doc)
{
    return str_is(doc->type, "ImagingStudy") && !doc->deleted;
}

bool instances_read(struct op *op, struct gate_http *h, struct str base, struct record_doc *doc, struct err *e)
{
    struct summary s;
    struct str next;
    struct wanted w = {.base = base, .part = &s.part};
    struct domain d = gate_domain(op);
    if (!is_study(doc))
        return true;
    if (!summary_read(op, h->request, &s, e))
        return false;
    if (!instances_wanted(&s.part))
        return resource_render(&d, doc, e);
    if (!read_count(http_query(h->request, "_count"), &w.view, e) ||
        !read_cursor(http_query(h->request, "_cursor"), &w.view, e) || !render(op, doc, &w, &next, e))
        return false;
    if (next.n)
        http_set(h->response, "Link", arena_printf(op->arena, "<%.*s>; rel=\"next\"", STR_ARG(next)));
    return true;
}

bool instances_match(struct op *op, struct str base, const struct fhir_part *part, struct record_doc *doc,
                     struct err *e)
{
    struct str next;
    struct wanted w = {.base = base, .part = part, .view = {.limit = MATCH_LIMIT}};
    struct domain d = gate_domain(op);
    if (!is_study(doc) || !instances_wanted(part))
        return resource_render(&d, doc, e);
    return render(op, doc, &w, &next, e);
}
