/* QIDO-RS at study level (PS3.18 10.6), from the archive index alone. */
#include "dicom/web/web_priv.h"

#include "http/media.h"

enum { ANSWER_MAX = 64 << 20 };

/* Retrieve URL is left out: it would name the study's address, and only instances can be fetched by theirs. */
bool search_put(const struct archive_answers *answers, size_t i, struct buf *ret_json, struct err *e)
{
    struct dicom_dataset *ds = dicom_dataset_new("ISO_IR 192", e);
    struct dicom_item *to = ds ? dicom_dataset_root(ds) : NULL;
    bool ok = to && dicom_put(to, DICOM_TAG(0x0008, 0x0056), STR("ONLINE"), e);
    for (int k = 0; ok && k < ARCHIVE_KEYS; k++)
        if (answers->column[k] >= 0)
            ok = dicom_put_or_empty(to, archive_row((enum archive_key)k)->tag,
                                    archive_get(answers, i, (enum archive_key)k), e);
    ok = ok && dicom_item_json(to, NULL, ret_json, e);
    dicom_dataset_free(ds);
    return ok;
}

static bool write_answer(struct gate_http *h, const struct archive_answers *answers, size_t n, struct err *e)
{
    struct buf b;
    buf_init(&b, ANSWER_MAX);
    buf_putc(&b, '[');
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        buf_puts(&b, i ? ",\n" : "");
        ok = search_put(answers, i, &b, e);
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

/* PS3.18 8.3.4.4: that there is more is said in a Warning header. */
static void warn(struct gate_http *h)
{
    http_add(h->response, "Warning",
             STR("299 isocentre \"There are more results than were sent; ask again with a larger offset.\""));
}

static struct str only(const struct archive_query *q, enum archive_key k)
{
    return q->key[k].n == 1 ? q->key[k].v[0] : STR("");
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
    struct archive_answers answers;
    op->event->object_type = STR("Study");
    op->event->query = h->request->query_raw;
    if (!acceptable(h, e) || !search_read(h->request, op->arena, &s, e))
        return false;
    op->event->patient = only(&s.query, ARCHIVE_PATIENT_ID);
    op->event->accession = only(&s.query, ARCHIVE_ACCESSION);
    op->event->study_uid = only(&s.query, ARCHIVE_STUDY_UID);
    size_t limit = (size_t)s.query.limit;
    s.query.limit++; /* one more says whether there is more */
    if (!archive_find(&d, &s.query, &answers, e))
        return false;
    size_t n = answers.n > limit ? limit : answers.n;
    op->event->count = (int64_t)n;
    if (answers.n > limit)
        warn(h);
    return write_answer(h, &answers, n, e);
}
