/* `isocentre hl7 profile …`. */
#include <pwd.h>
#include <stdio.h>
#include <unistd.h>

#include "app/command.h"
#include "app/house.h"
#include "domain/authority.h"
#include "hl7/net/profiles.h"

enum { DOCUMENT_MAX = 1 << 20, JSON_MAX = 64 << 20, BORROW_MS = 5000 };

struct act {
    const struct command_line *line;
    const char *request;
    enum audit_kind kind;
    bool (*work)(struct act *act, struct op *op, struct err *e);
    struct buf out;
    bool refused; /* done, and the answer is no */
};

/* The first word is a name, the second, if there is one, a version. */
static bool ask_of(const struct act *a, struct profile_ask *ret_ask, struct err *e)
{
    const struct command_line *l = a->line;
    if (l->word_count < 1 || l->word_count > 2)
        return err_set(e, ERR_INVALID, "%s needs a name, and may have a version", a->request);
    *ret_ask = (struct profile_ask){.name = str_of(l->words[0]), .messages = PROFILE_MESSAGES_USUAL};
    if (l->word_count == 2 && (!str_int(str_of(l->words[1]), &ret_ask->version) || ret_ask->version < 1))
        return err_set(e, ERR_INVALID, "a version is a number from 1");
    return true;
}

static bool put(struct act *a, struct op *op, struct err *e)
{
    CLEANUP(buf_release) struct buf document;
    struct hl7_profile head = {.name = str_of(a->line->profile)};
    struct str sender = str_of(a->line->sender);
    buf_init(&document, DOCUMENT_MAX);
    if (a->line->word_count != 1)
        return err_set(e, ERR_INVALID, "%s needs a file", a->request);
    head.application = str_sub(sender, 0, str_find(sender, '|'));
    head.facility = str_sub(sender, head.application.n + 1, sender.n);
    return command_read_file(a->line->words[0], &document, e) &&
           (profiles_put(op, buf_view(&document), &head, &a->out, e) || err_wrap(e, "'%s'", a->line->words[0]));
}

static bool list(struct act *a, struct op *op, struct err *e)
{
    return profiles_list(op, &a->out, e);
}

static bool show(struct act *a, struct op *op, struct err *e)
{
    struct profile_ask ask;
    return ask_of(a, &ask, e) && profiles_show(op, &ask, &a->out, e);
}

static bool diff(struct act *a, struct op *op, struct err *e)
{
    struct profile_ask ask;
    return ask_of(a, &ask, e) && profiles_diff(op, &ask, &a->out, e);
}

static bool activate(struct act *a, struct op *op, struct err *e)
{
    struct profile_ask ask;
    bool activated = false, ok = ask_of(a, &ask, e) && profiles_activate(op, &ask, &a->out, &activated, e);
    a->refused = !activated;
    return ok;
}

static bool remove_(struct act *a, struct op *op, struct err *e)
{
    struct profile_ask ask;
    if (!ask_of(a, &ask, e) || !profiles_remove(op, ask.name, e))
        return false;
    buf_printf(&a->out, "%.*s is not in force any more", STR_ARG(ask.name));
    return true;
}

/* The change and its audit row commit together. */
static bool serve(struct act *a, struct house *h, struct db *db, struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    struct principal who = auth_system();
    const struct passwd *account = getpwuid(getuid());
    struct audit_event ev = {.kind = a->kind, .who = &who, .door = "cli", .request = str_of(a->request)};
    arena_init(&arena);
    if (account)
        str_copy(who.name, sizeof who.name, str_of(account->pw_name));
    struct op op = {.arena = &arena,
                    .tx = GATE_WRITE,
                    .db = db,
                    .who = &who,
                    .access = STR(""),
                    .department = STR(""),
                    .event = &ev,
                    .gate = h->gate};
    return db_begin(db, DB_WRITE, e) && a->work(a, &op, e) && audit_write(db, &ev, e) && db_commit(db, e);
}

static bool with_house(struct act *a, struct config *config, struct err *e)
{
    struct house h = {.config = config};
    struct gate_config gate = {.policy = &h.policy, .borrow_ms = BORROW_MS};
    house_policy(&h, config);
    if (!house_database(config, &h.pool, e))
        return false;
    gate.pool = h.pool;
    h.gate = gate_new(&gate, e);
    struct db *db = h.gate ? db_borrow(h.pool, BORROW_MS, e) : NULL;
    bool ok = db && authorities_load(db, e) && serve(a, &h, db, e);
    db_return(db);
    gate_free(h.gate);
    db_pool_free(h.pool);
    authorities_release();
    return ok;
}

static int run(struct act *a)
{
    struct err e;
    struct config *config;
    err_clear(&e);
    if (!command_config(a->line, &config, &e))
        return command_fail(&e);
    buf_init(&a->out, JSON_MAX);
    bool ok = with_house(a, config, &e);
    if (ok)
        printf("%.*s\n", STR_ARG(buf_view(&a->out)));
    buf_release(&a->out);
    config_free(config);
    return ok ? a->refused : command_fail(&e);
}

int command_hl7_profile_put(const struct command_line *line)
{
    struct act a = {.line = line, .request = "hl7 profile put", .kind = AUDIT_ADMIN_CHANGE, .work = put};
    return run(&a);
}

int command_hl7_profile_list(const struct command_line *line)
{
    struct act a = {.line = line, .request = "hl7 profile list", .kind = AUDIT_ADMIN_READ, .work = list};
    return run(&a);
}

int command_hl7_profile_show(const struct command_line *line)
{
    struct act a = {.line = line, .request = "hl7 profile show", .kind = AUDIT_ADMIN_READ, .work = show};
    return run(&a);
}

int command_hl7_profile_diff(const struct command_line *line)
{
    struct act a = {.line = line, .request = "hl7 profile diff", .kind = AUDIT_MESSAGE_READ, .work = diff};
    return run(&a);
}

int command_hl7_profile_activate(const struct command_line *line)
{
    struct act a = {.line = line, .request = "hl7 profile activate", .kind = AUDIT_ADMIN_CHANGE, .work = activate};
    return run(&a);
}

int command_hl7_profile_remove(const struct command_line *line)
{
    struct act a = {.line = line, .request = "hl7 profile remove", .kind = AUDIT_ADMIN_CHANGE, .work = remove_};
    return run(&a);
}
