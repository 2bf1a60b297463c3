/* Two records of one person that stay two (ADT^A24, A37): each says to see the other. */
#include "domain/merge_priv.h"

#include "domain/patient.h"
#include "domain/resource.h"

static bool put_side(struct domain *d, struct record_doc *of, const struct record_doc *other, bool linked,
                     bool *ret_changed, struct err *e)
{
    bool has = merge_link_at(d, of, other, "seealso") >= 0;
    if (has == linked)
        return true;
    *ret_changed = true;
    if (!linked)
        merge_link_drop(d, of, other, "seealso");
    else if (!merge_link_put(d, of, other, "seealso", e))
        return false;
    return resource_put(d, of, e);
}

bool patient_link(struct domain *d, int64_t one, int64_t other, bool linked, bool *ret_changed, struct err *e)
{
    struct merge_result *m = ARENA_NEW(d->arena, struct merge_result);
    *ret_changed = false;
    return (merge_open(d, one, other, m, e) && put_side(d, &m->source, &m->target, linked, ret_changed, e) &&
            put_side(d, &m->target, &m->source, linked, ret_changed, e)) ||
           err_wrap(e, "%s two patient records", linked ? "link" : "unlink");
}
