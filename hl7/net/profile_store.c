/* The profiles in force, read once and looked for again each second. */
#include <pthread.h>

#include "base/log.h"
#include "base/mem.h"
#include "hl7/net/profile_priv.h"
#include "schema/queries.h"

enum { LOOK_US = 1000000 };

static struct {
    pthread_mutex_t lock;
    struct profile_live *first; /* those known first */
    bool loaded;
    clock_us until; /* nobody looks before */
} store = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void discard(struct profile_live *p)
{
    arena_release(&p->arena);
    mem_free(p);
}

/* Under the lock: those nobody uses and nobody shall find go. */
static void sweep(void)
{
    for (struct profile_live **at = &store.first; *at;) {
        struct profile_live *p = *at;
        if (p->known || p->users) {
            at = &p->next;
            continue;
        }
        *at = p->next;
        discard(p);
    }
}

static struct profile_live *compile(const struct db_rows *rows, int row)
{
    int64_t id = db_get_int(rows, row, 0);
    struct err e;
    err_clear(&e);
    struct profile_live *p = mem_alloc(sizeof *p);
    *p = (struct profile_live){.id = id, .known = true};
    arena_init(&p->arena);
    if (profile_make(arena_str(&p->arena, db_get(rows, row, 1)), &p->arena, p, &e))
        return p;
    err_wrap(&e, "HL7 profile %lld, whose sender is refused until it is mended", (long long)id);
    log_err("hl7", &e);
    p->broken = true;
    p->profile = (struct hl7_profile){.application = arena_str(&p->arena, db_get(rows, row, 2)),
                                      .facility = arena_str(&p->arena, db_get(rows, row, 3))};
    return p;
}

static bool same_as_known(const struct db_rows *rows)
{
    int n = 0, count = db_count(rows);
    for (const struct profile_live *p = store.first; p; p = p->next) {
        if (!p->known)
            continue;
        bool found = false;
        for (int i = 0; i < count && !found; i++)
            found = db_get_int(rows, i, 0) == p->id;
        if (!found)
            return false;
        n++;
    }
    return n == count;
}

static void replace(const struct db_rows *rows)
{
    for (struct profile_live *p = store.first; p; p = p->next)
        p->known = false;
    for (int i = 0; i < db_count(rows); i++) {
        struct profile_live *p = compile(rows, i);
        p->next = store.first;
        store.first = p;
    }
    sweep();
}

/* The ids first: the documents are fetched only when they are others. */
static bool look(struct db *db, struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    struct db_args args = db_args(&arena);
    const struct db_rows *rows = db_run(db, &Q_hl7_profile_active, &args, e);
    if (!rows)
        return err_wrap(e, "look for profiles");
    pthread_mutex_lock(&store.lock);
    bool same = store.loaded && same_as_known(rows);
    pthread_mutex_unlock(&store.lock);
    if (same)
        return true;
    rows = db_run(db, &Q_hl7_profile_documents, &args, e);
    if (!rows)
        return err_wrap(e, "read profiles");
    pthread_mutex_lock(&store.lock);
    replace(rows);
    store.loaded = true;
    pthread_mutex_unlock(&store.lock);
    return true;
}

void profile_forget(void)
{
    pthread_mutex_lock(&store.lock);
    store.until = 0;
    pthread_mutex_unlock(&store.lock);
}

static bool is_of(const struct profile_live *p, struct str application, struct str facility, bool exact)
{
    const struct hl7_profile *own = &p->profile;
    return p->known && own->application.n && str_eq(own->application, application) &&
           (exact ? str_eq(own->facility, facility) : !own->facility.n);
}

static struct profile_live *take(struct str application, struct str facility)
{
    struct profile_live *found = NULL;
    for (int exact = 1; exact >= 0 && !found; exact--)
        for (struct profile_live *p = store.first; p && !found; p = p->next)
            if (is_of(p, application, facility, exact))
                found = p;
    if (found)
        found->users++;
    return found;
}

bool profile_hold(struct db *db, struct str application, struct str facility, struct profile_live **ret_live,
                  struct err *e)
{
    clock_us now = clock_monotonic();
    pthread_mutex_lock(&store.lock);
    bool due = !store.loaded || now >= store.until;
    if (due)
        store.until = now + LOOK_US; /* the others go on with what is known */
    pthread_mutex_unlock(&store.lock);
    if (due && !look(db, e)) {
        profile_forget();
        return false;
    }
    pthread_mutex_lock(&store.lock);
    *ret_live = take(application, facility);
    pthread_mutex_unlock(&store.lock);
    return true;
}

void profile_release(struct profile_live *live)
{
    if (!live)
        return;
    pthread_mutex_lock(&store.lock);
    live->users--;
    sweep();
    pthread_mutex_unlock(&store.lock);
}

bool profile_judge(const struct profile_live *live, struct receipt *r, struct err *e)
{
    struct hl7_findings *found = ARENA_NEW(r->d->arena, struct hl7_findings);
    bool refused = false;
    hl7_profile_check(&live->profile, r->m, r->d->arena, found);
    for (size_t i = 0; i < found->n; i++) {
        const struct hl7_finding *f = &found->item[i];
        struct err one;
        if (f->warning) {
            domain_warn(r->d, "%s: %.*s", f->place, STR_ARG(f->text));
            continue;
        }
        err_clear(&one);
        err_set(&one, f->code, "%.*s (profile %.*s)", STR_ARG(f->text), STR_ARG(live->profile.name));
        err_at(&one, "%s", f->place);
        if (refused)
            receipt_fault(r, e, &one);
        else if (e)
            *e = one;
        refused = true;
    }
    return !refused;
}
