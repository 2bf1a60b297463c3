/* OperationOutcome: how this server says no. */
#include "fhir/rest/rest_priv.h"

#include "base/json.h"

enum { OUTCOME_MAX = 256 * 1024 };

struct said { /* what an error tells beside its code */
    struct str text, expression;
    const char *rule;
};

/* The rule of the workflow that forbids it, by name (domain/rules.def). */
static void put_rule(struct buf *b, const char *rule)
{
    if (!rule)
        return;
    buf_puts(b, ",\"details\":{\"coding\":[{\"system\":\"urn:isocentre:rule\"");
    json_put_field(b, "code", str_of(rule));
    buf_puts(b, "}]}");
}

static void put_said(struct buf *b, const char *severity, const char *code, const struct said *said)
{
    json_put_comma(b);
    buf_putc(b, '{');
    json_put_field(b, "severity", str_of(severity));
    json_put_field(b, "code", str_of(code));
    put_rule(b, said->rule);
    json_put_field_opt(b, "diagnostics", said->text);
    if (said->expression.n) {
        json_put_name(b, "expression");
        buf_putc(b, '[');
        json_put_str(b, said->expression);
        buf_putc(b, ']');
    }
    buf_putc(b, '}');
}

static void put_issue(struct buf *b, const char *severity, const char *code, struct str text,
                      struct str expression)
{
    const struct said said = {text, expression, NULL};
    put_said(b, severity, code, &said);
}

static void start(struct buf *b)
{
    buf_puts(b, "{\"resourceType\":\"OperationOutcome\",\"issue\":[");
}

void outcome_put(struct buf *b, const char *severity, const char *code, struct str text)
{
    start(b);
    put_issue(b, severity, code, text, STR_NONE);
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
    if (!negotiate_answer(h->request, &form, &ignored))
        form = (struct answer_form){FORMAT_JSON, false};
    if (form.format == FORMAT_XML || form.pretty)
        n = fhir_parse_json(&h->request->arena, json, &ignored);
    if (n && form.format == FORMAT_XML && fhir_write_xml(n, form.pretty, &b, &ignored) &&
        buf_ok(&b, &ignored)) {
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
    static const char *const promises[] = {"ETag", "Last-Modified", "Location", "Content-Location"};
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
    start(&b);
    const struct said said = {str_of(err_said(why)), str_of(why->path), why->rule};
    put_said(&b, why->code == ERR_INTERNAL ? "fatal" : "error", row->fhir, &said);
    buf_puts(&b, "]}");
    send(h, row->http, buf_view(&b));
}

static void put_issues(struct buf *b, struct arena *a, const struct fhir_issues *issues)
{
    start(b);
    for (const struct fhir_issue *i = issues->first; i; i = i->next) {
        struct str text = str_of(i->text);
        if (i->line)
            text = arena_printf(a, "%s (line %u, column %u)", i->text, i->line, i->column);
        put_issue(b, i->fatal ? "error" : "warning", i->code, text, str_of(i->expression));
    }
    buf_puts(b, "]}");
}

/* What is no FHIR at all is 400, what is FHIR with wrong or missing values 422 (http.html#create). */
static enum err_code code_of(const struct fhir_issues *issues)
{
    for (const struct fhir_issue *i = issues->first; i; i = i->next)
        if (i->fatal && str_is(str_of(i->code), "structure"))
            return ERR_STRUCTURE;
    return ERR_REQUIRED;
}

bool outcome_refuse(struct gate_http *h, const struct fhir_issues *issues, struct err *e)
{
    struct buf b CLEANUP(buf_release);
    enum err_code code = code_of(issues);
    const struct fhir_issue *first = issues->first;
    buf_init(&b, OUTCOME_MAX);
    put_issues(&b, issues->arena, issues);
    while (first && !first->fatal)
        first = first->next;
    send(h, err_row(code)->http, buf_view(&b));
    err_set(e, code, "the resource has %d faults", issues->fatal_count);
    return err_at(e, "%s", first ? first->expression : "");
}
