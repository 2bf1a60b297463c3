/* ConceptMap/$translate: what a code of one system is in another, as a map says. */
#include "fhir/rest/operation_priv.h"

enum { MATCHES_MAX = 1000, OTHER_MAPS_MAX = 5 };

struct translating {
    struct operation *o;
    struct term term;
    struct fhir_node *out;
    struct str target; /* system wanted; empty for any */
    bool reverse;
    size_t matches;
    bool mapped; /* one of them means the same in some way */
};

struct meant { /* one end of a mapping */
    struct str system, code, display;
};

static void put_match(struct translating *t, const struct meant *to, struct str equivalence, struct str map)
{
    struct arena *a = t->o->op->arena;
    bool none = str_is(equivalence, "unmatched") || str_is(equivalence, "disjoint");
    if (t->matches++ >= MATCHES_MAX)
        return;
    t->mapped = t->mapped || !none;
    struct fhir_node *match = operation_add(t->o, t->out, "match");
    operation_add_text(t->o, match, "equivalence", "valueCode", equivalence);
    if (to->code.n) {
        struct fhir_node *coding = fhir_add_object(a, operation_add(t->o, match, "concept"), "valueCoding");
        const struct str parts[] = {to->system, to->code, to->display};
        static const char *const names[] = {"system", "code", "display"};
        for (size_t i = 0; i < 3; i++)
            if (parts[i].n)
                fhir_add_string(a, coding, names[i], parts[i]);
    }
    operation_add_text(t->o, match, "source", "valueUri", map);
}

static bool is_system(struct str asked, struct str own)
{
    return !asked.n || !own.n || str_eq(asked, own);
}

static bool translate(struct translating *t, const struct fhir_node *map, const struct meant *from, int depth,
                      struct err *e);

/* What the group does with a code it does not list. */
static bool put_unmapped(struct translating *t, const struct fhir_node *group, const struct meant *from, int depth,
                         struct err *e)
{
    const struct fhir_node *rule = fhir_member(group, "unmapped"), *other;
    struct str mode = rule ? fhir_text(rule, "mode") : STR_NONE, system = fhir_text(group, "target");
    if (str_is(mode, "provided"))
        put_match(t, &(struct meant){system, from->code, STR_NONE}, STR("equal"), STR_NONE);
    else if (str_is(mode, "fixed"))
        put_match(t, &(struct meant){system, fhir_text(rule, "code"), fhir_text(rule, "display")}, STR("inexact"),
                  STR_NONE);
    if (!str_is(mode, "other-map"))
        return true;
    if (depth == OTHER_MAPS_MAX)
        return err_set(e, ERR_TOO_COSTLY, "maps lead to each other more than %d times", OTHER_MAPS_MAX);
    return term_document(&t->term, "ConceptMap", fhir_text(rule, "url"), &other, e) &&
           (!other || translate(t, other, from, depth + 1, e));
}

static bool in_group(struct translating *t, const struct fhir_node *group, const struct meant *from, struct str map)
{
    const struct fhir_node *list = fhir_member(group, "element");
    struct str source = fhir_text(group, "source"), target = fhir_text(group, "target");
    bool listed = false;
    for (const struct fhir_node *el = list ? list->first : NULL; el; el = el->next) {
        const struct fhir_node *targets = fhir_member(el, "target");
        if (!t->reverse && !str_eq(fhir_text(el, "code"), from->code))
            continue;
        listed = true;
        for (const struct fhir_node *x = targets ? targets->first : NULL; x; x = x->next) {
            const struct meant forward = {target, fhir_text(x, "code"), fhir_text(x, "display")},
                               back = {source, fhir_text(el, "code"), fhir_text(el, "display")};
            if (!t->reverse || str_eq(forward.code, from->code))
                put_match(t, t->reverse ? &back : &forward, fhir_text(x, "equivalence"), map);
        }
    }
    return listed;
}

static bool translate(struct translating *t, const struct fhir_node *map, const struct meant *from, int depth,
                      struct err *e)
{
    const struct fhir_node *groups = fhir_member(map, "group");
    for (const struct fhir_node *g = groups ? groups->first : NULL; g; g = g->next) {
        struct str source = fhir_text(g, t->reverse ? "target" : "source"),
                   target = fhir_text(g, t->reverse ? "source" : "target");
        if (!is_system(from->system, source) || !is_system(t->target, target))
            continue;
        if (!in_group(t, g, from, fhir_text(map, "url")) && !t->reverse && !put_unmapped(t, g, from, depth, e))
            return false;
    }
    return true;
}

/* Every code that was asked about. */
static bool each(struct translating *t, const struct fhir_node *map, struct err *e)
{
    struct operation *o = t->o;
    const struct fhir_node *coding = operation_value(o->in, "coding"),
                           *concept = operation_value(o->in, "codeableConcept");
    const struct fhir_node *list = concept ? fhir_member(concept, "coding") : NULL;
    struct meant from = {operation_text(o, "system"), operation_text(o, "code"), STR_NONE};
    if (!!from.code.n + !!coding + !!concept != 1)
        return err_set(e, ERR_INVALID, "'%s' takes one of code, coding and codeableConcept", o->row->name);
    if (coding)
        from = (struct meant){fhir_text(coding, "system"), fhir_text(coding, "code"), STR_NONE};
    if (!concept)
        return translate(t, map, &from, 0, e);
    for (const struct fhir_node *c = list ? list->first : NULL; c; c = c->next) {
        from = (struct meant){fhir_text(c, "system"), fhir_text(c, "code"), STR_NONE};
        if (!translate(t, map, &from, 0, e))
            return false;
    }
    return true;
}

bool op_translate(struct operation *o, struct err *e)
{
    struct translating t = {.o = o, .target = operation_text(o, "targetsystem"), .out = operation_out(o)};
    const struct fhir_node *map;
    struct str url;
    t.reverse = operation_bool(o, "reverse", false);
    operation_term(o, &t.term);
    if (!operation_term_document(o, &t.term, "conceptMap", &map, &url, e))
        return false;
    if (!map)
        return err_set(e, ERR_NOT_FOUND, "the concept map is not known here");
    if (!each(&t, map, e))
        return false;
    if (t.matches > MATCHES_MAX)
        return err_set(e, ERR_TOO_COSTLY, "the code has more than %d translations", MATCHES_MAX);
    operation_add_bool(o, t.out, "result", t.mapped);
    if (!t.mapped)
        operation_add_text(o, t.out, "message", "valueString", STR("the map says no code that means the same"));
    return operation_answer(o, 200, t.out, e);
}
