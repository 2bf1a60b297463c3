/* The floor that ingest is measured against: a receiver that speaks DICOM through the same shim and does nothing but
 * the durable minimum for each object: write it to a file whose name was made durable ahead, fdatasync, commit one row.
 * It checks nothing, indexes nothing, asks nobody and keeps no trail.
 *
 * Usage: floor PORT DIRECTORY CONNINFO INSERT.sql      (runs until SIGTERM) */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/mem.h"
#include "db/db.h"
#include "dicom/shim/shim.h"

enum { AHEAD = 64, NAME = 24, POOL = 16, SQL_MAX = 4096 };

struct name {
    char text[NAME];
    int fd;
};

struct floor {
    struct dicom_listener *listener;
    struct db_pool *pool;
    struct db_query insert;
    const struct db_query *queries[1];
    char sql[SQL_MAX];
    int dir;
    pthread_mutex_t lock; /* guards name, count, made */
    struct name name[AHEAD];
    int count, made;
};

struct object {
    int fd;
    off_t size;
};

static struct floor floor_;

/* ---- names ahead ---- */

static bool refill(struct floor *f, struct err *e)
{
    for (int i = 0; i < AHEAD; i++) {
        struct name *n = &f->name[i];
        snprintf(n->text, sizeof n->text, "%08d", f->made++);
        n->fd = openat(f->dir, n->text, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (n->fd < 0)
            return err_errno(e, ERR_INTERNAL, "create '%s'", n->text);
    }
    f->count = AHEAD;
    return fsync(f->dir) == 0 || err_errno(e, ERR_INTERNAL, "sync of the directory");
}

static bool take_name(struct floor *f, struct name *ret_name, struct err *e)
{
    pthread_mutex_lock(&f->lock);
    bool ok = f->count > 0 || refill(f, e);
    if (ok)
        *ret_name = f->name[--f->count];
    pthread_mutex_unlock(&f->lock);
    return ok;
}

/* ---- one object ---- */

static bool take_bytes(void *ctx, const void *bytes, size_t n, struct err *e)
{
    struct object *o = ctx;
    const char *p = bytes;
    while (n) {
        ssize_t done = pwrite(o->fd, p, n, o->size);
        if (done <= 0)
            return err_errno(e, ERR_INTERNAL, "write");
        p += done;
        n -= (size_t)done;
        o->size += done;
    }
    return true;
}

static bool commit_row(struct db *db, const struct dicom_command *c, struct arena *a, const struct name *name,
                       int64_t size, struct err *e)
{
    struct db_args args = db_args(a);
    db_text(&args, str_of(c->sop_instance_uid));
    db_int(&args, size);
    db_text(&args, str_of(name->text));
    return db_run(db, &floor_.insert, &args, e) != NULL;
}

static bool store(struct floor *f, struct dicom_association *a, const struct dicom_command *c, struct db *db,
                  struct err *e)
{
    struct name name;
    struct arena arena;
    bool drained;
    if (!take_name(f, &name, e))
        return false;
    struct object o = {.fd = name.fd};
    arena_init(&arena);
    bool ok = dicom_receive_data(a, c->context_id, take_bytes, &o, &drained, e) &&
              (fdatasync(name.fd) == 0 || err_errno(e, ERR_INTERNAL, "fdatasync")) &&
              commit_row(db, c, &arena, &name, o.size, e) && dicom_respond(a, c, 0, NULL, NULL, e);
    arena_release(&arena);
    close(name.fd);
    return ok;
}

/* ---- associations ---- */

static int choose(void *ctx, const struct dicom_context *proposed)
{
    (void)ctx;
    return dicom_choose_known(proposed);
}

static bool serve(struct floor *f, struct dicom_association *a, struct db *db, struct err *e)
{
    struct dicom_command c;
    if (!dicom_association_read(a, e) || !dicom_association_accept(a, choose, NULL, e))
        return false;
    while (dicom_next_command(a, 0, &c, e) && c.kind != DICOM_RELEASED)
        if (!(c.kind == DICOM_C_STORE_RQ ? store(f, a, &c, db, e) : dicom_respond(a, &c, 0, NULL, NULL, e)))
            return false;
    return !e->code;
}

static void *association(void *ctx)
{
    struct err e;
    err_clear(&e);
    struct db *db = db_borrow(floor_.pool, 5000, &e);
    if (!db || !serve(&floor_, ctx, db, &e))
        fprintf(stderr, "floor: %s\n", e.text);
    db_return(db);
    dicom_association_free(ctx);
    return NULL;
}

static void stop(int signal_number)
{
    (void)signal_number;
    _exit(0);
}

static bool open_database(struct floor *f, const char *conninfo, const char *sql_path, struct err *e)
{
    FILE *in = fopen(sql_path, "r");
    size_t n = in ? fread(f->sql, 1, sizeof f->sql - 1, in) : 0;
    if (in)
        fclose(in);
    if (!n)
        return err_errno(e, ERR_INTERNAL, "read '%s'", sql_path);
    f->insert = (struct db_query){.name = "floor_insert", .index = 0, .params = 3, .sql = f->sql};
    f->queries[0] = &f->insert;
    struct db_pool_config config = {.url = conninfo, .size = POOL, .queries = f->queries, .query_count = 1};
    f->pool = db_pool_new(&config, e);
    return f->pool != NULL;
}

static bool open_all(struct floor *f, char **argv, struct err *e)
{
    struct dicom_timeouts timeouts = {.acse = 30, .dimse = 60, .idle = 60};
    pthread_mutex_init(&f->lock, NULL);
    f->dir = open(argv[2], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (f->dir < 0)
        return err_errno(e, ERR_INTERNAL, "open '%s'", argv[2]);
    if (!open_database(f, argv[3], argv[4], e))
        return false;
    f->listener = dicom_listener_new("127.0.0.1", (int)strtol(argv[1], NULL, 10), &timeouts, e);
    return f->listener != NULL;
}

int main(int argc, char **argv)
{
    struct err e;
    struct dicom_association *a;
    err_clear(&e);
    signal(SIGTERM, stop);
    signal(SIGPIPE, SIG_IGN);
    if (argc != 5 || !open_all(&floor_, argv, &e)) {
        fprintf(stderr, "floor: %s\n", argc == 5 ? e.text : "usage: floor PORT DIRECTORY CONNINFO INSERT.sql");
        return 1;
    }
    for (;;) {
        pthread_t thread;
        if (!dicom_listener_accept(floor_.listener, 1000, &a, &e) || !a)
            continue;
        if (pthread_create(&thread, NULL, association, a) == 0)
            pthread_detach(thread);
    }
}
