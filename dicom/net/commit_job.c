/* The job of a commitment: look at the stored bytes, some seconds a run, then tell the peer on an association of our
 * own unless one of its own is open. */
#include "dicom/net/commit.h"

#include <inttypes.h>

#include "dicom/out/out.h"
#include "domain/study_verify.h"
#include "jobs/jobs.h"
#include "schema/queries.h"

enum { RUN_SECONDS = 3, AGAIN_MS = 2000 };

/* PS3.3 C.14.1.1. */
static int64_t reason_of(enum verify_outcome o)
{
    static const int64_t reasons[] = {[VERIFY_OPEN] = -1,
                                      [VERIFY_GOOD] = 0,
                                      [VERIFY_MISSING] = 0x0112,
                                      [VERIFY_CLASS] = 0x0119,
                                      [VERIFY_DAMAGED] = 0x0110};
    return reasons[o];
}

struct run {
    const struct dicom_commit_config *config;
    struct arena arena;
    struct db *db;
    struct commit commit;
    struct commit_item *items;
    size_t n;
};

static bool again(struct run *r, struct err *e)
{
    struct str payload = arena_printf(&r->arena, "%" PRId64, r->commit.id);
    return db_begin(r->db, DB_WRITE, e) && jobs_put(r->db, JOB_COMMITMENT, payload, clock_now() + AGAIN_MS * 1000, e) &&
           db_commit(r->db, e);
}

static bool save(struct run *r, const struct verify_item *items, bool whole, struct err *e)
{
    struct db_args args = db_args(&r->arena);
    int64_t *reason = ARENA_ARRAY(&r->arena, int64_t, r->n + 1);
    for (size_t i = 0; i < r->n; i++)
        r->items[i].reason = reason[i] = r->items[i].reason < 0 ? reason_of(items[i].outcome) : r->items[i].reason;
    db_int(&args, r->commit.id);
    db_ints(&args, reason, r->n);
    struct str payload = arena_printf(&r->arena, "%" PRId64, r->commit.id);
    return db_begin(r->db, DB_WRITE, e) && db_send(r->db, &Q_commitment_checked, &args, e) &&
           (whole || jobs_put(r->db, JOB_COMMITMENT, payload, 0, e)) && db_commit(r->db, e);
}

/* *ret_whole: nothing is left to look at. */
static bool check(struct run *r, bool *ret_whole, struct err *e)
{
    const struct principal who = auth_system();
    struct domain d = {.arena = &r->arena,
                       .db = r->db,
                       .access = r->commit.access,
                       .who = &who,
                       .policy = gate_policy(r->config->gate)};
    struct verify_item *items = ARENA_ARRAY(&r->arena, struct verify_item, r->n + 1);
    for (size_t i = 0; i < r->n; i++)
        items[i] = (struct verify_item){.sop_uid = r->items[i].sop_uid,
                                        .sop_class = r->items[i].sop_class,
                                        .outcome = r->items[i].reason < 0 ? VERIFY_OPEN : VERIFY_GOOD};
    if (!study_verify_find(&d, items, r->n, e))
        return false;
    *ret_whole = study_verify_read(gate_files(r->config->gate), items, r->n,
                                   (struct verify_pace){r->config->verify_bytes_per_second, RUN_SECONDS});
    return save(r, items, *ret_whole, e);
}

/* ---- on an association of our own ---- */

static bool deliver(struct run *r, uint16_t *ret_status, struct err *e)
{
    static const struct dicom_proposal proposal = {.abstract_syntax = COMMIT_CLASS, .as_scp = true};
    struct dicom_command command;
    struct auth_reach to;
    struct dicom_dataset *ds = commit_report(&r->commit, r->items, r->n, r->config->ae_title, &command, e);
    if (!ds)
        return false;
    bool ok = auth_peer_reach(r->db, r->commit.peer, &to, e) &&
              dicom_call_request(&to, &proposal, &command, ds, ret_status, e);
    dicom_dataset_free(ds);
    return ok;
}

static bool note(struct run *r, uint16_t status, struct err *e)
{
    struct principal who = auth_system();
    struct audit_event ev = {.kind = AUDIT_COMMITMENT_REPORT, .who = &who, .door = "job", .request = STR("COMMITMENT")};
    commit_describe(&ev, &r->commit, status, &r->arena);
    return db_begin(r->db, DB_WRITE, e) && commit_told(r->db, &r->arena, &r->commit, status, e) &&
           audit_write(r->db, &ev, e) && db_commit(r->db, e);
}

static void note_failure(struct run *r, const struct err *why)
{
    struct err e;
    struct db_args args = db_args(&r->arena);
    err_clear(&e);
    db_int(&args, r->commit.id);
    db_text(&args, str_of(why->text));
    db_run(r->db, &Q_commitment_failed, &args, &e);
}

static bool tell(struct run *r, struct err *e)
{
    uint16_t status = 0;
    if (r->commit.held)
        return again(r, e);
    if (deliver(r, &status, e))
        return note(r, status, e);
    note_failure(r, e);
    return false;
}

static bool serve(struct run *r, int64_t id, struct err *e)
{
    bool found, whole = true;
    if (!commit_get(r->db, &r->arena, id, &r->commit, &found, e))
        return false;
    if (!found || str_is(r->commit.state, "reported"))
        return true;
    if (!commit_items(r->db, &r->arena, id, &r->items, &r->n, e))
        return false;
    if (str_is(r->commit.state, "waiting") && !check(r, &whole, e))
        return false;
    return !whole || tell(r, e);
}

bool dicom_commit_run(const struct dicom_commit_config *config, struct db *db, struct str payload, struct err *e)
{
    struct run r = {.config = config, .db = db};
    int64_t id;
    if (!str_int(payload, &id))
        return err_set(e, ERR_INTERNAL, "a commitment without its number");
    arena_init(&r.arena);
    bool ok = serve(&r, id, e);
    arena_release(&r.arena);
    return ok;
}
