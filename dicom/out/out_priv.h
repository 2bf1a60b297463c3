/* Inside dicom/out: the service, and what a run of a node's queue does. */
#ifndef DICOM_OUT_PRIV_H
#define DICOM_OUT_PRIV_H

#include <pthread.h>
#include <stdatomic.h>

#include "dicom/out/out.h"

#define DICOM_OUT_KIND "dicom"
#define INSTANCE_TYPE "dicom-instance" /* what the outbox calls an instance that was stored */

struct dicom_house {
    struct dicom_out_config config;
    pthread_mutex_t lock; /* guards tls */
    struct tls_context *tls;
    atomic_bool stopping;
};
extern struct dicom_house dicom_house;

/* queue.c: the node's queue, made when there is none; hears of instances while a rule names it. */
bool dicom_queue_open(struct db *db, struct arena *a, struct str ae, int64_t *ret_destination, struct err *e);
bool dicom_queue_changed(void *ctx, struct db *db, const struct outbox_change *changes, size_t n, struct err *e);

/* deliver.c */
bool dicom_deliver_prepare(void *ctx, struct db *db, struct outbox_run *run, struct err *e);
bool dicom_deliver_send(void *ctx, struct outbox_run *run, struct err *e);
bool dicom_deliver_done(void *ctx, struct db *db, struct outbox_run *run, const struct err *why, struct err *e);

#endif
