#include "metrics/metrics_priv.h"

#include <inttypes.h>

static const char *const kinds[] = {"counter", "gauge", "histogram"};

static void put_value(struct buf *b, struct str value)
{
    for (size_t i = 0; i < value.n; i++) {
        if (value.p[i] == '\\' || value.p[i] == '"')
            buf_putc(b, '\\');
        if (value.p[i] == '\n')
            buf_puts(b, "\\n");
        else
            buf_putc(b, value.p[i]);
    }
}

/* name="value",… of a series, in braces with the bound of a bucket behind them if there is one. */
static void put_labels(struct buf *b, const char *names, const char *values, const char *bound)
{
    struct str name, value, name_rest = str_of(names), value_rest = str_of(values);
    const char *separator = "{";
    while (names[0] && str_next(&name_rest, '|', &name)) {
        if (!str_next(&value_rest, '|', &value))
            value = STR("");
        buf_printf(b, "%s%.*s=\"", separator, STR_ARG(name));
        put_value(b, value);
        buf_putc(b, '"');
        separator = ",";
    }
    if (bound)
        buf_printf(b, "%sle=\"%s\"", separator, bound);
    if (bound || names[0])
        buf_putc(b, '}');
}

static void put_histogram(struct buf *b, const struct metric_row *row, const struct series *s)
{
    long long n = 0;
    char bound[32];
    for (int i = 0; i <= BUCKETS; i++) {
        n += atomic_load(&s->buckets[i]);
        if (i < BUCKETS)
            snprintf(bound, sizeof bound, "%" PRId64 ".%04" PRId64, bucket_bounds_us[i] / 1000000,
                     bucket_bounds_us[i] % 1000000 / 100);
        else
            snprintf(bound, sizeof bound, "+Inf");
        buf_printf(b, "%s_bucket", row->name);
        put_labels(b, row->labels, s->labels, bound);
        buf_printf(b, " %lld\n", n);
    }
    long long sum = atomic_load(&s->value);
    buf_printf(b, "%s_sum", row->name);
    put_labels(b, row->labels, s->labels, NULL);
    buf_printf(b, " %lld.%06lld\n%s_count", sum / 1000000, sum % 1000000, row->name);
    put_labels(b, row->labels, s->labels, NULL);
    buf_printf(b, " %lld\n", n);
}

static void put_series(struct buf *b, const struct metric_row *row, const struct series *s)
{
    if (row->kind == KIND_HISTOGRAM) {
        put_histogram(b, row, s);
        return;
    }
    buf_puts(b, row->name);
    put_labels(b, row->labels, s->labels, NULL);
    buf_printf(b, " %lld\n", (long long)atomic_load(&s->value));
}

static void put_metric(struct buf *b, const struct metric_row *row, struct metric_table *t)
{
    bool any = false;
    buf_printf(b, "# HELP %s %s\n# TYPE %s %s\n", row->name, row->help, row->name, kinds[row->kind]);
    for (int i = 0; i <= SLOTS; i++) {
        struct series *s = atomic_load_explicit(i < SLOTS ? &t->slots[i] : &t->other, memory_order_acquire);
        if (s)
            put_series(b, row, s);
        any = any || s;
    }
    if (!any && !row->labels[0] && row->kind != KIND_HISTOGRAM)
        buf_printf(b, "%s 0\n", row->name);
}

void metrics_write(struct buf *b)
{
    for (int m = 0; m < METRICS; m++)
        put_metric(b, &metric_rows[m], &metric_tables[m]);
    process_write(b);
}

void metrics_describe(struct buf *b)
{
    buf_puts(b, "| metric | kind | labels | what it counts |\n|---|---|---|---|\n");
    for (int m = 0; m < METRICS; m++) {
        const struct metric_row *row = &metric_rows[m];
        struct str rest = str_of(row->labels), label;
        buf_printf(b, "| %s | %s | ", row->name, kinds[row->kind]);
        for (bool first = true; row->labels[0] && str_next(&rest, '|', &label); first = false)
            buf_printf(b, "%s%.*s", first ? "" : ", ", STR_ARG(label));
        buf_printf(b, " | %s |\n", row->help);
    }
}
