/* Inside server/metrics: rows and series. */
#ifndef METRICS_METRICS_PRIV_H
#define METRICS_METRICS_PRIV_H

#include <stdatomic.h>

#include "metrics/metrics.h"

enum metric_kind { KIND_COUNTER, KIND_GAUGE, KIND_HISTOGRAM };
enum { BUCKETS = 14 };           /* bounded ones; one more has no bound */
enum { SLOTS = 256, PARTS = 4 }; /* of the hash table; of one label text */

struct metric_row {
    const char *name;
    enum metric_kind kind;
    const char *labels;
    const char *help;
};
extern const struct metric_row metric_rows[METRICS];
extern const int64_t bucket_bounds_us[BUCKETS];

/* One label text of one metric. Published once, never freed: the process's own. */
struct series {
    char *labels;
    atomic_llong value; /* histograms: sum in microseconds */
    atomic_llong buckets[BUCKETS + 1];
};
struct metric_table {
    _Atomic(struct series *) slots[SLOTS];
    atomic_int used;
    _Atomic(struct series *) other;
};
extern struct metric_table metric_tables[METRICS];

/* "name value" lines of the process: memory, descriptors, CPU. */
void process_write(struct buf *b);

#endif
