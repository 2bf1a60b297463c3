/* A stored file, read again for the index: header only, whatever its size. */
#include "dicom/net/header.h"
#include "dicom/net/net.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dicom/leave/change.h"
#include "domain/study_rebuild.h"

enum { BEGINNING = 64 * 1024, PIECE = 64 * 1024 };

struct reading {
    int fd;
    char *bytes; /* BEGINNING, of the arena */
    struct dicom_part10 meta;
    struct dicom_guard *guard;
};

static ssize_t piece(int fd, char *to, size_t n, off_t at)
{
    size_t got = 0;
    while (got < n) {
        ssize_t r = pread(fd, to + got, n - got, at + (off_t)got);
        if (r < 0)
            return -1;
        if (r == 0)
            break;
        got += (size_t)r;
    }
    return (ssize_t)got;
}

static bool scan(struct reading *r, int64_t size, struct err *e)
{
    off_t at = (off_t)r->meta.dataset_offset;
    while (at < size && !dicom_guard_done(r->guard)) {
        ssize_t n = piece(r->fd, r->bytes, PIECE, at);
        if (n < 0)
            return err_errno(e, ERR_INTERNAL, "read a stored file");
        if (n == 0)
            break;
        if (!dicom_guard_feed(r->guard, r->bytes, (size_t)n, e))
            return false;
        at += n;
    }
    return true;
}

static bool open_reading(struct reading *r, struct study_file *f, struct arena *a, struct err *e)
{
    struct stat st;
    r->bytes = arena_alloc(a, BEGINNING);
    if (fstat(r->fd, &st) < 0)
        return err_errno(e, ERR_INTERNAL, "look at a stored file");
    ssize_t n = piece(r->fd, r->bytes, BEGINNING, 0);
    if (n < 0)
        return err_errno(e, ERR_INTERNAL, "read a stored file");
    if (!dicom_part10_parse((struct str){r->bytes, (size_t)n}, &r->meta, e))
        return false;
    f->size = st.st_size;
    f->header_size = (int)r->meta.dataset_offset;
    f->transfer_syntax = arena_str(a, str_of(r->meta.transfer_syntax));
    r->guard = dicom_guard_new(r->meta.transfer_syntax, NULL, e);
    return r->guard && scan(r, st.st_size, e);
}

static bool read_header(struct reading *r, struct study_file *f, struct str view, struct arena *a, struct err *e)
{
    const struct dicom_guard_facts *facts = dicom_guard_facts(r->guard);
    bool deflated = strcmp(r->meta.transfer_syntax, DICOM_DEFLATED_LE) == 0; /* offsets in it mean nothing */
    struct dicom_dataset *ds = dicom_dataset_parse(dicom_guard_header(r->guard), dicom_guard_syntax(r->guard), e);
    bool changed, ok = ds && (!view.n || leave_change_dataset(ds, view, &changed, e)) &&
                       dicom_header_read(dicom_dataset_root(ds), a, &f->fields, e);
    if (ok)
        dicom_header_more(dicom_dataset_root(ds), a, &f->more);
    dicom_dataset_free(ds);
    f->pixel_offset = facts->bulk_tag && !deflated ? (int64_t)facts->bulk_offset + f->header_size : 0;
    return ok;
}

struct dicom_dataset *dicom_file_header(int fd, struct err *e)
{
    struct arena a;
    struct reading r = {.fd = fd};
    struct study_file f = {.size = 0};
    arena_init(&a);
    struct dicom_dataset *ds = open_reading(&r, &f, &a, e)
                                   ? dicom_dataset_parse(dicom_guard_header(r.guard), dicom_guard_syntax(r.guard), e)
                                   : NULL;
    dicom_guard_free(r.guard);
    arena_release(&a);
    return ds;
}

bool dicom_file_read(struct files *files, struct str name, struct str view, struct arena *a,
                     struct study_file *ret_file, struct err *e)
{
    struct reading r = {.fd = files_read_fd(files, arena_cstr(a, name), e)};
    if (r.fd < 0)
        return false;
    bool ok = open_reading(&r, ret_file, a, e) && read_header(&r, ret_file, view, a, e);
    dicom_guard_free(r.guard);
    close(r.fd);
    return ok;
}
