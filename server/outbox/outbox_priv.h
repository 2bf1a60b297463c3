/* Inside server/outbox: threads, and what they share. */
#ifndef OUTBOX_OUTBOX_PRIV_H
#define OUTBOX_OUTBOX_PRIV_H

#include <stdatomic.h>

#include "base/background.h"
#include "outbox/outbox.h"

enum {
    BORROW_MS = 2000,
    LEASE_SECONDS = 20,
    RENEW_MS = 5000,
    WATCH_MS = 100,   /* between looks while somebody listens */
    RELOAD_MS = 2000, /* the memory of listeners, should a notice be lost */
    NOTES_MAX = 200
};

struct outbox {
    struct outbox_config config;
    char node[BACKGROUND_NAME];
    struct str kinds[8];
    struct db_listener *listener;
    struct bell bell;
    pthread_t *threads; /* the watcher, then senders */
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
