/* What the interactions of fhir/rest share. Private to this folder. */
#ifndef FHIR_REST_PRIV_H
#define FHIR_REST_PRIV_H

#include "fhir/rest/rest.h"
#include "fhir/search/search.h"

#define ROUTE(interaction, method, pattern, permission, audit, tx, public_, body, handler) \
    bool handler(struct op *op, struct gate_http *h, struct err *e);
#include "fhir/rest/routes.def"
#undef ROUTE

/* A body over BODY_MAX gets an OperationOutcome; one over ROUTE_BODY_MAX is not even read. */
enum { BODY_MAX = 16 << 20, ROUTE_BODY_MAX = 32 << 20, FORM_BODY_MAX = 1 << 20, ANSWER_MAX = 256 << 20 };

/* ---- negotiate.c ---- */
enum format { FORMAT_JSON, FORMAT_XML };
struct answer_form {
    enum format format;
    bool pretty;
};
/* What the client wants to read, from _format, _pretty and Accept. NOT_ACCEPTABLE when it is neither JSON nor
 * XML. */
bool negotiate_answer(const struct http_request *r, struct answer_form *ret_form, struct err *e);
/* What the body is. MEDIA_TYPE for anything but UTF-8 JSON or XML. */
bool negotiate_body(struct str content_type, enum format *ret_format, struct err *e);
/* A body is of this media type, in UTF-8. */
bool negotiate_is(struct str content_type, const char *name);
const char *negotiate_media_type(enum format f);
/* The same of a body sent to /fhir/r5, which takes JSON alone. */
bool negotiate_r5_body(struct str content_type, struct err *e);
/* The value of one preference of the Prefer header: "return" of "return=minimal; handling=lenient". */
struct str negotiate_prefer(const struct http_request *r, const char *name);
/* Whether it holds a preference without a value ("respond-async"). */
bool negotiate_prefers(const struct http_request *r, const char *token);
/* Tell that a preference was followed. */
void negotiate_applied(struct gate_http *h, const char *name, struct str value);

/* ---- async.c ---- */
/* For the gate: what prefers to be answered later, and may be, is taken instead of done. */
void async_prepare(struct gate_http *h, struct gate_act *act);

/* ---- options.c ---- */
bool fhir_options(struct gate_http *h, struct err *e);

/* ---- answer.c ---- */
/* Send JSON text in the form the client wants, cut down to what _summary or _elements of the address ask for. */
bool answer_json(struct op *op, struct gate_http *h, int status, struct str json, struct err *e);
/* The same, cut down to this part instead. */
bool answer_part(struct op *op, struct gate_http *h, int status, struct str json, const struct fhir_part *part,
                 struct err *e);
/* ETag and Last-Modified of a document. */
void answer_version(struct gate_http *h, const struct record_doc *doc);
struct str answer_etag(struct arena *a, int version);
/* STR_NONE outside of the years HTTP can write. */
struct str answer_http_date(struct arena *a, clock_us t);
/* "2026-11-24T04:31:07.123Z" */
struct str answer_instant(struct arena *a, clock_us t);
/* Whether the client has this version already (If-None-Match, If-Modified-Since). */
bool answer_unchanged(const struct http_request *r, const struct record_doc *doc);
/* A version that If-None-Match names is there: PRECONDITION. */
bool answer_if_none_match(struct str tags, int version, struct err *e);
/* The version an If-Match header names is not this one: PRECONDITION. Without the header (STR_NONE) all is well. */
bool answer_if_match(struct str tags, int version, struct err *e);
/* Fill the event's object: type and "Type/id". */
void answer_about(struct op *op, struct str type, struct str id);
/* Fill the event's patient from a document: itself, or what subject or patient refers to. */
void answer_patient(struct op *op, const struct record_doc *doc);
/* Type and id of the path; NOT_FOUND when they can not name anything. */
bool answer_type(struct gate_http *h, struct str *ret_type, struct err *e);
bool answer_target(struct gate_http *h, struct str *ret_type, struct str *ret_id, struct err *e);

/* ---- summary.c: _summary and _elements ---- */
/* What the address asks for. */
bool summary_read(struct op *op, const struct http_request *r, struct summary *ret_summary, struct err *e);
/* Cut a resource, or each resource in a Bundle this server put together. */
bool summary_cut(struct op *op, const struct fhir_part *part, struct str *json, struct err *e);

/* ---- place.c ---- */
struct body_place {
    struct str expression; /* FHIRPath; empty where unknown */
    unsigned line, column; /* in the body of the request; 0 where unknown */
};
/* Where a fault is that a request failed for. The body is read again for it, which only failures pay for. */
struct body_place body_place(struct gate_http *h, const struct err *why);
/* The same in a document at hand. */
struct body_place body_place_in(struct arena *a, const struct fhir_node *document, const char *path);

/* ---- outcome.c ---- */
void fhir_fail(struct gate_http *h, const struct err *why);
/* Refuse a document: all issues go into the answer, the first into e. */
bool outcome_refuse(struct gate_http *h, const struct fhir_issues *issues, struct err *e);
/* An OperationOutcome of all issues, or of "No issues", as JSON. */
void outcome_put_issues(struct buf *b, const struct fhir_issues *issues);
/* An OperationOutcome of one information or warning issue, as JSON. */
void outcome_put(struct buf *b, const char *severity, const char *code, struct str text);

/* ---- body.c ---- */
/* A body without the mark that some editors begin UTF-8 with. */
struct str body_text(struct str body);
/* The document in the request: parsed, of this type, checked, its references followed. */
bool body_read(struct op *op, struct gate_http *h, struct str type, struct fhir_node **ret_node,
               struct err *e);
/* The same, not checked yet. */
bool body_parse(struct op *op, struct gate_http *h, struct str type, struct fhir_node **ret_node, struct err *e);
/* What a document must fulfil to be written, wherever it came from. */
bool body_check(struct op *op, struct gate_http *h, const struct fhir_node *node, struct err *e);
/* Say that it is done, for "return=OperationOutcome". */
bool body_outcome(struct op *op, struct gate_http *h, int status, struct err *e);
/* Answer a write with a document as clients see it: headers, and what Prefer asks for. */
bool body_answer(struct op *op, struct gate_http *h, struct record_doc *doc, int status, struct err *e);

/* ---- create.c, update.c, delete.c: one write, of a request, a bundle's entry or a patch ---- */
struct rest_write {
    struct str type, id;    /* id empty: a new one, or what the criteria find */
    struct str criteria;    /* If-None-Exist of a create, "identifier=…" behind the "?" of others; STR_NONE: none */
    struct str if_match;    /* STR_NONE: none */
    struct str if_none_match; /* versions that must not be there ("*": any); not of a delete */
    struct fhir_node *node; /* the document, checked (body_read); NULL for a delete */
    const char *method;     /* for its history: "PATCH"; NULL: POST of a create, PUT of an update */
    /* of a transaction, which finds out first what its entries will be */
    struct record_doc *made;     /* the new document's place, id and all; NULL: made here */
    struct record_doc *existing; /* what a conditional create found; NULL: it is to be looked for */
    bool later;                  /* references are looked at when all is written */
    /* what came of it */
    int status;
    struct record_doc doc; /* as clients see it; version 0 when nothing was there to delete */
};
/* Each fills in op->event, and keeps references and domain rules. Nothing is answered. */
bool create_document(struct op *op, struct rest_write *w, struct err *e);
bool update_document(struct op *op, struct rest_write *w, struct err *e);
bool delete_document(struct op *op, struct rest_write *w, struct err *e);

/* ---- patch.c ---- */
#define PATCH_TYPES \
    "application/json-patch+json, application/xml-patch+xml, application/fhir+json, application/fhir+xml"
struct rest_patch { /* a change described: one of the three */
    const struct fhir_node *json, *fhirpath;
    struct str xml;
};
/* What a request's body is, or an entry's resource (Parameters, or Binary with the text of the others). MEDIA_TYPE for
 * anything else. */
bool patch_read(struct op *op, struct gate_http *h, struct str content_type, struct str body,
                struct rest_patch *ret_patch, struct err *e);
bool patch_of_resource(struct op *op, struct gate_http *h, const struct fhir_node *resource,
                       struct rest_patch *ret_patch, struct err *e);
/* As update_document, of the document that is there (id, or criteria) with the patch applied; w->node is set here. */
bool patch_document(struct op *op, struct gate_http *h, struct rest_write *w, const struct rest_patch *patch,
                    struct err *e);

/* ---- conditional.c ---- */
struct matches {
    struct record_doc *docs;
    size_t n;
};
/* The documents that criteria ("identifier=s|1&status=active", escaped) find, at most limit, as they are stored.
 * INVALID or UNSUPPORTED for what is no criterion: an unknown parameter, _sort, _count …, or nothing at all. */
bool search_matches(struct op *op, struct str type, struct str criteria, int limit, struct matches *ret_matches,
                    struct err *e);
/* The same, once nobody else is at work with these criteria; until the transaction ends nobody will be. */
bool conditional_matches(struct op *op, struct str type, struct str criteria, int limit,
                         struct matches *ret_matches, struct err *e);
/* The id of the one that matches, empty for none; PRECONDITION when there are several. */
bool conditional_id(struct op *op, struct str type, struct str criteria, struct str *ret_id, struct err *e);
/* The same for what must exist (a conditional patch): NOT_FOUND for none. */
bool conditional_target(struct op *op, struct str type, struct str criteria, struct str *ret_id, struct err *e);
/* "Type?a=1&b=2": the same text for the same criteria. */
bool conditional_normal(struct op *op, struct str type, struct str criteria, struct str *ret_text, struct err *e);
/* The criteria of a request: its query without _format and _pretty. INVALID when nothing is left. */
bool conditional_criteria(struct gate_http *h, struct str *ret_criteria, struct err *e);

/* ---- builtin.c: definitions the server itself is made of ---- */
/* Absence is no error. */
bool builtin_find(struct op *op, struct str type, struct str id, struct record_doc *ret_doc, bool *ret_found,
                  struct err *e);
/* Refuses (BUILT_IN) to write where a built-in definition is. */
bool builtin_untouched(const struct op *op, struct str type, struct str id, struct err *e);

/* ---- binary.c ---- */
/* GET of a Binary by its own media type: send the bytes. *ret_sent false when a FHIR form was asked for. */
bool binary_answer(struct op *op, struct gate_http *h, struct record_doc *doc, bool *ret_sent, struct err *e);
/* "Binary/REPORT.2": the second form of a DiagnosticReport, whose bytes stand in it. *ret_found false: none such. */
bool binary_of_report(struct op *op, struct str id, struct record_doc *ret_doc, bool *ret_found, struct err *e);

/* ---- instances.c: a study's instances, in pages ---- */
/* Whether _elements names them. */
bool instances_wanted(const struct fhir_part *part);
/* A document that is read, as its request wants to see it: resource_render for all but an ImagingStudy whose instances
 * are asked for (_count and _cursor say which page). */
bool instances_read(struct op *op, struct gate_http *h, struct str base, struct record_doc *doc, struct err *e);
/* The same for one that a search found: the first of its instances. */
bool instances_match(struct op *op, struct str base, const struct fhir_part *part, struct record_doc *doc,
                     struct err *e);

/* ---- read.c, vread.c: one document, and whom it is about for the trail ---- */
bool read_document(struct op *op, struct str type, struct str id, struct record_doc *ret_doc, struct err *e);
bool vread_document(struct op *op, struct str type, struct str id, int version, struct record_doc *ret_doc,
                    struct err *e);

/* ---- bundle.c: a Bundle as JSON text ---- */
struct bundle {
    struct arena *arena;
    struct buf text;
    struct str base;
    const struct fhir_part *part; /* of each resource; NULL: what the address asks for */
    bool in_entries;
};
void bundle_start(struct bundle *b, const struct op *op, const char *type);
void bundle_release(struct bundle *b);
void bundle_total(struct bundle *b, int64_t total);
void bundle_link(struct bundle *b, const char *relation, struct str url);
/* A document found by a search; mode "match" or "include". content is its JSON. */
void bundle_match(struct bundle *b, const struct record_doc *doc, const char *mode);
/* A contained resource found: within is its container's "Type/id". */
void bundle_contained(struct bundle *b, const struct record_doc *doc, struct str within);
/* A match of $match: its grade, and its score in hundredths. */
void bundle_scored(struct bundle *b, const struct record_doc *doc, const char *grade, int percent);
void bundle_outcome(struct bundle *b, struct str text);
void bundle_stamp(struct bundle *b, clock_us time); /* meta.lastUpdated */
/* A version of a document in a history. */
struct record_version;
void bundle_version(struct bundle *b, const struct record_version *v);
/* End it and send it. */
bool bundle_send(struct bundle *b, struct op *op, struct gate_http *h, struct err *e);

/* ---- audit_event.c: AuditEvent from the audit trail ---- */
bool audit_event_read(struct op *op, struct gate_http *h, struct str id, struct err *e);
bool audit_event_search(struct op *op, struct gate_http *h, struct query *q, struct err *e);

/* ---- provenance.c: Provenance of what HL7 messages wrote, from their journal ---- */
bool provenance_of_message(struct op *op, struct str id, struct record_doc *ret_doc, bool *ret_found, struct err *e);
/* Add those that wrote the target asked for to what is stored. */
bool provenance_join(struct op *op, const struct query *q, struct search_found *f, struct err *e);

#endif
