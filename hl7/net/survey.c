/* All that is wrong with a message, not only what stopped it first: the sender mends it in one go. */
#include "hl7/net/net_priv.h"

enum { GROUPS_MAX = 1000 };

struct looking {
    struct receipt *r;
    const struct err *why;
    struct domain d; /* a copy: warnings and places were kept by the attempt itself */
    struct trace_log log;
};

static bool same_place(const struct err *e, struct str place)
{
    return str_eq(str_of(e->path), place);
}

void receipt_fault(struct receipt *r, const struct err *why, const struct err *also)
{
    struct receipt_answer *said = &r->answer;
    struct hl7_ack unused;
    bool known = said->faults == RECEIPT_FAULTS_MAX || (why && same_place(why, str_of(also->path)));
    for (size_t i = 0; i < said->faults && !known; i++)
        known = same_place(also, said->fault[i].location);
    if (known)
        return;
    struct err *kept = ARENA_NEW(r->d->arena, struct err); /* the fault points into it */
    *kept = *also;
    hl7_ack_of_err(kept, &said->fault[said->faults++], &unused);
}

/* What failed for another reason than its values: the connection, a rule about the record, too much of it. */
static bool is_of_values(const struct err *why)
{
    static const enum err_code codes[] = {ERR_REQUIRED, ERR_INVALID, ERR_CODE_INVALID, ERR_LENGTH, ERR_UNSUPPORTED};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (why->code == codes[i])
            return true;
    return false;
}

/* A row of the map that must refuse. */
static void note_row(struct mapping *x, struct err *e)
{
    struct looking *g = x->fault_ctx;
    map_locate(x, e);
    if (e->path[0] && is_of_values(e))
        receipt_fault(g->r, g->why, e);
}

static void note(struct mapping *x, bool ok, struct err *e)
{
    if (!ok)
        note_row(x, e);
    err_clear(e);
}

/* ---- what each kind of message must have ---- */

static const struct {
    unsigned structures;
    enum field field, other[2]; /* any of them will do; FIELD_PATIENT_ID twice: no other */
    const char *text;
} needed[] = {
    {~0u & ~(unsigned)HL7_MAP_DOCUMENT, FIELD_PATIENT_ID, {FIELD_PATIENT_ID, FIELD_PATIENT_ID}, "no patient id"},
    {HL7_MAP_ORDER | HL7_MAP_IMAGING,
     FIELD_PLACER_ORDER,
     {FIELD_FILLER_ORDER, FIELD_ACCESSION_NUMBER},
     "neither placer order, filler order nor accession number"},
    {HL7_MAP_REPORT, FIELD_REPORT_STATUS, {FIELD_REPORT_STATUS, FIELD_REPORT_STATUS}, "REPORT_STATUS is missing"},
};

static void look_for_missing(struct mapping *x)
{
    struct err e;
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        bool has = fields_get(&x->fields, needed[i].field).n || fields_get(&x->fields, needed[i].other[0]).n ||
                   fields_get(&x->fields, needed[i].other[1]).n;
        if (has || !(needed[i].structures & (unsigned)x->structure))
            continue;
        err_clear(&e);
        err_set(&e, ERR_REQUIRED, "%s", needed[i].text);
        note(x, err_at(&e, "%s", field_row(needed[i].field)->name), &e);
    }
}

static void look_at_values(struct mapping *x)
{
    struct err e;
    err_clear(&e);
    for (int f = 0; f < FIELDS; f++)
        note(x, order_check_value(&x->fields, (enum field)f, &e), &e);
}

static const struct control *control_of(const struct mapping *x, struct err *e)
{
    return control_find(hl7_group_get(&x->group, x->d->arena, "ORC-1"), hl7_group_get(&x->group, x->d->arena, "ORC-5"),
                        e);
}

static void look_at_control(struct mapping *x)
{
    struct err e;
    err_clear(&e);
    note(x, control_of(x, &e) != NULL, &e);
}

static void look_at_content(struct mapping *x)
{
    struct err e;
    err_clear(&e);
    struct report_content *content = ARENA_NEW(x->d->arena, struct report_content);
    note(x, report_content(x, content, &e), &e);
}

static const struct {
    unsigned structures;
    void (*look)(struct mapping *x);
} looks[] = {{HL7_MAP_ORDER | HL7_MAP_IMAGING, look_at_control},
             {HL7_MAP_ORDER | HL7_MAP_IMAGING, look_at_values},
             {HL7_MAP_REPORT, look_at_content},
             {~0u, look_for_missing}};

/* ---- all groups ---- */

/* A remark among orders, an order among reports: nothing is taken from it. */
static bool is_passed_over(const struct mapping *x)
{
    const struct control *c =
        x->structure == HL7_MAP_ORDER || x->structure == HL7_MAP_IMAGING ? control_of(x, NULL) : NULL;
    bool bare = x->structure == HL7_MAP_REPORT && !hl7_segment_find(&x->group, "OBX", 1) &&
                !hl7_segment_find(&x->group, "NTE", 1);
    return bare || (c && c->event == ORDER_NOTHING);
}

void survey(struct receipt *r, const struct err *why)
{
    struct err e;
    if (!r->trigger || !is_of_values(why))
        return;
    struct looking *g = ARENA_NEW(r->d->arena, struct looking);
    struct mapping *x = ARENA_NEW(r->d->arena, struct mapping);
    *g = (struct looking){.r = r, .why = why, .d = *r->d};
    g->log = (struct trace_log){.over = r->log ? r->log->over : NULL};
    g->log.end = &g->log.first;
    g->d.adapter = &g->log;
    *x = (struct mapping){.d = &g->d, .m = r->m, .structure = r->trigger->map, .fault = note_row, .fault_ctx = g};
    err_clear(&e);
    while (map_next(x) && x->number <= GROUPS_MAX && r->answer.faults < RECEIPT_FAULTS_MAX) {
        if (is_passed_over(x))
            continue;
        if (!map_run(x, &e))
            return;
        for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++)
            if (looks[i].structures & (unsigned)x->structure)
                looks[i].look(x);
    }
}
