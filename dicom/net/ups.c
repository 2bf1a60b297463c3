/* What the services of unified procedure steps share: statuses, and how a kept one is shown. */
#include "dicom/net/ups.h"

#include "domain/rule.h"

enum { BYTES_MAX = 1 << 20 };

/* PS3.4 CC.2.1.4, CC.2.2.4, CC.2.3.4, CC.2.5.4, CC.2.6.4. */
static const struct {
    enum rule rule;
    uint16_t status;
} statuses[] = {
    {RULE_WORKITEM_FINAL, 0xC300},     {RULE_WORKITEM_CLAIM, 0xC301},     {RULE_WORKITEM_TAKEN, 0xC302},
    {RULE_WORKITEM_BEGIN, 0xC303},     {RULE_WORKITEM_RESULT, 0xC304},    {RULE_WORKITEM_RECEIVER, 0xC308},
    {RULE_WORKITEM_OPEN, 0xC310},      {RULE_WORKITEM_COMPLETED, 0xC311}, {RULE_WORKITEM_PERFORMER, 0xC312},
};

static uint16_t status_of(const struct ups *m, const struct err *why)
{
    if (m->failure || why->code == ERR_NOT_FOUND)
        return m->failure ? m->failure : 0xC307;
    for (size_t i = 0; why->rule && i < sizeof statuses / sizeof statuses[0]; i++)
        if (str_is(str_of(why->rule), rule_name(statuses[i].rule)))
            return statuses[i].status;
    return 0;
}

static bool fail(struct ups *m, const struct err *why)
{
    uint16_t status = status_of(m, why);
    return status ? session_refuse(m->session, m->service, &m->command, (struct refusal){.status = status}, why)
                  : normal_fail(m->session, m->service, &m->command, why);
}

bool ups_serve(struct ups *m, ups_work *work)
{
    struct err e;
    err_clear(&e);
    bool ok = session_gate_serve(m->session, m->service, work, m, &e);
    bool alive = ok ? session_answer_with(m->session, m->service, &m->command, m->status, m->answer) : fail(m, &e);
    dicom_dataset_free(m->request);
    dicom_dataset_free(m->answer);
    return alive;
}

bool ups_receive(struct ups *m, bool bare, ups_work *work)
{
    struct err e;
    bool alive = true;
    err_clear(&e);
    if (bare && !dicom_has_dataset(&m->command))
        m->request = dicom_dataset_new("", &e);
    else
        m->request = normal_receive(m->session, m->service, &m->command, &alive);
    return m->request ? ups_serve(m, work) : alive;
}

void ups_describe(struct op *op, const struct workitem_row *row, struct str detail)
{
    op->event->object_type = STR("Order");
    op->event->object_id = row->task.n ? row->task : row->sop_uid;
    op->event->detail = detail;
}

bool ups_keep(struct dicom_dataset *ds, struct arena *a, struct str *ret_bytes, struct err *e)
{
    return normal_keep(ds, a, ret_bytes, e) &&
           (ret_bytes->n <= BYTES_MAX || err_set(e, ERR_TOO_LARGE, "a workitem of over %d bytes", BYTES_MAX));
}

struct str ups_time(clock_us t, struct arena *a)
{
    struct clock_date c;
    clock_site_date(t, &c);
    int offset = c.offset_minutes < 0 ? -c.offset_minutes : c.offset_minutes;
    return arena_printf(a, "%04d%02d%02d%02d%02d%02d%c%02d%02d", c.year, c.month, c.day, c.hour, c.minute, c.second,
                        c.offset_minutes < 0 ? '-' : '+', offset / 60, offset % 60);
}

/* What a canceled one must say (final state X of table CC.2.5-3), where its performer did not. */
static bool put_end(struct dicom_item *root, const struct workitem_row *row, struct arena *a, struct err *e)
{
    static const uint32_t when = DICOM_TAG(0x0040, 0x4052);
    const struct dicom_item *said = dicom_item_find(root, TAG_UPS_PROGRESS, 0);
    bool timed = said && !dicom_is_empty(said, when), reasoned = said && !dicom_is_empty(said, TAG_UPS_REASON_CODE);
    if (timed && reasoned)
        return true;
    struct dicom_item *item = (struct dicom_item *)(uintptr_t)said; /* of a data set that is ours */
    if (!item)
        item = dicom_put_item(root, TAG_UPS_PROGRESS, e);
    if (!item || (!timed && !dicom_put(item, when, ups_time(row->ended ? row->ended : clock_now(), a), e)))
        return false;
    if (reasoned)
        return true;
    struct dicom_item *code = dicom_put_item(item, TAG_UPS_REASON_CODE, e);
    return code && dicom_put(code, DICOM_TAG(0x0008, 0x0100), STR("110513"), e) &&
           dicom_put(code, DICOM_TAG(0x0008, 0x0102), STR("DCM"), e) &&
           dicom_put(code, DICOM_TAG(0x0008, 0x0104), STR("Discontinued for unspecified reason"), e);
}

struct dicom_dataset *ups_view(const struct workitem_row *row, struct arena *a, struct err *e)
{
    struct dicom_dataset *ds = dicom_dataset_parse(row->dataset, DICOM_EXPLICIT_LE, e);
    struct dicom_item *root = ds ? dicom_dataset_root(ds) : NULL;
    if (root && dicom_put(root, TAG_UPS_STATE, row->state, e) &&
        (!str_is(row->state, WORKITEM_CANCELED) || put_end(root, row, a, e)))
        return ds;
    dicom_dataset_free(ds);
    return NULL;
}
