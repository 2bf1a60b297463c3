/* N-SET of a performed procedure step: what was done so far, and that it ended (PS3.4 F.7.2.2). */
#include "dicom/net/mpps.h"

#include "domain/notice.h"
#include "metrics/metrics.h"

struct merging {
    struct mpps *mpps;
    struct dicom_item *to;
    struct err *e;
    bool ok;
};

/* What was not created may not be set, says the standard; many modalities do, and mean it. */
static bool merge_one(void *ctx, const struct dicom_item *from, const struct dicom_element *el)
{
    struct merging *m = ctx;
    if (el->tag == DICOM_SPECIFIC_CHARACTER_SET || (el->tag & 0xffff) == 0)
        return true;
    m->mpps->quirks += mpps_fixed(el->tag) || !dicom_exists(m->to, el->tag);
    m->ok = mpps_fixed(el->tag) || dicom_put_copy(m->to, from, el->tag, m->e);
    return m->ok;
}

static bool merge(struct mpps *m, struct dicom_dataset *kept, struct err *e)
{
    struct merging x = {m, dicom_dataset_root(kept), e, true};
    m->quirks = 0;
    dicom_each(dicom_dataset_root(m->request), merge_one, &x);
    return x.ok;
}

/* The instances it made, for who waits until all of them are here. */
static bool tell_made(struct domain *d, const struct dicom_item *root, const struct performed *p, struct err *e)
{
    static const uint32_t lists[] = {DICOM_TAG(0x0008, 0x1140), DICOM_TAG(0x0040, 0x0220)};
    struct str *uid = NULL;
    size_t n = 0, room = 0;
    for (size_t i = 0; i < p->series_count; i++)
        for (size_t k = 0; k < 2; k++) {
            const struct dicom_item *series = dicom_item_find(root, TAG_PERFORMED_SERIES, i);
            size_t more = dicom_count(series, lists[k]);
            ARENA_ROOM(d->arena, uid, n, more, room);
            for (size_t j = 0; j < more; j++)
                uid[n++] = dicom_get_nth(dicom_item_find(series, lists[k], j), DICOM_TAG(0x0008, 0x1155), 0, d->arena);
        }
    for (size_t i = 0; i < n; i++)
        if (!dicom_uid_check(uid[i], true, NULL))
            return true; /* that names nothing that could be here */
    return notice_made(d, p->items[0].study_uid, uid, n, e);
}

static bool hand_on(struct op *op, struct mpps *m, const struct dicom_item *root, const struct performed *p,
                    struct err *e)
{
    struct domain d = gate_domain(op);
    struct str dataset;
    return normal_keep(m->request, op->arena, &dataset, e) && notice_step(&d, p->sop_uid, false, dataset, e) &&
           (!str_is(p->status, "COMPLETED") || tell_made(&d, root, p, e));
}

static bool change(struct op *op, struct mpps *m, struct dicom_dataset *kept, const struct performed_row *row,
                   struct err *e)
{
    struct domain d = gate_domain(op);
    struct performed p;
    struct performed_result r = {.attention = STR_NONE};
    if (!merge(m, kept, e) || !mpps_read(dicom_dataset_root(kept), op->arena, &p, e))
        return false;
    p.sop_uid = row->sop_uid;
    p.calling_ae = str_of(m->session->who.name);
    if (!normal_keep(kept, op->arena, &p.dataset, e) || !performed_change(&d, row, &p, &r, e))
        return false;
    mpps_describe(op, row->sop_uid, &r);
    return hand_on(op, m, dicom_dataset_root(kept), &p, e);
}

static bool set(struct op *op, void *ctx, struct err *e)
{
    struct mpps *m = ctx;
    struct domain d = gate_domain(op);
    struct performed_row row;
    const struct performed_result nothing = {.attention = STR_NONE};
    mpps_describe(op, str_of(m->command.sop_instance_uid), &nothing);
    if (!performed_open(&d, str_of(m->command.sop_instance_uid), &row, e))
        return false;
    struct dicom_dataset *kept = dicom_dataset_parse(row.dataset, DICOM_EXPLICIT_LE, e);
    bool ok = kept && change(op, m, kept, &row, e);
    dicom_dataset_free(kept);
    return ok;
}

bool service_mpps_set(struct session *s, const struct service *service, const struct dicom_command *command)
{
    struct mpps m = {.session = s, .command = *command};
    struct err e;
    bool alive;
    err_clear(&e);
    m.request = normal_receive(s, service, command, &alive);
    if (!m.request)
        return alive;
    bool ok = session_gate_serve(s, service, set, &m, &e);
    if (ok && m.quirks)
        metrics_add(METRIC_DIMSE_QUIRKS, "mpps-attribute", (int64_t)m.quirks);
    alive = ok ? session_answer(s, service, command, STATUS_SUCCESS) : normal_fail(s, service, command, &e);
    dicom_dataset_free(m.request);
    return alive;
}
