/* QIDO-RS at study level (PS3.18 10.6), from the archive index alone. */
#include "dicom/web/web_priv.h"

#include "http/media.h"

enum { ANSWER_MAX = 64 << 20 };

static struct str value_of(const struct study_row *study, const struct study_tag *r, struct arena *a)
{
    struct str s = *(const struct str *)(const void *)((const char *)study + r->column);
    if (r->how == HOW_DATE && s.n == 10)
        return arena_printf(a, "%.4s%.2s%.2s", s.p, s.p + 5, s.p + 8);
    return s.p ? s : STR("");
}

/* Retrieve URL is left out: it would name the study's address, and only instances can be fetched by theirs. */
static bool put_computed(struct dicom_item *to, const struct study_row *study, struct err *e)
{
    return dicom_put_or_empty(to, DICOM_TAG(0x0008, 0x0056), STR("ONLINE"), e) &&
           dicom_put_int(to, DICOM_TAG(0x0020, 0x1206), study->series_count, e) &&
           dicom_put_int(to, DICOM_TAG(0x0020, 0x1208), study->instance_count, e);
}

bool search_put(const struct search *s, const struct study_row *study, struct arena *a,
                struct buf *ret_json, struct err *e)
{
    struct dicom_dataset *ds = dicom_dataset_new("ISO_IR 192", e);
    struct dicom_item *to = ds ? dicom_dataset_root(ds) : NULL;
    bool ok = to && put_computed(to, study, e);
    for (size_t i = 0; ok && study_tag(i); i++)
        if (study_tag(i)->unasked || s->include[i])
            ok = dicom_put_or_empty(to, study_tag(i)->tag, value_of(study, study_tag(i), a), e);
    ok = ok && dicom_item_json(to, NULL, ret_json, e);
    dicom_dataset_free(ds);
    return ok;
}

static bool write_answer(struct op *op, struct gate_http *h, const struct search *s, const struct study_row *studies,
                         size_t n, struct err *e)
{
    struct buf b;
    buf_init(&b, ANSWER_MAX);
    buf_putc(&b, '[');
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        buf_puts(&b, i ? ",\n" : "");
        ok = search_put(s, &studies[i], op->arena, &b, e);
    }
    buf_puts(&b, "]\n");
    ok = ok && buf_ok(&b, e);
    if (ok && n)
        gate_http_body(h, 200, "application/dicom+json", buf_view(&b));
    else if (ok)
        h->response->status = 204;
    buf_release(&b);
    return ok;
}

/* PS3.18 8.3.4.2 and 8.3.4.4: what was asked and not done is said in a Warning header. */
static void warn(struct gate_http *h, const struct search *s, bool more)
{
    if (s->fuzzy)
        http_add(h->response, "Warning",
                 STR("299 isocentre \"The fuzzymatching parameter is not supported. Only literal matching has been "
                     "performed.\""));
    if (more)
        http_add(h->response, "Warning",
                 STR("299 isocentre \"There are more results than were sent; ask again with a larger offset.\""));
}

static bool acceptable(const struct gate_http *h, struct err *e)
{
    static const char *const offers[] = {"application/dicom+json", "application/json"};
    struct str accept = http_query(h->request, "accept");
    if (!accept.n)
        accept = http_header(h->request, "Accept");
    return http_accept(accept, offers, 2) >= 0 ||
           err_set(e, ERR_NOT_ACCEPTABLE, "searches are answered as application/dicom+json");
}

bool web_studies(struct op *op, struct gate_http *h, struct err *e)
{
    struct domain d = gate_domain(op);
    struct search s;
    struct study_row *studies;
    size_t n = 0;
    op->event->object_type = STR("Study");
    op->event->query = h->request->query_raw;
    if (!acceptable(h, e) || !search_read(h->request, op->arena, &s, e))
        return false;
    op->event->patient = s.query.patient_id;
    op->event->accession = s.query.accession;
    op->event->study_uid = s.query.uid_count == 1 ? s.query.uids[0] : STR("");
    size_t limit = (size_t)s.query.limit;
    s.query.limit++; /* one more says whether there is more */
    if (!study_find(&d, &s.query, &studies, &n, e))
        return false;
    bool more = n > limit;
    n = more ? limit : n;
    op->event->count = (int64_t)n;
    warn(h, &s, more);
    return write_answer(op, h, &s, studies, n, e);
}
