#include "metrics/metrics_priv.h"

#include <string.h>

#define METRIC(name, metric, kind, labels, help) {metric, KIND_##kind, labels, help},
const struct metric_row metric_rows[METRICS] = {
#include "metrics/metrics.def"
};
#undef METRIC

/* From half a millisecond, what a read by id takes, to a minute. */
const int64_t bucket_bounds_us[BUCKETS] = {500,    1000,   2500,    5000,    10000,    25000,    50000,
                                           100000, 250000, 1000000, 2500000, 10000000, 30000000, 60000000};

struct metric_table metric_tables[METRICS];

static uint32_t hash_of(const char *text) /* FNV-1a */
{
    uint32_t h = 2166136261u;
    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * 16777619u;
    return h;
}

static struct series *series_new(const char *labels)
{
    struct series *s = mem_zalloc(sizeof *s);
    s->labels = mem_cstr(labels);
    return s;
}

/* Put a new series into an empty place, unless somebody was quicker; give what stands there. */
static struct series *publish(_Atomic(struct series *) *place, const char *labels, bool *ret_quicker)
{
    struct series *expected = NULL, *mine = series_new(labels);
    *ret_quicker = !atomic_compare_exchange_strong(place, &expected, mine);
    if (!*ret_quicker)
        return mine;
    mem_free(mine->labels);
    mem_free(mine);
    return expected;
}

static struct series *series_other(struct metric_table *t)
{
    struct series *s = atomic_load_explicit(&t->other, memory_order_acquire);
    bool quicker;
    return s ? s : publish(&t->other, "other|other|other|other", &quicker);
}

/* A series for an empty place, or NULL when the metric has all it may have. */
static struct series *claim(struct metric_table *t, _Atomic(struct series *) *place, const char *labels)
{
    bool quicker = true;
    bool room = atomic_fetch_add(&t->used, 1) < METRICS_SERIES_MAX;
    struct series *s = room ? publish(place, labels, &quicker) : NULL;
    if (quicker)
        atomic_fetch_sub(&t->used, 1);
    return s;
}

static struct series *series_lookup(enum metric m, const char *labels, bool make)
{
    struct metric_table *t = &metric_tables[m];
    uint32_t h = hash_of(labels);
    for (uint32_t i = 0; i < SLOTS; i++) {
        _Atomic(struct series *) *place = &t->slots[(h + i) % SLOTS];
        struct series *s = atomic_load_explicit(place, memory_order_acquire);
        if (!s && !make)
            return NULL;
        if (!s)
            s = claim(t, place, labels);
        if (!s)
            break;
        if (strcmp(s->labels, labels) == 0)
            return s;
    }
    return series_other(t);
}

static struct series *series_of(enum metric m, const char *labels)
{
    return series_lookup(m, labels ? labels : "", true);
}

void metrics_add(enum metric m, const char *labels, int64_t n)
{
    atomic_fetch_add_explicit(&series_of(m, labels)->value, n, memory_order_relaxed);
}

void metrics_set(enum metric m, const char *labels, int64_t value)
{
    atomic_store_explicit(&series_of(m, labels)->value, value, memory_order_relaxed);
}

void metrics_observe(enum metric m, const char *labels, double seconds)
{
    struct series *s = series_of(m, labels);
    int64_t us = seconds > 0 ? (int64_t)(seconds * 1e6 + 0.5) : 0;
    int i = 0;
    while (i < BUCKETS && us > bucket_bounds_us[i])
        i++;
    atomic_fetch_add_explicit(&s->buckets[i], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&s->value, us, memory_order_relaxed);
}

int64_t metrics_value(enum metric m, const char *labels)
{
    struct series *s = series_lookup(m, labels ? labels : "", false);
    if (!s || metric_rows[m].kind != KIND_HISTOGRAM)
        return s ? atomic_load(&s->value) : 0;
    int64_t n = 0;
    for (int i = 0; i <= BUCKETS; i++)
        n += atomic_load(&s->buckets[i]);
    return n;
}
