/* Undoing a merge: what nobody touched since is put back as it was; in the rest, the references that moved. */
#include "domain/merge_priv.h"

#include "domain/link.h"
#include "domain/resource.h"
#include "domain/rule.h"
#include "schema/queries.h"

struct undoing {
    int64_t merge_id, target;
    bool preview;
    struct merge_place *place; /* by document */
    size_t n;
};

static bool find(struct domain *d, int64_t source, struct undoing *u, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, source);
    const struct db_rows *r = db_run(d->db, &Q_merge_standing, &args, e);
    if (!r)
        return false;
    if (!db_count(r))
        return rule_break(RULE_MERGE_NONE, e, "the record is not merged into another");
    u->merge_id = db_get_int(r, 0, 0);
    u->target = db_get_int(r, 0, 1);
    return !db_get_bool(r, 0, 2) ||
           rule_break(RULE_MERGE_CHAIN, e, "the record it was merged into was merged on: undo that first");
}

static bool load(struct domain *d, struct undoing *u, const struct merge_result *m, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, u->merge_id);
    db_int(&args, m->source.rid);
    db_int(&args, m->target.rid);
    const struct db_rows *r = db_run(d->db, &Q_merge_document_list, &args, e);
    if (!r)
        return false;
    u->n = (size_t)db_count(r);
    u->place = ARENA_ARRAY(d->arena, struct merge_place, u->n + 1);
    int64_t *rid = ARENA_ARRAY(d->arena, int64_t, u->n + 1);
    for (size_t i = 0; i < u->n; i++) {
        u->place[i] = (struct merge_place){db_get_int(r, (int)i, 0),
                                           arena_str(d->arena, db_get(r, (int)i, 1)),
                                           arena_str(d->arena, db_get(r, (int)i, 2)),
                                           arena_str(d->arena, db_get(r, (int)i, 3)),
                                           (int)db_get_int(r, (int)i, 4),
                                           (int)db_get_int(r, (int)i, 5)};
        rid[i] = u->place[i].rid;
    }
    return u->preview || merge_lock(d, rid, u->n, e);
}

/* ---- documents ---- */

/* Make the document say what it said in a version. */
static bool restore(struct domain *d, struct record_doc *doc, int version, struct err *e)
{
    struct record_doc old = {.rid = 0};
    struct record_key key = {.access = STR_NONE, .type = doc->type, .id = doc->id};
    if (!record_get_version(d->db, d->arena, key, version, &old, e) || !record_parse(d->arena, &old, e))
        return false;
    doc->node = old.node;
    return true;
}

static void put_back(struct domain *d, struct record_doc *doc, const struct merge_place *p, size_t n, bool *ret_changed)
{
    for (size_t i = 0; i < n; i++) {
        struct fhir_node *at =
            p[i].path.n ? (struct fhir_node *)(uintptr_t)fhir_at(doc->node, arena_cstr(d->arena, p[i].path)) : NULL;
        if (!at || at->kind != FHIR_STRING)
            continue;
        at->text = p[i].before;
        *ret_changed = true;
    }
}

static bool give_back(struct domain *d, const struct undoing *u, const struct merge_place *p, size_t n,
                      bool *ret_changed, struct err *e)
{
    struct record_doc doc;
    *ret_changed = false;
    if (!record_get_rid(d->db, d->arena, p->rid, RECORD_READ, &doc, e))
        return false;
    if (doc.deleted)
        return true;
    if (p->version_before && doc.version == p->version_after) {
        *ret_changed = true;
        if (!u->preview && !restore(d, &doc, p->version_before, e))
            return false;
    } else {
        if (!record_parse(d->arena, &doc, e))
            return false;
        put_back(d, &doc, p, n, ret_changed);
    }
    return !*ret_changed || u->preview || (resource_put(d, &doc, e) && db_flush(d->db, e));
}

static bool give_rank_back(struct domain *d, const struct undoing *u, int rank, struct merge_result *m, struct err *e)
{
    struct arena scratch, *kept = d->arena;
    struct domain own = *d;
    bool ok = true, changed = false;
    arena_init(&scratch);
    own.arena = &scratch;
    for (size_t from = 0, to; from < u->n && ok; from = to) {
        const struct merge_place *p = &u->place[from];
        for (to = from + 1; to < u->n && u->place[to].rid == p->rid;)
            to++;
        if (merge_rank(p->type) != rank)
            continue;
        ok = give_back(&own, u, p, to - from, &changed, e);
        if (ok && changed)
            merge_count(m, kept, p->type);
        arena_reset(&scratch);
    }
    arena_release(&scratch);
    return ok;
}

/* ---- the two records ---- */

static void drop_identifier(struct merge_result *m, struct arena *a, struct str system, struct str value)
{
    int n = 0;
    const struct fhir_node *list = fhir_member(m->target.node, "identifier");
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = i->next, n++) {
        struct str own = fhir_text(i, "system");
        if (!str_is(fhir_text(i, "use"), "old") || !str_eq(own.p ? own : STR(""), system) ||
            !str_eq(fhir_text(i, "value"), value))
            continue;
        fhir_remove(m->target.node, arena_printf(a, "identifier[%d]", n).p);
        return;
    }
}

struct record_rows { /* what the merge kept of both records */
    int source_before, source_after, target_before, target_after;
    struct str system[256], value[256];
    size_t n;
};

static bool load_records(struct domain *d, const struct undoing *u, const struct merge_result *m,
                         struct record_rows *ret_rows, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, u->merge_id);
    db_int(&args, m->source.rid);
    db_int(&args, m->target.rid);
    const struct db_rows *r = db_run(d->db, &Q_merge_record_list, &args, e);
    for (int i = 0; r && i < db_count(r); i++) {
        struct str one = db_get(r, i, 2), two = db_get(r, i, 3);
        bool source = db_get_int(r, i, 1) == m->source.rid;
        if (str_is(db_get(r, i, 0), "written")) {
            int64_t before = 0, after = 0;
            (void)(str_int(one, &before) && str_int(two, &after));
            *(source ? &ret_rows->source_before : &ret_rows->target_before) = (int)before;
            *(source ? &ret_rows->source_after : &ret_rows->target_after) = (int)after;
        } else if (ret_rows->n < sizeof ret_rows->value / sizeof ret_rows->value[0]) {
            ret_rows->system[ret_rows->n] = arena_str(d->arena, one);
            ret_rows->value[ret_rows->n++] = arena_str(d->arena, two);
        }
    }
    return r != NULL;
}

static bool shape_records(struct domain *d, const struct undoing *u, struct merge_result *m, struct err *e)
{
    struct record_rows *k = ARENA_NEW(d->arena, struct record_rows);
    if (!load_records(d, u, m, k, e))
        return false;
    if (m->target.version == k->target_after && k->target_before) {
        if (!restore(d, &m->target, k->target_before, e))
            return false;
    } else {
        for (size_t i = 0; i < k->n; i++)
            drop_identifier(m, d->arena, k->system[i], k->value[i]);
        merge_link_drop(d, &m->target, &m->source, "replaces");
    }
    if (m->source.version == k->source_after && k->source_before)
        return restore(d, &m->source, k->source_before, e);
    merge_link_drop(d, &m->source, &m->target, "replaced-by");
    return fhir_set(d->arena, m->source.node, "active", STR("true"), e);
}

/* ---- rows and links ---- */

static bool rows_back(struct domain *d, const struct undoing *u, const struct merge_result *m, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, u->merge_id);
    if (!db_send(d->db, &Q_merge_end, &args, e))
        return false;
    struct db_args by_target = args;
    db_int(&by_target, m->target.rid);
    db_int(&args, m->source.rid);
    db_int(&args, m->target.rid);
    return db_send(d->db, &Q_merge_reports_back, &args, e) && db_send(d->db, &Q_merge_performed_back, &args, e) &&
           db_send(d->db, &Q_merge_studies_back, &by_target, e) &&
           db_send(d->db, &Q_merge_identifiers_back, &args, e) && db_flush(d->db, e);
}

/* What waits is tried for both: an order that went back may be what a report of its patient waits for. */
static bool judge(struct domain *d, const struct merge_result *m, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, m->source.rid);
    db_int(&args, m->target.rid);
    const struct db_rows *r = db_run(d->db, &Q_merge_reports_of, &args, e);
    size_t n = r ? (size_t)db_count(r) : 0;
    int64_t *rid = ARENA_ARRAY(d->arena, int64_t, n + 1);
    for (size_t i = 0; i < n; i++)
        rid[i] = db_get_int(r, (int)i, 0);
    for (size_t i = 0; i < n; i++)
        if (!link_report(d, rid[i], e))
            return false;
    return r != NULL;
}

static bool apply(struct domain *d, const struct undoing *u, struct merge_result *m, struct err *e)
{
    if (!shape_records(d, u, m, e) ||
        (!u->preview && (!rows_back(d, u, m, e) || !resource_put(d, &m->target, e) || !resource_put(d, &m->source, e))))
        return false;
    for (int rank = 0; rank <= 4; rank++)
        if (!give_rank_back(d, u, rank, m, e))
            return false;
    return u->preview || judge(d, m, e);
}

bool merge_undo(struct domain *d, int64_t source, bool preview, struct merge_result *ret_result, struct err *e)
{
    struct undoing u = {.preview = preview};
    struct merge_result *m = ARENA_NEW(d->arena, struct merge_result);
    struct domain own = *d;
    own.merging = true;
    if (!find(d, source, &u, e) || !merge_open(d, source, u.target, m, e) || !load(d, &u, m, e) ||
        !merge_check_undo(d, u.merge_id, u.place, u.n, m, e))
        return false;
    if (!apply(&own, &u, m, e))
        return err_wrap(e, "undo the merge of '%.*s'", STR_ARG(domain_reference(d, &m->source)));
    *ret_result = *m;
    return true;
}
