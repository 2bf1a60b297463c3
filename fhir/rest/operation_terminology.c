/* Terminology over the record's documents. */
#include "fhir/rest/operation_priv.h"

#include "schema/queries.h"

static bool load(void *ctx, const char *type, struct str canonical, const struct fhir_node **ret_resource,
                 struct err *e)
{
    struct operation *o = ctx;
    struct op *op = o->op;
    size_t bar = str_find(canonical, '|');
    struct db_args args = db_args(op->arena);
    *ret_resource = NULL;
    db_text_opt(&args, op->access);
    db_text(&args, str_of(type));
    db_int(&args, record_param(str_of(type), STR("url")));
    db_text(&args, str_sub(canonical, 0, bar));
    db_text_opt(&args, str_sub(canonical, bar + 1, canonical.n));
    const struct db_rows *rows = db_run(op->db, &Q_operation_canonical, &args, e);
    if (!rows)
        return false;
    if (!db_count(rows))
        return true;
    *ret_resource = fhir_parse_json(op->arena, arena_str(op->arena, db_get(rows, 0, 0)), e);
    return *ret_resource != NULL;
}

void operation_term(struct operation *o, struct term *ret_term)
{
    term_init(ret_term, o->op->arena, load, o);
}

static bool of_address(struct operation *o, const struct fhir_node **ret_resource, struct err *e)
{
    bool found;
    struct record_doc doc;
    struct record_key key = {o->op->access, o->type, o->id, RECORD_READ};
    if (!record_find(o->op->db, o->op->arena, key, &doc, &found, e))
        return false;
    if (!found || doc.deleted)
        return err_set(e, found ? ERR_GONE : ERR_NOT_FOUND, "no '%.*s/%.*s'", STR_ARG(o->type), STR_ARG(o->id));
    if (!record_parse(o->op->arena, &doc, e))
        return false;
    *ret_resource = doc.node;
    return true;
}

bool operation_term_document(struct operation *o, struct term *t, const char *body,
                             const struct fhir_node **ret_resource, struct str *ret_url, struct err *e)
{
    struct fhir_node *posted;
    struct str url = operation_text(o, "url");
    *ret_url = url;
    if (o->level == AT_INSTANCE)
        return of_address(o, ret_resource, e);
    if (!operation_resource(o, body, &posted, e))
        return false;
    *ret_resource = posted;
    if (posted)
        return true;
    if (!url.n)
        return err_set(e, ERR_INVALID, "'%s' needs a url or a %s", o->row->name, body);
    return term_document(t, arena_cstr(o->op->arena, o->type), url, ret_resource, e);
}
