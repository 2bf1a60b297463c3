#include "domain/merge_priv.h"

#include "domain/fields.h"
#include "domain/link.h"
#include "domain/performed.h"
#include "domain/patient.h"
#include "domain/resource.h"
#include "domain/rule.h"
#include "schema/queries.h"

/* ---- what both directions need ---- */

/* Who refers to a patient anew holds its row until the commit (check_merged, patient_apply): this lock waits for them,
 * and they for it, so that nothing is left behind with the source. */
bool merge_open(struct domain *d, int64_t source, int64_t target, struct merge_result *m, struct err *e)
{
    struct record_doc *first = source < target ? &m->source : &m->target;
    struct record_doc *second = source < target ? &m->target : &m->source;
    if (!record_get_rid(d->db, d->arena, source < target ? source : target, RECORD_DELETE, first, e) ||
        !record_get_rid(d->db, d->arena, source < target ? target : source, RECORD_DELETE, second, e))
        return false;
    if (m->source.deleted || m->target.deleted)
        return rule_break(RULE_MERGE_DELETED, e, "'%.*s' was deleted",
                          STR_ARG(domain_reference(d, m->source.deleted ? &m->source : &m->target)));
    return record_parse(d->arena, &m->source, e) && record_parse(d->arena, &m->target, e);
}

bool merge_lock(struct domain *d, const int64_t *rid, size_t n, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_ints(&args, rid, n);
    return !n || (db_send(d->db, &Q_merge_lock, &args, e) && db_flush(d->db, e));
}

void merge_count(struct merge_result *m, struct arena *a, struct str type)
{
    size_t i = 0;
    m->documents++;
    while (i < m->type_count && !str_eq(m->types[i].type, type))
        i++;
    if (i == MERGE_TYPES_MAX)
        return; /* there are fewer types than that */
    if (i == m->type_count) {
        m->types[i].type = arena_str(a, type);
        m->types[i].count = 0;
        m->type_count++;
    }
    m->types[i].count++;
}

int merge_rank(struct str type)
{
    static const char *const first[] = {"Task", "ServiceRequest", "ImagingStudy", "DiagnosticReport"};
    for (int i = 0; i < 4; i++)
        if (str_is(type, first[i]))
            return i;
    return 4;
}

int merge_link_at(struct domain *d, const struct record_doc *of, const struct record_doc *to, const char *type)
{
    int n = 0;
    struct str reference = domain_reference(d, to), version;
    const struct fhir_node *list = fhir_member(of->node, "link");
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = i->next, n++)
        if (str_eq(record_reference(fhir_text(i, "other.reference"), &version), reference) &&
            str_is(fhir_text(i, "type"), type))
            return n;
    return -1;
}

/* ---- rows ---- */

static bool count_rows(struct domain *d, struct merge_result *r, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, r->source.rid);
    const struct db_rows *rows = db_run(d->db, &Q_merge_counts, &args, e);
    if (!rows)
        return false;
    r->steps = (int)db_get_int(rows, 0, 0);
    r->studies = (int)db_get_int(rows, 0, 1);
    r->reports = (int)db_get_int(rows, 0, 2);
    r->identifiers = (int)db_get_int(rows, 0, 3);
    return true;
}

static bool begin(struct domain *d, const struct merge_move *m, const struct merge_result *r, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, m->merge_id);
    db_int(&args, r->source.rid);
    db_int(&args, r->target.rid);
    return db_send(d->db, &Q_merge_put, &args, e);
}

static bool move_rows(struct domain *d, const struct merge_move *m, const struct merge_result *r, struct err *e)
{
    static const enum field person[] = {FIELD_PATIENT_NAME, FIELD_PATIENT_BIRTH_DATE, FIELD_PATIENT_SEX};
    struct str id, issuer;
    struct db_args args = db_args(d->arena);
    if (!patient_primary_id(d, &r->target, &id, &issuer, e))
        return false;
    db_int(&args, m->merge_id);
    db_int(&args, r->source.rid);
    db_int(&args, r->target.rid);
    if (!db_send(d->db, &Q_merge_reports_move, &args, e) || !db_send(d->db, &Q_merge_performed_move, &args, e) ||
        !db_send(d->db, &Q_merge_identifiers_move, &args, e))
        return false;
    db_text(&args, id);
    db_text(&args, issuer);
    for (size_t i = 0; i < 3; i++) {
        struct str text = field_read(d->arena, person[i], r->target.node);
        db_text(&args, text.p ? text : STR(""));
    }
    return db_send(d->db, &Q_merge_studies_move, &args, e) && db_flush(d->db, e);
}

/* ---- the two records ---- */

static int count_of(const struct record_doc *doc, const char *list)
{
    int n = 0;
    const struct fhir_node *l = fhir_member(doc->node, list);
    for (const struct fhir_node *i = l ? l->first : NULL; i; i = i->next)
        n++;
    return n;
}

static bool has_identifier(const struct record_doc *doc, const struct fhir_node *wanted)
{
    const struct fhir_node *l = fhir_member(doc->node, "identifier");
    for (const struct fhir_node *i = l ? l->first : NULL; i; i = i->next)
        if (str_eq(fhir_text(i, "system"), fhir_text(wanted, "system")) &&
            str_eq(fhir_text(i, "value"), fhir_text(wanted, "value")))
            return true;
    return false;
}

bool merge_link_put(struct domain *d, struct record_doc *of, const struct record_doc *to, const char *type,
                    struct err *e)
{
    int n = count_of(of, "link");
    if (merge_link_at(d, of, to, type) >= 0)
        return true;
    return fhir_set(d->arena, of->node, arena_printf(d->arena, "link[%d].other.reference", n).p,
                    domain_reference(d, to), e) &&
           fhir_set(d->arena, of->node, arena_printf(d->arena, "link[%d].type", n).p, str_of(type), e);
}

void merge_link_drop(struct domain *d, struct record_doc *of, const struct record_doc *to, const char *type)
{
    int at = merge_link_at(d, of, to, type);
    if (at >= 0)
        fhir_remove(of->node, arena_printf(d->arena, "link[%d]", at).p);
}

/* An identifier of the source on the target: old, so that a search by it finds who the person is now. */
static bool add_identifier(struct domain *d, struct merge_result *r, const struct fhir_node *from, struct err *e)
{
    const char *base = arena_printf(d->arena, "identifier[%d]", count_of(&r->target, "identifier")).p;
    struct fhir_node *to = fhir_make(d->arena, r->target.node, base, e);
    if (!to || !fhir_set(d->arena, r->target.node, arena_printf(d->arena, "%s.use", base).p, STR("old"), e))
        return false;
    for (const struct fhir_node *m = from->first; m; m = m->next) {
        struct fhir_node *copy;
        if (str_is(m->key, "use") || str_is(m->key, "_use") || str_is(m->key, "id"))
            continue;
        copy = fhir_copy(d->arena, m);
        copy->next = NULL;
        fhir_add_node(to, copy);
    }
    return true;
}

static bool remember(struct domain *d, int64_t merge_id, const char *what, int64_t key, const struct str before[2],
                     struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, merge_id);
    db_text(&args, str_of(what));
    db_int(&args, key);
    db_texts(&args, before, 2);
    return db_send(d->db, &Q_merge_row_put, &args, e);
}

/* The target did not have this identifier. */
static bool remember_given(struct domain *d, const struct merge_move *m, int64_t target, const struct fhir_node *i,
                           struct err *e)
{
    struct str system = fhir_text(i, "system");
    const struct str before[] = {system.p ? system : STR(""), fhir_text(i, "value")};
    return m->preview || remember(d, m->merge_id, "target", target, before, e);
}

/* What the caller wants the survivor to say; its id, and whom it replaces, are not the caller's to say. */
static bool take_result(struct domain *d, const struct merge_request *q, struct merge_result *r, struct err *e)
{
    if (!q->result)
        return true;
    struct str id = fhir_text(q->result, "id");
    if (id.n && !str_eq(id, r->target.id))
        return rule_break(RULE_MERGE_RESULT, e, "the result is the target: its id is '%.*s'", STR_ARG(r->target.id));
    if (str_is(fhir_text(q->result, "active"), "false"))
        return rule_break(RULE_MERGE_RESULT, e, "the result is the record that stays: it is not inactive");
    r->target.node = fhir_copy(d->arena, q->result);
    return fhir_set(d->arena, r->target.node, "id", r->target.id, e);
}

/* Both records as the merge leaves them, in memory. */
static bool shape_records(struct domain *d, const struct merge_move *m, struct merge_result *r, struct err *e)
{
    const struct fhir_node *list = fhir_member(r->source.node, "identifier");
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = i->next) {
        if (!fhir_text(i, "value").n || has_identifier(&r->target, i))
            continue;
        if (!add_identifier(d, r, i, e) || !remember_given(d, m, r->target.rid, i, e))
            return false;
    }
    return merge_link_put(d, &r->source, &r->target, "replaced-by", e) &&
           merge_link_put(d, &r->target, &r->source, "replaces", e) &&
           fhir_set(d->arena, r->source.node, "active", STR("false"), e);
}

static bool write_record(struct domain *d, const struct merge_move *m, struct record_doc *doc, struct err *e)
{
    struct str versions[2] = {arena_printf(d->arena, "%d", doc->version)};
    if (!resource_put(d, doc, e))
        return false;
    versions[1] = arena_printf(d->arena, "%d", doc->version);
    return remember(d, m->merge_id, "written", doc->rid, versions, e);
}

/* ---- merging ---- */

static bool check_free(struct domain *d, const struct record_doc *patient, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, patient->rid);
    const struct db_rows *r = db_run(d->db, &Q_patient_merged_into, &args, e);
    if (!r)
        return false;
    return !db_count(r) || rule_break(RULE_PATIENT_MERGED, e, "'%.*s' was merged into 'Patient/%.*s'",
                                      STR_ARG(domain_reference(d, patient)), STR_ARG(db_get(r, 0, 0)));
}

/* What was held because two records stood for one person is judged anew. */
static bool judge(struct domain *d, const struct merge_result *r, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, r->target.rid);
    const struct db_rows *rows = db_run(d->db, &Q_merge_unlinked, &args, e);
    size_t n = rows ? (size_t)db_count(rows) : 0;
    bool *study = ARENA_ARRAY(d->arena, bool, n + 1);
    int64_t *key = ARENA_ARRAY(d->arena, int64_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        study[i] = str_is(db_get(rows, (int)i, 0), "study");
        key[i] = db_get_int(rows, (int)i, 1);
    }
    for (size_t i = 0; i < n; i++)
        if (study[i] ? !link_study_arrived(d, key[i], e) : !link_report(d, key[i], e))
            return false;
    return rows && performed_relink_patient(d, r->target.rid, e);
}

static bool written(struct domain *d, const struct merge_move *m, const struct merge_result *r, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, m->merge_id);
    db_int(&args, r->target.rid);
    return db_send(d->db, &Q_merge_written_put, &args, e) && db_flush(d->db, e);
}

static bool apply(struct domain *d, const struct merge_move *m, struct merge_result *r, struct err *e)
{
    return begin(d, m, r, e) && shape_records(d, m, r, e) && move_rows(d, m, r, e) &&
           write_record(d, m, &r->target, e) && write_record(d, m, &r->source, e) && merge_move_documents(d, m, r, e) &&
           judge(d, r, e) && written(d, m, r, e);
}

bool merge_patients(struct domain *d, const struct merge_request *q, struct merge_result *ret_result, struct err *e)
{
    struct merge_result *r = ARENA_NEW(d->arena, struct merge_result);
    struct domain own = *d; /* the rules that keep documents with their patient stand back */
    if (q->source == q->target)
        return rule_break(RULE_MERGE_SELF, e, "source and target are the same record");
    if (!merge_open(d, q->source, q->target, r, e) || !check_free(d, &r->source, e) || !check_free(d, &r->target, e) ||
        !take_result(d, q, r, e) || !count_rows(d, r, e))
        return false;
    struct merge_move m = {record_rid_new(), domain_reference(d, &r->source), domain_reference(d, &r->target),
                           q->preview};
    own.merging = true;
    if (q->preview ? !shape_records(&own, &m, r, e) || !merge_move_documents(&own, &m, r, e) : !apply(&own, &m, r, e))
        return err_wrap(e, "merge '%.*s'", STR_ARG(m.from));
    *ret_result = *r;
    return true;
}
