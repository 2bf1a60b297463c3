/* N-CREATE of a unified procedure step: work is put on the list (PS3.4 CC.2.5). */
#include "dicom/net/ups.h"
#include "domain/rule.h"

enum { MISSING = 0x0120, EMPTY = 0x0121, NOT_SCHEDULED = 0xC309 };

static bool lacks(struct ups *m, uint16_t status, uint32_t tag, struct err *e)
{
    m->failure = status;
    err_set(e, ERR_REQUIRED, "attribute (%04x,%04x) is missing or empty", tag >> 16, tag & 0xffff);
    return err_at(e, "(%04x,%04x)", tag >> 16, tag & 0xffff);
}

/* What may be empty and is absent is put in, and the answer says so. */
static bool put_empty(struct ups *m, struct dicom_item *root, uint32_t tag, struct err *e)
{
    char vr[3];
    dicom_tag_vr(tag, vr);
    m->changed = true;
    return str_is(str_of(vr), "SQ") ? dicom_put_sequence(root, tag, e) : dicom_put(root, tag, STR(""), e);
}

static bool complete(struct ups *m, struct dicom_item *root, struct err *e)
{
    uint32_t tag;
    int type;
    for (size_t i = 0; ups_attribute(i, &tag, &type); i++) {
        if (type == 1 && !dicom_exists(root, tag))
            return lacks(m, MISSING, tag, e);
        if (type == 1 && dicom_is_empty(root, tag))
            return lacks(m, EMPTY, tag, e);
        if (!dicom_exists(root, tag) && !put_empty(m, root, tag, e))
            return false;
    }
    return true;
}

/* What only the performer and the house say is not taken from who asks for the work. */
static bool strip(struct ups *m, struct dicom_item *root, struct err *e)
{
    static const uint32_t later[] = {TAG_UPS_PROGRESS, TAG_UPS_PERFORMED};
    m->changed = m->changed || !dicom_is_empty(root, TAG_TRANSACTION_UID);
    dicom_remove(root, TAG_TRANSACTION_UID);
    dicom_remove(root, TAG_SOP_CLASS_UID);
    dicom_remove(root, TAG_SOP_INSTANCE_UID);
    for (size_t i = 0; i < sizeof later / sizeof later[0]; i++) {
        if (dicom_is_empty(root, later[i]))
            continue;
        m->changed = true;
        dicom_remove(root, later[i]);
        if (!dicom_put_sequence(root, later[i], e))
            return false;
    }
    return true;
}

static bool fit(struct op *op, struct ups *m, struct dicom_item *root, struct err *e)
{
    m->failure = 0;
    if (!complete(m, root, e))
        return false;
    if (!str_is(dicom_get(root, TAG_UPS_STATE, op->arena), WORKITEM_SCHEDULED)) {
        m->failure = NOT_SCHEDULED;
        return rule_break(RULE_WORKITEM_BEGIN, e, "a workitem begins SCHEDULED");
    }
    if (dicom_is_empty(root, DICOM_TAG(0x0074, 0x1202)) &&
        !dicom_put(root, DICOM_TAG(0x0074, 0x1202), str_of(m->session->config->ae_title), e))
        return false;
    return strip(m, root, e) && dicom_put(root, TAG_UPS_MODIFIED, ups_time(clock_now(), op->arena), e);
}

static bool create(struct op *op, void *ctx, struct err *e)
{
    struct ups *m = ctx;
    struct domain d = gate_domain(op);
    struct dicom_item *root = dicom_dataset_root(m->request);
    struct workitem w;
    struct workitem_row row = {.sop_uid = str_of(m->command.sop_instance_uid)};
    struct str set = dicom_item_charset(root, op->arena);
    ups_describe(op, &row, STR(""));
    if (!fit(op, m, root, e) || !ups_read(root, op->arena, &w, e))
        return false;
    w.sop_uid = row.sop_uid;
    w.character_set = set;
    if (!ups_keep(m->request, op->arena, &w.dataset, e) || !workitem_begin(&d, false, e) ||
        !workitem_create(&d, &w, &row, e) || !ups_tell_new(&d, &row, m->request, e))
        return false;
    ups_describe(op, &row, STR(WORKITEM_SCHEDULED));
    m->status = m->changed ? UPS_CREATED_OTHERWISE : STATUS_SUCCESS;
    return true;
}

static bool refuse_uid(struct op *op, void *ctx, struct err *e)
{
    (void)op;
    (void)ctx;
    return err_set(e, ERR_INVALID, "the SOP Instance UID is no UID");
}

bool service_ups_create(struct session *s, const struct service *service, const struct dicom_command *command)
{
    struct ups m = {.session = s, .service = service, .command = *command};
    struct err e;
    err_clear(&e);
    bool ok = m.command.sop_instance_uid[0] ? dicom_uid_check(str_of(m.command.sop_instance_uid), true, &e)
                                            : dicom_uid_new(m.command.sop_instance_uid, &e);
    if (!ok)
        m.failure = STATUS_INVALID_INSTANCE;
    return ups_receive(&m, false, ok ? create : refuse_uid);
}
