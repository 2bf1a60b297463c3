/* `isocentre hl7 …`: messages from the command line. */
#include <pwd.h>
#include <stdio.h>
#include <unistd.h>

#include "app/command.h"
#include "app/house.h"
#include "domain/authority.h"
#include "hl7/explain/explain.h"
#include "hl7/out/out.h"

enum { FILE_MAX = 16 << 20, JSON_MAX = 64 << 20 };

int command_hl7_send(const struct command_line *line)
{
    struct err e;
    int64_t port = 2575;
    err_clear(&e);
    if (!line->word_count || (line->port && !str_int(str_of(line->port), &port)))
        return err_set(&e, ERR_INVALID, "hl7 send needs files, and --port a number"), command_fail(&e);
    const char *host = line->host ? line->host : "127.0.0.1";
    bool ok = line->no_wait ? hl7_send_files_unanswered(line->words, line->word_count, host, (int)port, &e)
                            : hl7_send_files(line->words, line->word_count, host, (int)port, &e);
    return ok ? 0 : command_fail(&e);
}

/* ---- dry-run ---- */

static bool read_file(const char *path, struct buf *ret_bytes, struct err *e)
{
    FILE *f = fopen(path, "rbe");
    if (!f)
        return err_errno(e, ERR_NOT_FOUND, "open '%s'", path);
    for (size_t n = 1; n > 0 && !ret_bytes->failed;) {
        char *to = buf_reserve(ret_bytes, 65536);
        n = to ? fread(to, 1, 65536, f) : 0;
        if (to)
            buf_grew(ret_bytes, n);
    }
    fclose(f);
    return buf_ok(ret_bytes, e) || err_wrap(e, "'%s'", path);
}

/* Tried as the account of this machine that asks, and audited so. */
static bool dry_run_as(struct house *h, struct db *db, struct str message, struct buf *ret_json, struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    struct principal who = auth_system();
    const struct passwd *account = getpwuid(getuid());
    struct audit_event ev = {.kind = AUDIT_MESSAGE_DRY_RUN, .who = &who, .door = "cli", .request = STR("hl7 dry-run")};
    arena_init(&arena);
    if (account)
        str_copy(who.name, sizeof who.name, str_of(account->pw_name));
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
    if (!read_file(path, &message, e) || !house_database(h->config, &h->pool, e))
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
