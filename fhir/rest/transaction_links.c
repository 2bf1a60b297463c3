/* How the entries of a transaction refer to each other: by fullUrl, by address, by criteria; and that no two of them
 * write one document. */
#include "fhir/rest/batch_priv.h"

#include <stdlib.h>

#include "fhir/model/links.h"

struct link {
    struct str key;
    struct entry *to;
    bool name; /* a fullUrl; else what it writes */
};

struct edge { /* one entry refers to another */
    struct entry *from, *to;
};

struct found { /* a conditional reference, looked up once */
    struct str text, literal;
};

struct links {
    struct batch *b;
    struct op *op;
    struct link *at;
    size_t n;
    struct edge *edge;
    size_t edges, edge_room;
    size_t *first; /* of each entry: its edges are together */
    struct found *found;
    size_t founds;
    struct entry *x; /* whose links are followed now */
};

/* ---- names ---- */

static bool may_be_named(const struct entry *x)
{
    return x->kind == ENTRY_CREATE || x->kind == ENTRY_UPDATE;
}

static struct str id_of(const struct entry *x)
{
    const struct rest_write *w = &x->write;
    if (w->existing)
        return w->existing->id;
    if (x->made)
        return x->made->id;
    return w->id.n || !x->resource ? w->id : fhir_text(x->resource, "id");
}

static struct str literal(const struct links *l, const struct entry *x)
{
    return arena_printf(l->op->arena, "%.*s/%.*s", STR_ARG(x->write.type), STR_ARG(id_of(x)));
}

static void add(struct links *l, struct str key, struct entry *to, bool name)
{
    if (key.n)
        l->at[l->n++] = (struct link){key, to, name};
}

static int by_key(const void *a, const void *b)
{
    const struct link *x = a, *y = b;
    int c = str_cmp(x->key, y->key);
    if (c || x->name != y->name)
        return c ? c : x->name ? -1 : 1;
    return x->to->number < y->to->number ? -1 : x->to->number > y->to->number;
}

static bool refuse_second(const struct link *first, const struct link *second, struct err *e)
{
    err_set(e, ERR_INVALID, "entry %zu writes the same document", first->to->number);
    return err_at(e, "Bundle.entry[%zu]", second->to->number);
}

bool links_start(struct batch *b, struct op *op, struct links **ret_links, struct err *e)
{
    struct links *l = ARENA_NEW(op->arena, struct links);
    l->b = b;
    l->op = op;
    l->at = ARENA_ARRAY(op->arena, struct link, 3 * b->n + 1);
    l->first = ARENA_ARRAY(op->arena, size_t, b->n + 1);
    for (size_t i = 0; i < b->n; i++) {
        struct entry *x = &b->entry[i];
        if (may_be_named(x))
            add(l, x->full_url, x, true);
        if (x->kind == ENTRY_OTHER || x->write.existing)
            continue;
        if (id_of(x).n)
            add(l, literal(l, x), x, false);
        add(l, x->criteria, x, false);
    }
    qsort(l->at, l->n, sizeof *l->at, by_key);
    for (size_t i = 1; i < l->n; i++)
        if (!l->at[i].name && !l->at[i - 1].name && str_eq(l->at[i].key, l->at[i - 1].key))
            return refuse_second(&l->at[i - 1], &l->at[i], e);
    *ret_links = l;
    return true;
}

static struct entry *find(const struct links *l, struct str key)
{
    size_t low = 0, high = l->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_cmp(l->at[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < l->n && str_eq(l->at[low].key, key) ? l->at[low].to : NULL;
}

/* "Patient/1" in an entry called "http://h/fhir/Observation/2" means "http://h/fhir/Patient/1". */
static struct entry *find_beside(const struct links *l, struct str reference)
{
    struct str base = l->x->full_url;
    if (!str_starts(base, "http") || str_find(reference, ':') < reference.n)
        return NULL;
    for (int slashes = 0; base.n && slashes < 2; base.n--)
        slashes += base.p[base.n - 1] == '/';
    return find(l, arena_printf(l->op->arena, "%.*s/%.*s", STR_ARG(base), STR_ARG(reference)));
}

/* ---- following ---- */

static void note_edge(struct links *l, struct entry *to)
{
    ARENA_ROOM(l->op->arena, l->edge, l->edges, 1, l->edge_room);
    l->edge[l->edges++] = (struct edge){l->x, to};
}

/* What a text that names an entry becomes; false when it names none. */
static bool rename_text(struct links *l, struct str *text, bool reference)
{
    struct entry *to = find(l, *text);
    if (!to && reference)
        to = find_beside(l, *text);
    if (!to || !id_of(to).n)
        return false;
    *text = literal(l, to);
    note_edge(l, to);
    return true;
}

static struct found *found_before(struct links *l, struct str text)
{
    for (size_t i = 0; i < l->founds; i++)
        if (str_eq(l->found[i].text, text))
            return &l->found[i];
    return NULL;
}

enum { FOUND_MAX = 256 }; /* more are looked up again: remembering all would be quadratic */

static bool follow_criteria(struct links *l, struct str *text, struct err *e)
{
    struct found *f = found_before(l, *text);
    struct str asked = *text;
    if (f) {
        *text = f->literal;
        return true;
    }
    if (!reference_find(l->op, asked, text, e))
        return false;
    if (!l->found)
        l->found = ARENA_ARRAY(l->op->arena, struct found, FOUND_MAX);
    if (l->founds < FOUND_MAX)
        l->found[l->founds++] = (struct found){asked, *text};
    return true;
}

/* The next value of an href or src in a narrative, from *at on. */
static bool next_link(struct str div, size_t *at, struct str *ret_value)
{
    for (size_t i = *at; i + 6 < div.n; i++) {
        struct str rest = str_sub(div, i, div.n - i);
        size_t n = str_starts(rest, "href=") ? 5 : str_starts(rest, "src=") ? 4 : 0;
        if (!n || (rest.p[n] != '"' && rest.p[n] != '\''))
            continue;
        struct str value = str_sub(rest, n + 1, rest.n);
        *ret_value = str_sub(value, 0, str_find(value, rest.p[n]));
        *at = (size_t)(ret_value->p - div.p) + ret_value->n;
        return true;
    }
    return false;
}

static bool follow_narrative(struct links *l, struct fhir_node *n, struct err *e)
{
    struct buf out CLEANUP(buf_release);
    struct str value;
    size_t at = 0, copied = 0;
    bool any = false;
    buf_init(&out, BODY_MAX);
    while (next_link(n->text, &at, &value)) {
        struct str before = str_sub(n->text, copied, (size_t)(value.p - n->text.p) - copied);
        if (!rename_text(l, &value, false))
            continue;
        any = true;
        buf_str(&out, before);
        buf_str(&out, value);
        copied = at;
    }
    if (!any)
        return true;
    buf_str(&out, str_sub(n->text, copied, n->text.n - copied));
    if (!buf_ok(&out, e))
        return false;
    n->text = arena_str(l->op->arena, buf_view(&out));
    return true;
}

static bool follow(void *ctx, struct fhir_node *n, enum fhir_link kind, const char *expression, struct err *e)
{
    struct links *l = ctx;
    if (kind == FHIR_LINK_NARRATIVE)
        return follow_narrative(l, n, e);
    if (rename_text(l, &n->text, kind == FHIR_LINK_REFERENCE) || kind != FHIR_LINK_REFERENCE ||
        !reference_is_conditional(n->text))
        return true;
    return follow_criteria(l, &n->text, e) || err_at(e, "%s", expression);
}

bool links_follow(struct links *l, struct err *e)
{
    for (size_t i = 0; i < l->b->n; i++) {
        l->x = &l->b->entry[i];
        l->first[i] = l->edges;
        if (may_be_named(l->x) && !l->x->write.existing && !fhir_links(l->x->resource, follow, l, e))
            return entry_blame(l->x, e);
    }
    l->first[l->b->n] = l->edges;
    return true;
}

/* ---- order ---- */

/* Depth first; at most BUNDLE_ENTRIES_MAX deep. A cycle is cut where it is met. */
static void visit(struct links *l, struct entry *x, struct entry **order, size_t *n)
{
    if (x->visited || !may_be_named(x))
        return;
    x->visited = true;
    for (size_t i = l->first[x->number]; i < l->first[x->number + 1]; i++)
        visit(l, l->edge[i].to, order, n);
    order[(*n)++] = x;
}

struct entry **links_order(struct links *l, size_t *ret_n)
{
    struct entry **order = ARENA_ARRAY(l->op->arena, struct entry *, l->b->n + 1);
    *ret_n = 0;
    /* a report is linked by what the steps of its order tell, which it does not refer to */
    for (size_t i = 0; i < l->b->n; i++)
        if (!str_is(l->b->entry[i].write.type, "DiagnosticReport"))
            visit(l, &l->b->entry[i], order, ret_n);
    for (size_t i = 0; i < l->b->n; i++)
        visit(l, &l->b->entry[i], order, ret_n);
    return order;
}
