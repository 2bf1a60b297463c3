/* The document a client sends, on its way in, and the answer to having written it. */
#include "fhir/rest/validation_priv.h"

#include "base/codec.h"
#include "domain/resource.h"
#include "schema/queries.h"

struct str body_text(struct str body)
{
    return str_starts(body, "\xEF\xBB\xBF") ? str_sub(body, 3, body.n) : body;
}

static bool parse(struct op *op, struct gate_http *h, enum format f, struct fhir_node **ret_node, struct err *e)
{
    struct str body = body_text(h->request->body);
    if (!body.n)
        return err_set(e, ERR_STRUCTURE, "the request has no body");
    *ret_node = f == FORMAT_XML ? fhir_parse_xml(op->arena, body, e) : fhir_parse_json(op->arena, body, e);
    return *ret_node != NULL;
}

/* Any bytes may be posted as Binary; their media type becomes contentType. */
static bool wrap_binary(struct op *op, struct gate_http *h, struct fhir_node **ret_node, struct err *e)
{
    struct buf text CLEANUP(buf_release);
    struct str type = http_header(h->request, "Content-Type");
    buf_init(&text, 2 * BODY_MAX);
    if (!type.n)
        return err_set(e, ERR_MEDIA_TYPE, "a body needs a Content-Type");
    base64_put(&text, h->request->body);
    if (!buf_ok(&text, e))
        return false;
    *ret_node = fhir_new(op->arena, "Binary");
    fhir_add_string(op->arena, *ret_node, "contentType", arena_str(op->arena, type));
    fhir_add_string(op->arena, *ret_node, "data", arena_str(op->arena, buf_view(&text)));
    return true;
}

bool body_check(struct op *op, struct gate_http *h, const struct fhir_node *node, struct err *e)
{
    struct validation v CLEANUP(validation_end);
    struct fhir_issues issues = {.arena = op->arena};
    validation_start(&v, op);
    const struct validate_options only_faults = {.source = &v.source};
    if (validate_check(node, &only_faults, &issues, e))
        return true;
    return e->code == ERR_NONE && outcome_refuse(h, &issues, e);
}

static bool check_type(const struct fhir_node *node, struct str type, struct err *e)
{
    struct str own = node->kind == FHIR_OBJECT ? fhir_text(node, "resourceType") : STR_NONE;
    if (str_eq(own, type))
        return true;
    err_set(e, ERR_INVALID, "the body is no %.*s", STR_ARG(type));
    return err_at(e, "resourceType");
}

bool body_parse(struct op *op, struct gate_http *h, struct str type, struct fhir_node **ret_node, struct err *e)
{
    enum format f;
    struct fhir_node *node = NULL;
    if (h->request->body.n > BODY_MAX)
        return err_set(e, ERR_TOO_LARGE, "a body has at most %d bytes", BODY_MAX);
    bool plain = negotiate_body(http_header(h->request, "Content-Type"), &f, e);
    if (!plain && !str_is(type, "Binary"))
        return false;
    if (!plain)
        err_clear(e);
    if (!(plain ? parse(op, h, f, &node, e) : wrap_binary(op, h, &node, e)) || !check_type(node, type, e))
        return false;
    *ret_node = node;
    return true;
}

bool body_read(struct op *op, struct gate_http *h, struct str type, struct fhir_node **ret_node, struct err *e)
{
    struct fhir_node *node = NULL;
    if (!body_parse(op, h, type, &node, e) || !body_check(op, h, node, e))
        return false;
    *ret_node = node;
    return true;
}

/* ---- the answer ---- */

/* What was written, as the client wrote it: its lines are those of the body, but for a patch. */
static const struct fhir_node *written(struct op *op, struct gate_http *h, const struct record_doc *doc, struct err *e)
{
    enum format f;
    struct err ignored = {0};
    struct fhir_node *node = NULL;
    bool patch = str_is(h->request->method, "PATCH");
    if (!patch && negotiate_body(http_header(h->request, "Content-Type"), &f, &ignored))
        parse(op, h, f, &node, &ignored);
    return node ? node : fhir_parse_json(op->arena, doc->content, e);
}

/* Prefer: return=OperationOutcome: what is not quite right, though it was written. */
static bool answer_outcome(struct op *op, struct gate_http *h, const struct record_doc *doc, int status, struct err *e)
{
    struct buf b CLEANUP(buf_release);
    struct validation v CLEANUP(validation_end);
    struct fhir_issues issues = {.arena = op->arena};
    validation_start(&v, op);
    const struct fhir_node *node = written(op, h, doc, e);
    buf_init(&b, ANSWER_MAX);
    const struct validate_options options = {.warnings = true, .source = &v.source};
    if (!node || (!validate_check(node, &options, &issues, e) && e->code != ERR_NONE))
        return false;
    outcome_put_issues(&b, &issues);
    return answer_json(op, h, status, buf_view(&b), e);
}

bool body_outcome(struct op *op, struct gate_http *h, int status, struct err *e)
{
    struct buf b CLEANUP(buf_release);
    buf_init(&b, 4096);
    negotiate_applied(h, "return", STR("OperationOutcome"));
    outcome_put(&b, "information", "informational", STR("done"));
    return answer_json(op, h, status, buf_view(&b), e);
}

bool body_answer(struct op *op, struct gate_http *h, struct record_doc *doc, int status, struct err *e)
{
    struct str wanted = negotiate_prefer(h->request, "return");
    answer_patient(op, doc);
    answer_version(h, doc);
    http_set(h->response, "Location",
             arena_printf(op->arena, "%.*s/%.*s/%.*s/_history/%d", STR_ARG(fhir_base(op)), STR_ARG(doc->type),
                          STR_ARG(doc->id), doc->version));
    if (str_is(wanted, "minimal") || str_is(wanted, "representation") || str_is(wanted, "OperationOutcome"))
        negotiate_applied(h, "return", wanted);
    if (str_is(wanted, "minimal")) {
        h->response->status = status;
        return true;
    }
    if (str_is(wanted, "OperationOutcome"))
        return answer_outcome(op, h, doc, status, e);
    return answer_json(op, h, status, doc->content, e);
}
