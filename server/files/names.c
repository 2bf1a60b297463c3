/* Names made ahead: a batch of empty files is created in one directory, the directory is synced once, and only then
 * are the names handed out. */
#include "files/files_priv.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/failpoint.h"
#include "base/log.h"
#include "base/mem.h"

enum { DIRECTORY_MAX = 8192 }; /* names in one directory */

static bool sync_directory(struct files *f, const char *directory, struct err *e)
{
    int fd = openat(f->dir, directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && !failpoint("files.sync_names") && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    if (ok)
        return true;
    files_fail_volume(f, "sync of new names");
    return err_set(e, ERR_STORAGE_FULL, "sync of new names in '%s' failed", directory);
}

static bool make_directory(struct files *f, const char *name, const char *parent, struct err *e)
{
    if (mkdirat(f->dir, name, 0700) == 0)
        return sync_directory(f, parent, e);
    return errno == EEXIST || err_errno(e, ERR_STORAGE_FULL, "make directory '%s'", name);
}

static bool create_name(struct files *f, struct name *n, struct err *e)
{
    unsigned char noise[16];
    if (getrandom(noise, sizeof noise, 0) != (ssize_t)sizeof noise)
        return err_set(e, ERR_INTERNAL, "no random bytes");
    int at = snprintf(n->text, sizeof n->text, "%.5s/", f->directory);
    for (size_t k = 0; k < sizeof noise; k++)
        at += snprintf(n->text + at, sizeof n->text - (size_t)at, "%02x", noise[k]);
    n->fd = openat(f->dir, n->text, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    return n->fd >= 0 || err_errno(e, ERR_STORAGE_FULL, "create '%s'", n->text);
}

static bool choose_directory(struct files *f, struct err *e)
{
    unsigned char where[2];
    char parent[3];
    if (getrandom(where, sizeof where, 0) != (ssize_t)sizeof where)
        return err_set(e, ERR_INTERNAL, "no random bytes");
    snprintf(parent, sizeof parent, "%02x", where[0]);
    snprintf(f->directory, sizeof f->directory, "%02x/%02x", where[0], where[1]);
    f->directory_count = 0;
    return make_directory(f, parent, ".", e) && make_directory(f, f->directory, parent, e);
}

static void drop(struct files *f, const struct name *names, int count)
{
    for (int i = 0; i < count; i++) {
        close(names[i].fd);
        unlinkat(f->dir, names[i].text, 0);
    }
}

/* Names follow one another in one directory, which keeps inodes and journal entries together, until it is full. */
static bool create_batch(struct files *f, struct name *names, int count, struct err *e)
{
    if ((!f->directory[0] || f->directory_count >= DIRECTORY_MAX) && !choose_directory(f, e)) {
        f->directory[0] = '\0';
        return false;
    }
    for (int i = 0; i < count; i++)
        if (!create_name(f, &names[i], e)) {
            drop(f, names, i);
            return false;
        }
    f->directory_count += count;
    if (sync_directory(f, f->directory, e))
        return true;
    drop(f, names, count);
    return false;
}

/* With the lock held, which is let go while the names are made. */
static bool refill(struct files *f, struct err *e)
{
    struct name batch[FILES_AHEAD_MAX];
    int count = f->ahead - f->name_count;
    f->refilling = true;
    pthread_mutex_unlock(&f->lock);
    bool ok = create_batch(f, batch, count, e);
    pthread_mutex_lock(&f->lock);
    f->refilling = false;
    if (ok)
        memcpy(&f->name[f->name_count], batch, (size_t)count * sizeof *batch);
    f->name_count += ok ? count : 0;
    pthread_cond_broadcast(&f->refilled);
    return ok;
}

bool files_take_name(struct files *f, struct name *ret_name, struct err *e)
{
    pthread_mutex_lock(&f->lock);
    while (!f->name_count && f->refilling)
        pthread_cond_wait(&f->refilled, &f->lock);
    bool ok = f->name_count > f->ahead / 4 || f->refilling || refill(f, e);
    if (ok)
        *ret_name = f->name[--f->name_count];
    pthread_mutex_unlock(&f->lock);
    return ok;
}

void files_drop_names(struct files *f)
{
    drop(f, f->name, f->name_count);
    f->name_count = 0;
}

/* ---- the sweep ---- */

struct sweep {
    struct files *files;
    int age_seconds;
    files_known known;
    void *ctx;
    int removed;
};

static bool held_ahead(struct files *f, const char *name)
{
    bool held = false;
    pthread_mutex_lock(&f->lock);
    for (int i = 0; i < f->name_count && !held; i++)
        held = strcmp(f->name[i].text, name) == 0;
    pthread_mutex_unlock(&f->lock);
    return held;
}

static bool sweep_file(struct sweep *s, const char *name, struct err *e)
{
    struct stat st;
    bool known = true;
    if (fstatat(s->files->dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(st.st_mode))
        return true;
    if (st.st_mtime > time(NULL) - s->age_seconds || held_ahead(s->files, name))
        return true;
    if (!s->known(s->ctx, name, &known, e))
        return false;
    if (!known && unlinkat(s->files->dir, name, 0) == 0)
        s->removed++;
    return true;
}

static bool sweep_directory(struct sweep *s, const char *path, int depth, struct err *e)
{
    int fd = openat(s->files->dir, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *d = fd >= 0 ? fdopendir(fd) : NULL;
    if (!d)
        return fd < 0 || (close(fd), true);
    bool ok = true;
    for (struct dirent *entry; ok && (entry = readdir(d));) {
        char name[FILES_NAME];
        if (entry->d_name[0] == '.')
            continue;
        int n = snprintf(name, sizeof name, "%s%s%s", depth ? path : "", depth ? "/" : "", entry->d_name);
        if (n < 0 || n >= (int)sizeof name)
            continue;
        ok = depth < 2 ? sweep_directory(s, name, depth + 1, e) : sweep_file(s, name, e);
    }
    closedir(d);
    return ok;
}

bool files_sweep(struct files *f, int age_seconds, files_known known, void *ctx, int *ret_removed, struct err *e)
{
    struct sweep s = {.files = f, .age_seconds = age_seconds, .known = known, .ctx = ctx};
    if (!sweep_directory(&s, ".", 0, e))
        return err_wrap(e, "sweep of the content store");
    *ret_removed = s.removed;
    return true;
}
