/* The files of the built web-admin: a flat tree of a few kinds, nothing outside of it. */
#include "admin/admin_priv.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char policy[] = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                             "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

static const char *media_type(const char *path)
{
    static const struct {
        const char *end, *type;
    } types[] = {{".html", "text/html; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"},
                 {".css", "text/css; charset=utf-8"},   {".svg", "image/svg+xml"},
                 {".png", "image/png"},                 {".ico", "image/x-icon"},
                 {".json", "application/json"},         {".woff2", "font/woff2"},
                 {".txt", "text/plain; charset=utf-8"}};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (str_ends(str_of(path), types[i].end))
            return types[i].type;
    return NULL;
}

bool admin_home(struct op *op, struct gate_http *h, struct err *e)
{
    (void)op;
    (void)e;
    h->response->status = 302;
    http_set(h->response, "Location", STR("/ui/"));
    return true;
}

static int open_file(const char *root, const char *path, struct stat *st)
{
    int dir = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int fd = dir < 0 ? -1 : openat(dir, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (dir >= 0)
        close(dir);
    if (fd >= 0 && (fstat(fd, st) != 0 || !S_ISREG(st->st_mode))) {
        close(fd);
        fd = -1;
    }
    return fd;
}

bool admin_ui(struct op *op, struct gate_http *h, struct err *e)
{
    const char *root = admin_settings()->config->ui_path;
    struct str rest = gate_path(h, "path");
    const char *path = rest.n ? arena_cstr(op->arena, rest) : "index.html";
    const char *type = media_type(path);
    struct stat st;
    int fd = root[0] && type && path[0] != '/' && !strstr(path, "..") ? open_file(root, path, &st) : -1;
    if (fd < 0)
        return err_set(e, ERR_NOT_FOUND, root[0] ? "no such file of the interface" : "the interface was not built");
    http_set(h->response, "Content-Security-Policy", str_of(policy));
    http_set(h->response, "X-Frame-Options", STR("DENY"));
    http_set(h->response, "Content-Type", str_of(type));
    http_set(h->response, "Cache-Control",
             str_starts(str_of(path), "assets/") ? STR("public, max-age=31536000, immutable") : STR("no-cache"));
    http_part_file(h->response, fd, 0, st.st_size);
    return true;
}
