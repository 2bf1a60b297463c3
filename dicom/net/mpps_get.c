/* N-GET of a performed procedure step (PS3.4 F.8). */
#include "dicom/net/mpps.h"

static bool fill(struct mpps *m, struct dicom_dataset *kept, const struct performed_row *row, struct err *e)
{
    struct normal_copy copy = {.session = m->session, .command = &m->command, .charset = row->character_set};
    bool ok = dicom_put(dicom_dataset_root(kept), TAG_STEP_STATE, row->status, e) && normal_copy(&copy, kept, e);
    m->answer = copy.answer;
    m->status = copy.status;
    return ok;
}

static bool get(struct op *op, void *ctx, struct err *e)
{
    struct mpps *m = ctx;
    struct domain d = gate_domain(op);
    struct performed_row row;
    struct performed_result r = {.attention = STR_NONE};
    mpps_describe(op, str_of(m->command.sop_instance_uid), &r);
    if (!performed_get(&d, str_of(m->command.sop_instance_uid), &row, e))
        return false;
    struct dicom_dataset *kept = dicom_dataset_parse(row.dataset, DICOM_EXPLICIT_LE, e);
    bool ok = kept && fill(m, kept, &row, e);
    dicom_dataset_free(kept);
    r.procedure = row.procedure;
    mpps_describe(op, row.sop_uid, &r);
    return ok;
}

bool service_mpps_get(struct session *s, const struct service *service, const struct dicom_command *command)
{
    struct mpps m = {.session = s, .command = *command};
    struct err e;
    err_clear(&e);
    bool ok = session_gate_serve(s, service, get, &m, &e);
    bool alive =
        ok ? session_answer_with(s, service, command, m.status, m.answer) : normal_fail(s, service, command, &e);
    dicom_dataset_free(m.answer);
    return alive;
}
