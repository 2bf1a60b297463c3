/* A stored file with another header: the bytes before and behind it as they are. */
#include "dicom/leave/change.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dicom/image/temporary.h"
#include "dicom/image/transcode.h"

enum { PIECE = 64 * 1024, HEADER_MAX = 64 << 20 };

struct file {
    int fd, out;
    struct arena arena;
    char *piece;
    struct dicom_part10 meta;
    struct dicom_guard *guard;
    struct dicom_dataset *header;
};

static bool read_piece(const struct file *f, off_t at, size_t *ret_n, struct err *e)
{
    ssize_t n = pread(f->fd, f->piece, PIECE, at);
    if (n < 0)
        return err_errno(e, ERR_INTERNAL, "read an object that leaves");
    *ret_n = (size_t)n;
    return true;
}

static bool scan(struct file *f, struct err *e)
{
    size_t n;
    off_t at = (off_t)f->meta.dataset_offset;
    do {
        if (!read_piece(f, at, &n, e) || !dicom_guard_feed(f->guard, f->piece, n, e))
            return false;
        at += (off_t)n;
    } while (n && !dicom_guard_done(f->guard));
    return dicom_guard_facts(f->guard)->header_cut
               ? err_set(e, ERR_TOO_LARGE, "the header of the object is too large to be told differently")
               : true;
}

static bool open_header(struct file *f, struct err *e)
{
    size_t n;
    f->piece = arena_alloc(&f->arena, PIECE);
    if (!read_piece(f, 0, &n, e) || !dicom_part10_parse((struct str){f->piece, n}, &f->meta, e))
        return false;
    f->guard = dicom_guard_new(f->meta.transfer_syntax, NULL, e);
    if (!f->guard || !scan(f, e))
        return false;
    f->header = dicom_dataset_parse(dicom_guard_header(f->guard), dicom_guard_syntax(f->guard), e);
    return f->header != NULL;
}

static bool copy(struct file *f, off_t from, off_t to, struct err *e)
{
    size_t n = 1;
    for (off_t at = from; at < to && n; at += (off_t)n) {
        if (!read_piece(f, at, &n, e))
            return false;
        if ((off_t)n > to - at)
            n = (size_t)(to - at);
        if (!write_fully(f->out, f->piece, n, e))
            return false;
    }
    return true;
}

static bool write_header(struct file *f, struct err *e)
{
    struct buf b CLEANUP(buf_release);
    const char *syntax = f->meta.transfer_syntax;
    buf_init(&b, HEADER_MAX);
    return dicom_dataset_write(f->header, dicom_transfer_syntax_plain(syntax) ? syntax : DICOM_EXPLICIT_LE, &b, e) &&
           buf_ok(&b, e) && write_fully(f->out, b.p, b.n, e);
}

static bool write_all(struct file *f, struct leave_changed *ret, struct err *e)
{
    struct stat st;
    off_t start = (off_t)f->meta.dataset_offset;
    if (fstat(f->fd, &st) != 0)
        return err_errno(e, ERR_INTERNAL, "look at an object that leaves");
    f->out = temporary_file(e);
    if (f->out < 0 || !copy(f, 0, start, e) || !write_header(f, e) ||
        !copy(f, start + (off_t)dicom_guard_header(f->guard).n, st.st_size, e))
        return false;
    *ret = (struct leave_changed){f->out, (int)start, lseek(f->out, 0, SEEK_END)};
    return lseek(f->out, 0, SEEK_SET) == 0 || err_errno(e, ERR_INTERNAL, "read a temporary file");
}

static bool change_file(int fd, struct str view, struct leave_changed *ret, struct err *e)
{
    struct file f = {.fd = fd, .out = -1};
    bool changed = false;
    arena_init(&f.arena);
    *ret = (struct leave_changed){.fd = -1};
    bool ok = open_header(&f, e) && leave_change_dataset(f.header, view, &changed, e) &&
              (!changed || write_all(&f, ret, e));
    if (!ok && f.out >= 0)
        close(f.out);
    dicom_dataset_free(f.header);
    dicom_guard_free(f.guard);
    arena_release(&f.arena);
    return ok;
}

static bool in_syntax(int fd, const char *syntax, int *ret_fd, struct err *e)
{
    struct image_transcoded r;
    return dicom_transcode_file(fd, &(struct image_target){.transfer_syntax = syntax}, ret_fd, &r, e);
}

/* A deflated object is one stream: its header is changed where it lies open. */
static bool change_deflated(int fd, struct str view, struct leave_changed *ret, struct err *e)
{
    int open = -1, packed = -1;
    struct leave_changed between = {.fd = -1};
    bool ok = in_syntax(fd, DICOM_EXPLICIT_LE, &open, e) && change_file(open, view, &between, e);
    *ret = (struct leave_changed){.fd = -1};
    if (ok && between.fd >= 0) {
        ok = in_syntax(between.fd, DICOM_DEFLATED_LE, &packed, e);
        close(between.fd);
    }
    if (open >= 0)
        close(open);
    if (!ok || packed < 0)
        return ok;
    struct file f = {.fd = packed};
    size_t n;
    arena_init(&f.arena);
    f.piece = arena_alloc(&f.arena, PIECE);
    ok = read_piece(&f, 0, &n, e) && dicom_part10_parse((struct str){f.piece, n}, &f.meta, e);
    arena_release(&f.arena);
    *ret = (struct leave_changed){packed, (int)f.meta.dataset_offset, lseek(packed, 0, SEEK_END)};
    lseek(packed, 0, SEEK_SET);
    if (!ok)
        close(packed);
    return ok;
}

static bool is_deflated(int fd)
{
    char start[4096];
    struct dicom_part10 meta;
    ssize_t n = pread(fd, start, sizeof start, 0);
    return n > 0 && dicom_part10_parse((struct str){start, (size_t)n}, &meta, NULL) &&
           strcmp(meta.transfer_syntax, DICOM_DEFLATED_LE) == 0;
}

bool leave_change(int fd, struct str view, struct leave_changed *ret_changed, struct err *e)
{
    return is_deflated(fd) ? change_deflated(fd, view, ret_changed, e) : change_file(fd, view, ret_changed, e);
}
