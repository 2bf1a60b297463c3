/* $validate: what would be said of a document if it were written, or of a delete, with everything that only warns.
 * Nothing is written. Faults of the document are the answer (200); faults of the question are errors. */
#include "fhir/rest/reference_priv.h"
#include "fhir/rest/validation_priv.h"

#include "schema/queries.h"

struct asked {
    struct operation *o;
    struct str mode;
    const struct fhir_node *node;
    struct fhir_issues issues;
};

static void tell(struct asked *q, const char *code, const char *expression, struct str text)
{
    struct fhir_issue issue = {.fatal = true, .code = code, .text = arena_cstr(q->o->op->arena, text)};
    const struct fhir_node nowhere = {.line = 0};
    const struct fhir_visit visit = {.node = q->node ? q->node : &nowhere};
    str_copy(issue.expression, sizeof issue.expression, str_of(expression));
    fhir_issue_add(&q->issues, &visit, &issue);
}

static bool find_mode(struct asked *q, struct err *e)
{
    static const char *const modes[] = {"", "create", "update", "delete"};
    q->mode = operation_text(q->o, "mode");
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++)
        if (str_is(q->mode, modes[i]))
            return true;
    return err_set(e, ERR_INVALID, "the mode is create, update or delete");
}

/* What was sent, else what is stored at the address. */
static bool find_document(struct asked *q, struct err *e)
{
    struct operation *o = q->o;
    struct record_doc doc;
    q->node = operation_value(o->in, "resource");
    if (q->node)
        return true;
    if (o->level != AT_INSTANCE)
        return err_set(e, ERR_INVALID, "'$validate' needs a resource here");
    if (!operation_document(o, RECORD_READ, &doc, e) || !record_parse(o->op->arena, &doc, e))
        return false;
    answer_patient(o->op, &doc);
    q->node = doc.node;
    return true;
}

/* ---- what depends on the address and the mode ---- */
static void check_address(struct asked *q)
{
    struct str type = fhir_text(q->node, "resourceType"), id = fhir_text(q->node, "id"), own = q->o->type;
    bool update = str_is(q->mode, "update");
    if (fhir_is_resource(type) && !str_eq(type, own))
        tell(q, "invalid", "", arena_printf(q->o->op->arena, "the resource is no %.*s", STR_ARG(own)));
    else if (update && !id.n)
        tell(q, "required", "", STR("an update needs an id"));
    else if (update && q->o->level == AT_INSTANCE && !str_eq(id, q->o->id))
        tell(q, "invalid", "", STR("the id is not that of the address"));
    else if (str_is(q->mode, "create") && q->o->level == AT_INSTANCE)
        tell(q, "business-rule", "", STR("a create has no address yet: ask at the type"));
}

static bool check_references(struct asked *q, struct err *e)
{
    struct op *op = q->o->op;
    struct str type = fhir_text(q->node, "resourceType"), id = fhir_text(q->node, "id");
    struct str own = arena_printf(op->arena, "%.*s/%.*s", STR_ARG(type), STR_ARG(id));
    if (body_references(op, fhir_copy(op->arena, q->node), own, e))
        return true;
    if (e->code != ERR_BUSINESS_RULE && e->code != ERR_TOO_LARGE)
        return false;
    operation_issue(&q->issues, q->node, e);
    err_clear(e);
    return true;
}

static const struct str *profiles_asked(struct asked *q, size_t *ret_count)
{
    enum { PROFILES_MAX = 16 };
    const struct fhir_node *p;
    struct str *urls = ARENA_ARRAY(q->o->op->arena, struct str, PROFILES_MAX);
    *ret_count = 0;
    for (size_t i = 0; *ret_count < PROFILES_MAX && (p = operation_parameter(q->o->in, "profile", i)); i++)
        for (const struct fhir_node *m = p->first; m && *ret_count < PROFILES_MAX; m = m->next)
            if (str_starts(m->key, "value") && m->kind == FHIR_STRING)
                urls[(*ret_count)++] = m->text;
    return urls;
}

static bool check_document(struct asked *q, struct err *e)
{
    struct validation v CLEANUP(validation_end);
    validation_start(&v, q->o->op);
    struct validate_options options = {.warnings = true, .best_practice = true, .source = &v.source};
    options.profiles = profiles_asked(q, &options.profile_count);
    check_address(q);
    if (!validate_check(q->node, &options, &q->issues, e) && e->code != ERR_NONE)
        return false;
    return check_references(q, e);
}

/* ---- delete ---- */
static struct db_args referrer_args(struct op *op, struct str own)
{
    struct db_args args = db_args(op->arena);
    int64_t *params = ARENA_ARRAY(op->arena, int64_t, REFERENCE_PARAMETERS);
    size_t n = references_rows(str_sub(own, 0, str_find(own, '/')), params);
    db_text_opt(&args, op->access);
    db_text(&args, own);
    db_ints(&args, params, n);
    return args;
}

/* What refers to it stands in the way, where references must lead somewhere. */
static bool check_delete(struct asked *q, struct err *e)
{
    struct op *op = q->o->op;
    struct record_doc doc;
    if (q->o->level != AT_INSTANCE)
        return err_set(e, ERR_INVALID, "the mode delete is for one document: ask at its address");
    if (!operation_document(q->o, RECORD_READ, &doc, e))
        return false;
    if (!fhir_settings()->reference_integrity)
        return true;
    struct str own = arena_printf(op->arena, "%.*s/%.*s", STR_ARG(q->o->type), STR_ARG(q->o->id));
    struct db_args args = referrer_args(op, own);
    const struct db_rows *rows = db_run(op->db, &Q_operation_referrers, &args, e);
    for (int i = 0; rows && i < db_count(rows); i++)
        tell(q, "conflict", "",
             arena_printf(op->arena, "'%.*s/%.*s' refers to it", STR_ARG(db_get(rows, i, 0)),
                          STR_ARG(db_get(rows, i, 1))));
    return rows != NULL;
}

bool op_validate(struct operation *o, struct err *e)
{
    struct asked q = {.o = o, .issues = {.arena = o->op->arena}};
    if (!find_mode(&q, e))
        return false;
    bool ok = str_is(q.mode, "delete") ? check_delete(&q, e) : find_document(&q, e) && check_document(&q, e);
    return ok && operation_answer_issues(o, &q.issues, e);
}
