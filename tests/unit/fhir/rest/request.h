/* A request that no socket carried: what handlers of fhir/rest and their parts are called with. */
#ifndef TESTS_UNIT_FHIR_REST_REQUEST_H
#define TESTS_UNIT_FHIR_REST_REQUEST_H

#include <stdio.h>
#include <string.h>

#include "domain/house.h"
#include "fhir/rest/search_priv.h"

struct asked {
    struct http_request request;
    struct http_response response;
    struct gate_http http;
    struct audit_event event;
    struct op op;
    struct err e;
};

static struct gate *test_gate;

/* "a=1&b=2" as the HTTP layer hands it over; nothing is escaped in it. */
static inline void asked_query(struct asked *a, const char *query)
{
    struct str rest = str_of(query), one;
    a->request.query_raw = rest;
    a->request.query = ARENA_ARRAY(&a->request.arena, struct http_pair, 80);
    while (rest.n && str_next(&rest, '&', &one)) {
        size_t eq = str_find(one, '=');
        a->request.query[a->request.query_count++] =
            (struct http_pair){str_sub(one, 0, eq), eq < one.n ? str_sub(one, eq + 1, one.n) : STR("")};
    }
}

/* method is a literal; query may be NULL. Headers need a real connection, so there are none. */
static inline void asked_begin(struct asked *a, const char *method, const char *query)
{
    static const struct gate_config config = {.policy = &test_policy};
    *a = (struct asked){.request = {.method = str_of(method)}};
    arena_init(&a->request.arena);
    err_clear(&a->e);
    if (!test_gate)
        test_gate = gate_new(&config, &a->e);
    buf_init(&a->response.body, 64 << 20);
    a->response.request = &a->request;
    a->response.status = 200;
    a->http.request = &a->request;
    a->http.response = &a->response;
    a->op = (struct op){.arena = &a->request.arena, .event = &a->event, .gate = test_gate, .access = STR(""),
                        .department = STR("")};
    asked_query(a, query ? query : "");
}

static inline void asked_path(struct asked *a, const char *type, const char *id, const char *version)
{
    const char *const names[] = {"type", "id", "vid"}, *const values[] = {type, id, version};
    for (size_t i = 0; i < 3 && values[i]; i++)
        a->http.variable[a->http.variable_count++] = (struct http_pair){str_of(names[i]), str_of(values[i])};
}

static inline void asked_end(struct asked *a)
{
    buf_release(&a->response.body);
    arena_release(&a->request.arena);
}

static inline void gate_end(void)
{
    gate_free(test_gate);
    test_gate = NULL;
}

static inline struct str asked_body(const struct asked *a)
{
    return buf_view(&a->response.body);
}

static inline struct str asked_header(const struct asked *a, const char *name)
{
    for (size_t i = 0; i < a->response.header_count; i++)
        if (str_is_nocase(a->response.headers[i].name, name))
            return a->response.headers[i].value;
    return STR_NONE;
}

/* The body is FHIR that our own checks accept; prints what they do not. */
static inline struct fhir_node *asked_document(struct asked *a)
{
    struct fhir_issues issues = {.arena = &a->request.arena};
    struct fhir_node *n = fhir_parse_json(&a->request.arena, asked_body(a), &a->e);
    if (!n || !fhir_check(n, &issues))
        printf("not FHIR: %s %s %s\n", n ? "" : a->e.text, issues.first ? issues.first->expression : "",
               issues.first ? issues.first->text : "");
    CU_ASSERT_PTR_NOT_NULL_FATAL(n);
    CU_ASSERT_EQUAL(issues.fatal_count, 0);
    return n;
}

#endif
