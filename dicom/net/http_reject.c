/* For people: which rejection notes came, what they hide; taking one back, or letting a held one hold. */
#include "base/json.h"
#include "dicom/net/http.h"
#include "domain/rejection.h"
#include "schema/queries.h"

enum { BODY_MAX = 1 << 20, PAGE = 500 };

static void put_note(struct buf *b, const struct db_rows *r, int i)
{
    static const char *const texts[] = {"note", "study", "title", "state", NULL, "sender", "decidedBy"};
    char when[CLOCK_TEXT];
    json_put_comma(b);
    buf_putc(b, '{');
    for (int k = 0; k < 7; k++)
        if (texts[k])
            json_put_field(b, texts[k], db_get(r, i, k));
    clock_site_text(db_get_int(r, i, 7), when);
    json_put_field(b, "time", str_of(when));
    json_put_int(b, "named", db_get_int(r, i, 8));
    json_put_int(b, "hidden", db_get_int(r, i, 9));
    json_put_int(b, "elsewhere", db_get_int(r, i, 4));
    buf_putc(b, '}');
}

bool dicom_http_rejections(struct op *op, struct gate_http *h, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    struct str study = http_query(h->request, "study");
    struct db_args args = db_args(op->arena);
    db_text_opt(&args, op->access);
    db_text(&args, study.p ? study : STR(""));
    db_int(&args, PAGE);
    const struct db_rows *r = db_run(op->db, &Q_rejection_list, &args, e);
    if (!r)
        return false;
    buf_init(&b, BODY_MAX);
    buf_puts(&b, "{\"items\":[");
    for (int i = 0; i < db_count(r); i++)
        put_note(&b, r, i);
    buf_puts(&b, "]}");
    op->event->count = db_count(r);
    return dicom_http_answer(h, &b, e);
}

static bool decide(struct op *op, struct gate_http *h, bool standing, struct err *e)
{
    struct domain d = gate_domain(op);
    int changed;
    op->event->object_type = STR("Study");
    op->event->object_id = gate_path(h, "uid");
    op->event->detail = standing ? STR("the note holds") : STR("the note is taken back");
    if (!rejection_decide(&d, gate_path(h, "uid"), standing, str_of(op->who->name), &changed, e))
        return false;
    op->event->count = changed;
    gate_http_body(h, 200, "application/json", arena_printf(op->arena, "{\"instances\":%d}", changed));
    return true;
}

bool dicom_http_restore(struct op *op, struct gate_http *h, struct err *e)
{
    return decide(op, h, false, e);
}

bool dicom_http_apply(struct op *op, struct gate_http *h, struct err *e)
{
    return decide(op, h, true, e);
}
