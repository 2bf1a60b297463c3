/* Inside of the content store. Private to files/. */
#ifndef FILES_FILES_PRIV_H
#define FILES_FILES_PRIV_H

#include "files/files.h"

#include <pthread.h>
#include <stdatomic.h>

enum { FILES_AHEAD_MAX = 256 };

struct name { /* a durable name with its open, empty file */
    char text[FILES_NAME];
    int fd;
};

struct files {
    int dir;
    int ahead;
    int64_t reserve;
    pthread_mutex_t lock; /* guards name, name_count */
    struct name name[FILES_AHEAD_MAX];
    int name_count;
    atomic_bool read_only; /* a sync failed; stays so until restart */
    atomic_llong free_bytes, asked_at;
};

/* With the lock held: make and sync the next batch of names. */
bool files_refill(struct files *f, struct err *e);
void files_drop_names(struct files *f);
/* A sync failed: nothing more is accepted until restart. */
void files_fail_volume(struct files *f, const char *what);

#endif
