/* Checking a tree against the tables. Walks down type and node together; what is wrong becomes an issue with
 * its FHIRPath-like place, and the walk goes on. */
#include "fhir/model/check_priv.h"

#include <stdio.h>
#include <string.h>

static void check_object(struct fhir_checker *c, const struct fhir_node *n, const struct fhir_type *t,
                         const struct fhir_frame *f);

/* ---- issues ---- */
/* Write the place from the outermost frame inwards; what does not fit is cut. */
static size_t put_frame(char *to, size_t size, const struct fhir_frame *f)
{
    if (!f)
        return 0;
    size_t n = put_frame(to, size, f->up);
    if (n >= size - 1)
        return n;
    const char *dot = f->up ? "." : "";
    int more = 0;
    if (f->of_type.n)
        more = snprintf(to + n, size - n, "%s%.*s.ofType(%.*s)", dot, STR_ARG(f->name), STR_ARG(f->of_type));
    else if (f->index < 0)
        more = snprintf(to + n, size - n, "%s%.*s", dot, STR_ARG(f->name));
    else
        more = snprintf(to + n, size - n, "%s%.*s[%d]", dot, STR_ARG(f->name), f->index);
    n += more > 0 ? (size_t)more : 0;
    return n < size ? n : size - 1;
}

struct fhir_frame fhir_frame_below(const struct fhir_frame *up, const struct fhir_elem *el, int index)
{
    struct fhir_frame f = {.up = up, .name = fhir_elem_name(el), .index = index};
    if (el->choice) {
        f.of_type = fhir_type_name(fhir_elem_type(el));
        f.name = str_sub(f.name, 0, f.name.n - f.of_type.n);
    }
    return f;
}

void fhir_frame_text(const struct fhir_frame *f, char *ret_text, size_t size)
{
    ret_text[0] = '\0';
    put_frame(ret_text, size, f);
}

void fhir_visit_place(const struct fhir_visit *visit, char *ret_text, size_t size)
{
    fhir_frame_text(visit->frame, ret_text, size);
}

void fhir_issue_add(struct fhir_issues *all, const struct fhir_visit *visit, const struct fhir_issue *what)
{
    int *found = what->fatal ? &all->fatal_count : &all->warning_count;
    all->malformed |= what->fatal && strcmp(what->code, "structure") == 0;
    if (++*found > FHIR_ISSUES_MAX)
        return;
    struct fhir_issue *issue = ARENA_NEW(all->arena, struct fhir_issue);
    *issue = *what;
    issue->text = arena_cstr(all->arena, str_utf8_clip(str_of(what->text), FHIR_ISSUE_TEXT_MAX));
    if (!what->line) {
        issue->line = visit->node->line;
        issue->column = visit->node->column;
    }
    if (!what->expression[0])
        fhir_frame_text(visit->frame, issue->expression, sizeof issue->expression);
    issue->next = NULL;
    if (all->last)
        all->last->next = issue;
    else
        all->first = issue;
    all->last = issue;
    all->count++;
}

void fhir_complain(struct fhir_checker *c, const struct fhir_frame *f, const struct fhir_node *n, const char *code,
                   const char *text)
{
    const struct fhir_visit visit = {.node = n, .frame = f};
    const struct fhir_issue issue = {.fatal = true, .code = code, .text = text};
    fhir_issue_add(c->issues, &visit, &issue);
}

void fhir_warn(struct fhir_checker *c, const struct fhir_frame *f, const struct fhir_node *n, const char *code,
               const char *text)
{
    const struct fhir_visit visit = {.node = n, .frame = f};
    const struct fhir_issue issue = {.code = code, .text = text};
    fhir_issue_add(c->issues, &visit, &issue);
}

/* ---- primitives ---- */
static void check_code(struct fhir_checker *c, const struct fhir_node *n, const struct fhir_elem *el,
                       const struct fhir_frame *f)
{
    char text[200];
    bool extensible = el->flags & FHIR_ELEM_EXTENSIBLE;
    if ((extensible && !c->how->warnings) || fhir_code_in(el->binding, NULL, n->text))
        return;
    struct str url = fhir_pooled(fhir_value_set_pool, fhir_code_sets[el->binding - 1].url);
    snprintf(text, sizeof text, "not a code of value set %.*s", STR_ARG(url));
    (extensible ? fhir_warn : fhir_complain)(c, f, n, "code-invalid", text);
}

static void check_primitive(struct fhir_checker *c, const struct fhir_node *n, const struct fhir_elem *el,
                            const struct fhir_frame *f)
{
    unsigned format = fhir_elem_type(el)->format;
    char text[200];
    if (n->kind != fhir_format_kind(format)) {
        static const char *const kinds[] = {
            [FHIR_BOOL] = "boolean", [FHIR_NUMBER] = "number", [FHIR_STRING] = "string"};
        snprintf(text, sizeof text, "must be a JSON %s", kinds[fhir_format_kind(format)]);
        fhir_complain(c, f, n, "structure", text);
        return;
    }
    const char *wanted = n->text.n ? fhir_format_fault(format, n->text) : "not empty";
    if (wanted) {
        snprintf(text, sizeof text, "must be %s", wanted);
        fhir_complain(c, f, n, "value", text);
        return;
    }
    if (el->binding)
        check_code(c, n, el, f);
    struct err e = {0};
    if (format == FHIR_FORMAT_xhtml && !fhir_narrative_check(n->text, &e))
        fhir_complain(c, f, n, "value", e.text);
}

/* ---- one value of an element ---- */
static void check_value(struct fhir_checker *c, const struct fhir_node *n, const struct fhir_elem *el,
                        const struct fhir_frame *f)
{
    const struct fhir_type *t = fhir_elem_type(el);
    if (t->sort == FHIR_SORT_PRIMITIVE) {
        check_primitive(c, n, el, f);
        return;
    }
    if (n->kind != FHIR_OBJECT) {
        fhir_complain(c, f, n, "structure", "must be a JSON object");
        return;
    }
    if (t == &fhir_types[FHIR_T_Resource]) {
        fhir_check_resource(c, n, f, str_is(f->name, "contained"));
        return;
    }
    check_object(c, n, t, f);
    fhir_check_meaning(c, n, el, f);
}

/* The extensions of a primitive: an object with id and extension. */
static void check_sibling(struct fhir_checker *c, const struct fhir_node *n, const struct fhir_frame *f)
{
    if (n->kind == FHIR_OBJECT)
        check_object(c, n, &fhir_types[FHIR_T_Element], f);
    else
        fhir_complain(c, f, n, "structure", "must be a JSON object");
}

/* Two arrays may stand for one element, values and their extensions: null in one needs something in the
 * other. */
static void check_array(struct fhir_checker *c, const struct fhir_node *array, const struct fhir_elem *el,
                        const struct fhir_node *other, struct fhir_frame *f)
{
    bool sibling = array->key.n && array->key.p[0] == '_';
    const struct fhir_node *beside = other && other->kind == FHIR_ARRAY ? other->first : NULL;
    if (!array->first)
        fhir_complain(c, f, array, "structure", "an array must not be empty");
    f->index = 0;
    for (const struct fhir_node *item = array->first; item; item = item->next, f->index++) {
        bool paired = beside && beside->kind != FHIR_NULL;
        if (item->kind == FHIR_NULL && !paired)
            fhir_complain(c, f, item, "structure", "null needs a value or extensions at the same position");
        else if (item->kind != FHIR_NULL && sibling)
            check_sibling(c, item, f);
        else if (item->kind != FHIR_NULL)
            check_value(c, item, el, f);
        beside = beside ? beside->next : NULL;
    }
}

/* ---- an object's members ---- */
struct seen {
    uint64_t rows[FHIR_TYPE_ROWS_MAX / 64], siblings[FHIR_TYPE_ROWS_MAX / 64]; /* values, and what extends them */
    const struct fhir_elem *choices[FHIR_TYPE_CHOICES_MAX];                    /* the form seen first */
};

static bool has_row(const struct seen *s, unsigned row)
{
    return ((s->rows[row / 64] | s->siblings[row / 64]) >> (row % 64)) & 1;
}

static void tell_twice(struct fhir_checker *c, const struct fhir_node *m, const struct fhir_frame *f)
{
    char text[120];
    struct str key = str_utf8_clip(m->key, 64);
    snprintf(text, sizeof text, "member '%.*s' is there twice", STR_ARG(key));
    fhir_complain(c, f, m, "structure", text);
}

/* Both halves of a primitive count as the one element. */
static void note_seen(struct fhir_checker *c, struct seen *s, const struct fhir_elem *el, unsigned row,
                      const struct fhir_node *m, const struct fhir_frame *f)
{
    uint64_t *half = m->key.p[0] == '_' ? s->siblings : s->rows, bit = (uint64_t)1 << (row % 64);
    if (half[row / 64] & bit)
        tell_twice(c, m, f);
    half[row / 64] |= bit;
    if (!el->choice)
        return;
    const struct fhir_elem **form = &s->choices[el->choice - 1];
    if (*form && *form != el)
        fhir_complain(c, f, m, "structure", "only one form of this choice element may be there");
    *form = el;
}

static void check_unknown(struct fhir_checker *c, const struct fhir_node *m, const struct fhir_type *t,
                          const struct fhir_frame *f)
{
    char text[200];
    struct str key = str_utf8_clip(m->key, 64);
    snprintf(text, sizeof text, "%s has no element '%.*s'", fhir_type_name(t).p, STR_ARG(key));
    fhir_complain(c, f, m, "structure", text);
}

static const struct fhir_node *other_half(const struct fhir_node *object, const struct fhir_node *m, bool sibling)
{
    for (const struct fhir_node *n = object->first; n; n = n->next) {
        const struct fhir_node *longer = sibling ? m : n, *shorter = sibling ? n : m;
        if (longer->key.n == shorter->key.n + 1 && longer->key.p[0] == '_' &&
            memcmp(longer->key.p + 1, shorter->key.p, shorter->key.n) == 0)
            return n;
    }
    return NULL;
}

static void check_member(struct fhir_checker *c, const struct fhir_node *object, const struct fhir_node *m,
                         const struct fhir_type *t, struct seen *s, const struct fhir_frame *up)
{
    bool sibling = m->key.n > 1 && m->key.p[0] == '_';
    const struct fhir_elem *el = fhir_elem_find(t, sibling ? str_sub(m->key, 1, m->key.n) : m->key);
    if (!el || (sibling && fhir_elem_type(el)->sort != FHIR_SORT_PRIMITIVE)) {
        check_unknown(c, m, t, up);
        return;
    }
    struct fhir_frame here = fhir_frame_below(up, el, -1), *f = &here;
    note_seen(c, s, el, (unsigned)(el - fhir_elems) - t->first, m, f);
    bool array = (el->flags & FHIR_ELEM_ARRAY) != 0;
    if (array != (m->kind == FHIR_ARRAY)) {
        fhir_complain(c, f, m, "structure", array ? "must be a JSON array" : "must not be a JSON array");
        return;
    }
    if (array) {
        bool primitive = fhir_elem_type(el)->sort == FHIR_SORT_PRIMITIVE;
        check_array(c, m, el, primitive ? other_half(object, m, sibling) : NULL, f);
    } else if (sibling) {
        check_sibling(c, m, f);
    } else {
        check_value(c, m, el, f);
    }
}

static void check_required(struct fhir_checker *c, const struct fhir_node *n, const struct fhir_type *t,
                           const struct seen *s, const struct fhir_frame *f)
{
    unsigned told = 0; /* a choice element has a row for each form, but is missing once */
    for (unsigned row = 0; row < t->count; row++) {
        const struct fhir_elem *el = &fhir_elems[t->first + row];
        if (!el->min || has_row(s, row))
            continue;
        unsigned bit = el->choice ? 1u << (el->choice - 1) : 0;
        if (bit && ((told & bit) || s->choices[el->choice - 1]))
            continue;
        told |= bit;
        char text[200];
        snprintf(text, sizeof text, "element '%s'%s is required", fhir_elem_name(el).p,
                 el->choice ? " or another of its forms" : "");
        fhir_complain(c, f, n, "required", text);
    }
}

static void check_object(struct fhir_checker *c, const struct fhir_node *n, const struct fhir_type *t,
                         const struct fhir_frame *f)
{
    struct seen s = {0};
    bool resource = t->sort == FHIR_SORT_RESOURCE, empty = true;
    int faults = c->issues->fatal_count;
    int named = 0;
    for (const struct fhir_node *m = n->first; m; m = m->next) {
        if (resource && str_is(m->key, "resourceType")) {
            if (named++)
                tell_twice(c, m, f);
            continue;
        }
        check_member(c, n, m, t, &s, f);
        empty = false;
    }
    if (empty && !resource)
        fhir_complain(c, f, n, "structure", "an object must not be empty");
    bool only_id = n->first && !n->first->next && str_is(n->first->key, "id");
    if (only_id && !resource && t != &fhir_types[FHIR_T_Element])
        fhir_complain(c, f, n, "invariant", "an element must have more than an id (ele-1)");
    check_required(c, n, t, &s, f);
    const struct fhir_visit visit = {n, t, c->own, c->resource, f};
    if (c->how->visit && c->issues->fatal_count == faults)
        c->how->visit(c->how->ctx, &visit, c->issues);
}

/* ---- resources ---- */
void fhir_check_resource(struct fhir_checker *c, const struct fhir_node *n, const struct fhir_frame *f, bool contained)
{
    const struct fhir_type *t = fhir_type_of(&fhir_types[FHIR_T_Resource], n);
    if (!t) {
        fhir_complain(c, f, n, "structure", "resourceType must name a resource type");
        return;
    }
    const struct fhir_checker outer = *c;
    if (contained && fhir_member(n, "contained"))
        fhir_complain(c, f, n, "invariant", "a contained resource must not contain others");
    if (!contained) /* references with '#' look into the resource around them */
        *c = (struct fhir_checker){.issues = c->issues, .resource = n, .how = outer.how};
    c->own = n;
    check_object(c, n, t, f);
    c->own = outer.own;
    if (!contained)
        *c = outer;
}

bool fhir_check(const struct fhir_node *resource, struct fhir_issues *ret_issues)
{
    static const struct fhir_checking plain = {.visit = NULL};
    return fhir_check_visiting(resource, &plain, ret_issues);
}

bool fhir_check_visiting(const struct fhir_node *resource, const struct fhir_checking *how,
                         struct fhir_issues *ret_issues)
{
    struct fhir_checker c = {.issues = ret_issues, .resource = resource, .how = how};
    const struct fhir_type *t = fhir_type_of(&fhir_types[FHIR_T_Resource], resource);
    struct fhir_frame top = {.name = t ? fhir_type_name(t) : STR("Resource"), .index = -1};
    int before = ret_issues->fatal_count;
    fhir_check_resource(&c, resource, &top, false);
    return ret_issues->fatal_count == before;
}
