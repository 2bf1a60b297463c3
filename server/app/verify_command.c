/* Is every stored object still what was received? */
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>

#include "app/command.h"
#include "app/house.h"
#include "domain/study_verify.h"
#include "schema/queries.h"

enum { PAGE = 256 };

struct verify_run {
    struct domain domain;
    struct files *files;
    struct verify_pace pace;
    int64_t last, looked, damaged, bytes; /* last: the instance_key of the newest one looked at */
};

/* The rows of the next page, as items to be looked at. */
static bool next_page(struct verify_run *run, struct verify_item **ret_items, size_t *ret_n, struct err *e)
{
    struct domain *d = &run->domain;
    struct db_args args = db_args(d->arena);
    db_int(&args, run->last);
    db_int(&args, PAGE);
    const struct db_rows *r = db_run(d->db, &Q_study_verify_page, &args, e);
    if (!r)
        return false;
    size_t n = (size_t)db_count(r);
    struct verify_item *items = ARENA_ARRAY(d->arena, struct verify_item, n + 1);
    for (size_t i = 0; i < n; i++) {
        run->last = db_get_int(r, (int)i, 0);
        items[i] = (struct verify_item){.sop_uid = arena_str(d->arena, db_get(r, (int)i, 1)), .sop_class = STR("")};
    }
    *ret_items = items;
    *ret_n = n;
    return study_verify_find(d, items, n, e);
}

/* One that is no longer in the index was let go meanwhile. */
static void tell(struct verify_run *run, const struct verify_item *items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        run->looked += items[i].found;
        run->bytes += items[i].found ? items[i].size : 0;
        if (items[i].outcome != VERIFY_DAMAGED)
            continue;
        run->damaged++;
        printf("damaged: %.*s, file %.*s\n", STR_ARG(items[i].sop_uid), STR_ARG(items[i].file));
    }
}

static bool alert(struct verify_run *run, struct err *e)
{
    struct db *db = run->domain.db;
    struct principal who = auth_system();
    struct audit_event ev = {.kind = AUDIT_ALERT,
                             .outcome = AUDIT_MINOR,
                             .who = &who,
                             .door = "cli",
                             .request = STR("verify"),
                             .object_type = STR("System"),
                             .object_id = STR("stored objects"),
                             .count = run->damaged,
                             .detail = STR("stored objects are not what was received")};
    return db_begin(db, DB_WRITE, e) && audit_write(db, &ev, e) && db_commit(db, e);
}

static bool look_at_all(struct verify_run *run, struct err *e)
{
    struct verify_item *items;
    size_t n;
    do {
        arena_reset(run->domain.arena);
        if (!next_page(run, &items, &n, e))
            return false;
        study_verify_read(run->files, items, n, run->pace);
        tell(run, items, n);
    } while (n);
    printf("%" PRId64 " objects of %" PRId64 " bytes, %" PRId64 " damaged\n", run->looked, run->bytes, run->damaged);
    if (!run->damaged)
        return true;
    return alert(run, e) && err_set(e, ERR_INTERNAL, "%" PRId64 " stored objects are not what was received",
                                    run->damaged);
}

static bool verify(struct db *db, const struct command_line *line, struct err *e)
{
    struct config *config;
    struct arena arena;
    if (line->word_count)
        return err_set(e, ERR_INVALID, "verify takes no words");
    if (!command_config(line, &config, e))
        return false;
    arena_init(&arena);
    struct files_config files = {.path = config->storage_path};
    struct verify_run run = {
        .domain = {.arena = &arena, .db = db},
        .files = files_open(&files, e),
        .pace = {.bytes_per_second = (int64_t)config->dicom_verify_mb_per_second * 1000000, .seconds = INT_MAX}};
    bool ok = run.files && look_at_all(&run, e);
    files_close(run.files);
    arena_release(&arena);
    config_free(config);
    return ok;
}

int command_verify(const struct command_line *line)
{
    return command_with_database(line, verify);
}
