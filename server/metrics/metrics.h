/* Counters, gauges and histograms for Prometheus, named in metrics.def.
 * Labels are passed as one text: the values in the order of the row's label names, '|' between: "GET /x|2xx".
 * A metric holds METRICS_SERIES_MAX different label texts; what comes beyond is counted under "other".
 * Owner: the process. Threads: any; nothing locks. Cost: a hash, a compare and an atomic add. */
#ifndef METRICS_METRICS_H
#define METRICS_METRICS_H

#include "base/buf.h"

enum metric {
#define METRIC(name, metric, kind, labels, help) METRIC_##name,
#include "metrics/metrics.def"
#undef METRIC
    METRICS
};

enum { METRICS_SERIES_MAX = 200 };
#define METRICS_MEDIA_TYPE "text/plain; version=0.0.4; charset=utf-8"

/* labels: NULL or "" for a metric without. n may be negative for gauges. */
void metrics_add(enum metric m, const char *labels, int64_t n);
void metrics_set(enum metric m, const char *labels, int64_t value);
void metrics_observe(enum metric m, const char *labels, double seconds);
/* What a series stands at: its value, or a histogram's number of observations; 0 when it was never touched. */
int64_t metrics_value(enum metric m, const char *labels);

/* Everything, with the process's own figures, in text format 0.0.4. */
void metrics_write(struct buf *b);
/* A Markdown table of all metrics. */
void metrics_describe(struct buf *b);

#endif
