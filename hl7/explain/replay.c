/* Many refused messages given once more: asked for in one request, done by job MESSAGE_REPLAY as the one who asked,
 * told as it goes. Killed between a message and its note, the message is given again and answered as one that came
 * before. */
#include "hl7/explain/explain_priv.h"

#include "base/json.h"
#include "jobs/jobs.h"
#include "record/record.h"
#include "schema/queries.h"

enum { RUN_MAX = 1000, BATCH = 20, RUN_MS = 3000 };

/* ---- asking ---- */

static bool put_run(struct op *op, int64_t run, struct err *e)
{
    const struct principal *who = op->who;
    struct db_args args = db_args(op->arena);
    db_int(&args, run);
    db_text(&args, str_of(who->name));
    db_int(&args, who->kind);
    db_text(&args, str_of(who->display));
    db_text(&args, str_of(who->address));
    db_int(&args, (int64_t)who->permissions);
    db_int(&args, (int32_t)who->roles);
    db_text(&args, str_of(who->departments));
    return db_send(op->db, &Q_replay_put, &args, e);
}

bool explain_replay_ask(struct op *op, const struct explain_ids *ids, struct explain_asked *ret_asked, struct err *e)
{
    int64_t run = record_rid_new();
    struct db_args args = db_args(op->arena);
    if (!put_run(op, run, e))
        return false;
    db_text_opt(&args, op->access);
    db_int(&args, run);
    db_ints(&args, ids->id, ids->n);
    const struct db_rows *r = db_run(op->db, &Q_replay_items_put, &args, e);
    if (!r)
        return false;
    *ret_asked = (struct explain_asked){run, db_get_int(r, 0, 0)};
    if (!ret_asked->messages)
        return err_set(e, ERR_NOT_FOUND, "none of these messages is refused and not settled");
    op->event->object_type = STR("Message");
    op->event->object_id = arena_printf(op->arena, "%lld", (long long)run);
    op->event->count = ret_asked->messages;
    op->event->detail = STR("many, as they were");
    return jobs_put(op->db, JOB_MESSAGE_REPLAY, arena_printf(op->arena, "%lld", (long long)run), 0, e);
}

static bool read_ids(struct op *op, const struct gate_http *h, struct explain_ids *ret_ids, struct err *e)
{
    struct json *j = json_parse(h->request->body, e);
    if (!j)
        return false;
    const struct json *list = json_find(j, "messages");
    size_t n = json_count(list);
    bool ok = n > 0 && n <= RUN_MAX;
    int64_t *ids = ARENA_ARRAY(op->arena, int64_t, n + 1);
    for (size_t i = 0; ok && i < n; i++)
        ok = str_int(json_text(json_at(list, i)), &ids[i]);
    json_free(j);
    *ret_ids = (struct explain_ids){ids, n};
    return ok || err_set(e, ERR_INVALID, "messages is a list of 1 to %d ids as texts", RUN_MAX);
}

bool explain_replay(struct op *op, struct gate_http *h, struct err *e)
{
    struct explain_ids ids;
    struct explain_asked asked;
    struct buf b;
    if (!read_ids(op, h, &ids, e) || !explain_replay_ask(op, &ids, &asked, e))
        return false;
    buf_init(&b, 1024);
    buf_putc(&b, '{');
    json_put_field(&b, "run", arena_printf(op->arena, "%lld", (long long)asked.run));
    json_put_int(&b, "messages", asked.messages);
    buf_putc(&b, '}');
    return explain_json(h, &b, e);
}

bool explain_dead(struct db *db, struct arena *a, struct str peer, clock_us from, struct explain_ids *ret_ids,
                  struct err *e)
{
    struct db_args args = db_args(a);
    db_null(&args);
    db_text(&args, peer);
    db_int(&args, record_rid_at(from));
    const struct db_rows *r = db_run(db, &Q_message_dead_ids, &args, e);
    if (!r)
        return false;
    *ret_ids = (struct explain_ids){ARENA_ARRAY(a, int64_t, (size_t)db_count(r) + 1), (size_t)db_count(r)};
    for (size_t i = 0; i < ret_ids->n; i++)
        ret_ids->id[i] = db_get_int(r, (int)i, 0);
    return true;
}

/* ---- doing ---- */

static bool load_who(struct db *db, struct arena *a, int64_t run, struct principal *ret_who, struct err *e)
{
    struct db_args args = db_args(a);
    db_int(&args, run);
    const struct db_rows *r = db_run(db, &Q_replay_who, &args, e);
    if (!r || !db_count(r))
        return r ? err_set(e, ERR_NOT_FOUND, "no replay %lld", (long long)run) : false;
    *ret_who = (struct principal){.kind = (enum principal_kind)db_get_int(r, 0, 1),
                                  .permissions = (uint64_t)db_get_int(r, 0, 4),
                                  .roles = (uint32_t)db_get_int(r, 0, 5)};
    str_copy(ret_who->name, sizeof ret_who->name, db_get(r, 0, 0));
    str_copy(ret_who->display, sizeof ret_who->display, db_get(r, 0, 2));
    str_copy(ret_who->address, sizeof ret_who->address, db_get(r, 0, 3));
    str_copy(ret_who->departments, sizeof ret_who->departments, db_get(r, 0, 6));
    return true;
}

static bool note(struct db *db, int64_t run, const struct again *g, const struct err *why, struct err *e)
{
    struct db_args args = db_args(g->arena);
    db_int(&args, run);
    db_int(&args, g->original);
    db_text(&args, why ? STR("-") : str_of(g->out.code));
    db_int(&args, g->out.message);
    db_text(&args, str_of(why ? why->text : g->out.error));
    return db_run(db, &Q_replay_done, &args, e) != NULL;
}

static bool give_one(struct gate *gate, struct db *db, int64_t run, const struct principal *who, int64_t id,
                     struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    struct err why;
    arena_init(&arena);
    err_clear(&why);
    struct again g = {.arena = &arena, .original = id};
    bool given = again_give(&g, gate, who, &why);
    if (!given && why.code == ERR_UNAVAILABLE) {
        *e = why;
        return false;
    }
    return note(db, run, &g, given ? NULL : &why, e);
}

static bool give_batch(struct gate *gate, struct db *db, int64_t run, int *ret_n, struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    struct principal who;
    int64_t id[BATCH];
    arena_init(&arena);
    struct db_args args = db_args(&arena);
    db_int(&args, run);
    db_int(&args, BATCH);
    if (!load_who(db, &arena, run, &who, e))
        return false;
    const struct db_rows *r = db_run(db, &Q_replay_due, &args, e);
    if (!r)
        return false;
    *ret_n = db_count(r);
    for (int i = 0; i < *ret_n; i++)
        id[i] = db_get_int(r, i, 0);
    for (int i = 0; i < *ret_n; i++)
        if (!give_one(gate, db, run, &who, id[i], e))
            return false;
    return true;
}

bool explain_replay_run(struct gate *gate, struct db *db, struct str payload, struct err *e)
{
    int64_t run;
    int n = BATCH;
    clock_us end = clock_monotonic() + RUN_MS * 1000;
    if (!str_int(payload, &run))
        return err_set(e, ERR_INVALID, "no replay of this name");
    while (n == BATCH && clock_monotonic() < end)
        if (!give_batch(gate, db, run, &n, e))
            return false;
    if (n < BATCH)
        return true;
    return db_begin(db, DB_WRITE, e) && jobs_put(db, JOB_MESSAGE_REPLAY, payload, 0, e) && db_commit(db, e);
}

/* ---- telling ---- */

static void put_items(struct buf *b, const struct db_rows *r)
{
    static const char *const names[] = {"message", "ackCode", "made", "error", "controlId"};
    json_put_name(b, "items");
    buf_putc(b, '[');
    for (int i = 0; i < db_count(r); i++) {
        json_put_comma(b);
        buf_putc(b, '{');
        for (int c = 0; c < 5; c++)
            json_put_field(b, names[c], db_get(r, i, c));
        buf_putc(b, '}');
    }
    buf_putc(b, ']');
}

static const struct db_rows *items_of(struct db *db, struct arena *a, struct str access, int64_t run, struct err *e)
{
    struct db_args args = db_args(a);
    db_text_opt(&args, access);
    db_int(&args, run);
    return db_run(db, &Q_replay_items, &args, e);
}

static bool tell(struct op *op, int64_t run, struct buf *ret_json, struct err *e)
{
    static const char *const names[] = {"messages", "done", "accepted", "refused"};
    char when[CLOCK_TEXT];
    struct db_args args = db_args(op->arena);
    db_int(&args, run);
    const struct db_rows *r = db_run(op->db, &Q_replay_progress, &args, e);
    if (!r || !db_count(r))
        return r ? err_set(e, ERR_NOT_FOUND, "no replay %lld", (long long)run) : false;
    buf_putc(ret_json, '{');
    json_put_field(ret_json, "run", arena_printf(op->arena, "%lld", (long long)run));
    json_put_field(ret_json, "by", db_get(r, 0, 0));
    clock_site_text(db_get_int(r, 0, 1), when);
    json_put_field(ret_json, "asked", str_of(when));
    for (int c = 0; c < 4; c++)
        json_put_int(ret_json, names[c], db_get_int(r, 0, c + 2));
    r = items_of(op->db, op->arena, op->access, run, e);
    if (r)
        put_items(ret_json, r);
    buf_putc(ret_json, '}');
    return r != NULL;
}

bool explain_replay_outcomes(struct db *db, struct arena *a, int64_t run, struct explain_outcome **ret_outcomes,
                             size_t *ret_n, struct err *e)
{
    const struct db_rows *r = items_of(db, a, STR(""), run, e);
    if (!r)
        return false;
    struct explain_outcome *o = ARENA_ARRAY(a, struct explain_outcome, (size_t)db_count(r) + 1);
    size_t n = 0;
    for (int i = 0; i < db_count(r); i++)
        if (db_get(r, i, 1).n)
            o[n++] = (struct explain_outcome){db_get_int(r, i, 0), arena_str(a, db_get(r, i, 4)),
                                              arena_str(a, db_get(r, i, 1)), arena_str(a, db_get(r, i, 3))};
    *ret_outcomes = o;
    *ret_n = n;
    return true;
}

bool explain_replay_view(struct op *op, struct gate_http *h, struct err *e)
{
    int64_t run;
    struct buf b;
    if (!explain_id(h, "run", &run, e))
        return false;
    buf_init(&b, EXPLAIN_JSON_MAX);
    op->event->object_type = STR("Message");
    op->event->object_id = arena_printf(op->arena, "%lld", (long long)run);
    if (tell(op, run, &b, e))
        return explain_json(h, &b, e);
    buf_release(&b);
    return false;
}
