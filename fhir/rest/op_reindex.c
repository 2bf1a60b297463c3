/* ImagingStudy/{id}/$reindex and ImagingStudy/$reindex: the archive's rows, rebuilt from the stored files.
 *
 * Of all studies a call does as many as its bounds allow, in one transaction, and tells how many remain and the cursor
 * to go on with: whoever drives it sees the progress, and a call that is lost is made again. */
#include "fhir/rest/operation_priv.h"

#include "domain/study_rebuild.h"
#include "schema/queries.h"

enum { STUDIES_MAX = 100, STUDIES_DEFAULT = 20, INSTANCES_A_CALL = 5000 };

struct sum {
    int64_t studies, series, instances, faulty;
};

static void put_fault(struct operation *o, struct fhir_node *out, struct str uid, struct str what)
{
    struct fhir_node *p = operation_add(o, out, "fault");
    operation_add_text(o, p, "instance", "valueOid", arena_printf(o->op->arena, "urn:oid:%.*s", STR_ARG(uid)));
    operation_add_text(o, p, "what", "valueString", what);
}

static bool reindex(struct operation *o, struct domain *d, int64_t key, struct sum *sum, struct fhir_node *out,
                    struct err *e)
{
    struct rebuild_result r;
    struct rebuild_request q = {key, o->op->files, fhir_settings()->study_file};
    if (!study_rebuild(d, &q, &r, e))
        return false;
    sum->studies++;
    sum->series += r.series;
    sum->instances += r.instances;
    for (int i = 0; i < r.faulty && i < REBUILD_FAULTS_MAX && sum->faulty + i < REBUILD_FAULTS_MAX; i++)
        put_fault(o, out, r.faults[i].sop_uid, arena_str(o->op->arena, r.faults[i].what));
    sum->faulty += r.faulty;
    return true;
}

static void put_number(struct operation *o, struct fhir_node *out, const char *name, int64_t n)
{
    fhir_add_number(o->op->arena, operation_add(o, out, name), "valueInteger",
                    arena_printf(o->op->arena, "%lld", (long long)n));
}

static bool answer(struct operation *o, const struct sum *sum, struct fhir_node *out, struct err *e)
{
    put_number(o, out, "studies", sum->studies);
    put_number(o, out, "series", sum->series);
    put_number(o, out, "instances", sum->instances);
    put_number(o, out, "faulty", sum->faulty);
    o->op->event->count = sum->instances;
    return operation_answer(o, 200, out, e);
}

static bool reindex_one(struct operation *o, struct err *e)
{
    struct op *op = o->op;
    struct domain d = gate_domain(op);
    struct record_doc doc;
    struct study_row s;
    struct sum sum = {.studies = 0};
    struct fhir_node *out = operation_out(o);
    bool found;
    if (!operation_document(o, RECORD_READ, &doc, e) || !record_parse(op->arena, &doc, e))
        return false;
    answer_patient(op, &doc);
    if (!study_find_document(&d, doc.rid, &s, &found, e))
        return false;
    if (!found)
        return err_set(e, ERR_PROCESSING, "no images of the study are stored here");
    op->event->study_uid = s.uid;
    return reindex(o, &d, s.key, &sum, out, e) && answer(o, &sum, out, e);
}

struct page {
    int64_t key[STUDIES_MAX], instances[STUDIES_MAX], remaining;
    int n;
};

static bool read_page(struct operation *o, struct page *p, struct err *e)
{
    struct op *op = o->op;
    struct db_args args = db_args(op->arena);
    int64_t count = operation_int(o, "_count", STUDIES_DEFAULT), after = 0;
    struct str cursor = operation_text(o, "_cursor");
    if (count < 1)
        return err_set(e, ERR_INVALID, "_count is at least 1");
    if (cursor.n && (!str_int(cursor, &after) || after < 0))
        return err_set(e, ERR_INVALID, "_cursor is what an answer gave");
    db_text_opt(&args, op->access);
    db_int(&args, after);
    db_int(&args, count > STUDIES_MAX ? STUDIES_MAX : count);
    const struct db_rows *rows = db_run(op->db, &Q_study_rebuild_studies, &args, e);
    p->n = rows ? db_count(rows) : 0;
    p->remaining = p->n ? db_get_int(rows, 0, 3) : 0;
    for (int i = 0; i < p->n; i++) {
        p->key[i] = db_get_int(rows, i, 0);
        p->instances[i] = db_get_int(rows, i, 1);
    }
    return rows != NULL;
}

static bool reindex_many(struct operation *o, struct err *e)
{
    struct domain d = gate_domain(o->op);
    struct page *p = ARENA_NEW(o->op->arena, struct page);
    struct sum sum = {.studies = 0};
    struct fhir_node *out = operation_out(o);
    if (!read_page(o, p, e))
        return false;
    int i = 0;
    for (int64_t instances = 0; i < p->n && (!i || instances + p->instances[i] <= INSTANCES_A_CALL); i++) {
        instances += p->instances[i];
        if (!reindex(o, &d, p->key[i], &sum, out, e))
            return false;
    }
    p->remaining -= i;
    put_number(o, out, "remaining", p->remaining);
    if (p->remaining)
        operation_add_text(o, out, "cursor", "valueString",
                           arena_printf(o->op->arena, "%lld", (long long)p->key[i - 1]));
    return answer(o, &sum, out, e);
}

bool op_reindex(struct operation *o, struct err *e)
{
    return o->level == AT_INSTANCE ? reindex_one(o, e) : reindex_many(o, e);
}
