/* ADT: the person in PID is created or changed. */
#include "domain/patient.h"
#include "hl7/net/net_priv.h"

bool patients_receive(struct op *op, struct receipt *r, struct err *e)
{
    struct record_doc doc;
    bool created;
    struct mapping *x = ARENA_NEW(op->arena, struct mapping);
    *x = (struct mapping){.d = r->d, .m = r->m, .structure = r->trigger->map};
    if (!map_next(x)) {
        err_set(e, ERR_REQUIRED, "the message has no PID segment");
        return err_at(e, "PID^1");
    }
    if (!map_run(x, e))
        return false;
    r->patient_id = fields_get(&x->fields, FIELD_PATIENT_ID);
    if (!patient_apply(r->d, &x->fields, PATIENT_UPDATE, &doc, &created, e))
        return map_locate(x, e);
    if (created)
        op->event->kind = AUDIT_PATIENT_CREATE;
    op->event->object_type = STR("Patient");
    op->event->object_id = domain_reference(r->d, &doc);
    op->event->patient = doc.id;
    return true;
}
