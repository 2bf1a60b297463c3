#include "fhir/rest/validation_priv.h"

#include "schema/queries.h"

/* By its canonical url, as terminology finds it: loaded once an operation. */
static bool known(void *ctx, const char *type, struct str url, bool *ret_known, struct err *e)
{
    struct validation *v = ctx;
    const struct fhir_node *document = NULL;
    *ret_known = false;
    if (!term_document(&v->term, type, url, &document, e))
        return false;
    *ret_known = document != NULL;
    return true;
}

/* Value sets that are not here, or that can not be read out, leave the question open. */
static bool in_value_set(void *ctx, struct str value_set, struct str system, struct str code, int *ret_in,
                         struct err *e)
{
    struct validation *v = ctx;
    bool in = false;
    *ret_in = -1;
    if (term_in(&v->term, value_set, system.p ? system : STR(""), code, &in, e)) {
        *ret_in = in;
        return true;
    }
    bool open = e->code == ERR_NOT_FOUND || e->code == ERR_BUSINESS_RULE || e->code == ERR_TOO_COSTLY;
    if (open)
        err_clear(e);
    return open;
}

/* ---- profiles ---- */
struct validation_profile {
    struct str canonical;
    struct stored_profile *stored; /* NULL: not here */
    struct validation_profile *next;
};

static struct stored_profile *make(struct op *op, int64_t rid, int version, struct err *e)
{
    struct record_doc doc;
    struct err why = {0};
    if (!record_get_rid(op->db, op->arena, rid, RECORD_READ, &doc, e) || !record_parse(op->arena, &doc, e))
        return NULL;
    struct profile *p = profile_compile(doc.node, &why);
    return profile_store_put(rid, version, p, &why);
}

/* The version is asked for each time, which is what makes a change count at once; compiling is for new versions. */
static bool load(struct op *op, struct str canonical, struct stored_profile **ret_stored, struct err *e)
{
    size_t bar = str_find(canonical, '|');
    struct db_args args = db_args(op->arena);
    *ret_stored = NULL;
    db_text_opt(&args, op->access);
    db_int(&args, record_param(STR("StructureDefinition"), STR("url")));
    db_text(&args, str_sub(canonical, 0, bar));
    db_text_opt(&args, str_sub(canonical, bar + 1, canonical.n));
    const struct db_rows *rows = db_run(op->db, &Q_operation_profile, &args, e);
    if (!rows)
        return false;
    if (!db_count(rows))
        return true;
    int64_t rid = db_get_int(rows, 0, 0);
    int version = (int)db_get_int(rows, 0, 1);
    *ret_stored = profile_store_take(rid, version);
    if (!*ret_stored)
        *ret_stored = make(op, rid, version, e);
    return *ret_stored != NULL;
}

static bool profile(void *ctx, struct str canonical, const struct profile **ret_profile, struct err *e)
{
    struct validation *v = ctx;
    struct arena *a = v->o.op->arena;
    struct validation_profile *p = v->profiles;
    *ret_profile = NULL;
    while (p && !str_eq(p->canonical, canonical))
        p = p->next;
    if (!p) {
        struct stored_profile *stored;
        if (!load(v->o.op, canonical, &stored, e))
            return false;
        p = ARENA_NEW(a, struct validation_profile);
        *p = (struct validation_profile){arena_str(a, canonical), stored, v->profiles};
        v->profiles = p;
    }
    return !p->stored || profile_store_get(p->stored, ret_profile, e);
}

/* ---- what references lead to ---- */

enum { DOCUMENTS_MAX = 50 }; /* of a document that refers to very many, the rest is not looked at */

static bool document(void *ctx, struct str reference, const struct fhir_node **ret_node, struct err *e)
{
    struct validation *v = ctx;
    struct op *op = v->o.op;
    struct record_doc doc;
    struct str version;
    bool found = false;
    struct record_key key = {.access = op->access, .lock = RECORD_READ};
    *ret_node = NULL;
    if (!domain_split_reference(record_reference(reference, &version), &key.type, &key.id) || version.n ||
        !fhir_is_resource(key.type) || v->documents++ >= DOCUMENTS_MAX)
        return true;
    if (!record_find(op->db, op->arena, key, &doc, &found, e))
        return false;
    if (!found || doc.deleted)
        return true;
    if (!record_parse(op->arena, &doc, e))
        return false;
    *ret_node = doc.node;
    return true;
}

void validation_start(struct validation *v, struct op *op)
{
    *v = (struct validation){.o = {.op = op}};
    operation_term(&v->o, &v->term);
    v->source = (struct validate_source){
        .ctx = v, .known = known, .in_value_set = in_value_set, .profile = profile, .document = document};
}

void validation_end(struct validation *v)
{
    for (struct validation_profile *p = v->profiles; p; p = p->next)
        if (p->stored)
            profile_store_give_back(p->stored);
    v->profiles = NULL;
}
