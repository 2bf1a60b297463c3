/* OperationOutcome: how this server says no. */
#include "fhir/rest/rest_priv.h"

#include <stdio.h>

#include "base/json.h"

enum { OUTCOME_MAX = 1024 * 1024 };

#define PLACE "http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-"

struct said { /* one issue */
    const char *severity, *code;
    struct str text, expression;
    const char *system, *rule; /* of what forbids it by name; rule NULL for none */
    unsigned line, column;
};

/* The rule that forbids it, by name: of the workflow (domain/rules.def) or of FHIR. */
static void put_rule(struct buf *b, const struct said *said)
{
    if (!said->rule)
        return;
    buf_puts(b, ",\"details\":{\"coding\":[{");
    json_put_field(b, "system", str_of(said->system));
    json_put_field(b, "code", str_of(said->rule));
    buf_puts(b, "}]}");
}

static void put_list(struct buf *b, const char *name, struct str one)
{
    json_put_name(b, name);
    buf_putc(b, '[');
    json_put_str(b, one);
    buf_putc(b, ']');
}

/* For programs the two extensions, for people the one text (which R4 has kept from before them). */
static void put_place(struct buf *b, const struct said *said)
{
    buf_printf(b,
               "\"extension\":[{\"url\":\"" PLACE "line\",\"valueInteger\":%u},{\"url\":\"" PLACE
               "col\",\"valueInteger\":%u}]",
               said->line, said->column);
}

static void put_said(struct buf *b, const struct said *said)
{
    char location[64];
    json_put_comma(b);
    buf_putc(b, '{');
    if (said->line)
        put_place(b, said);
    json_put_field(b, "severity", str_of(said->severity));
    json_put_field(b, "code", str_of(said->code));
    put_rule(b, said);
    json_put_field_opt(b, "diagnostics", said->text);
    snprintf(location, sizeof location, "Line[%u] Col[%u]", said->line, said->column);
    if (said->line)
        put_list(b, "location", str_of(location));
    if (said->expression.n)
        put_list(b, "expression", said->expression);
    buf_putc(b, '}');
}

static void start(struct buf *b)
{
    buf_puts(b, "{\"resourceType\":\"OperationOutcome\",\"issue\":[");
}

void outcome_put(struct buf *b, const char *severity, const char *code, struct str text)
{
    start(b);
    const struct said said = {.severity = severity, .code = code, .text = text};
    put_said(b, &said);
    buf_puts(b, "]}");
}

/* An error is told in the form the client wants, or in JSON when that form is what was wrong. */
static void send(struct gate_http *h, int status, struct str json)
{
    struct err ignored;
    struct answer_form form = {FORMAT_JSON, false};
    struct buf b CLEANUP(buf_release);
    struct fhir_node *n = NULL;
    buf_init(&b, OUTCOME_MAX * 4);
    http_set(h->response, "Vary", STR("Accept"));
    if (!negotiate_answer(h->request, &form, &ignored))
        form = (struct answer_form){FORMAT_JSON, false};
    if (form.format == FORMAT_XML || form.pretty)
        n = fhir_parse_json(&h->request->arena, json, &ignored);
    if (n && form.format == FORMAT_XML && fhir_write_xml(n, form.pretty, &b, &ignored) && buf_ok(&b, &ignored)) {
        gate_http_body(h, status, negotiate_media_type(FORMAT_XML), buf_view(&b));
        return;
    }
    buf_reset(&b);
    if (n && form.format == FORMAT_JSON && fhir_write_json(n, true, &b, &ignored))
        json = buf_view(&b);
    gate_http_body(h, status, negotiate_media_type(FORMAT_JSON), json);
}

/* Headers a handler set before its commit failed would promise what did not happen. */
static void forget_headers(struct http_response *r)
{
    static const char *const promises[] = {"ETag", "Last-Modified", "Location", "Content-Location",
                                           "Preference-Applied"};
    size_t kept = 0;
    for (size_t i = 0; i < r->header_count; i++) {
        bool promise = false;
        for (size_t p = 0; p < sizeof promises / sizeof promises[0]; p++)
            promise = promise || str_is_nocase(r->headers[i].name, promises[p]);
        if (!promise)
            r->headers[kept++] = r->headers[i];
    }
    r->header_count = kept;
}

void fhir_fail(struct gate_http *h, const struct err *why)
{
    const struct err_row *row = err_row(why->code);
    struct buf b CLEANUP(buf_release);
    buf_init(&b, OUTCOME_MAX);
    forget_headers(h->response);
    if (h->response->status >= 400 && h->response->body.n)
        return; /* outcome_refuse told all of it */
    struct body_place place = body_place(h, why);
    const struct said said = {.severity = why->code == ERR_INTERNAL ? "fatal" : "error",
                              .code = row->fhir,
                              .text = str_of(err_said(why)),
                              .expression = place.expression,
                              .system = "urn:isocentre:rule",
                              .rule = why->rule,
                              .line = place.line,
                              .column = place.column};
    start(&b);
    put_said(&b, &said);
    buf_puts(&b, "]}");
    send(h, row->http, buf_view(&b));
}

void outcome_put_issues(struct buf *b, const struct fhir_issues *issues)
{
    start(b);
    for (const struct fhir_issue *i = issues->first; i; i = i->next) {
        const struct said said = {.severity = i->fatal ? "error" : "warning",
                                  .code = i->code,
                                  .text = str_of(i->text),
                                  .expression = str_of(i->expression),
                                  .system = "urn:isocentre:invariant",
                                  .rule = i->rule,
                                  .line = i->line,
                                  .column = i->column};
        put_said(b, &said);
    }
    if (!issues->first) {
        const struct said fine = {.severity = "information", .code = "informational", .text = STR("No issues")};
        put_said(b, &fine);
    }
    buf_puts(b, "]}");
}

/* What is no FHIR at all is 400, what is FHIR with wrong or missing values 422 (http.html#create). */
static enum err_code code_of(const struct fhir_issues *issues)
{
    return issues->malformed ? ERR_STRUCTURE : ERR_REQUIRED;
}

bool outcome_refuse(struct gate_http *h, const struct fhir_issues *issues, struct err *e)
{
    struct buf b CLEANUP(buf_release);
    enum err_code code = code_of(issues);
    const struct fhir_issue *first = issues->first;
    buf_init(&b, OUTCOME_MAX);
    outcome_put_issues(&b, issues);
    while (first && !first->fatal)
        first = first->next;
    send(h, err_row(code)->http, buf_view(&b));
    err_set(e, code, "the resource has %d faults", issues->fatal_count);
    return err_at(e, "%s", first ? first->expression : "");
}
