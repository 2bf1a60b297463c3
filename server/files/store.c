#include "files/files_priv.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/failpoint.h"
#include "base/log.h"
#include "base/mem.h"

enum { WRITE_BACK_STEP = 256 * 1024, RESERVE_MIN = 16 << 20 };

struct files_stage {
    struct files *files;
    struct name name;
    int64_t size, written_back;
};

struct files *files_open(const struct files_config *config, struct err *e)
{
    if (mkdir(config->path, 0700) != 0 && errno != EEXIST)
        return err_errno(e, ERR_STORAGE_FULL, "make the content store '%s'", config->path), NULL;
    int dir = open(config->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (dir < 0)
        return err_errno(e, ERR_INTERNAL, "open the content store '%s'", config->path), NULL;
    struct files *f = mem_zalloc(sizeof *f);
    f->dir = dir;
    f->reserve = config->reserve_bytes > RESERVE_MIN ? config->reserve_bytes : RESERVE_MIN;
    f->ahead = config->names_ahead > 0 && config->names_ahead <= FILES_AHEAD_MAX ? config->names_ahead : 64;
    pthread_mutex_init(&f->lock, NULL);
    pthread_cond_init(&f->refilled, NULL);
    return f;
}

void files_close(struct files *f)
{
    if (!f)
        return;
    files_drop_names(f);
    close(f->dir);
    pthread_cond_destroy(&f->refilled);
    pthread_mutex_destroy(&f->lock);
    mem_free(f);
}

void files_fail_volume(struct files *f, const char *what)
{
    if (!atomic_exchange(&f->read_only, true))
        log_error("files", "%s failed: the volume is read-only until restart", what);
}

void files_space(struct files *f, int64_t *ret_free, bool *ret_read_only)
{
    int64_t now = clock_monotonic();
    if (now - atomic_load(&f->asked_at) > 1000000 || !atomic_load(&f->asked_at)) {
        struct statvfs vfs;
        atomic_store(&f->free_bytes, fstatvfs(f->dir, &vfs) == 0 ? (int64_t)vfs.f_bavail * (int64_t)vfs.f_frsize : 0);
        atomic_store(&f->asked_at, now);
    }
    *ret_free = atomic_load(&f->free_bytes);
    *ret_read_only = atomic_load(&f->read_only);
}

bool files_writable(struct files *f, struct err *e)
{
    int64_t free_bytes;
    bool read_only;
    files_space(f, &free_bytes, &read_only);
    if (read_only)
        return err_set(e, ERR_STORAGE_FULL, "the content store is read-only after a failed sync");
    if (free_bytes < f->reserve || failpoint("files.full"))
        return err_set(e, ERR_STORAGE_FULL, "the content store has less free space than its reserve");
    return true;
}

struct files_stage *files_stage_new(struct files *f, struct err *e)
{
    if (!files_writable(f, e))
        return NULL;
    struct files_stage *s = mem_zalloc(sizeof *s);
    s->files = f;
    if (files_take_name(f, &s->name, e))
        return s;
    mem_free(s);
    return NULL;
}

static bool write_at(struct files_stage *s, int64_t offset, const char *p, size_t n, struct err *e)
{
    while (n) {
        ssize_t done = failpoint("files.write") ? (errno = EIO, -1) : pwrite(s->name.fd, p, n, offset);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return err_errno(e, ERR_STORAGE_FULL, "write '%s'", s->name.text);
        p += done;
        n -= (size_t)done;
        offset += done;
    }
    return true;
}

bool files_stage_write(struct files_stage *s, const void *bytes, size_t n, struct err *e)
{
    if (!write_at(s, s->size, bytes, n, e))
        return false;
    s->size += (int64_t)n;
    if (s->size - s->written_back >= WRITE_BACK_STEP) {
        sync_file_range(s->name.fd, s->written_back, s->size - s->written_back, SYNC_FILE_RANGE_WRITE);
        s->written_back = s->size;
    }
    return true;
}

bool files_stage_patch(struct files_stage *s, int64_t offset, const void *bytes, size_t n, struct err *e)
{
    if (offset < 0 || offset + (int64_t)n > s->size)
        return err_set(e, ERR_INTERNAL, "patch outside of '%s'", s->name.text);
    return write_at(s, offset, bytes, n, e);
}

int64_t files_stage_size(const struct files_stage *s)
{
    return s->size;
}

const char *files_stage_name(const struct files_stage *s)
{
    return s->name.text;
}

bool files_stage_sync(struct files_stage *s, struct err *e)
{
    if (!failpoint("files.sync") && fdatasync(s->name.fd) == 0)
        return true;
    files_fail_volume(s->files, "sync of an object");
    return err_set(e, ERR_STORAGE_FULL, "sync of '%s' failed", s->name.text);
}

void files_stage_free(struct files_stage *s, bool keep)
{
    if (!s)
        return;
    close(s->name.fd);
    if (!keep && unlinkat(s->files->dir, s->name.text, 0) != 0)
        log_warning("files", "could not remove '%s': errno %d", s->name.text, errno);
    mem_free(s);
}

/* Names are ours and of one form; anything else (from a damaged row, say) opens nothing. */
static bool name_valid(const char *name)
{
    size_t n = strlen(name);
    return n == 38 && strspn(name, "0123456789abcdef/") == n && name[2] == '/' && name[5] == '/';
}

int files_read_fd(struct files *f, const char *name, struct err *e)
{
    int fd = name_valid(name) ? openat(f->dir, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : (errno = EINVAL, -1);
    if (fd < 0)
        err_errno(e, ERR_INTERNAL, "open stored object '%s'", name);
    return fd;
}

bool files_remove(struct files *f, const char *name, struct err *e)
{
    if (!name_valid(name) || (unlinkat(f->dir, name, 0) != 0 && errno != ENOENT))
        return err_errno(e, ERR_INTERNAL, "remove stored object '%s'", name);
    return true;
}
