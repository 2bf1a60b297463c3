/* What a profile would do: its own tests, and the last messages of its sender read both ways. All of it in a
 * transaction of another connection, which is rolled back. */
#include "base/json.h"
#include "domain/authority.h"
#include "hl7/net/profile_priv.h"
#include "schema/queries.h"

enum { BORROW_MS = 5000, GROUPS_MAX = 200, CHANGES_MAX = 500, DOCUMENT_MAX = 1 << 20 };

struct trial {
    struct op *op, own; /* of who asks, and of the trial */
    struct audit_event event;
    struct profile_live candidate, before; /* before: in force now, without rows when there is none */
    int64_t profile_id, version;
    struct buf *json;
    size_t changes, changed, refused; /* values, messages */
    bool failed;                      /* a test */
};

static struct str some(struct str s)
{
    return s.p ? s : STR("");
}

/* ---- reading it ---- */

static bool read_candidate(struct trial *t, const struct profile_ask *ask, struct err *e)
{
    struct db_args args = db_args(t->op->arena);
    db_text(&args, ask->name);
    db_int(&args, ask->version);
    const struct db_rows *r = db_run(t->op->db, &Q_hl7_profile_get, &args, e);
    if (!r || !db_count(r))
        return r ? err_set(e, ERR_NOT_FOUND, "no such profile, or no such version of it") : false;
    t->profile_id = db_get_int(r, 0, 0);
    t->version = db_get_int(r, 0, 1);
    return profile_make(arena_str(t->op->arena, db_get(r, 0, 3)), t->op->arena, &t->candidate, e);
}

static bool read_before(struct trial *t, struct err *e)
{
    struct db_args args = db_args(t->op->arena);
    db_text(&args, t->candidate.profile.application);
    db_text(&args, some(t->candidate.profile.facility));
    const struct db_rows *r = db_run(t->op->db, &Q_hl7_profile_of_sender, &args, e);
    if (r && db_count(r) && !profile_make(arena_str(t->op->arena, db_get(r, 0, 0)), t->op->arena, &t->before, NULL))
        t->before = (struct profile_live){.id = 0};
    return r != NULL;
}

/* ---- its tests ---- */

/* What the group got; of patient and visit, which groups share, what the first got. */
static struct str found_value(const struct hl7_trial *trial, const struct hl7_expected *x)
{
    enum field f = field_find(x->field);
    bool shared = field_row(f)->entity == ENTITY_PATIENT || field_row(f)->entity == ENTITY_ENCOUNTER;
    for (size_t i = 0; i < trial->origins; i++)
        if (trial->origin[i].field == f && (trial->origin[i].group == x->group || shared))
            return trial->origin[i].value;
    return STR_NONE;
}

static bool put_differences(struct trial *t, const struct hl7_profile_test *test, const struct hl7_trial *trial)
{
    bool same = true;
    json_put_name(t->json, "differs");
    buf_putc(t->json, '[');
    for (size_t i = 0; i < test->fields; i++) {
        const struct hl7_expected *x = &test->field[i];
        struct str found = found_value(trial, x);
        if (str_eq(some(found), some(x->value)))
            continue;
        same = false;
        json_put_comma(t->json);
        buf_putc(t->json, '{');
        json_put_field(t->json, "field", x->field);
        json_put_int(t->json, "group", (int64_t)x->group);
        json_put_int(t->json, "line", x->line);
        json_put_field(t->json, "expected", x->value);
        json_put_field(t->json, "found", some(found));
        buf_putc(t->json, '}');
    }
    buf_putc(t->json, ']');
    return same;
}

static void put_verdict(struct trial *t, const struct hl7_profile_test *test, const struct hl7_trial *trial,
                        const struct err *why)
{
    json_put_comma(t->json);
    buf_putc(t->json, '{');
    json_put_field(t->json, "name", test->name);
    json_put_int(t->json, "line", test->line);
    json_put_field(t->json, "expected", test->ack);
    json_put_field(t->json, "ack", str_of(trial->code ? trial->code : ""));
    if (why->code != ERR_NONE) {
        json_put_field(t->json, "error", str_of(err_said(why)));
        json_put_field(t->json, "place", str_of(why->path));
    }
    bool passed = put_differences(t, test, trial) && str_is(test->ack, trial->code ? trial->code : "");
    json_put_bool(t->json, "passed", passed);
    buf_putc(t->json, '}');
    t->failed = t->failed || !passed;
}

/* The real handler, undone. */
static bool run_test(struct trial *t, const struct hl7_profile_test *test, struct err *e)
{
    struct hl7_peer peer = {.gate = t->op->gate, .address = "profile", .profile = &t->candidate};
    struct hl7_trial trial = {.ack = STR_NONE};
    struct err why;
    err_clear(&why);
    if (!db_begin(t->own.db, DB_WRITE, e))
        return false;
    record_gather(t->own.db, t->own.arena);
    if (hl7_try(&t->own, &peer, test->message, &trial, &why))
        (void)db_flush(t->own.db, &why);
    db_rollback(t->own.db);
    if (why.code == ERR_INTERNAL || why.code == ERR_UNAVAILABLE) {
        *e = why;
        return err_wrap(e, "test of the profile at line %u", test->line);
    }
    put_verdict(t, test, &trial, &why);
    return true;
}

static bool run_tests(struct trial *t, struct err *e)
{
    bool ok = true;
    json_put_name(t->json, "tests");
    buf_putc(t->json, '[');
    for (size_t i = 0; i < t->candidate.profile.tests && ok; i++)
        ok = run_test(t, &t->candidate.profile.test[i], e);
    buf_putc(t->json, ']');
    return ok;
}

/* ---- messages read both ways ---- */

static const struct trace_log *map_whole(struct trial *t, const struct hl7_message *m, const struct profile_live *along)
{
    struct domain *d = ARENA_NEW(t->own.arena, struct domain);
    struct mapping *x = ARENA_NEW(t->own.arena, struct mapping);
    struct hl7_header h;
    *d = gate_domain(&t->own);
    struct trace_log *log = trace_start(d);
    log->over = &along->rows;
    hl7_header(m, t->own.arena, &h);
    const struct trigger *trigger = trigger_find(h.type, h.event);
    *x = (struct mapping){.d = d, .m = m, .structure = trigger ? trigger->map : 0};
    for (int n = 0; trigger && trigger->map && n < GROUPS_MAX && map_next(x); n++)
        if (!map_run(x, NULL))
            break;
    return log;
}

struct told { /* one value, and where it came from */
    struct str value;
    bool removed;
    char place[HL7_ERL_TEXT];
};

static struct told told_of(const struct trace_walk *w, enum field f)
{
    struct told told = {.value = STR("")};
    for (size_t i = 0; w && i < w->n; i++)
        if (w->trace[i].field == f) {
            told.value = some(w->value[i]);
            told.removed = w->trace[i].deleted;
            trace_place(&w->trace[i], told.place);
        }
    return told;
}

static void put_told(struct buf *b, const char *value, const char *place, const struct told *told)
{
    json_put_field(b, value, told->value);
    json_put_field(b, place, str_of(told->place));
}

struct stored { /* a message of the journal */
    int64_t id;
    struct str control_id;
};

static void compare_field(struct trial *t, const struct stored *s, const struct trace_walk *before,
                          const struct trace_walk *after, enum field f)
{
    struct told was = told_of(before, f), will = told_of(after, f);
    if (str_eq(was.value, will.value) && was.removed == will.removed)
        return;
    if (t->changes++ >= CHANGES_MAX)
        return;
    json_put_comma(t->json);
    buf_putc(t->json, '{');
    json_put_field(t->json, "message", arena_printf(t->own.arena, "%lld", (long long)s->id));
    json_put_field(t->json, "controlId", s->control_id);
    json_put_int(t->json, "group", (int64_t)(after ? after->number : before->number));
    json_put_field(t->json, "field", str_of(field_row(f)->name));
    put_told(t->json, "before", "beforePlace", &was);
    put_told(t->json, "after", "afterPlace", &will);
    buf_putc(t->json, '}');
}

static void compare(struct trial *t, const struct stored *s, const struct hl7_message *m)
{
    const struct trace_walk *before = map_whole(t, m, &t->before)->first;
    const struct trace_walk *after = map_whole(t, m, &t->candidate)->first;
    size_t had = t->changes;
    while (before || after) {
        for (enum field f = 0; f < FIELDS; f++)
            compare_field(t, s, before, after, f);
        before = before ? before->next : NULL;
        after = after ? after->next : NULL;
    }
    t->changed += t->changes > had;
}

static const struct hl7_finding *first_error(struct trial *t, const struct profile_live *along,
                                             const struct hl7_message *m)
{
    struct hl7_findings *found = ARENA_NEW(t->own.arena, struct hl7_findings);
    hl7_profile_check(&along->profile, m, t->own.arena, found);
    for (size_t i = 0; i < found->n; i++)
        if (!found->item[i].warning)
            return &found->item[i];
    return NULL;
}

/* Messages that this profile refuses and the one before did not. */
static void put_refusal(struct trial *t, const struct stored *s, const struct hl7_message *m, struct buf *to)
{
    const struct hl7_finding *f = first_error(t, &t->candidate, m);
    if (!f || first_error(t, &t->before, m) || t->refused++ >= CHANGES_MAX)
        return;
    json_put_comma(to);
    buf_putc(to, '{');
    json_put_field(to, "message", arena_printf(t->own.arena, "%lld", (long long)s->id));
    json_put_field(to, "controlId", s->control_id);
    json_put_field(to, "place", str_of(f->place));
    json_put_field(to, "text", f->text);
    buf_putc(to, '}');
}

static bool compare_all(struct trial *t, const struct db_rows *rows, struct buf *refusals, struct err *e)
{
    struct arena *usual = t->own.arena, each CLEANUP(arena_release);
    arena_init(&each);
    if (!db_begin(t->own.db, DB_WRITE, e))
        return false;
    t->own.arena = &each;
    for (int i = 0; i < db_count(rows); i++) {
        struct hl7_message m;
        struct stored s = {db_get_int(rows, i, 0), db_get(rows, i, 1)};
        arena_reset(&each);
        if (!hl7_parse(db_get_bytes(rows, i, 2, &each), NULL, &each, &m, NULL))
            continue;
        compare(t, &s, &m);
        put_refusal(t, &s, &m, refusals);
    }
    db_rollback(t->own.db);
    t->own.arena = usual;
    return true;
}

static bool put_diff(struct trial *t, int64_t messages, struct err *e)
{
    CLEANUP(buf_release) struct buf refusals;
    struct db_args args = db_args(t->op->arena);
    buf_init(&refusals, DOCUMENT_MAX);
    db_text_opt(&args, t->op->access);
    db_text(&args, t->candidate.profile.application);
    db_text(&args, some(t->candidate.profile.facility));
    db_int(&args, messages);
    const struct db_rows *rows = db_run(t->op->db, &Q_hl7_profile_messages, &args, e);
    if (!rows)
        return false;
    json_put_name(t->json, "changes");
    buf_putc(t->json, '[');
    bool ok = compare_all(t, rows, &refusals, e);
    buf_puts(t->json, "],\"refusals\":[");
    buf_str(t->json, buf_view(&refusals));
    buf_putc(t->json, ']');
    json_put_int(t->json, "messages", db_count(rows));
    json_put_int(t->json, "changed", (int64_t)t->changed);
    json_put_int(t->json, "refused", (int64_t)t->refused);
    return ok;
}

/* ---- the acts ---- */

static bool open_trial(struct trial *t, struct op *op, const struct profile_ask *ask, struct buf *json, struct err *e)
{
    *t = (struct trial){.op = op, .own = *op, .event = *op->event, .json = json};
    t->own.event = &t->event;
    t->own.tx = GATE_WRITE;
    t->own.db = NULL;
    if (ask->messages < 0 || ask->messages > PROFILE_MESSAGES_MAX)
        return err_set(e, ERR_INVALID, "messages is 0 to %d", PROFILE_MESSAGES_MAX);
    if (!read_candidate(t, ask, e) || !read_before(t, e))
        return false;
    op->event->object_type = STR("Profile");
    op->event->object_id = t->candidate.profile.name;
    t->own.db = db_borrow(gate_pool(op->gate), BORROW_MS, e);
    buf_putc(json, '{');
    json_put_field(json, "name", t->candidate.profile.name);
    json_put_int(json, "version", t->version);
    return t->own.db != NULL;
}

/* Authorities made in the trial were remembered, and are gone. */
static bool close_trial(struct trial *t, bool ok, struct err *e)
{
    if (t->own.db)
        ok = authorities_load(t->own.db, ok ? e : NULL) && ok;
    db_return(t->own.db);
    buf_putc(t->json, '}');
    return ok && buf_ok(t->json, e);
}

bool profiles_diff(struct op *op, const struct profile_ask *ask, struct buf *ret_json, struct err *e)
{
    struct trial *t = ARENA_NEW(op->arena, struct trial);
    bool ok = open_trial(t, op, ask, ret_json, e) && run_tests(t, e) && put_diff(t, ask->messages, e);
    return close_trial(t, ok, e);
}

static bool put_in_force(struct trial *t, struct err *e)
{
    struct op *op = t->op;
    struct db_args retire = db_args(op->arena), activate = db_args(op->arena);
    db_text(&retire, t->candidate.profile.application);
    db_text(&retire, some(t->candidate.profile.facility));
    db_text(&retire, str_of(op->who->name));
    db_int(&activate, t->profile_id);
    db_text(&activate, str_of(op->who->name));
    profile_forget();
    return db_send(op->db, &Q_hl7_profile_retire, &retire, e) &&
           db_send(op->db, &Q_hl7_profile_activate, &activate, e) && db_flush(op->db, e);
}

bool profiles_activate(struct op *op, const struct profile_ask *ask, struct buf *ret_json, bool *ret_activated,
                       struct err *e)
{
    struct trial *t = ARENA_NEW(op->arena, struct trial);
    bool ok = open_trial(t, op, ask, ret_json, e) && run_tests(t, e) && put_diff(t, ask->messages, e);
    ok = ok && (t->failed || put_in_force(t, e));
    *ret_activated = ok && !t->failed;
    json_put_bool(ret_json, "activated", *ret_activated);
    return close_trial(t, ok, e);
}
