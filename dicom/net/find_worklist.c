#include "dicom/net/answer.h"
#include "dicom/net/find.h"

/* A step that any station may do is this one's: modalities drop what names no station (type 1). */
static void name_station(const struct find *f, const struct worklist_query *q, struct worklist_step *step)
{
    bool single = q->station_ae.n && str_find(q->station_ae, '*') == q->station_ae.n &&
                  str_find(q->station_ae, '?') == q->station_ae.n;
    if (!step->value[FIELD_STATION_AE].n)
        step->value[FIELD_STATION_AE] = single ? q->station_ae : str_of(f->session->who.name);
}

static bool answer(struct find *f, size_t i, struct dicom_item *to, struct err *e)
{
    const struct worklist_step *steps = f->ctx;
    return worklist_answer(to, find_keys(f), &steps[i], &f->session->arena, e);
}

/* Who asks for no state is shown those of its own setting, if it has one. */
static void show_states(struct op *op, struct worklist_query *q)
{
    struct str rest = str_of(op->who->peer.worklist_statuses), one;
    struct str *states = ARENA_ARRAY(op->arena, struct str, rest.n + 1);
    if (q->status_count)
        return;
    while (rest.n && str_next(&rest, ',', &one))
        states[q->status_count++] = str_trim(one);
    q->statuses = states;
}

static bool search(struct op *op, struct find *f, struct err *e)
{
    struct domain d = gate_domain(op);
    struct worklist_query q;
    struct worklist_step *steps;
    bool misplaced;
    size_t n;
    op->event->object_type = STR("Worklist");
    if (!worklist_request(find_keys(f), op->arena, &q, &misplaced, e))
        return false;
    show_states(op, &q);
    if (!worklist_find(&d, &q, &steps, &n, e))
        return false;
    op->event->patient = q.patient_id;
    op->event->accession = q.accession_number;
    op->event->study_uid = q.study_uid_count == 1 ? q.study_uids[0] : STR("");
    if (misplaced)
        find_tell(f, "asks for the keys of the step at the root; they were understood");
    f->ctx = steps;
    f->count = find_limit(f, n, WORKLIST_MAX);
    for (size_t i = 0; i < f->count; i++)
        name_station(f, &q, &steps[i]);
    return true;
}

bool service_find_worklist(struct session *s, const struct service *service, const struct dicom_command *command)
{
    struct find f = {.session = s, .search = search, .answer = answer};
    return find_serve(&f, service, command);
}
