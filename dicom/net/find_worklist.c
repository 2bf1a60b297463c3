#include "dicom/net/answer.h"
#include "dicom/net/find.h"

static bool search(struct op *op, struct find *f, struct err *e)
{
    struct domain d = gate_domain(op);
    struct worklist_query q;
    struct worklist_step *steps;
    size_t n;
    if (!worklist_request(find_keys(f), op->arena, &q, e) || !worklist_find(&d, &q, &steps, &n, e))
        return false;
    op->event->object_type = STR("Worklist");
    op->event->patient = q.patient_id;
    op->event->accession = q.accession_number;
    for (size_t i = 0; i < n; i++) {
        struct dicom_item *to = find_answer(f, e);
        if (!to || !worklist_answer(to, find_keys(f), &steps[i], op->arena, e))
            return err_wrap(e, "worklist answer");
    }
    return true;
}

bool service_find_worklist(struct session *s, const struct service *service, const struct dicom_command *command)
{
    return find_serve(s, service, command, search);
}
