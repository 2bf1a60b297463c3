/* Files dropped into a directory: in/ → work/ → done/ or failed/, each with its acknowledgements beside it.
 * A file is claimed by a rename, and moved on only when its messages are committed and its acknowledgements synced;
 * what a crash leaves in work/ is worked on again, and messages that came before get the answers they got. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/failpoint.h"
#include "base/log.h"
#include "base/mem.h"
#include "hl7/door/door_priv.h"

enum { SCAN_MS = 500, SETTLE_SECONDS = 2, FILE_MAX = 256 << 20, ACK_MAX = 256 << 20, NAME_LONGEST = 200, TWINS = 1000 };
enum folder { IN, WORK, DONE, FAILED, FOLDERS };

struct hl7_drop {
    struct hl7_drop_config config;
    const struct hl7_charset *fallback;
    int root, folder[FOLDERS], stop_fd;
    bool ours; /* this process has the directory's lock */
    pthread_t thread;
};

/* ---- names and files ---- */

static bool name_taken(const char *name)
{
    static const char *const unfinished[] = {".tmp", ".part", ".filepart", "~"};
    struct str s = str_of(name);
    if (!s.n || s.n > NAME_LONGEST || name[0] == '.')
        return false;
    for (size_t i = 0; i < sizeof unfinished / sizeof unfinished[0]; i++)
        if (str_ends(s, unfinished[i]))
            return false;
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20)
            return false;
    return true;
}

/* A plain file of one name whose owner may write into in/ by right: links could lead to what the server alone may read.
 */
static bool file_ours(const struct hl7_drop *d, const struct stat *st)
{
    struct stat in;
    return S_ISREG(st->st_mode) && st->st_nlink == 1 && fstat(d->folder[IN], &in) == 0 &&
           (st->st_uid == geteuid() || st->st_uid == in.st_uid);
}

/* Nobody has touched it for a moment: who writes slowly writes under another name first. */
static bool settled(const struct stat *st)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec - st->st_mtim.tv_sec >= SETTLE_SECONDS && now.tv_sec - st->st_ctim.tv_sec >= SETTLE_SECONDS;
}

/* A name free in the folder. */
static bool free_name(const struct hl7_drop *d, const char *name, enum folder to, char *ret_name)
{
    struct stat st;
    snprintf(ret_name, NAME_LONGEST + 16, "%s", name);
    for (int i = 1; i < TWINS; i++) {
        if (fstatat(d->folder[to], ret_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
            return errno == ENOENT;
        snprintf(ret_name, NAME_LONGEST + 16, "%s.%d", name, i);
    }
    return false;
}

/* Move without taking another file's place: a name used before gets a number. */
static bool move(const struct hl7_drop *d, const char *name, enum folder from, enum folder to, char *ret_name)
{
    return free_name(d, name, to, ret_name) &&
           renameat2(d->folder[from], name, d->folder[to], ret_name, RENAME_NOREPLACE) == 0;
}

static bool read_all(int fd, struct buf *to)
{
    for (;;) {
        char *space = buf_reserve(to, 1 << 16);
        ssize_t n = space ? read(fd, space, 1 << 16) : -1;
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0;
        buf_grew(to, (size_t)n);
    }
}

static bool write_all(int fd, struct str s)
{
    while (s.n) {
        ssize_t n = write(fd, s.p, s.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        s = str_sub(s, (size_t)n, s.n);
    }
    return fsync(fd) == 0;
}

/* The acknowledgements are there whole or not at all. */
static bool write_ack(const struct hl7_drop *d, enum folder to, const char *name, struct str ack)
{
    char draft[NAME_LONGEST + 32], last[NAME_LONGEST + 32];
    snprintf(draft, sizeof draft, ".%s.ack.tmp", name);
    snprintf(last, sizeof last, "%s.ack", name);
    int fd = openat(d->folder[to], draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0640);
    bool ok = fd >= 0 && write_all(fd, ack);
    if (fd >= 0)
        close(fd);
    return ok && renameat(d->folder[to], draft, d->folder[to], last) == 0 && fsync(d->folder[to]) == 0;
}

/* ---- one file ---- */

static void receive(const struct hl7_drop *d, struct str bytes, struct buf *ack, struct batch_result *ret_result)
{
    CLEANUP(arena_release) struct arena a;
    struct hl7_peer p = {
        .gate = d->config.gate, .door = "file", .fallback = d->fallback, .address = "127.0.0.1", .loopback = true};
    arena_init(&a);
    batch_receive(&p, bytes, ack, ret_result);
    if (ret_result->messages)
        return;
    hl7_receive(&p, bytes, &a, ack); /* UTF-16, or to be told what it is not */
    const struct hl7_outcome *o = &p.outcome;
    ret_result->refused = !o->answered || o->code[1] != 'A';
    ret_result->lost = !o->answered || (!o->kept && o->code[1] == 'E');
}

/* The acknowledgements first: a file in done/ or failed/ has them. False: not now; it stays in work/ and is tried
 * again. */
static bool finish(const struct hl7_drop *d, const char *name, enum folder to, struct str ack)
{
    char last[NAME_LONGEST + 16];
    bool ok = free_name(d, name, to, last) && write_ack(d, to, last, ack) && !failpoint("hl7.drop.before_move") &&
              renameat2(d->folder[WORK], name, d->folder[to], last, RENAME_NOREPLACE) == 0 &&
              fsync(d->folder[to]) == 0 && fsync(d->folder[WORK]) == 0;
    if (!ok)
        log_error("hl7", "a dropped file can not be moved on: %s", strerror(errno));
    return ok;
}

static bool work_on(const struct hl7_drop *d, const char *name)
{
    CLEANUP(buf_release) struct buf bytes;
    CLEANUP(buf_release) struct buf ack;
    struct batch_result r = {.refused = 1};
    struct stat st;
    buf_init(&bytes, FILE_MAX);
    buf_init(&ack, ACK_MAX);
    int fd = openat(d->folder[WORK], name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    bool readable =
        fd >= 0 && fstat(fd, &st) == 0 && file_ours(d, &st) && st.st_size <= FILE_MAX && read_all(fd, &bytes);
    if (fd >= 0)
        close(fd);
    if (readable)
        receive(d, buf_view(&bytes), &ack, &r);
    return !r.lost && finish(d, name, r.refused ? FAILED : DONE, buf_view(&ack));
}

/* ---- the directory ---- */

static void refuse_file(const struct hl7_drop *d, const char *name)
{
    char last[NAME_LONGEST + 16];
    struct err why;
    err_clear(&why);
    err_set(&why, ERR_FORBIDDEN, "a dropped file is a link, or belongs to somebody else");
    if (!move(d, name, IN, FAILED, last))
        return;
    gate_refuse(d->config.gate, "file", "", &why);
    log_warning("hl7", "%s", why.text);
}

static void look_at(const struct hl7_drop *d, const char *name)
{
    char claimed[NAME_LONGEST + 16];
    struct stat st;
    if (!name_taken(name) || fstatat(d->folder[IN], name, &st, AT_SYMLINK_NOFOLLOW) != 0 || S_ISDIR(st.st_mode))
        return;
    if (!file_ours(d, &st))
        refuse_file(d, name);
    else if (settled(&st) && move(d, name, IN, WORK, claimed))
        work_on(d, claimed);
}

static bool stopping(const struct hl7_drop *d)
{
    struct pollfd p = {.fd = d->stop_fd, .events = POLLIN};
    return poll(&p, 1, 0) > 0;
}

static void each(struct hl7_drop *d, enum folder f, void (*visit)(const struct hl7_drop *d, const char *name))
{
    int fd = openat(d->folder[f], ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    for (struct dirent *i; dir && !stopping(d) && (i = readdir(dir));)
        if (i->d_name[0] != '.')
            visit(d, i->d_name);
    if (dir)
        closedir(dir);
    else if (fd >= 0)
        close(fd);
}

static void again(const struct hl7_drop *d, const char *name)
{
    work_on(d, name);
}

static void *watch(void *arg)
{
    struct hl7_drop *d = arg;
    struct pollfd p = {.fd = d->stop_fd, .events = POLLIN};
    while (poll(&p, 1, SCAN_MS) <= 0) {
        if (!d->ours && !(d->ours = flock(d->root, LOCK_EX | LOCK_NB) == 0))
            continue; /* another node looks after it */
        each(d, WORK, again);
        each(d, IN, look_at);
    }
    return NULL;
}

/* ---- from start to stop ---- */

static bool open_folders(struct hl7_drop *d, struct err *e)
{
    static const char *const names[] = {"in", "work", "done", "failed"};
    mkdir(d->config.path, 0770);
    d->root = open(d->config.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (d->root < 0)
        return err_errno(e, ERR_INVALID, "open '%s'", d->config.path);
    for (int i = 0; i < FOLDERS; i++) {
        mkdirat(d->root, names[i], 0770);
        d->folder[i] = openat(d->root, names[i], O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
        if (d->folder[i] < 0)
            return err_errno(e, ERR_INVALID, "open '%s/%s'", d->config.path, names[i]);
    }
    return true;
}

static void release(struct hl7_drop *d)
{
    for (int i = 0; i < FOLDERS; i++)
        if (d->folder[i] >= 0)
            close(d->folder[i]);
    if (d->root >= 0)
        close(d->root);
    if (d->stop_fd >= 0)
        close(d->stop_fd);
    mem_free(d);
}

struct hl7_drop *hl7_drop_new(const struct hl7_drop_config *config, struct err *e)
{
    struct hl7_drop *d = mem_zalloc(sizeof *d);
    d->config = *config;
    d->fallback = hl7_charset_find(str_of(config->character_set));
    d->root = -1;
    for (int i = 0; i < FOLDERS; i++)
        d->folder[i] = -1;
    d->stop_fd = eventfd(0, EFD_CLOEXEC);
    if (open_folders(d, e)) {
        if (d->stop_fd >= 0 && pthread_create(&d->thread, NULL, watch, d) == 0)
            return d;
        err_set(e, ERR_UNAVAILABLE, "no thread for dropped files");
    }
    release(d);
    return NULL;
}

void hl7_drop_free(struct hl7_drop *d)
{
    const uint64_t one = 1;
    if (!d)
        return;
    ssize_t written = write(d->stop_fd, &one, sizeof one);
    (void)written;
    pthread_join(d->thread, NULL);
    release(d);
}
