/* Inside server/outbox: threads, and what they share. */
#ifndef OUTBOX_OUTBOX_PRIV_H
#define OUTBOX_OUTBOX_PRIV_H

#include <stdatomic.h>

#include "base/background.h"
#include "outbox/outbox.h"

enum {
    BORROW_MS = 2000,
    LEASE_SECONDS = 10, /* of a node that died; a living one renews it with each RELOAD_MS */
    WATCH_MS = 100,     /* between looks while somebody listens */
    RELOAD_MS = 2000,   /* the memory of listeners, should a notice be lost */
    NOTES_MAX = 200
};

struct outbox {
    struct outbox_config config;
    struct outbox_kind kinds[OUTBOX_KINDS_MAX];
    char node[BACKGROUND_NAME];
    struct db_listener *listener;
    struct bell bell;                   /* of something new: the watcher and each kind's first sender */
    struct bell more[OUTBOX_KINDS_MAX]; /* one sender of the kind found work: perhaps there is more for others */
    struct outbox_thread {
        struct outbox *outbox;
        int kind; /* -1: the watcher */
        bool first;
        pthread_t id;
    } * threads;
    int thread_count;
    atomic_bool reload;
};

/* rows.c */
bool listened_load(struct db *db, struct err *e);
bool listened_any(void);
void listened_forget(void);

/* watch.c */
void *watch_thread(void *arg);
/* send.c */
void *send_thread(void *arg);

#endif
