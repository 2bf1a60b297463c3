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
    pthread_mutex_t lock; /* guards name, name_count, refilling */
    pthread_cond_t refilled;
    struct name name[FILES_AHEAD_MAX];
    int name_count;
    bool refilling;                /* somebody makes the next batch, without the lock; the rest is theirs alone */
    char directory[FILES_NAME];    /* where names are made, until it is full */
    int directory_count;
    atomic_bool read_only; /* a sync failed; stays so until restart */
    atomic_llong free_bytes, asked_at;
};

/* A durable name. Who finds few of them left makes the next batch while others take on. */
bool files_take_name(struct files *f, struct name *ret_name, struct err *e);
void files_drop_names(struct files *f);
/* A sync failed: nothing more is accepted until restart. */
void files_fail_volume(struct files *f, const char *what);

#endif
