/* Commands that do one thing to the database or to a file. */
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/command.h"
#include "app/house.h"
#include "dicom/shim/shim.h"
#include "fhir/model/model.h"
#include "jobs/jobs.h"
#include "schema/queries.h"
#include "tls/tls.h"

/* Run work in one transaction of a connection of its own. */
int command_with_database(const struct command_line *line,
                          bool (*work)(struct db *db, const struct command_line *line, struct err *e))
{
    struct err e;
    struct config *config;
    struct db_pool *pool = NULL;
    err_clear(&e);
    if (!command_config(line, &config, &e))
        return command_fail(&e);
    struct db *db = house_database(config, &pool, &e) ? db_borrow(pool, 5000, &e) : NULL;
    bool ok = db && work(db, line, &e);
    db_return(db);
    db_pool_free(pool);
    config_free(config);
    return ok ? 0 : command_fail(&e);
}

/* The first line of a file: passwords do not belong on a command line. */
static bool first_line(const char *path, char *ret_text, size_t size, struct err *e)
{
    FILE *f = fopen(path, "re");
    if (!f)
        return err_errno(e, ERR_INVALID, "open '%s'", path);
    bool ok = fgets(ret_text, (int)size, f) != NULL;
    fclose(f);
    if (!ok)
        return err_set(e, ERR_INVALID, "'%s' is empty", path);
    ret_text[strcspn(ret_text, "\r\n")] = '\0';
    return true;
}

/* Who may run this command is decided by the machine: the trail names its account. */
static struct principal operator_of_machine(void)
{
    struct principal who = auth_system();
    const struct passwd *account = getpwuid(getuid());
    if (account)
        str_copy(who.name, sizeof who.name, str_of(account->pw_name));
    return who;
}

/* The change and its audit row commit together. */
static bool commit_change(struct db *db, const struct command_change *c, struct err *e)
{
    char detail[200];
    struct principal who = operator_of_machine();
    struct audit_event ev = {.kind = AUDIT_ADMIN_CHANGE,
                             .who = &who,
                             .door = "cli",
                             .request = str_of(c->request),
                             .object_type = str_of(c->object_type),
                             .object_id = str_of(c->object)};
    if (c->role) {
        snprintf(detail, sizeof detail, "roles: %.*s", 180, c->role);
        ev.detail = str_of(detail);
    }
    return audit_write(db, &ev, e) && db_commit(db, e);
}

/* What is in force now, whether it was new or changed. */
static bool tell(const struct command_change *c)
{
    printf("%s: %s '%s'%s%s\n", c->request, c->object_type, c->object, c->role ? " has " : "", c->role ? c->role : "");
    return true;
}

bool command_commit(struct db *db, const struct command_change *c, struct err *e)
{
    return commit_change(db, c, e) && tell(c);
}

static bool user_add(struct db *db, const struct command_line *line, struct err *e)
{
    char password[512];
    if (line->word_count != 1 || !line->role || !line->password_file)
        return err_set(e, ERR_INVALID, "user add needs a login, --role and --password-file");
    const char *login = line->words[0], *display = line->display ? line->display : login;
    const struct command_change c = {"user add", "User", login, line->role};
    return first_line(line->password_file, password, sizeof password, e) && db_begin(db, DB_WRITE, e) &&
           auth_user_put(db, str_of(login), str_of(display), str_of(password), str_of(line->role), e) &&
           commit_change(db, &c, e) && tell(&c);
}

static bool user_disable(struct db *db, const struct command_line *line, struct err *e)
{
    if (line->word_count != 1)
        return err_set(e, ERR_INVALID, "user disable needs a login");
    const struct command_change c = {"user disable", "User", line->words[0], NULL};
    return db_begin(db, DB_WRITE, e) && auth_user_disable(db, str_of(line->words[0]), e) && commit_change(db, &c, e) &&
           tell(&c);
}

/* Tie an HL7 namespace to its OID and to the system FHIR clients write; an existing row takes what is given. */
static bool authority_add(struct db *db, const struct command_line *line, struct err *e)
{
    struct arena arena;
    if (line->word_count != 1 || (!line->oid && !line->uri))
        return err_set(e, ERR_INVALID, "authority add needs a namespace, and --oid or --uri");
    if (line->oid && !dicom_uid_check(str_of(line->oid), false, e))
        return err_wrap(e, "--oid");
    arena_init(&arena);
    struct db_args args = db_args(&arena);
    struct str uri = line->uri ? str_of(line->uri) : arena_printf(&arena, "urn:oid:%s", line->oid);
    db_text(&args, str_of(line->words[0]));
    db_text_opt(&args, str_of(line->oid));
    db_text(&args, uri);
    const struct command_change c = {"authority add", "Authority", line->words[0], NULL};
    bool ok =
        db_begin(db, DB_WRITE, e) && db_send(db, &Q_authority_change, &args, e) && commit_change(db, &c, e) && tell(&c);
    arena_release(&arena);
    return ok;
}

int command_authority_add(const struct command_line *line)
{
    return command_with_database(line, authority_add);
}

/* The server does it, at once when one runs. */
static bool reindex(struct db *db, const struct command_line *line, struct err *e)
{
    struct arena arena;
    const char *type = line->word_count ? line->words[0] : "";
    if (line->word_count > 1 || (type[0] && !fhir_is_resource(str_of(type))))
        return err_set(e, ERR_INVALID, "reindex takes the name of one resource type, or nothing for all");
    arena_init(&arena);
    struct db_args args = db_args(&arena);
    db_text(&args, str_of(type));
    const struct command_change c = {"reindex", "Index", type[0] ? type : "all", NULL};
    bool ok = db_begin(db, DB_WRITE, e) && db_send(db, &Q_reindex_ask, &args, e) && jobs_put_once(db, JOB_REINDEX, e) &&
              commit_change(db, &c, e) && tell(&c);
    arena_release(&arena);
    return ok;
}

int command_reindex(const struct command_line *line)
{
    return command_with_database(line, reindex);
}

/* "reindex upgrade of all types: 120 of 4000 documents" */
static bool status(struct db *db, const struct command_line *line, struct err *e)
{
    struct arena arena;
    (void)line;
    arena_init(&arena);
    struct db_args args = db_args(&arena);
    const struct db_rows *version = db_run(db, &Q_reindex_extraction, &args, e);
    if (version)
        printf("index: extraction %d of %d\n", (int)db_get_int(version, 0, 0), FHIR_EXTRACTION);
    const struct db_rows *rows = version ? db_run(db, &Q_reindex_progress, &args, e) : NULL;
    for (int i = 0; rows && i < db_count(rows); i++) {
        struct str kind = db_get(rows, i, 0), type = db_get(rows, i, 1), seen = db_get(rows, i, 2);
        struct str total = db_get(rows, i, 3);
        printf("reindex %.*s %.*s: %.*s of %.*s documents%s\n", STR_ARG(kind),
               STR_ARG(type.n ? type : STR("of all types")), STR_ARG(seen), STR_ARG(total),
               db_get_bool(rows, i, 4) ? ", done" : "");
    }
    arena_release(&arena);
    return rows != NULL;
}

int command_status(const struct command_line *line)
{
    return command_with_database(line, status);
}

int command_user_add(const struct command_line *line)
{
    return command_with_database(line, user_add);
}

int command_user_disable(const struct command_line *line)
{
    return command_with_database(line, user_disable);
}

static enum audit_verdict verdict;

static bool verify(struct db *db, const struct command_line *line, struct err *e)
{
    struct audit_report r;
    if (!audit_verify(db, line->public_key, line->checkpoint, &r, e))
        return false;
    printf("{\"verdict\":%d,\"events\":%lld,\"sealed\":%lld,\"unsealed\":%lld,\"checkpoints\":%lld,"
           "\"first_bad\":%lld}\n%s\n",
           (int)r.verdict, (long long)r.events, (long long)r.sealed, (long long)r.unsealed, (long long)r.checkpoints,
           (long long)r.first_bad, r.text);
    verdict = r.verdict;
    return true;
}

int command_audit_verify(const struct command_line *line)
{
    return command_with_database(line, verify) == 0 ? (int)verdict : AUDIT_IO;
}

int command_audit_keygen(const struct command_line *line)
{
    struct err e;
    err_clear(&e);
    if (line->word_count != 1)
        return err_set(&e, ERR_INVALID, "audit keygen needs a file name"), command_fail(&e);
    struct tls_key *key = tls_key_generate(line->words[0], &e);
    bool ok = key != NULL;
    tls_key_free(key);
    return ok ? 0 : command_fail(&e);
}

int command_version(const struct command_line *line)
{
    (void)line;
    puts("isocentre " ISOCENTRE_VERSION);
    return 0;
}
