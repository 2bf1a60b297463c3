/* Rows of the outbox, and the memory of who listens. */
#include "outbox/outbox_priv.h"

#include "schema/queries.h"

enum { TYPES_MAX = 200 };

static struct {
    pthread_rwlock_t lock;
    atomic_int count;
    char type[TYPES_MAX][64];
} listened = {.lock = PTHREAD_RWLOCK_INITIALIZER};

bool outbox_listening(struct str type)
{
    bool found = false;
    if (!atomic_load_explicit(&listened.count, memory_order_relaxed))
        return false;
    pthread_rwlock_rdlock(&listened.lock);
    for (int i = 0; i < listened.count && !found; i++)
        found = str_is(type, listened.type[i]);
    pthread_rwlock_unlock(&listened.lock);
    return found;
}

bool listened_load(struct db *db, struct err *e)
{
    const struct db_rows *r = db_run(db, &Q_outbox_listened, NULL, e);
    if (!r)
        return false;
    pthread_rwlock_wrlock(&listened.lock);
    int n = 0;
    for (int i = 0; i < db_count(r) && n < TYPES_MAX; i++)
        n += str_copy(listened.type[n], sizeof listened.type[0], db_get(r, i, 0));
    atomic_store(&listened.count, n);
    pthread_rwlock_unlock(&listened.lock);
    return true;
}

bool listened_any(void)
{
    return atomic_load(&listened.count) > 0;
}

void listened_forget(void)
{
    atomic_store(&listened.count, 0);
}

bool outbox_origin(struct db *db, struct arena *a, struct str name, struct err *e)
{
    if (!listened_any() || !name.n)
        return true;
    struct db_args args = db_args(a);
    db_text(&args, name);
    return db_send(db, &Q_outbox_origin, &args, e);
}

bool outbox_note(struct db *db, struct arena *a, const struct outbox_note *note, struct err *e)
{
    if (!outbox_listening(note->type))
        return true;
    struct db_args args = db_args(a);
    db_int(&args, note->rid);
    db_text(&args, note->type);
    db_int(&args, note->version);
    db_bool(&args, note->deleted);
    return db_send(db, &Q_outbox_note, &args, e);
}

bool outbox_put(struct db *db, struct arena *a, int64_t destination, const struct outbox_event *event, struct err *e)
{
    struct db_args args = db_args(a);
    db_int(&args, destination);
    db_text(&args, event->reason);
    db_text(&args, event->type);
    db_text(&args, event->id);
    db_int(&args, event->version);
    return db_send(db, &Q_outbox_put, &args, e);
}

static struct db_args one(struct arena *a, int64_t destination)
{
    struct db_args args = db_args(a);
    db_int(&args, destination);
    return args;
}

bool outbox_number(struct db *db, struct arena *a, int64_t destination, int64_t *ret_number, struct err *e)
{
    struct db_args args = one(a, destination);
    const struct db_rows *r = db_run(db, &Q_outbox_number, &args, e);
    *ret_number = r && db_count(r) ? db_get_int(r, 0, 0) : 0;
    return r != NULL;
}

bool outbox_pause(struct db *db, struct arena *a, int64_t destination, bool paused, struct err *e)
{
    struct db_args args = one(a, destination);
    db_bool(&args, paused);
    return db_send(db, &Q_outbox_pause, &args, e) && db_send(db, &Q_outbox_tell, NULL, e);
}

bool outbox_open(struct db *db, struct arena *a, const struct outbox_receiver *r, struct err *e)
{
    struct db_args open = one(a, r->destination), clear = one(a, r->destination), listen = one(a, r->destination);
    db_text(&open, str_of(r->kind));
    db_texts(&listen, r->types, r->n);
    return db_send(db, &Q_outbox_open, &open, e) && db_send(db, &Q_outbox_listen_clear, &clear, e) &&
           db_send(db, &Q_outbox_listen, &listen, e) && db_send(db, &Q_outbox_tell, NULL, e);
}

bool outbox_close(struct db *db, struct arena *a, int64_t destination, struct err *e)
{
    struct db_args args = one(a, destination);
    return db_send(db, &Q_outbox_close, &args, e) && db_send(db, &Q_outbox_tell, NULL, e);
}

bool outbox_events(struct db *db, struct arena *a, struct outbox_span span, struct outbox_event **ret_events,
                   size_t *ret_n, struct err *e)
{
    struct db_args args = one(a, span.destination);
    db_int(&args, span.from);
    db_int(&args, span.upto);
    db_int(&args, span.limit);
    const struct db_rows *r = db_run(db, &Q_outbox_events, &args, e);
    if (!r)
        return false;
    size_t n = (size_t)db_count(r);
    *ret_events = ARENA_ARRAY(a, struct outbox_event, n + 1);
    for (size_t i = 0; i < n; i++)
        (*ret_events)[i] = (struct outbox_event){.number = db_get_int(r, (int)i, 0),
                                                 .reason = arena_str(a, db_get(r, (int)i, 1)),
                                                 .type = arena_str(a, db_get(r, (int)i, 2)),
                                                 .id = arena_str(a, db_get(r, (int)i, 3)),
                                                 .version = (int)db_get_int(r, (int)i, 4),
                                                 .created = db_get_int(r, (int)i, 5)};
    *ret_n = n;
    return true;
}
