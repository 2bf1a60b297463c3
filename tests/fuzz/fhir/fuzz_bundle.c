/* Fuzz target: a Bundle to the base, taken apart as a batch and as a transaction takes it: entries read, their
 * addresses found, names followed, an order made, an answer put together that is JSON again. Nothing is looked up:
 * bundles with conditional references end where a database would be asked. */
#include <stdlib.h>

#include "fhir/model/links.h"
#include "fhir/rest/batch_priv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool see_conditional(void *ctx, struct str reference, const char *expression, struct err *e)
{
    (void)expression;
    (void)e;
    *(bool *)ctx = *(bool *)ctx || reference_is_conditional(reference);
    return true;
}

static bool asks_database(const struct entry *x)
{
    struct err e = {0};
    bool any = false;
    return x->resource && (!fhir_references(x->resource, see_conditional, &any, &e) || any);
}

/* As transaction.c does it, with new documents for all that is created. */
static bool start(struct batch *b, struct entry *x)
{
    struct err e = {0};
    if (!entry_start(b->op, x, &e) || asks_database(x))
        return false;
    if (x->kind == ENTRY_CREATE)
        x->made = x->write.made = record_new(b->arena, arena_cstr(b->arena, x->write.type));
    return true;
}

static void follow(struct batch *b)
{
    struct err e = {0};
    struct links *l;
    size_t n = 0, writes = 0;
    for (size_t i = 0; i < b->n; i++) {
        if (!start(b, &b->entry[i]))
            return;
        writes += b->entry[i].kind == ENTRY_CREATE || b->entry[i].kind == ENTRY_UPDATE;
    }
    if (!links_start(b, b->op, &l, &e) || !links_follow(l, &e))
        return;
    links_order(l, &n);
    if (n != writes)
        abort();
}

static void answer(struct batch *b)
{
    struct err e = {0};
    struct buf out CLEANUP(buf_release);
    buf_init(&out, ANSWER_MAX);
    buf_puts(&out, "{\"resourceType\":\"Bundle\",\"type\":\"batch-response\",\"entry\":[");
    for (size_t i = 0; i < b->n; i++)
        entry_answer(&b->entry[i], &out);
    buf_puts(&out, "]}");
    if (!fhir_parse_json(b->arena, buf_view(&out), &e))
        abort();
}

static void run(struct batch *b, const struct fhir_node *bundle)
{
    struct err e = {0};
    bool whole = true;
    if (!batch_take(b, bundle, &e))
        return;
    for (size_t i = 0; i < b->n; i++) {
        err_clear(&e);
        if (!entry_read(b, &b->entry[i], &e)) {
            whole = false;
            entry_blame(&b->entry[i], &e);
            fhir_fail(&b->entry[i].http, &e);
        }
    }
    if (whole)
        follow(b);
    answer(b);
    for (size_t i = 0; i < b->n; i++)
        entry_release(&b->entry[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct domain_policy policy = {.public_url = "http://h:8042"};
    static const struct gate_config config = {.policy = &policy};
    struct err e = {0};
    struct str text = {(const char *)data, size};
    struct arena a CLEANUP(arena_release);
    struct audit_event event = {.count = 0};
    struct principal who = {.kind = PRINCIPAL_NONE};
    struct http_request request = {.method = STR("POST")};
    struct http_response response = {.request = &request};
    struct gate_http h = {.request = &request, .response = &response};
    arena_init(&a);
    struct gate *gate = gate_new(&config, &e);
    struct op op = {.arena = &a, .tx = GATE_WRITE, .who = &who, .event = &event, .gate = gate};
    struct batch b = {.op = &op, .h = &h, .arena = &a, .prefer = STR("return=minimal")};
    const struct fhir_node *n = size && text.p[0] == '<' ? fhir_parse_xml(&a, text, &e) : fhir_parse_json(&a, text, &e);
    if (n && n->kind == FHIR_OBJECT)
        run(&b, n);
    gate_free(gate);
    return 0;
}
