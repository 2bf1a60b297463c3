/* `isocentre hl7 …`: messages from the command line. */
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/command.h"
#include "app/house.h"
#include "domain/authority.h"
#include "hl7/explain/explain.h"
#include "hl7/out/client.h"
#include "hl7/out/out.h"

enum { FILE_MAX = 16 << 20, SEND_MAX = 256 << 20, ANSWER_SECONDS = 60, JSON_MAX = 64 << 20 };

/* Send one file's messages. */
static bool send_file(struct hl7_sending *s, const char *path, struct err *e)
{
    CLEANUP(buf_release) struct buf bytes;
    buf_init(&bytes, SEND_MAX);
    return command_read_file(path, &bytes, e) && (hl7_sending_put(s, &bytes, e) || err_wrap(e, "'%s'", path));
}

static bool send_files(const struct command_line *line, int port, struct err *e)
{
    const struct hl7_client_config to = {.host = line->host ? line->host : "127.0.0.1",
                                         .port = port,
                                         .release = 1,
                                         .connect_seconds = ANSWER_SECONDS,
                                         .answer_seconds = ANSWER_SECONDS,
                                         .stop_fd = -1};
    struct err refused = {.code = ERR_NONE};
    struct hl7_sending *s = hl7_sending_open(&to, !line->no_wait, e);
    bool ok = s != NULL;
    for (int i = 0; ok && i < line->word_count; i++)
        ok = send_file(s, line->words[i], e);
    if (hl7_sending_close(s, &refused) || !ok)
        return ok;
    *e = refused;
    return false;
}

int command_hl7_send(const struct command_line *line)
{
    struct err e;
    int64_t port = 2575;
    err_clear(&e);
    if (!line->word_count || (line->port && !str_int(str_of(line->port), &port)))
        return err_set(&e, ERR_INVALID, "hl7 send needs files, and --port a number"), command_fail(&e);
    return send_files(line, (int)port, &e) ? 0 : command_fail(&e);
}

/* ---- receive ---- */

static bool number(const char *text, int64_t if_none, int64_t *ret_n)
{
    *ret_n = if_none;
    return !text || (str_int(str_of(text), ret_n) && *ret_n >= 0);
}

static bool is_answer(const char *text)
{
    static const char *const answers[] = {"AA", "AE", "AR", "CA", "CE", "CR", "none"};
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++)
        if (strcmp(text, answers[i]) == 0)
            return true;
    return false;
}

int command_hl7_receive(const struct command_line *line)
{
    struct err e;
    int64_t port, delay, count;
    const char *answer = line->answer ? line->answer : "AA";
    err_clear(&e);
    if (line->word_count || !number(line->port, 2575, &port) || !number(line->delay, 0, &delay) ||
        !number(line->count, 0, &count) || port > 65535 || delay > 3600000 || !is_answer(answer))
        return err_set(&e, ERR_INVALID, "hl7 receive takes a port, a delay and a count, and one of its answers"),
               command_fail(&e);
    const struct hl7_receiver how = {.address = line->address ? line->address : "127.0.0.1",
                                     .port = (int)port,
                                     .answer = answer,
                                     .delay_ms = (int)delay,
                                     .count = count,
                                     .folder = line->out};
    return hl7_receive_files(&how, &e) ? 0 : command_fail(&e);
}

/* ---- dry-run ---- */

/* Who may run a command is decided by the machine: the trail names its account. */
static struct principal operator_of_machine(void)
{
    struct principal who = auth_system();
    const struct passwd *account = getpwuid(getuid());
    if (account)
        str_copy(who.name, sizeof who.name, str_of(account->pw_name));
    return who;
}

/* Tried as the account of this machine that asks, and audited so. */
static bool dry_run_as(struct house *h, struct db *db, struct str message, struct buf *ret_json, struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    struct principal who = operator_of_machine();
    struct audit_event ev = {.kind = AUDIT_MESSAGE_DRY_RUN, .who = &who, .door = "cli", .request = STR("hl7 dry-run")};
    arena_init(&arena);
    struct op op = {.arena = &arena,
                    .db = db,
                    .who = &who,
                    .access = STR(""),
                    .department = STR(""),
                    .event = &ev,
                    .gate = h->gate};
    return explain_dry_run(&op, message, ret_json, e) && db_begin(db, DB_WRITE, e) && audit_write(db, &ev, e) &&
           db_commit(db, e);
}

static bool dry_run(struct house *h, const char *path, struct buf *ret_json, struct err *e)
{
    CLEANUP(buf_release) struct buf message;
    struct gate_config gate = {.policy = &h->policy, .borrow_ms = 5000};
    buf_init(&message, FILE_MAX);
    if (!command_read_file(path, &message, e) || !house_database(h->config, &h->pool, e))
        return false;
    gate.pool = h->pool;
    h->gate = gate_new(&gate, e);
    struct db *db = h->gate ? db_borrow(h->pool, 5000, e) : NULL;
    bool ok = db && authorities_load(db, e) && dry_run_as(h, db, buf_view(&message), ret_json, e);
    db_return(db);
    gate_free(h->gate);
    db_pool_free(h->pool);
    authorities_release();
    return ok;
}

int command_hl7_dry_run(const struct command_line *line)
{
    CLEANUP(buf_release) struct buf json;
    struct err e;
    struct config *config;
    struct house h = {.config = NULL};
    err_clear(&e);
    buf_init(&json, JSON_MAX);
    if (line->word_count != 1)
        return err_set(&e, ERR_INVALID, "hl7 dry-run needs a file"), command_fail(&e);
    if (!command_config(line, &config, &e))
        return command_fail(&e);
    h.config = config;
    house_policy(&h, config);
    house_explain(config);
    bool ok = dry_run(&h, line->words[0], &json, &e);
    config_free(config);
    if (ok)
        printf("%.*s\n", STR_ARG(buf_view(&json)));
    return ok ? 0 : command_fail(&e);
}

/* ---- replay: the server does it, and is watched ---- */

enum { LOOK_MS = 200, PATIENCE_MS = 30000 };

static bool chosen(struct db *db, const struct command_line *line, struct arena *a, struct explain_ids *ret_ids,
                   struct err *e)
{
    clock_us from = 0, to;
    if (line->all ? line->word_count : !line->word_count)
        return err_set(e, ERR_INVALID, "hl7 replay needs the ids of messages, or --all");
    if (line->from && !clock_range(str_of(line->from), &from, &to))
        return err_set(e, ERR_INVALID, "--from is a date or time");
    if (line->all)
        return explain_dead(db, a, str_of(line->peer ? line->peer : ""), from, ret_ids, e);
    *ret_ids = (struct explain_ids){ARENA_ARRAY(a, int64_t, (size_t)line->word_count), (size_t)line->word_count};
    for (size_t i = 0; i < ret_ids->n; i++)
        if (!str_int(str_of(line->words[i]), &ret_ids->id[i]))
            return err_set(e, ERR_INVALID, "'%s' is no message id", line->words[i]);
    return true;
}

static bool ask(struct db *db, const struct command_line *line, struct arena *a, struct explain_asked *ret_asked,
                struct err *e)
{
    struct explain_ids ids;
    struct principal who = operator_of_machine();
    struct audit_event ev = {.kind = AUDIT_MESSAGE_RESUBMIT, .who = &who, .door = "cli", .request = STR("hl7 replay")};
    struct op op = {.arena = a, .db = db, .tx = GATE_WRITE, .who = &who, .access = STR(""), .event = &ev};
    return db_begin(db, DB_WRITE, e) && chosen(db, line, a, &ids, e) && explain_replay_ask(&op, &ids, ret_asked, e) &&
           audit_write(db, &ev, e) && db_commit(db, e);
}

/* "12345 M-1 AA", once all are done. */
static bool print_outcome(struct db *db, struct arena *a, const struct explain_asked *asked, bool *ret_done,
                          struct err *e)
{
    struct explain_outcome *o;
    size_t n;
    if (!explain_replay_outcomes(db, a, asked->run, &o, &n, e))
        return false;
    *ret_done = n == (size_t)asked->messages;
    for (size_t i = 0; *ret_done && i < n; i++)
        printf("%lld %.*s %.*s%s%.*s\n", (long long)o[i].message, STR_ARG(o[i].control_id), STR_ARG(o[i].code),
               o[i].error.n ? " " : "", STR_ARG(o[i].error));
    return true;
}

static bool follow(struct db *db, const struct explain_asked *asked, struct err *e)
{
    const struct timespec pause = {0, LOOK_MS * 1000000L};
    clock_us end = clock_monotonic() + PATIENCE_MS * INT64_C(1000);
    for (bool done = false; !done;) {
        struct arena arena CLEANUP(arena_release);
        arena_init(&arena);
        if (!print_outcome(db, &arena, asked, &done, e))
            return false;
        if (!done && clock_monotonic() > end)
            return err_set(e, ERR_TIMEOUT, "replay %lld is not done yet: the server goes on with it when it runs",
                           (long long)asked->run);
        if (!done)
            nanosleep(&pause, NULL);
    }
    return true;
}

int command_hl7_replay(const struct command_line *line)
{
    struct arena arena CLEANUP(arena_release);
    struct err e;
    struct config *config;
    struct db_pool *pool = NULL;
    struct explain_asked asked;
    err_clear(&e);
    arena_init(&arena);
    if (!command_config(line, &config, &e))
        return command_fail(&e);
    struct db *db = house_database(config, &pool, &e) ? db_borrow(pool, 5000, &e) : NULL;
    bool ok = db && ask(db, line, &arena, &asked, &e) && follow(db, &asked, &e);
    db_return(db);
    db_pool_free(pool);
    config_free(config);
    return ok ? 0 : command_fail(&e);
}
