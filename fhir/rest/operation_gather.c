/* Documents and, step by step, what they refer to; each once, one query a step. */
#include "fhir/rest/operation_priv.h"

#include "domain/resource.h"
#include "schema/queries.h"

enum { SEEN_ROOM = 4 * GATHER_MAX * 4 }; /* a power of two is not needed: slots are taken modulo */

void gather_start(struct gathered *g, struct op *op, bool (*wanted)(struct str type))
{
    *g = (struct gathered){.op = op, .wanted = wanted};
    g->docs = ARENA_ARRAY(op->arena, struct record_doc, GATHER_MAX);
    g->seen = ARENA_ARRAY(op->arena, struct str, SEEN_ROOM);
}

/* Open addressing; false when it was there, or there are too many to tell. */
static bool see(struct gathered *g, struct str reference)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < reference.n; i++)
        hash = (hash ^ (unsigned char)reference.p[i]) * 16777619u;
    size_t at = hash % SEEN_ROOM;
    while (g->seen[at].p) {
        if (str_eq(g->seen[at], reference))
            return false;
        at = (at + 1) % SEEN_ROOM;
    }
    if (g->seen_n >= SEEN_ROOM / 2)
        return false;
    g->seen[at] = reference;
    g->seen_n++;
    return true;
}

static bool put(struct gathered *g, const struct record_doc *doc, struct err *e)
{
    struct domain d = gate_domain(g->op);
    if (g->n == GATHER_MAX)
        return err_set(e, ERR_TOO_LARGE, "more than %d documents belong together", GATHER_MAX);
    struct record_doc *to = &g->docs[g->n++];
    *to = *doc;
    return resource_render(&d, to, e);
}

bool gather_put(struct gathered *g, const struct record_doc *doc, struct err *e)
{
    see(g, arena_printf(g->op->arena, "%.*s/%.*s", STR_ARG(doc->type), STR_ARG(doc->id)));
    return put(g, doc, e);
}

struct step { /* what one round looks for */
    struct gathered *g;
    struct str base, *type, *id;
    size_t n;
};

static bool note(void *ctx, struct str reference, const char *expression, struct err *e)
{
    struct step *s = ctx;
    struct str rest = reference, type, id;
    (void)expression;
    (void)e;
    if (reference.n > s->base.n && str_eq(str_sub(reference, 0, s->base.n), s->base))
        rest = str_sub(reference, s->base.n + 1, reference.n);
    if (!rest.n || !str_next(&rest, '/', &type) || !rest.p || !str_next(&rest, '/', &id))
        return true;
    if (!fhir_is_resource(type) || !fhir_is_id(id) || (s->g->wanted && !s->g->wanted(type)) || s->n == GATHER_MAX)
        return true;
    if (!see(s->g, arena_printf(s->g->op->arena, "%.*s/%.*s", STR_ARG(type), STR_ARG(id))))
        return true;
    s->type[s->n] = type;
    s->id[s->n++] = id;
    return true;
}

/* In the order the references were met, which is the order people read. */
static bool fetch(struct step *s, struct err *e)
{
    struct op *op = s->g->op;
    struct db_args args = db_args(op->arena);
    db_text_opt(&args, op->access);
    db_texts(&args, s->type, s->n);
    db_texts(&args, s->id, s->n);
    const struct db_rows *rows = db_run(op->db, &Q_operation_documents, &args, e);
    if (!rows)
        return false;
    size_t n = (size_t)db_count(rows);
    struct record_doc *found = ARENA_ARRAY(op->arena, struct record_doc, n + 1);
    for (size_t i = 0; i < n; i++)
        found[i] = record_row(rows, (int)i, op->arena);
    for (size_t i = 0; i < n; i++)
        if (!put(s->g, &found[i], e))
            return false;
    return true;
}

bool gather_follow(struct gathered *g, struct err *e)
{
    struct arena *a = g->op->arena;
    struct step s = {.g = g, .base = fhir_base(g->op)};
    s.type = ARENA_ARRAY(a, struct str, GATHER_MAX);
    s.id = ARENA_ARRAY(a, struct str, GATHER_MAX);
    for (size_t done = 0; done < g->n;) {
        s.n = 0;
        for (; done < g->n; done++) {
            struct record_doc *doc = &g->docs[done];
            doc->node = NULL;
            if (!record_parse(a, doc, e) || !fhir_references(doc->node, note, &s, e))
                return false;
        }
        if (s.n && !fetch(&s, e))
            return false;
    }
    return true;
}

bool operation_document(struct operation *o, enum record_lock lock, struct record_doc *ret_doc, struct err *e)
{
    bool found;
    struct op *op = o->op;
    struct record_key key = {op->access, o->type, o->id, lock};
    if (!record_find(op->db, op->arena, key, ret_doc, &found, e))
        return false;
    if (!found)
        return err_set(e, ERR_NOT_FOUND, "no '%.*s/%.*s'", STR_ARG(o->type), STR_ARG(o->id));
    if (ret_doc->deleted)
        return err_set(e, ERR_GONE, "'%.*s/%.*s' was deleted", STR_ARG(o->type), STR_ARG(o->id));
    return true;
}
