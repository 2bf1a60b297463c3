#include "domain/document.h"

#include "schema/queries.h"

static const char own_system[] = "urn:isocentre:report";

/* What the status of a report makes of its document. */
static const struct {
    const char *report, *doc_status, *status;
    bool makes; /* a document that was not there */
} states[] = {
    {"final", "final", "current", true},
    {"amended", "amended", "current", true},
    {"corrected", "amended", "current", true},
    {"appended", "amended", "current", true},
    {"cancelled", NULL, "entered-in-error", false},
    {"entered-in-error", NULL, "entered-in-error", false},
};

static void copy(struct arena *a, struct fhir_node *to, const char *key, const struct fhir_node *value)
{
    if (!value)
        return;
    struct fhir_node *n = fhir_copy(a, value);
    n->key = str_of(key);
    n->next = NULL;
    fhir_add_node(to, n);
}

/* ---- content ---- */

/* A form with its bytes in it is fetched as Binary/REPORT.N (N from 1); one that lies somewhere is fetched there. */
static void put_form(struct domain *d, struct fhir_node *list, const struct record_doc *report,
                     const struct fhir_node *form, int n)
{
    static const char *const same[] = {"contentType", "language", "url", "size", "hash", "title", "creation"};
    struct arena *a = d->arena;
    bool inside = fhir_text(form, "data").n > 0;
    if (str_is(fhir_text(form, "title"), DOCUMENT_VIEWER) || (!inside && !fhir_text(form, "url").n) ||
        (inside && !fhir_text(form, "contentType").n))
        return;
    struct fhir_node *content = fhir_add_object(a, list, NULL), *to = fhir_add_object(a, content, "attachment");
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        if (!inside || !str_is(str_of(same[i]), "url"))
            copy(a, to, same[i], fhir_member(form, same[i]));
    if (inside)
        fhir_add_string(a, to, "url", arena_printf(a, "Binary/%.*s.%d", STR_ARG(report->id), n));
    struct fhir_node *format = fhir_add_object(a, content, "format");
    fhir_add_string(a, format, "system", STR("http://ihe.net/fhir/ihe.formatcode.fhir/CodeSystem/formatcode"));
    fhir_add_string(a, format, "code", STR("urn:ihe:iti:xds:2017:mimeTypeSufficient"));
}

static bool put_content(struct domain *d, struct fhir_node *doc, const struct record_doc *report)
{
    const struct fhir_node *forms = fhir_member(report->node, "presentedForm");
    struct fhir_node *list = fhir_add_array(d->arena, doc, "content");
    int n = 1;
    for (const struct fhir_node *f = forms ? forms->first : NULL; f; f = f->next)
        put_form(d, list, report, f, n++);
    return list->first != NULL;
}

/* ---- who, when, about what ---- */

static void put_authors(struct arena *a, struct fhir_node *doc, const struct fhir_node *report)
{
    static const char *const from[] = {"resultsInterpreter", "performer"};
    struct fhir_node *list = NULL;
    for (size_t i = 0; i < 2; i++) {
        const struct fhir_node *all = fhir_member(report, from[i]);
        for (const struct fhir_node *r = all ? all->first : NULL; r; r = r->next) {
            if (str_starts(fhir_text(r, "reference"), "CareTeam/") || str_is(fhir_text(r, "type"), "CareTeam"))
                continue;
            list = list ? list : fhir_add_array(a, doc, "author");
            copy(a, list, "", r);
        }
    }
}

static void put_period(struct arena *a, struct fhir_node *context, const struct fhir_node *report)
{
    struct str moment = fhir_text(report, "effectiveDateTime");
    copy(a, context, "period", fhir_member(report, "effectivePeriod"));
    if (!moment.n)
        return;
    struct fhir_node *period = fhir_add_object(a, context, "period");
    fhir_add_string(a, period, "start", moment);
    fhir_add_string(a, period, "end", moment);
}

static void put_context(struct domain *d, struct fhir_node *doc, const struct record_doc *report)
{
    static const char *const from[] = {"basedOn", "imagingStudy"};
    struct arena *a = d->arena;
    struct fhir_node *context = fhir_add_object(a, doc, "context");
    if (fhir_member(report->node, "encounter"))
        copy(a, fhir_add_array(a, context, "encounter"), "", fhir_member(report->node, "encounter"));
    put_period(a, context, report->node);
    struct fhir_node *list = fhir_add_array(a, context, "related");
    struct fhir_node *own = fhir_add_object(a, list, NULL);
    fhir_add_string(a, own, "type", STR("DiagnosticReport"));
    struct fhir_node *identifier = fhir_add_object(a, own, "identifier"); /* no literal: the report may be deleted */
    fhir_add_string(a, identifier, "system", str_of(own_system));
    fhir_add_string(a, identifier, "value", report->id);
    for (size_t i = 0; i < 2; i++) {
        const struct fhir_node *all = fhir_member(report->node, from[i]);
        for (const struct fhir_node *r = all ? all->first : NULL; r; r = r->next)
            copy(a, list, "", r);
    }
}

static struct str date_of(const struct record_doc *report)
{
    struct str issued = fhir_text(report->node, "issued");
    return issued.n ? issued : fhir_text(report->node, "meta.lastUpdated");
}

/* NULL when the report has nothing to fetch. */
static struct fhir_node *describe(struct domain *d, const struct record_doc *report, int state)
{
    struct arena *a = d->arena;
    struct fhir_node *doc = fhir_new(a, "DocumentReference");
    struct fhir_node *master = fhir_add_object(a, doc, "masterIdentifier");
    fhir_add_string(a, master, "system", str_of(own_system));
    fhir_add_string(a, master, "value", report->id);
    copy(a, doc, "identifier", fhir_member(report->node, "identifier"));
    fhir_add_string(a, doc, "status", str_of(states[state].status));
    if (states[state].doc_status)
        fhir_add_string(a, doc, "docStatus", str_of(states[state].doc_status));
    copy(a, doc, "type", fhir_member(report->node, "code"));
    copy(a, doc, "category", fhir_member(report->node, "category"));
    copy(a, doc, "subject", fhir_member(report->node, "subject"));
    fhir_add_string(a, doc, "date", date_of(report));
    put_authors(a, doc, report->node);
    struct str title = fhir_text(report->node, "code.text");
    if (title.n)
        fhir_add_string(a, doc, "description", title);
    if (!put_content(d, doc, report))
        return NULL;
    put_context(d, doc, report);
    return doc;
}

/* ---- writing ---- */

static int state_of(struct str status)
{
    for (int i = 0; i < (int)(sizeof states / sizeof states[0]); i++)
        if (str_is(status, states[i].report))
            return i;
    return -1;
}

/* *ret_ours false: it is a client's own. */
static bool find(struct domain *d, struct str id, struct record_doc *ret_doc, bool *ret_found, bool *ret_ours,
                 struct err *e)
{
    struct record_key key = {STR_NONE, STR("DocumentReference"), id, RECORD_UPDATE};
    if (!record_find(d->db, d->arena, key, ret_doc, ret_found, e))
        return false;
    *ret_ours = true;
    if (!*ret_found || ret_doc->deleted)
        return true;
    if (!record_parse(d->arena, ret_doc, e))
        return false;
    *ret_ours = str_is(fhir_text(ret_doc->node, "masterIdentifier.system"), own_system);
    return true;
}

bool document_of_report(struct domain *d, int64_t report_rid, struct err *e)
{
    struct record_doc report, doc;
    bool found, ours;
    if (d->merging)
        return true; /* a merge moves the document itself, and remembers it for the undo */
    if (!record_get_rid(d->db, d->arena, report_rid, RECORD_READ, &report, e))
        return false;
    if (!report.deleted && !record_parse(d->arena, &report, e))
        return false;
    int state = report.deleted ? -1 : state_of(fhir_text(report.node, "status"));
    if (!report.deleted && state < 0)
        return true;
    if (!find(d, report.id, &doc, &found, &ours, e) || !ours)
        return ours || e->code == ERR_NONE;
    if (report.deleted)
        return !found || doc.deleted || record_delete(d->db, d->arena, &doc, e);
    struct fhir_node *node = describe(d, &report, state);
    if (!node || (!found && !states[state].makes))
        return true;
    if (!found) {
        doc = *record_new(d->arena, "DocumentReference");
        doc.id = report.id;
        doc.department = report.department;
    }
    doc.node = node;
    return record_put(d->db, d->arena, &doc, e) || err_wrap(e, "document of '%.*s'", STR_ARG(report.id));
}
