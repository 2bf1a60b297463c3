/* A small DICOM server in threads of the test program, on a free loopback port: it answers C-ECHO, keeps what
 * C-STORE brings, and answers C-FIND with as many numbered answers as it is told. */
#ifndef TESTS_LIVE_H
#define TESTS_LIVE_H

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "craft.h"
#include "dicom/shim/shim.h"
#include "tool.h"

enum { LIVE_MAX = 600 };

struct live_object {
    char sop_instance[DICOM_UID_SIZE], transfer_syntax[DICOM_UID_SIZE];
    struct buf bytes;
};

struct live {
    struct dicom_listener *listener;
    int port;
    pthread_t acceptor, servers[LIVE_MAX];
    atomic_int served, released;
    atomic_int answers;         /* to each C-FIND */
    atomic_bool slow_answers;   /* 20 ms each, until cancelled */
    atomic_int fail_sink_after; /* bytes; 0: never */
    pthread_mutex_t lock;
    struct live_object objects[LIVE_MAX];
    int object_count;
    struct err last; /* of the last association that ended badly */
    struct dicom_peer last_peer;
    char last_user[64], last_passcode[64], last_find_name[64];
    uint16_t last_status;           /* of the last C-FIND */
    struct dicom_association *open; /* the one being served, for interruption */
};

struct live_one {
    struct live *live;
    struct dicom_association *a;
};

static inline void live_sleep(int ms)
{
    struct timespec t = {ms / 1000, (long)(ms % 1000) * 1000000};
    nanosleep(&t, NULL);
}

struct live_sink {
    struct buf *bytes;
    size_t fail_after;
};

static inline bool live_keep(void *ctx, const void *bytes, size_t n, struct err *e)
{
    struct live_sink *s = ctx;
    if (s->fail_after && s->bytes->n + n > s->fail_after)
        return err_set(e, ERR_STORAGE_FULL, "the volume is full");
    buf_put(s->bytes, bytes, n);
    return true;
}

static inline bool live_store(struct live *l, struct dicom_association *a, const struct dicom_command *c,
                              struct err *e)
{
    struct live_object o = {0};
    struct live_sink sink = {&o.bytes, (size_t)l->fail_sink_after};
    bool drained = false;
    buf_init(&o.bytes, 1 << 30);
    str_copy(o.sop_instance, sizeof o.sop_instance, str_of(c->sop_instance_uid));
    str_copy(o.transfer_syntax, sizeof o.transfer_syntax, str_of(c->transfer_syntax));
    if (!dicom_receive_data(a, c->context_id, live_keep, &sink, &drained, e)) {
        buf_release(&o.bytes);
        return drained && dicom_respond(a, c, (uint16_t)err_row(e->code)->dimse, e->text, NULL, e);
    }
    pthread_mutex_lock(&l->lock);
    l->objects[l->object_count++] = o;
    pthread_mutex_unlock(&l->lock);
    return dicom_respond(a, c, 0, NULL, NULL, e);
}

static inline bool live_answer(struct dicom_association *a, const struct dicom_command *c,
                               const struct dicom_item *keys, int number, struct err *e)
{
    struct dicom_dataset *ds = dicom_dataset_new("ISO_IR 192", e);
    struct dicom_item *root = dicom_dataset_root(ds);
    bool ok =
        dicom_put(root, 0x00100010, STR("Müller^Jürgen"), e) && dicom_put_int(root, 0x00100020, number, e);
    if (ok && dicom_exists(keys, 0x00400100))
        ok = dicom_put(dicom_put_item(root, 0x00400100, e), 0x00400001, STR("CT1"), e);
    ok = ok && dicom_respond(a, c, 0xff00, NULL, ds, e);
    dicom_dataset_free(ds);
    return ok;
}

static inline bool live_find(struct live *l, struct dicom_association *a, const struct dicom_command *c,
                             struct err *e)
{
    bool lost = false, cancelled = false, ok = true;
    struct dicom_dataset *keys = dicom_receive_dataset(a, c, &lost, e);
    if (!keys)
        return !lost && dicom_respond(a, c, 0xC000, e->text, NULL, e);
    struct arena mem;
    arena_init(&mem);
    str_copy(l->last_find_name, sizeof l->last_find_name,
             dicom_get(dicom_dataset_root(keys), 0x00100010, &mem));
    arena_release(&mem);
    for (int i = 0; ok && !cancelled && i < l->answers; i++) {
        if (l->slow_answers)
            live_sleep(20);
        ok = dicom_cancelled(a, c, &cancelled, e) &&
             (cancelled || live_answer(a, c, dicom_dataset_root(keys), i + 1, e));
    }
    dicom_dataset_free(keys);
    l->last_status = cancelled ? 0xFE00 : 0;
    return ok && dicom_respond(a, c, l->last_status, NULL, NULL, e);
}

static inline bool live_command(struct live *l, struct dicom_association *a, const struct dicom_command *c,
                                struct err *e)
{
    if (c->kind == DICOM_C_STORE_RQ)
        return live_store(l, a, c, e);
    if (c->kind == DICOM_C_FIND_RQ)
        return live_find(l, a, c, e);
    return c->kind == DICOM_C_CANCEL_RQ ||
           dicom_respond(a, c, c->kind == DICOM_C_ECHO_RQ ? 0 : 0x0211, NULL, NULL, e);
}

static inline int live_choose(void *ctx, const struct dicom_context *proposed)
{
    (void)ctx;
    if (str_starts(str_of(proposed->abstract_syntax), "1.2.3."))
        return -DICOM_CONTEXT_ABSTRACT_SYNTAX;
    return dicom_uid_is_storage(proposed->abstract_syntax) ? dicom_choose_known(proposed)
                                                           : dicom_choose_uncompressed(proposed);
}

static inline bool live_serve(struct live *l, struct dicom_association *a, struct err *e)
{
    if (!dicom_association_read(a, e))
        return false;
    const struct dicom_peer *peer = dicom_association_peer(a);
    pthread_mutex_lock(&l->lock);
    l->last_peer = *peer;
    str_copy(l->last_user, sizeof l->last_user, peer->identity_primary);
    str_copy(l->last_passcode, sizeof l->last_passcode, peer->identity_secondary);
    pthread_mutex_unlock(&l->lock);
    if (str_is(str_of(peer->calling_aet), "BAD"))
        return dicom_association_reject(a, DICOM_REJECT_CALLING_AET, e);
    if (str_is(str_of(peer->called_aet), "BUSY"))
        return dicom_association_reject(a, DICOM_REJECT_CONGESTION, e);
    if (!dicom_association_accept(a, live_choose, l, e))
        return false;
    for (;;) {
        struct dicom_command c;
        if (!dicom_next_command(a, 0, &c, e))
            return false;
        if (c.kind == DICOM_RELEASED)
            break;
        if (!live_command(l, a, &c, e))
            return false;
    }
    l->released++;
    return true;
}

static inline void *live_thread(void *p)
{
    struct live_one one = *(struct live_one *)p;
    mem_free(p);
    struct err e = {0};
    pthread_mutex_lock(&one.live->lock);
    one.live->open = one.a;
    pthread_mutex_unlock(&one.live->lock);
    bool ok = live_serve(one.live, one.a, &e);
    pthread_mutex_lock(&one.live->lock);
    if (!ok)
        one.live->last = e;
    one.live->open = NULL;
    pthread_mutex_unlock(&one.live->lock);
    dicom_association_free(one.a);
    return NULL;
}

static inline void *live_accept(void *p)
{
    struct live *l = p;
    struct err e = {0};
    struct dicom_association *a = NULL;
    while (dicom_listener_accept(l->listener, 60000, &a, &e) && a) {
        struct live_one *one = mem_zalloc(sizeof *one);
        *one = (struct live_one){l, a};
        pthread_create(&l->servers[l->served++], NULL, live_thread, one);
    }
    return NULL;
}

static inline void live_start(struct live *l)
{
    struct dicom_timeouts t = {.acse = 1, .dimse = 5, .idle = 5};
    struct err e = {0};
    memset(l, 0, sizeof *l);
    pthread_mutex_init(&l->lock, NULL);
    l->listener = dicom_listener_new("127.0.0.1", 0, &t, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(l->listener);
    l->port = dicom_listener_port(l->listener);
    pthread_create(&l->acceptor, NULL, live_accept, l);
}

/* Every connection has been served to its end after this. */
static inline void live_stop(struct live *l)
{
    dicom_listener_wake(l->listener);
    pthread_join(l->acceptor, NULL);
    for (int i = 0; i < l->served; i++)
        pthread_join(l->servers[i], NULL);
    dicom_listener_free(l->listener);
    for (int i = 0; i < l->object_count; i++)
        buf_release(&l->objects[i].bytes);
}

static inline const struct live_object *live_object(struct live *l, const char *sop_instance)
{
    const struct live_object *found = NULL;
    pthread_mutex_lock(&l->lock);
    for (int i = 0; i < l->object_count && !found; i++)
        if (strcmp(l->objects[i].sop_instance, sop_instance) == 0)
            found = &l->objects[i];
    pthread_mutex_unlock(&l->lock);
    return found;
}

/* What the server saw, while it runs. */
static inline enum err_code live_last(struct live *l)
{
    pthread_mutex_lock(&l->lock);
    enum err_code code = l->last.code;
    pthread_mutex_unlock(&l->lock);
    return code;
}

#endif
