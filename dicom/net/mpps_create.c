/* N-CREATE of a performed procedure step: a modality began (PS3.4 F.7.2.1). */
#include "dicom/net/mpps.h"
#include "domain/notice.h"

static bool create(struct op *op, void *ctx, struct err *e)
{
    struct mpps *m = ctx;
    struct domain d = gate_domain(op);
    struct performed p;
    struct performed_result r = {.attention = STR_NONE};
    struct str uid = str_of(m->command.sop_instance_uid);
    mpps_describe(op, uid, &r);
    if (!mpps_read(dicom_dataset_root(m->request), op->arena, &p, e))
        return false;
    if (!str_is(p.status, "IN PROGRESS"))
        return err_set(e, ERR_INVALID, "a performed step begins IN PROGRESS");
    p.sop_uid = uid;
    p.calling_ae = str_of(m->session->who.name);
    p.character_set = dicom_item_charset(dicom_dataset_root(m->request), op->arena);
    if (!normal_keep(m->request, op->arena, &p.dataset, e) || !performed_create(&d, &p, &r, e) ||
        !notice_step(&d, uid, true, p.dataset, e))
        return false;
    mpps_describe(op, uid, &r);
    return true;
}

/* The peer may leave the UID to us (PS3.7 10.1.5.1.3). */
static bool name_it(struct dicom_command *c, struct err *e)
{
    if (!c->sop_instance_uid[0])
        return dicom_uid_new(c->sop_instance_uid, e);
    return dicom_uid_check(str_of(c->sop_instance_uid), true, e);
}

bool mpps_serve_create(struct mpps *m, const struct service *service,
                       bool (*work)(struct op *op, void *ctx, struct err *e))
{
    struct session *s = m->session;
    struct err e;
    bool alive;
    err_clear(&e);
    m->request = normal_receive(s, service, &m->command, &alive);
    if (!m->request)
        return alive;
    if (!name_it(&m->command, &e))
        alive = session_refuse(s, service, &m->command, (struct refusal){.status = STATUS_INVALID_INSTANCE}, &e);
    else if (session_gate_serve(s, service, work, m, &e))
        alive = session_answer(s, service, &m->command, STATUS_SUCCESS);
    else
        alive = normal_fail(s, service, &m->command, &e);
    dicom_dataset_free(m->request);
    return alive;
}

bool service_mpps_create(struct session *s, const struct service *service, const struct dicom_command *command)
{
    struct mpps m = {.session = s, .command = *command};
    return mpps_serve_create(&m, service, create);
}
