/* N-ACTION on a unified procedure step: it is taken and ended, asked to be canceled; actions 3 to 5 are in
 * ups_subscribe.c (PS3.4 CC.2.1, CC.2.2). */
#include "dicom/net/ups.h"
#include "domain/rule.h"

#include <string.h>

/* ---- 1: change state ---- */

/* Final state P of table CC.2.5-3. */
static bool is_complete(const struct dicom_item *root, struct err *e)
{
    static const uint32_t needed[] = {DICOM_TAG(0x0040, 0x4028), DICOM_TAG(0x0040, 0x4019), DICOM_TAG(0x0040, 0x4050),
                                      DICOM_TAG(0x0040, 0x4051)}; /* station, what, start, end */
    const struct dicom_item *item = dicom_item_find(root, TAG_UPS_PERFORMED, 0);
    bool ok = item && dicom_exists(item, DICOM_TAG(0x0040, 0x4033)); /* output; there may be none */
    for (size_t i = 0; ok && i < sizeof needed / sizeof needed[0]; i++)
        ok = !dicom_is_empty(item, needed[i]);
    return ok || rule_break(RULE_WORKITEM_RESULT, e, "it does not say what was performed, where, from when to when");
}

static bool check_end(const struct workitem_row *row, struct str to, struct err *e)
{
    if (!str_is(to, WORKITEM_COMPLETED))
        return true;
    struct dicom_dataset *kept = dicom_dataset_parse(row->dataset, DICOM_EXPLICIT_LE, e);
    bool ok = kept && is_complete(dicom_dataset_root(kept), e);
    dicom_dataset_free(kept);
    return ok;
}

static bool move(struct op *op, void *ctx, struct err *e)
{
    struct ups *m = ctx;
    struct domain d = gate_domain(op);
    const struct dicom_item *request = dicom_dataset_root(m->request);
    struct workitem_row row = {.sop_uid = str_of(m->command.sop_instance_uid)};
    const struct workitem_step step = {.to = dicom_get(request, TAG_UPS_STATE, op->arena),
                                       .transaction = dicom_get(request, TAG_TRANSACTION_UID, op->arena),
                                       .performer = str_of(m->session->who.name)};
    bool already;
    ups_describe(op, &row, step.to);
    if (step.transaction.n && !dicom_uid_check(step.transaction, true, e))
        return false;
    if (!workitem_begin(&d, false, e) || !workitem_open(&d, row.sop_uid, &row, e))
        return false;
    ups_describe(op, &row, step.to);
    if (!workitem_may_move(&row, step.to, step.transaction, &already, e))
        return false;
    m->status = !already ? STATUS_SUCCESS : str_is(step.to, WORKITEM_CANCELED) ? UPS_IS_CANCELED : UPS_IS_COMPLETED;
    return already || (check_end(&row, step.to, e) && workitem_move(&d, &row, &step, e));
}

/* ---- 2: request cancel ---- */

static const uint32_t why[] = {TAG_UPS_REASON, TAG_UPS_REASON_CODE, DICOM_TAG(0x0074, 0x100A),
                               DICOM_TAG(0x0074, 0x100C)};

/* Not taken yet: it is canceled here, and says why. */
static bool cancel(struct op *op, struct ups *m, struct workitem_row *row, struct err *e)
{
    static const uint32_t kept_why[] = {TAG_UPS_REASON, TAG_UPS_REASON_CODE};
    struct domain d = gate_domain(op);
    const struct dicom_item *request = dicom_dataset_root(m->request);
    struct dicom_dataset *kept = dicom_dataset_parse(row->dataset, DICOM_EXPLICIT_LE, e);
    struct dicom_item *item = kept ? dicom_put_item(dicom_dataset_root(kept), TAG_UPS_PROGRESS, e) : NULL;
    struct str dataset;
    bool ok = item && dicom_put(item, DICOM_TAG(0x0040, 0x4052), ups_time(clock_now(), op->arena), e);
    for (size_t i = 0; ok && i < sizeof kept_why / sizeof kept_why[0]; i++)
        ok = dicom_is_empty(request, kept_why[i]) || dicom_put_copy(item, request, kept_why[i], e);
    ok = ok && ups_keep(kept, op->arena, &dataset, e) &&
         workitem_cancel(&d, row, normal_text(request, TAG_UPS_REASON, op->arena), dataset, e);
    dicom_dataset_free(kept);
    return ok;
}

/* Taken: who performs it is told, with who asks and why. */
static bool ask(struct op *op, struct ups *m, const struct workitem_row *row, struct err *e)
{
    struct domain d = gate_domain(op);
    struct workitem_news news = {WORKITEM_CANCEL_ASKED, row->sop_uid, row->state, row->readiness, STR("")};
    struct dicom_dataset *ds = dicom_dataset_new("ISO_IR 192", e);
    const struct dicom_item *request = dicom_dataset_root(m->request);
    size_t told = 0;
    bool ok = ds && dicom_put(dicom_dataset_root(ds), DICOM_TAG(0x0074, 0x1236), str_of(m->session->who.name), e);
    for (size_t i = 0; ok && i < sizeof why / sizeof why[0]; i++)
        ok = dicom_is_empty(request, why[i]) || dicom_put_copy(dicom_dataset_root(ds), request, why[i], e);
    ok = ok && normal_keep(ds, op->arena, &news.dataset, e) && workitem_tell(&d, row->rid, &news, &told, e);
    dicom_dataset_free(ds);
    return ok && (told || rule_break(RULE_WORKITEM_PERFORMER, e, "nobody is told of this workitem"));
}

static bool request_cancel(struct op *op, void *ctx, struct err *e)
{
    struct ups *m = ctx;
    struct domain d = gate_domain(op);
    struct workitem_row row = {.sop_uid = str_of(m->command.sop_instance_uid)};
    ups_describe(op, &row, STR("cancel requested"));
    if (!workitem_begin(&d, false, e) || !workitem_open(&d, row.sop_uid, &row, e))
        return false;
    ups_describe(op, &row, STR("cancel requested"));
    m->status = STATUS_SUCCESS;
    if (str_is(row.state, WORKITEM_COMPLETED))
        return rule_break(RULE_WORKITEM_COMPLETED, e, "the workitem is completed");
    if (str_is(row.state, WORKITEM_CANCELED)) {
        m->status = UPS_IS_CANCELED;
        return true;
    }
    return str_is(row.state, WORKITEM_SCHEDULED) ? cancel(op, m, &row, e) : ask(op, m, &row, e);
}

/* ---- which ---- */

static bool no_such_action(struct op *op, void *ctx, struct err *e)
{
    struct ups *m = ctx;
    (void)op;
    m->failure = 0x0123;
    return err_set(e, ERR_UNSUPPORTED, "that is no action of this SOP class");
}

static const struct {
    uint16_t type;
    const char *classes[2]; /* that take it */
    bool bare;              /* without a data set too */
    ups_work *work;
} actions[] = {
    {1, {UPS_PULL_CLASS, ""}, false, move},
    {2, {UPS_PUSH_CLASS, UPS_WATCH_CLASS}, true, request_cancel},
    {3, {UPS_WATCH_CLASS, ""}, false, ups_subscribe},
    {4, {UPS_WATCH_CLASS, ""}, false, ups_unsubscribe},
    {5, {UPS_WATCH_CLASS, ""}, false, ups_unsubscribe}, /* the instance and the type tell how much */
};

bool service_ups_action(struct session *s, const struct service *service, const struct dicom_command *command)
{
    struct ups m = {.session = s, .service = service, .command = *command};
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
        for (size_t c = 0; c < 2; c++)
            if (actions[i].type == command->action_type && strcmp(actions[i].classes[c], service->sop_class) == 0)
                return ups_receive(&m, actions[i].bare, actions[i].work);
    return ups_receive(&m, true, no_such_action);
}
