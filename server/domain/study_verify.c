#include "domain/study_verify.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "schema/queries.h"
#include "tls/tls.h"

enum { PIECE = 256 * 1024 };

bool study_verify_find(struct domain *d, struct verify_item *items, size_t n, struct err *e)
{
    struct db_args args = db_args(d->arena);
    struct str *uid = ARENA_ARRAY(d->arena, struct str, n + 1);
    for (size_t i = 0; i < n; i++)
        uid[i] = items[i].outcome == VERIFY_OPEN ? items[i].sop_uid : STR("");
    db_text_opt(&args, d->access);
    db_texts(&args, uid, n);
    const struct db_rows *r = db_run(d->db, &Q_study_verify_rows, &args, e);
    for (int i = 0; r && i < db_count(r); i++) {
        struct verify_item *x = &items[db_get_int(r, i, 0) - 1];
        x->found = true;
        x->stored_class = arena_str(d->arena, db_get(r, i, 1));
        x->file = arena_str(d->arena, db_get(r, i, 2));
        x->header_size = db_get_int(r, i, 3);
        x->size = db_get_int(r, i, 4);
        x->sha256 = db_get_bytes(r, i, 5, d->arena);
    }
    return r != NULL;
}

struct reading { /* all of one call */
    struct verify_pace pace;
    clock_us began;
    int64_t bytes;
};

/* Sleep until this many bytes are due. */
static void keep_pace(const struct reading *r)
{
    if (!r->pace.bytes_per_second)
        return;
    clock_us due = r->bytes * 1000000 / r->pace.bytes_per_second, passed = clock_monotonic() - r->began;
    if (due > passed)
        nanosleep(&(struct timespec){(due - passed) / 1000000, (due - passed) % 1000000 * 1000}, NULL);
}

static bool hash(int fd, const struct verify_item *x, struct reading *r, unsigned char ret_hash[TLS_SHA256])
{
    struct tls_sha256_stream s;
    char piece[PIECE];
    off_t at = (off_t)x->header_size;
    ssize_t n;
    tls_sha256_init(&s);
    while ((n = pread(fd, piece, sizeof piece, at)) > 0) {
        tls_sha256_update(&s, piece, (size_t)n);
        at += n;
        r->bytes += n;
        keep_pace(r);
    }
    tls_sha256_final(&s, ret_hash);
    return n == 0 && at == x->size;
}

static bool is_whole(struct files *files, const struct verify_item *x, struct reading *r)
{
    struct err e = {0};
    char name[FILES_NAME];
    unsigned char found[TLS_SHA256];
    int fd = str_copy(name, sizeof name, x->file) ? files_read_fd(files, name, &e) : -1;
    if (fd < 0)
        return false;
    bool whole = hash(fd, x, r, found) && x->sha256.n == sizeof found && memcmp(found, x->sha256.p, sizeof found) == 0;
    close(fd);
    return whole;
}

static enum verify_outcome look(struct files *files, const struct verify_item *x, struct reading *r)
{
    if (!x->found)
        return VERIFY_MISSING;
    if (x->sop_class.n && !str_eq(x->sop_class, x->stored_class))
        return VERIFY_CLASS;
    if (is_whole(files, x, r))
        return VERIFY_GOOD;
    log_error("files", "instance '%.*s' is not what was received: file '%.*s'", STR_ARG(x->sop_uid), STR_ARG(x->file));
    return VERIFY_DAMAGED;
}

bool study_verify_read(struct files *files, struct verify_item *items, size_t n, struct verify_pace pace)
{
    struct reading r = {.pace = pace, .began = clock_monotonic()};
    clock_us end = r.began + (clock_us)pace.seconds * 1000000;
    for (size_t i = 0; i < n; i++) {
        if (items[i].outcome != VERIFY_OPEN)
            continue;
        if (i && clock_monotonic() > end)
            return false;
        items[i].outcome = look(files, &items[i], &r);
    }
    return true;
}
