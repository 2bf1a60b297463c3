/* Selectors: "f:Patient/f:identifier[f:system/@value='x'][2]/@value". The part of XPath that RFC 5261 asks for, and
 * paths within comparisons, which FHIR's value attributes need. Each step is one look at the children of what was
 * found. */
#include "fhir/patch/xml_tree_priv.h"

#include <string.h>

/* ---- reading ---- */

struct scanner {
    struct patch *patch;
    struct xml_reader *reader;
    struct str rest;
};

static bool bad(struct err *e)
{
    return err_set(e, ERR_INVALID, "a 'sel' is a path of names, with [number] or [path='text'] behind them");
}

static bool take_char(struct scanner *s, char c)
{
    if (!s->rest.n || s->rest.p[0] != c)
        return false;
    s->rest = str_sub(s->rest, 1, s->rest.n);
    return true;
}

/* Letters, digits and what names may have besides; bytes of other alphabets are not looked at closely. */
static struct str take_name(struct scanner *s)
{
    size_t n = 0;
    while (n < s->rest.n) {
        unsigned char c = (unsigned char)s->rest.p[n];
        bool part = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80 ||
                    (c && strchr("_-.", c));
        if (!part)
            break;
        n++;
    }
    struct str name = str_sub(s->rest, 0, n);
    s->rest = str_sub(s->rest, n, s->rest.n);
    return name;
}

static bool take_function(struct scanner *s, struct str name, struct xml_name *ret_name)
{
    static const struct {
        const char *name;
        int what;
    } tests[] = {{"text", XML_TEXT}, {"comment", XML_COMMENT}};
    for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++)
        if (str_is(name, tests[i].name) && str_starts(s->rest, "()")) {
            s->rest = str_sub(s->rest, 2, s->rest.n);
            *ret_name = (struct xml_name){tests[i].what, STR(""), STR("")};
            return true;
        }
    return false;
}

static bool take_test(struct scanner *s, struct xml_name *ret_name, struct err *e)
{
    struct xml_name n = {XML_ELEMENT, STR(""), STR("")};
    if (take_char(s, '@'))
        n.what = XML_ATTRIBUTE;
    if (take_char(s, '*')) {
        *ret_name = n;
        return n.what == XML_ELEMENT || bad(e);
    }
    struct str prefix = STR(""), name = take_name(s);
    if (n.what == XML_ELEMENT && take_function(s, name, ret_name))
        return true;
    if (name.n && take_char(s, ':')) {
        prefix = name;
        name = take_name(s);
    }
    if (!name.n || strchr("0123456789-.", name.p[0]))
        return bad(e);
    n.name = name;
    if (n.what == XML_ELEMENT || prefix.n)
        n.space = xml_prefix(s->reader, prefix, s->patch->arena);
    if (prefix.n && !n.space.n)
        return err_set(e, ERR_INVALID, "a prefix of 'sel' is not declared");
    if (n.what == XML_ELEMENT && !n.space.n)
        n.space = STR(FHIR_SPACE); /* where nothing is declared nothing else can be meant */
    *ret_name = n;
    return true;
}

static bool take_quoted(struct scanner *s, struct str *ret_text)
{
    char quote = s->rest.n ? s->rest.p[0] : ' ';
    size_t end = quote == '"' || quote == '\'' ? 1 + str_find(str_sub(s->rest, 1, s->rest.n), quote) : s->rest.n;
    if (end >= s->rest.n)
        return false;
    *ret_text = str_sub(s->rest, 1, end - 1);
    s->rest = str_sub(s->rest, end + 1, s->rest.n);
    return true;
}

static bool take_comparison(struct scanner *s, struct xml_predicate *p, struct err *e)
{
    if (take_char(s, '.')) {
        p->path[p->n++] = (struct xml_name){XML_SELF, STR(""), STR("")};
    } else {
        do {
            if (p->n == sizeof p->path / sizeof p->path[0])
                return bad(e);
            if (!take_test(s, &p->path[p->n++], e))
                return false;
        } while (take_char(s, '/'));
    }
    s->rest = str_trim(s->rest);
    if (!take_char(s, '='))
        return bad(e);
    s->rest = str_trim(s->rest);
    return take_quoted(s, &p->text) || bad(e);
}

static bool take_predicate(struct scanner *s, struct xml_predicate *ret_predicate, struct err *e)
{
    struct xml_predicate p = {.n = 0};
    s->rest = str_trim(s->rest);
    if (s->rest.n && s->rest.p[0] >= '0' && s->rest.p[0] <= '9') {
        if (!str_int(take_name(s), &p.place) || p.place < 1)
            return bad(e);
    } else if (!take_comparison(s, &p, e)) {
        return false;
    }
    s->rest = str_trim(s->rest);
    *ret_predicate = p;
    return take_char(s, ']') || bad(e);
}

static bool take_step(struct scanner *s, struct xml_step *step, struct err *e)
{
    if (!take_test(s, &step->name, e))
        return false;
    while (take_char(s, '['))
        if (step->predicate_n == XML_PREDICATES_MAX)
            return bad(e);
        else if (!take_predicate(s, &step->predicates[step->predicate_n++], e))
            return false;
    return true;
}

bool xml_select_read(struct patch *p, struct xml_reader *x, struct str text, struct xml_selector *ret, struct err *e)
{
    struct scanner s = {p, x, str_trim(text)};
    memset(ret, 0, sizeof *ret);
    take_char(&s, '/');
    do {
        bool leaf = ret->n && ret->steps[ret->n - 1].name.what != XML_ELEMENT;
        if (ret->n == XML_STEPS_MAX || leaf)
            return bad(e);
        if (!take_step(&s, &ret->steps[ret->n++], e))
            return false;
    } while (take_char(&s, '/'));
    return !s.rest.n || bad(e);
}

/* ---- finding ---- */

static bool is(const struct xml_node *n, const struct xml_name *name)
{
    static const enum xml_event kinds[] = {
        [XML_ELEMENT] = XML_EVENT_START, [XML_TEXT] = XML_EVENT_TEXT, [XML_COMMENT] = XML_EVENT_COMMENT};
    if (name->what == XML_ATTRIBUTE || name->what == XML_SELF || n->kind != kinds[name->what])
        return false;
    return !name->name.n || (str_eq(n->name, name->name) && str_eq(n->space, name->space));
}

/* The text of an element is what its text nodes say, joined; here one of them must say it all. */
static bool says(const struct xml_node *n, struct str text)
{
    if (n->kind != XML_EVENT_START)
        return str_eq(n->text, text);
    return n->first && !n->first->next && n->first->kind == XML_EVENT_TEXT ? str_eq(n->first->text, text) : !text.n;
}

/* Some node at the rest of the predicate's path, from its name at on, below this one has the text. */
static bool compare(struct patch *p, const struct xml_node *n, const struct xml_predicate *by, size_t at,
                    bool *ret_equal, struct err *e)
{
    const struct xml_name *name = &by->path[at < by->n ? at : 0];
    *ret_equal = false;
    if (at == by->n || name->what == XML_SELF) {
        *ret_equal = says(n, by->text);
        return true;
    }
    if (name->what == XML_ATTRIBUTE) {
        const struct xml_value *v = xml_tree_attribute(n, name->name);
        *ret_equal = v && at + 1 == by->n && str_eq(v->text, by->text);
        return true;
    }
    for (const struct xml_node *m = n->first; m && !*ret_equal; m = m->next)
        if (!patch_step(p, 1, e) || (is(m, name) && !compare(p, m, by, at + 1, ret_equal, e)))
            return false;
    return true;
}

struct found {
    struct xml_node **nodes;
    size_t n;
};

static bool keep(struct patch *p, struct found *f, const struct xml_predicate *by, struct err *e)
{
    size_t kept = 0;
    for (size_t i = 0; i < f->n; i++) {
        bool fits = by->place == (int64_t)i + 1;
        if (!by->place && !compare(p, f->nodes[i], by, 0, &fits, e))
            return false;
        if (fits)
            f->nodes[kept++] = f->nodes[i];
    }
    f->n = kept;
    return true;
}

/* The children of one node that a step leads to, its predicates counted among them. */
static bool step_from(struct patch *p, const struct xml_step *step, const struct xml_node *from, struct found *f,
                      struct err *e)
{
    size_t many = 0;
    for (const struct xml_node *m = from->first; m; m = m->next)
        many++;
    if (!patch_step(p, 2 * ((int64_t)many + 1), e))
        return false;
    f->nodes = ARENA_ARRAY(p->arena, struct xml_node *, many + 1);
    f->n = 0;
    for (struct xml_node *m = from->first; m; m = m->next)
        if (is(m, &step->name))
            f->nodes[f->n++] = m;
    for (size_t i = 0; i < step->predicate_n; i++)
        if (!keep(p, f, &step->predicates[i], e))
            return false;
    return true;
}

static bool nothing(size_t n, struct err *e)
{
    return err_set(e, ERR_PROCESSING, n ? "'sel' leads to %zu places, not to one" : "'sel' leads to nothing", n);
}

/* Everything a path leads to; more than one is refused only at its end. */
static bool walk(struct patch *p, const struct xml_selector *s, size_t step, struct xml_node *from, struct found *all,
                 struct err *e)
{
    struct found here;
    bool attribute = step < s->n && s->steps[step].name.what == XML_ATTRIBUTE;
    if (step == s->n || attribute) {
        if (all->n < 2)
            all->nodes[all->n] = from;
        all->n++;
        return true;
    }
    if (!step_from(p, &s->steps[step], from, &here, e))
        return false;
    for (size_t i = 0; i < here.n; i++)
        if (!walk(p, s, step + 1, here.nodes[i], all, e))
            return false;
    return true;
}

bool xml_select(struct patch *p, const struct xml_selector *s, struct xml_node *document, struct xml_place *ret,
                struct err *e)
{
    struct xml_node *nodes[2] = {NULL, NULL};
    struct found all = {nodes, 0};
    const struct xml_name *last = &s->steps[s->n - 1].name;
    if (!walk(p, s, 0, document, &all, e))
        return false;
    if (all.n != 1)
        return nothing(all.n, e);
    *ret = (struct xml_place){nodes[0], NULL};
    if (last->what != XML_ATTRIBUTE)
        return true;
    ret->attribute = xml_tree_attribute(nodes[0], last->name);
    return ret->attribute || nothing(0, e);
}
