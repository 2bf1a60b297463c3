/* From group to group: what of a message belongs to one order, report or patient. */
#include "hl7/net/map_priv.h"

static const char ORDER_STARTS[] = "ORC OBR";

/* ZDS belongs to its group. The only one of a patient's that stands before all orders or in the last is for
 * all of them: IHE RAD-4 puts it behind the last order. */
static const struct hl7_segment *study_of(const struct mapping *x)
{
    const struct hl7_segment *own = hl7_segment_find(&x->group, "ZDS", 1),
                             *first = hl7_segment_find(&x->patient, "ZDS", 1);
    if (own || !first || hl7_segment_find(&x->patient, "ZDS", 2))
        return own;
    struct hl7_group g = {0}, last = {0};
    while (hl7_group_next(&x->patient, ORDER_STARTS, &g))
        last = g;
    bool shared = hl7_segment_find(&x->head, "ZDS", 1) || hl7_segment_find(&last, "ZDS", 1);
    return shared ? first : NULL;
}

static bool arrive(struct mapping *x, const struct hl7_segment *ipc)
{
    x->ipc = ipc;
    x->zds = x->group.m ? study_of(x) : NULL;
    x->fields = (struct fields){.state = {0}};
    x->traces = 0;
    return true;
}

static bool next_patient(struct mapping *x)
{
    struct hl7_group all = hl7_all(x->m);
    if (!hl7_group_next(&all, "PID", &x->patient))
        return false;
    x->head = hl7_group_head(&x->patient, ORDER_STARTS);
    x->group = (struct hl7_group){0};
    return true;
}

static bool next_group(struct mapping *x)
{
    while (x->patient.m && hl7_group_next(&x->patient, ORDER_STARTS, &x->group))
        if (x->structure != HL7_MAP_REPORT || hl7_segment_find(&x->group, "OBR", 1))
            return true; /* an ORC alone orders or ends something, but reports nothing */
    return false;
}

/* A document and an appointment are one thing, told by the whole message. */
static bool next_whole(struct mapping *x)
{
    if (x->number++)
        return false;
    x->patient = x->group = hl7_all(x->m);
    return arrive(x, NULL);
}

bool map_next(struct mapping *x)
{
    if (x->structure == HL7_MAP_DOCUMENT || x->structure == HL7_MAP_APPOINTMENT)
        return next_whole(x);
    const struct hl7_segment *ipc = x->ipc ? hl7_segment_next(&x->group, x->ipc, "IPC") : NULL;
    if (ipc)
        return arrive(x, ipc);
    if (x->structure == HL7_MAP_PATIENT) {
        x->number++;
        return next_patient(x) && arrive(x, NULL);
    }
    while (!next_group(x))
        if (!next_patient(x))
            return false;
    x->number++;
    return arrive(x, x->structure == HL7_MAP_IMAGING ? hl7_segment_find(&x->group, "IPC", 1) : NULL);
}
