/* The content store: objects as files whose random names were made durable before they were needed. An object is
 * staged, synced, and then published by the database row that names it; nothing is renamed. A failed sync is never
 * retried: the volume goes read-only until restart (DESIGN §7).
 * Owner: a stage belongs to one thread. Threads: the store is shared. Cost: one fdatasync an object; directories are
 * synced once per batch of names. */
#ifndef FILES_FILES_H
#define FILES_FILES_H

#include "base/err.h"
#include "base/str.h"

struct files;
struct files_stage;

enum { FILES_NAME = 48 }; /* "ab/cd/0123…": 2 levels, 32 hex digits, NUL */

struct files_config {
    const char *path;
    int64_t reserve_bytes; /* refuse with STORAGE_FULL when less is free; at least 16 MiB */
    int names_ahead;       /* names created per batch, 64 */
};
struct files *files_open(const struct files_config *config, struct err *e);
void files_close(struct files *f);
/* STORAGE_FULL when the volume is read-only or below its reserve. Cheap: the free space is asked once a second. */
bool files_writable(struct files *f, struct err *e);
void files_space(struct files *f, int64_t *ret_free, bool *ret_read_only);

/* Take a name and write to it. Write-back is started every 256 KiB or so, so that the sync finds little left. */
struct files_stage *files_stage_new(struct files *f, struct err *e);
bool files_stage_write(struct files_stage *s, const void *bytes, size_t n, struct err *e);
/* Overwrite bytes at an offset already written (a header filled in late). */
bool files_stage_patch(struct files_stage *s, int64_t offset, const void *bytes, size_t n, struct err *e);
int64_t files_stage_size(const struct files_stage *s);
const char *files_stage_name(const struct files_stage *s);
/* fdatasync. After true the bytes and the name survive a power cut. */
bool files_stage_sync(struct files_stage *s, struct err *e);
/* Close; keep says whether a committed row names it. Not kept: removed. NULL is fine. */
void files_stage_free(struct files_stage *s, bool keep);

int files_read_fd(struct files *f, const char *name, struct err *e); /* read-only descriptor, caller closes */
bool files_remove(struct files *f, const char *name, struct err *e);

/* Every file older than age_seconds: known(ctx, name) says whether a row names it; those without are removed. */
typedef bool (*files_known)(void *ctx, const char *name, bool *ret_known, struct err *e);
bool files_sweep(struct files *f, int age_seconds, files_known known, void *ctx, int *ret_removed, struct err *e);

#endif
