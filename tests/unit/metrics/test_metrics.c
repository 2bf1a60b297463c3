#include "metrics/metrics.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

static bool written(const char *line)
{
    CLEANUP(buf_release) struct buf b;
    char whole[300];
    buf_init(&b, 1 << 22);
    buf_putc(&b, '\n');
    metrics_write(&b);
    snprintf(whole, sizeof whole, "\n%s\n", line);
    bool found = buf_ok(&b, NULL) && strstr(b.p, whole);
    if (!found)
        printf("missing: %s\n", line);
    return found;
}

static void every_row_is_written_and_described(void)
{
    CLEANUP(buf_release) struct buf b;
    buf_init(&b, 1 << 22);
    metrics_describe(&b);
#define METRIC(name, metric, kind, labels, help)        \
    CU_ASSERT_TRUE(written("# HELP " metric " " help)); \
    CU_ASSERT_PTR_NOT_NULL(strstr(b.p, "| " metric " | "));
#include "metrics/metrics.def"
#undef METRIC
}

static void plain_ones(void)
{
    CU_ASSERT_TRUE(written("isocentre_instances_stored_total 0"));
    metrics_add(METRIC_INSTANCES_STORED, NULL, 2);
    metrics_add(METRIC_INSTANCES_STORED, "", 3);
    metrics_set(METRIC_ASSOCIATIONS_OPEN, NULL, 5);
    metrics_add(METRIC_ASSOCIATIONS_OPEN, NULL, -1);
    CU_ASSERT_TRUE(written("# TYPE isocentre_instances_stored_total counter"));
    CU_ASSERT_TRUE(written("isocentre_instances_stored_total 5"));
    CU_ASSERT_TRUE(written("# TYPE isocentre_associations_open gauge"));
    CU_ASSERT_TRUE(written("isocentre_associations_open 4"));
    CU_ASSERT_EQUAL(metrics_value(METRIC_INSTANCES_STORED, NULL), 5);
}

static void labelled_ones(void)
{
    metrics_add(METRIC_HTTP_REQUESTS, "GET /fhir/{type}/{id}|2xx", 1);
    metrics_add(METRIC_HTTP_REQUESTS, "GET /fhir/{type}/{id}|2xx", 1);
    metrics_add(METRIC_HTTP_REQUESTS, "GET /fhir/{type}/{id}|4xx", 1);
    metrics_add(METRIC_HL7_QUIRKS, "a\"b\\c\nd", 7);
    metrics_add(METRIC_HL7_MESSAGES, "ORM^O01", 1);
    CU_ASSERT_TRUE(
        written("isocentre_http_requests_total{route=\"GET /fhir/{type}/{id}\",status=\"2xx\"} 2"));
    CU_ASSERT_TRUE(
        written("isocentre_http_requests_total{route=\"GET /fhir/{type}/{id}\",status=\"4xx\"} 1"));
    CU_ASSERT_TRUE(written("isocentre_hl7_quirks_total{quirk=\"a\\\"b\\\\c\\nd\"} 7"));
    CU_ASSERT_TRUE(written("isocentre_hl7_messages_total{trigger=\"ORM^O01\",ack=\"\"} 1"));
    CU_ASSERT_EQUAL(metrics_value(METRIC_HTTP_REQUESTS, "GET /fhir/{type}/{id}|2xx"), 2);
    CU_ASSERT_EQUAL(metrics_value(METRIC_HTTP_REQUESTS, "never"), 0);
}

static void histograms(void)
{
    static const double seconds[] = {0.0004, 0.0005, 0.0006, 0.02, 3, 100, -1};
    for (size_t i = 0; i < sizeof seconds / sizeof seconds[0]; i++)
        metrics_observe(METRIC_HL7_SECONDS, "ORM^O01", seconds[i]);
    CU_ASSERT_TRUE(written("# TYPE isocentre_hl7_seconds histogram"));
    CU_ASSERT_TRUE(written("isocentre_hl7_seconds_bucket{trigger=\"ORM^O01\",le=\"0.0005\"} 3"));
    CU_ASSERT_TRUE(written("isocentre_hl7_seconds_bucket{trigger=\"ORM^O01\",le=\"0.0010\"} 4"));
    CU_ASSERT_TRUE(written("isocentre_hl7_seconds_bucket{trigger=\"ORM^O01\",le=\"0.0250\"} 5"));
    CU_ASSERT_TRUE(written("isocentre_hl7_seconds_bucket{trigger=\"ORM^O01\",le=\"60.0000\"} 6"));
    CU_ASSERT_TRUE(written("isocentre_hl7_seconds_bucket{trigger=\"ORM^O01\",le=\"+Inf\"} 7"));
    CU_ASSERT_TRUE(written("isocentre_hl7_seconds_sum{trigger=\"ORM^O01\"} 103.021500"));
    CU_ASSERT_TRUE(written("isocentre_hl7_seconds_count{trigger=\"ORM^O01\"} 7"));
    CU_ASSERT_EQUAL(metrics_value(METRIC_HL7_SECONDS, "ORM^O01"), 7);
}

static void too_many_labels_become_other(void)
{
    char label[32];
    for (int i = 0; i < 1000; i++) {
        snprintf(label, sizeof label, "quick-%d", i);
        metrics_add(METRIC_REPORTS_LINKED, label, 1);
    }
    CLEANUP(buf_release) struct buf b;
    buf_init(&b, 1 << 22);
    metrics_write(&b);
    int lines = 0;
    for (const char *p = b.p; (p = strstr(p, "isocentre_reports_linked_total{")) != NULL; p++)
        lines++;
    CU_ASSERT_EQUAL(lines, METRICS_SERIES_MAX + 1);
    snprintf(label, sizeof label, "%d", 1000 - METRICS_SERIES_MAX);
    char line[100];
    snprintf(line, sizeof line, "isocentre_reports_linked_total{rung=\"other\"} %s", label);
    CU_ASSERT_TRUE(written(line));
}

static void *adder(void *arg)
{
    char label[32];
    (void)arg;
    for (int i = 0; i < 20000; i++) {
        snprintf(label, sizeof label, "job%d|done", i % 50);
        metrics_add(METRIC_JOBS, label, 1);
        metrics_observe(METRIC_DIMSE_SECONDS, "C-STORE", 0.001);
    }
    return NULL;
}

static void threads_lose_nothing(void)
{
    pthread_t threads[8];
    for (int i = 0; i < 8; i++)
        pthread_create(&threads[i], NULL, adder, NULL);
    for (int i = 0; i < 8; i++)
        pthread_join(threads[i], NULL);
    for (int i = 0; i < 50; i++) {
        char label[32];
        snprintf(label, sizeof label, "job%d|done", i);
        CU_ASSERT_EQUAL(metrics_value(METRIC_JOBS, label), 8 * 400);
    }
    CU_ASSERT_TRUE(written("isocentre_dimse_seconds_sum{service=\"C-STORE\"} 160.000000"));
}

static void process_figures(void)
{
    CLEANUP(buf_release) struct buf b;
    buf_init(&b, 1 << 22);
    metrics_write(&b);
    static const char *const names[] = {"\nprocess_resident_memory_bytes ", "\nprocess_open_fds ",
                                        "\nprocess_cpu_seconds_total ", "\nprocess_max_fds "};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *p = strstr(b.p, names[i]);
        CU_ASSERT_PTR_NOT_NULL_FATAL(p);
        CU_ASSERT_TRUE(strtod(p + strlen(names[i]), NULL) > 0);
    }
}

static const struct unit_case cases[] = {
    {"every row is written and described", every_row_is_written_and_described},
    {"plain ones", plain_ones},
    {"labelled ones", labelled_ones},
    {"histograms", histograms},
    {"too many labels become other", too_many_labels_become_other},
    {"threads lose nothing", threads_lose_nothing},
    {"process figures", process_figures},
};
UNIT_MAIN("metrics", cases)
