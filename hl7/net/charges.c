/* BAR and DFT: accounts and charges are nothing the record keeps. The message stays in the journal as it came, and
 * destinations that ask for its kind get it (journal_put). */
#include "hl7/net/net_priv.h"

bool charges_receive(struct op *op, struct receipt *r, struct err *e)
{
    struct mapping *x = ARENA_NEW(op->arena, struct mapping);
    *x = (struct mapping){.d = r->d, .m = r->m, .structure = r->trigger->map};
    if (!map_next(x)) {
        err_set(e, ERR_REQUIRED, "the message has no PID segment");
        return err_at(e, "PID^1");
    }
    if (!map_run(x, e))
        return map_locate(x, e);
    r->patient_id = fields_get(&x->fields, FIELD_PATIENT_ID);
    domain_warn(r->d, "kept as it came, for destinations that ask for it: accounts and charges change nothing here");
    return true;
}
