/* What a report shows: its text and addenda, its documents, its flag. */
#include "domain/report_priv.h"

#include <string.h>

#include "base/codec.h"

enum { FORM_MAX = 24 << 20 };

#define TEXT_FORM "presentedForm[contentType=text/plain]"
#define FLAG "conclusionCode[text=critical result]"

static struct str base64_of(struct arena *a, struct str bytes)
{
    struct buf b;
    buf_init(&b, FORM_MAX * 2);
    base64_put(&b, bytes);
    struct str s = arena_str(a, buf_view(&b));
    buf_release(&b);
    return s;
}

static struct str text_now(struct arena *a, const struct fhir_node *doc)
{
    CLEANUP(buf_release) struct buf b;
    struct err ignored;
    err_clear(&ignored);
    buf_init(&b, FORM_MAX);
    if (!base64_decode(fhir_text(doc, TEXT_FORM ".data"), &b, &ignored))
        return STR_NONE;
    return arena_str(a, buf_view(&b));
}

/* An addendum stands below what was written before; the same one again adds nothing. */
static struct str with_addendum(struct domain *d, const struct fhir_node *doc, struct str text)
{
    struct str before = text_now(d->arena, doc);
    if (!before.n || memmem(before.p, before.n, text.p, text.n))
        return before.n ? before : text;
    return arena_printf(d->arena, "%.*s\n\nAddendum:\n%.*s", STR_ARG(before), STR_ARG(text));
}

bool report_put_text(struct domain *d, struct record_doc *doc, struct str text, bool append, struct err *e)
{
    struct arena *a = d->arena;
    if (!text.n)
        return true;
    if (append)
        text = with_addendum(d, doc->node, text);
    return fhir_set(a, doc->node, TEXT_FORM ".data", base64_of(a, text), e) &&
           fhir_set(a, doc->node, TEXT_FORM ".size", arena_printf(a, "%zu", text.n), e);
}

/* ---- documents ---- */

/* Forms of an earlier version; the text, and the way to the images, are not documents. */
static void drop_documents(struct domain *d, struct record_doc *doc)
{
    const struct fhir_node *list = fhir_member(doc->node, "presentedForm");
    int n = 0;
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = i->next)
        n++;
    while (n-- > 0) {
        const char *at = arena_printf(d->arena, "presentedForm[%d]", n).p;
        const struct fhir_node *form = fhir_at(doc->node, at);
        if (form && !str_is(fhir_text(form, "contentType"), "text/plain") &&
            !str_is(fhir_text(form, "title"), DOCUMENT_VIEWER))
            fhir_remove(doc->node, at);
    }
}

/* Bytes are a Binary of their own, so that reading the report stays cheap. */
static bool put_document(struct domain *d, struct record_doc *doc, const struct report_document *x, struct err *e)
{
    struct arena *a = d->arena;
    int n = 0;
    const struct fhir_node *list = fhir_member(doc->node, "presentedForm");
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = i->next)
        n++;
    const char *base = arena_printf(a, "presentedForm[%d]", n).p;
    struct str url = x->url;
    if (!url.n) {
        struct record_doc *binary = record_new(a, "Binary");
        binary->department = doc->department;
        if (!fhir_set(a, binary->node, "contentType", x->type, e) ||
            !fhir_set(a, binary->node, "data", base64_of(a, x->bytes), e) || !record_put(d->db, a, binary, e))
            return false;
        url = domain_reference(d, binary);
    }
    return (!x->type.n || fhir_set(a, doc->node, arena_printf(a, "%s.contentType", base).p, x->type, e)) &&
           fhir_set(a, doc->node, arena_printf(a, "%s.url", base).p, url, e) &&
           (x->url.n ||
            fhir_set(a, doc->node, arena_printf(a, "%s.size", base).p, arena_printf(a, "%zu", x->bytes.n), e)) &&
           (!x->title.n || fhir_set(a, doc->node, arena_printf(a, "%s.title", base).p, x->title, e));
}

bool report_put_documents(struct domain *d, struct record_doc *doc, const struct report_request *r, struct err *e)
{
    if (r->document_count && !r->append)
        drop_documents(d, doc);
    for (size_t i = 0; i < r->document_count; i++)
        if (!put_document(d, doc, &r->document[i], e))
            return false;
    return true;
}

bool report_put_flag(struct domain *d, struct record_doc *doc, const struct report_request *r, struct err *e)
{
    bool whole = fields_get(r->fields, FIELD_REPORT_TEXT).n && !r->append;
    if (!r->flag.n && whole)
        fhir_remove(doc->node, FLAG);
    return !r->flag.n || (fhir_make(d->arena, doc->node, FLAG, e) &&
                          fields_code_write(d->arena, doc->node, FLAG ".coding[0]", r->flag, e) &&
                          fhir_set(d->arena, doc->node, FLAG ".text", STR("critical result"), e));
}
