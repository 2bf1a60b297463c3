/* N-SET and N-GET of a unified procedure step (PS3.4 CC.2.6, CC.2.7). */
#include "dicom/net/ups.h"

struct merging {
    struct ups *ups;
    struct dicom_item *to;
    struct err *e;
    bool ok;
};

/* What is not a performer's to say: its keys, and what the house says. */
static bool is_ours(uint32_t tag)
{
    return tag == DICOM_SPECIFIC_CHARACTER_SET || tag == TAG_TRANSACTION_UID || tag == TAG_SOP_CLASS_UID ||
           tag == TAG_SOP_INSTANCE_UID || tag == TAG_UPS_STATE || tag == TAG_UPS_MODIFIED || (tag & 0xffff) == 0;
}

static bool merge_one(void *ctx, const struct dicom_item *from, const struct dicom_element *el)
{
    struct merging *m = ctx;
    m->ok = is_ours(el->tag) || dicom_put_copy(m->to, from, el->tag, m->e);
    return m->ok;
}

/* What must have a value keeps one. */
static bool check(struct ups *m, const struct dicom_item *root, struct err *e)
{
    uint32_t tag;
    int type;
    for (size_t i = 0; ups_attribute(i, &tag, &type); i++)
        if (type == 1 && dicom_is_empty(root, tag)) {
            m->failure = 0x0121;
            return err_set(e, ERR_REQUIRED, "attribute (%04x,%04x) is empty", tag >> 16, tag & 0xffff);
        }
    return true;
}

static bool tell(struct op *op, struct ups *m, const struct workitem_row *row, const struct workitem *now,
                 const struct dicom_item *kept, struct err *e)
{
    static const uint32_t progress[] = {TAG_UPS_PROGRESS};
    const struct dicom_item *request = dicom_dataset_root(m->request);
    struct domain d = gate_domain(op);
    struct workitem_news news = {WORKITEM_STATE, row->sop_uid, row->state, now->readiness, STR("")};
    if (!str_eq(row->readiness, now->readiness) && !workitem_tell(&d, row->rid, &news, NULL, e))
        return false;
    if ((dicom_exists(request, TAG_UPS_STATIONS) || dicom_exists(request, TAG_UPS_PEOPLE)) &&
        !ups_tell_assigned(&d, row, kept, e))
        return false;
    news.event = WORKITEM_PROGRESS;
    return !dicom_exists(request, TAG_UPS_PROGRESS) ||
           (ups_part(kept, progress, 1, op->arena, &news.dataset, e) && workitem_tell(&d, row->rid, &news, NULL, e));
}

static bool change(struct op *op, struct ups *m, const struct workitem_row *row, struct dicom_dataset *kept,
                   struct err *e)
{
    struct domain d = gate_domain(op);
    struct dicom_item *root = dicom_dataset_root(kept);
    struct merging x = {m, root, e, true};
    struct workitem now;
    dicom_each(dicom_dataset_root(m->request), merge_one, &x);
    return x.ok && check(m, root, e) && dicom_put(root, TAG_UPS_MODIFIED, ups_time(clock_now(), op->arena), e) &&
           ups_read(root, op->arena, &now, e) && ups_keep(kept, op->arena, &now.dataset, e) &&
           workitem_change(&d, row, &now, e) && tell(op, m, row, &now, root, e);
}

static bool set(struct op *op, void *ctx, struct err *e)
{
    struct ups *m = ctx;
    struct domain d = gate_domain(op);
    struct workitem_row row = {.sop_uid = str_of(m->command.sop_instance_uid)};
    const struct dicom_item *request = dicom_dataset_root(m->request);
    struct str state = dicom_get(request, TAG_UPS_STATE, op->arena);
    m->failure = 0;
    ups_describe(op, &row, STR(""));
    if (!workitem_begin(&d, false, e) || !workitem_open(&d, row.sop_uid, &row, e))
        return false;
    ups_describe(op, &row, row.state);
    if (!workitem_may_change(&row, dicom_get(request, TAG_TRANSACTION_UID, op->arena), e))
        return false;
    if (state.n && !str_eq(state, row.state))
        return err_set(e, ERR_INVALID, "the state is changed by an action");
    struct dicom_dataset *kept = dicom_dataset_parse(row.dataset, DICOM_EXPLICIT_LE, e);
    bool ok = kept && change(op, m, &row, kept, e);
    dicom_dataset_free(kept);
    return ok;
}

bool service_ups_set(struct session *s, const struct service *service, const struct dicom_command *command)
{
    struct ups m = {.session = s, .service = service, .command = *command};
    return ups_receive(&m, false, set);
}

static bool get(struct op *op, void *ctx, struct err *e)
{
    struct ups *m = ctx;
    struct domain d = gate_domain(op);
    struct workitem_row row = {.sop_uid = str_of(m->command.sop_instance_uid)};
    ups_describe(op, &row, STR(""));
    if (!workitem_get(&d, row.sop_uid, &row, e))
        return false;
    ups_describe(op, &row, row.state);
    struct dicom_dataset *view = ups_view(&row, op->arena, e);
    struct normal_copy copy = {
        .session = m->session, .command = &m->command, .charset = row.character_set, .hidden = TAG_TRANSACTION_UID};
    bool ok = view && normal_copy(&copy, view, e);
    dicom_dataset_free(view);
    dicom_dataset_free(m->answer);
    m->answer = copy.answer;
    m->status = copy.status;
    return ok;
}

bool service_ups_get(struct session *s, const struct service *service, const struct dicom_command *command)
{
    struct ups m = {.session = s, .service = service, .command = *command};
    return ups_serve(&m, get);
}
