/* Patient/$merge and Patient/{id}/$unmerge: two records of one person become one, and what that moved goes back.
 *
 * The parameters of $merge are those of FHIR R5. $unmerge is addressed to the record that was merged away: it was
 * merged once, while a survivor may have taken in several. Both tell with preview=true what they would do, and write
 * nothing. */
#include "fhir/rest/operation_priv.h"

#include "domain/merge.h"
#include "domain/rule.h"
#include "schema/queries.h"

enum { FOUND_MAX = 10 };

/* ---- who is meant ---- */

/* Whether the record goes by the identifier now; a merged one's old identifier is its survivor's past. */
static bool goes_by(const struct record_doc *doc, const struct fhir_node *wanted)
{
    const struct fhir_node *list = fhir_member(doc->node, "identifier");
    struct str system = fhir_text(wanted, "system");
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = i->next)
        if (str_eq(fhir_text(i, "value"), fhir_text(wanted, "value")) && !str_is(fhir_text(i, "use"), "old") &&
            (!system.n || str_eq(fhir_text(i, "system"), system)))
            return true;
    return false;
}

static bool goes_by_all(struct operation *o, const struct record_doc *doc, const char *name)
{
    const struct fhir_node *p;
    for (size_t i = 0; (p = operation_parameter(o->in, name, i)) != NULL; i++)
        if (!goes_by(doc, fhir_member(p, "valueIdentifier")))
            return false;
    return true;
}

static bool unknown(const char *name, struct err *e)
{
    return rule_break(RULE_MERGE_UNKNOWN, e, "no patient record is what '%s' says", name);
}

static bool by_reference(struct operation *o, const char *name, struct record_doc *ret_doc, struct err *e)
{
    struct str type, id, version;
    struct op *op = o->op;
    bool found;
    struct str reference = record_reference(fhir_text(operation_value(o->in, name), "reference"), &version);
    if (!domain_split_reference(reference, &type, &id) || !str_is(type, "Patient"))
        return unknown(name, e);
    struct record_key key = {op->access, type, id, RECORD_READ};
    if (!record_find(op->db, op->arena, key, ret_doc, &found, e))
        return false;
    if (!found)
        return unknown(name, e);
    if (ret_doc->deleted)
        return rule_break(RULE_MERGE_DELETED, e, "'%.*s' was deleted", STR_ARG(reference));
    return record_parse(op->arena, ret_doc, e);
}

static bool by_identifier(struct operation *o, const char *name, struct record_doc *ret_doc, struct err *e)
{
    struct op *op = o->op;
    struct db_args args = db_args(op->arena);
    struct str system = fhir_text(operation_value(o->in, name), "system");
    int hits = 0;
    db_int(&args, record_param(STR("Patient"), STR("identifier")));
    db_text(&args, fhir_text(operation_value(o->in, name), "value"));
    db_text(&args, system.p ? system : STR(""));
    const struct db_rows *rows = db_run(op->db, &Q_resource_find_token, &args, e);
    for (int i = 0; rows && i < db_count(rows) && i < FOUND_MAX; i++) {
        struct record_doc doc = record_row(rows, i, op->arena);
        struct record_key key = {op->access, doc.type, doc.id, RECORD_READ};
        bool seen;
        if (!record_find(op->db, op->arena, key, &doc, &seen, e) || (seen && !record_parse(op->arena, &doc, e)))
            return false;
        if (!seen || doc.deleted || !goes_by_all(o, &doc, name))
            continue;
        hits++;
        *ret_doc = doc;
    }
    if (!rows)
        return false;
    if (hits > 1)
        return rule_break(RULE_MERGE_AMBIGUOUS, e, "%d patient records are what '%s' says", hits, name);
    return hits == 1 || unknown(name, e);
}

/* One side of a merge: by reference, by identifiers, or by both when they agree. */
static bool side(struct operation *o, const char *reference, const char *identifier, struct record_doc *ret_doc,
                 struct err *e)
{
    if (operation_parameter(o->in, reference, 0))
        return by_reference(o, reference, ret_doc, e) &&
               (goes_by_all(o, ret_doc, identifier) || unknown(identifier, e));
    if (operation_parameter(o->in, identifier, 0))
        return by_identifier(o, identifier, ret_doc, e);
    return err_set(e, ERR_REQUIRED, "'%s' needs '%s' or '%s'", o->row->name, reference, identifier);
}

/* ---- the answer ---- */

static void put_count(struct operation *o, struct fhir_node *out, const char *what, int n)
{
    struct fhir_node *p = operation_add(o, out, "moved");
    operation_add_text(o, p, "what", "valueString", str_of(what));
    fhir_add_number(o->op->arena, operation_add(o, p, "count"), "valueInteger", arena_printf(o->op->arena, "%d", n));
}

static struct fhir_node *outcome(struct operation *o, const char *text)
{
    struct arena *a = o->op->arena;
    struct fhir_node *n = fhir_new(a, "OperationOutcome");
    struct fhir_node *issue = fhir_add_object(a, fhir_add_array(a, n, "issue"), NULL);
    fhir_add_string(a, issue, "severity", STR("information"));
    fhir_add_string(a, issue, "code", STR("informational"));
    fhir_add_string(a, issue, "diagnostics", str_of(text));
    return n;
}

static void put_record(struct operation *o, struct fhir_node *out, const char *name, const struct record_doc *doc)
{
    struct fhir_node *copy = fhir_copy(o->op->arena, doc->node);
    copy->next = NULL;
    operation_add_value(o, out, name, "resource", copy);
}

static bool answer(struct operation *o, const struct merge_result *r, const char *text, struct err *e)
{
    struct fhir_node *out = operation_out(o);
    operation_add_value(o, out, "outcome", "resource", outcome(o, text));
    put_record(o, out, "result", &r->target);
    put_record(o, out, "source", &r->source);
    for (size_t i = 0; i < r->type_count; i++)
        put_count(o, out, arena_cstr(o->op->arena, r->types[i].type), r->types[i].count);
    put_count(o, out, "worklist-step", r->steps);
    put_count(o, out, "study", r->studies);
    put_count(o, out, "report", r->reports);
    put_count(o, out, "identifier", r->identifiers);
    return operation_answer(o, 200, out, e);
}

/* An event of each record: who looks for what befell one finds it. A preview is a look at both. */
static void tell(struct operation *o, const struct record_doc *first, const struct record_doc *second, bool preview,
                 int documents)
{
    struct op *op = o->op;
    struct audit_event *ev = op->event, other;
    if (preview)
        ev->kind = AUDIT_RESOURCE_READ;
    answer_about(op, first->type, first->id);
    ev->patient = first->id;
    ev->count = documents;
    ev->detail = arena_printf(op->arena, "%s Patient/%.*s", preview ? "preview with" : "with", STR_ARG(second->id));
    other = *ev;
    other.object_id = arena_printf(op->arena, "Patient/%.*s", STR_ARG(second->id));
    other.patient = second->id;
    other.detail = arena_printf(op->arena, "%s Patient/%.*s", preview ? "preview with" : "with", STR_ARG(first->id));
    gate_event_keep(op, &other);
}

bool op_merge(struct operation *o, struct err *e)
{
    struct record_doc source, target;
    struct fhir_node *result;
    struct merge_result r;
    struct domain d = gate_domain(o->op);
    if (!side(o, "source-patient", "source-patient-identifier", &source, e) ||
        !side(o, "target-patient", "target-patient-identifier", &target, e) ||
        !operation_resource(o, "result-patient", &result, e))
        return false;
    struct merge_request q = {source.rid, target.rid, result, operation_bool(o, "preview", false)};
    answer_about(o->op, target.type, target.id);
    o->op->event->patient = target.id;
    if (!merge_patients(&d, &q, &r, e))
        return false;
    tell(o, &r.target, &r.source, q.preview, r.documents);
    return answer(o, &r, q.preview ? "this is what a merge would do; nothing was written" : "the records are merged",
                  e);
}

bool op_unmerge(struct operation *o, struct err *e)
{
    struct record_doc source;
    struct merge_result r;
    struct domain d = gate_domain(o->op);
    bool preview = operation_bool(o, "preview", false);
    if (!operation_document(o, RECORD_READ, &source, e))
        return false;
    o->op->event->patient = source.id;
    if (!merge_undo(&d, source.rid, preview, &r, e))
        return false;
    tell(o, &r.source, &r.target, preview, r.documents);
    return answer(o, &r, preview ? "this is what undoing would do; nothing was written" : "the merge is undone", e);
}
