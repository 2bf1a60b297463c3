/* Running search programs (see tables_priv.h) over a resource. */
#include "fhir/model/extract_priv.h"
#include "fhir/model/path_priv.h"
#include "fhir/model/reference_priv.h"
#include "fhir/model/tables_priv.h"

/* ---- the machine ---- */
static struct str word_text(uint16_t word)
{
    return fhir_pooled(fhir_search_pool, word);
}

static bool has_extension(const struct fhir_node *n, struct str url)
{
    const struct fhir_node *all = fhir_member(n, "extension");
    for (const struct fhir_node *ext = all ? all->first : NULL; ext; ext = ext->next)
        if (str_eq(fhir_text(ext, "url"), url))
            return true;
    return false;
}

static bool refers_to(const struct fhir_node *n, struct str type)
{
    struct str named = fhir_reference_type(fhir_text(n, "reference"));
    return str_eq(named.n ? named : fhir_text(n, "type"), type);
}

static bool tell_not_false(struct extraction *x, const struct fhir_node *n, const uint16_t *w)
{
    bool yes = false;
    for (unsigned i = 0; i < w[1]; i++) {
        const struct fhir_node *m = fhir_member_of(n, word_text(w[2 + i]));
        yes = yes || (m && !(m->kind == FHIR_BOOL && str_is(m->text, "false")));
    }
    struct fhir_value v = {.text = yes ? STR("true") : STR("false"), .kind = x->kind};
    return x->found(x->ctx, x->param, &v, x->e);
}

static bool run(struct extraction *x, const struct fhir_node *n, const uint16_t *w);

static bool run_step(struct extraction *x, const struct fhir_node *n, const uint16_t *w)
{
    const struct fhir_node *m = fhir_member_of(n, word_text(w[1]));
    const uint16_t *next = w + 2;
    int wanted = -1, at = 0;
    if (*next == FHIR_OP_INDEX) {
        wanted = next[1];
        next += 2;
    }
    if (!m || m->kind != FHIR_ARRAY)
        return !m || wanted > 0 || run(x, m, next);
    for (const struct fhir_node *item = m->first; item; item = item->next, at++)
        if ((wanted < 0 || wanted == at) && !run(x, item, next))
            return false;
    return true;
}

static bool run_composite(struct extraction *x, const struct fhir_node *n, const uint16_t *w);

/* One alternative, from the word w on, at the node n. */
static bool run(struct extraction *x, const struct fhir_node *n, const uint16_t *w)
{
    for (;;) {
        switch (*w) {
        case FHIR_OP_STEP:
            return run_step(x, n, w);
        case FHIR_OP_EQUALS: {
            const struct fhir_node *m = fhir_member_of(n, word_text(w[1]));
            if (!m || !str_eq(m->text, word_text(w[2])))
                return true;
            w += 3;
            break;
        }
        case FHIR_OP_RESOLVE:
            if (!refers_to(n, word_text(w[1])))
                return true;
            w += 2;
            break;
        case FHIR_OP_HAS_EXTENSION:
            if (!has_extension(n, word_text(w[1])))
                return true;
            w += 2;
            break;
        case FHIR_OP_NOT_FALSE:
            return tell_not_false(x, n, w);
        case FHIR_OP_ROOT:
            n = x->root;
            w++;
            break;
        case FHIR_OP_COMPOSITE:
            return run_composite(x, n, w);
        default:
            return fhir_tell(x, n, w[1]);
        }
    }
}

static const uint16_t *next_alternative(const uint16_t *w)
{
    for (;;) {
        switch (*w) {
        case FHIR_OP_EQUALS:
            w += 3;
            break;
        case FHIR_OP_NOT_FALSE:
            return w + 2 + w[1];
        case FHIR_OP_COMPOSITE:
            return w + 2 + 2 * w[1];
        case FHIR_OP_ROOT:
            w++;
            break;
        case FHIR_OP_LEAF:
            return w + 2;
        default:
            w += 2;
        }
    }
}

/* Every alternative of a program at one node. */
static bool run_all(struct extraction *x, const struct fhir_node *n, const uint16_t *program)
{
    for (const uint16_t *w = program; *w != FHIR_OP_END; w = next_alternative(w))
        if (!run(x, n, w))
            return false;
    return true;
}

/* ---- composites ---- */

static bool note_found(void *ctx, const struct fhir_search_param *p, const struct fhir_value *v, struct err *e)
{
    (void)p;
    (void)v;
    (void)e;
    *(bool *)ctx = true;
    return true;
}

/* Whether a component has a value here: an element without one of its components can not be found. */
static bool has_component(const struct extraction *x, const struct fhir_node *n, const uint16_t *component)
{
    bool found = false;
    struct extraction trial = *x;
    trial.kind = (enum fhir_search_kind)component[0];
    trial.component = 1;
    trial.found = note_found;
    trial.ctx = &found;
    run_all(&trial, n, fhir_programs + component[1]);
    return found;
}

static bool run_composite(struct extraction *x, const struct fhir_node *n, const uint16_t *w)
{
    struct extraction part = *x;
    for (unsigned i = 0; i < w[1]; i++)
        if (!has_component(x, n, w + 2 + 2 * i))
            return true;
    part.element = ++x->element;
    for (unsigned i = 0; i < w[1]; i++) {
        part.component = (int)i + 1;
        part.kind = (enum fhir_search_kind)w[2 + 2 * i];
        if (!run_all(&part, n, fhir_programs + w[3 + 2 * i]))
            return false;
    }
    return true;
}

/* The word an alternative ends with. */
static const uint16_t *end_of(const uint16_t *w)
{
    for (;;) {
        switch (*w) {
        case FHIR_OP_EQUALS:
            w += 3;
            break;
        case FHIR_OP_ROOT:
            w++;
            break;
        case FHIR_OP_COMPOSITE:
        case FHIR_OP_NOT_FALSE:
        case FHIR_OP_LEAF:
            return w;
        default:
            w += 2;
        }
    }
}

bool fhir_search_reaches(const struct fhir_search_param *p, const char *type)
{
    const struct fhir_type *t = fhir_type_find(str_of(type));
    for (const uint16_t *w = p->program; *w != FHIR_OP_END; w = next_alternative(w)) {
        const uint16_t *end = end_of(w);
        if (t && *end == FHIR_OP_LEAF && end[1] == t - fhir_types)
            return true;
    }
    return false;
}

int fhir_search_components(const struct fhir_search_param *p, enum fhir_search_kind ret_kinds[FHIR_COMPONENTS_MAX])
{
    const uint16_t *w = p->program;
    if (p->kind != FHIR_SEARCH_COMPOSITE || *w == FHIR_OP_END)
        return 0;
    w = end_of(w);
    for (unsigned i = 0; i < w[1] && i < FHIR_COMPONENTS_MAX; i++)
        ret_kinds[i] = (enum fhir_search_kind)w[2 + 2 * i];
    return w[1];
}

bool fhir_extract(const struct fhir_node *resource, fhir_value_found found, void *ctx, struct err *e)
{
    struct str type = fhir_text(resource, "resourceType");
    const struct fhir_search_param *p = NULL;
    for (int i = 0; (p = fhir_search_builtin_at(type, i)); i++) {
        struct extraction x = {.param = p, .root = resource, .kind = p->kind, .found = found, .ctx = ctx, .e = e};
        if (!run_all(&x, resource, p->program))
            return false;
    }
    return true;
}
