/* Fuzz target: a resource in JSON or XML. What parses is checked, indexed, written in both forms, and reads back
 * from either as what it was. */
#include <stdlib.h>

#include "fhir/model/model.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool ignore_value(void *ctx, const struct fhir_search_param *p, const struct fhir_value *v, struct err *e)
{
    (void)ctx, (void)p, (void)v, (void)e;
    return true;
}

static bool ignore_reference(void *ctx, struct str reference, const char *expression, struct err *e)
{
    (void)ctx, (void)reference, (void)expression, (void)e;
    return true;
}

/* What this side wrote it must read. */
static void back(struct arena *a, const struct fhir_node *n, bool xml)
{
    struct err e = {0};
    struct buf out CLEANUP(buf_release);
    buf_init(&out, 64 << 20);
    bool ok = xml ? fhir_write_xml(n, false, &out, &e) : fhir_write_json(n, true, &out, &e);
    if (ok && !(xml ? fhir_parse_xml(a, buf_view(&out), &e) : fhir_parse_json(a, buf_view(&out), &e)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err e = {0};
    struct arena a CLEANUP(arena_release);
    struct str bytes = {(const char *)data, size};
    arena_init(&a);
    struct fhir_node *n = size && data[0] == '<' ? fhir_parse_xml(&a, bytes, &e) : fhir_parse_json(&a, bytes, &e);
    struct fhir_issues issues = {.arena = &a};
    if (!n || !fhir_check(n, &issues))
        return 0;
    fhir_extract(n, ignore_value, NULL, &e);
    fhir_references(n, ignore_reference, NULL, &e);
    back(&a, n, false);
    back(&a, n, true);
    return 0;
}
