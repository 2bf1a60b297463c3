/* ORR^O02, ORG^O20, ORI^O24: the answer to a message that asks for an order number. It repeats the patient and says for
 * each order which numbers it has now; NA stands at the orders that got one (HL7 2.5.1 §4.4, IHE RAD-3). */
#include <string.h>

#include "hl7/net/net_priv.h"

enum { ANSWER_MAX = 900 * 1024 };

/* The answer of each kind of order message. */
static const struct {
    const char *trigger, *type;
} types[] = {{"ORM^O01", "ORR^O02^ORR_O02"}, {"OMG^O19", "ORG^O20^ORG_O20"}, {"OMI^O23", "ORI^O24^ORI_O24"}};

static const char *type_of(const struct receipt *r)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcmp(r->trigger->name, types[i].trigger) == 0)
            return types[i].type;
    return NULL;
}

static bool asks(const struct receipt *r)
{
    struct hl7_group all = hl7_all(r->m);
    for (const struct hl7_segment *orc = hl7_segment_find(&all, "ORC", 1); orc;
         orc = hl7_segment_next(&all, orc, "ORC"))
        if (str_is(hl7_field(orc, 1), "SN"))
            return true;
    return false;
}

bool orders_answer_begin(struct orders_answer *a, struct receipt *r)
{
    struct hl7_group all = hl7_all(r->m);
    const struct hl7_segment *pid = hl7_segment_find(&all, "PID", 1);
    *a = (struct orders_answer){.r = r};
    if (!asks(r))
        return false;
    buf_init(&a->text, ANSWER_MAX);
    hl7_writer_init(&a->w, &a->text, &r->m->delims);
    if (pid && memcmp(&a->w.delims, &r->m->delims, sizeof a->w.delims) == 0) {
        buf_str(&a->text, pid->text);
        buf_putc(&a->text, '\r');
    }
    return true;
}

static void put_number(struct orders_answer *a, unsigned field, const struct fields *f, enum field number,
                       enum field issuer)
{
    hl7_put(&a->w, field, fields_get(f, number));
    if (fields_get(f, number).n)
        hl7_put_component(&a->w, field, 2, fields_get(f, issuer));
}

static void put_code(struct orders_answer *a, unsigned field, struct str code)
{
    struct str part[3] = {STR_NONE}, rest = code;
    for (int i = 0; i < 3 && rest.n && str_next(&rest, '^', &part[i]); i++)
        ;
    hl7_put_component(&a->w, field, 1, part[0]);
    hl7_put_component(&a->w, field, 2, part[2]);
    hl7_put_component(&a->w, field, 3, part[1]);
}

static void put_study(struct orders_answer *a, const struct fields *f, struct str uid)
{
    struct hl7_writer *w = &a->w;
    bool imaging = a->r->trigger->map == HL7_MAP_IMAGING;
    hl7_begin(w, imaging ? "IPC" : "ZDS");
    if (imaging) {
        put_number(a, 1, f, FIELD_ACCESSION_NUMBER, FIELD_ACCESSION_ISSUER);
        hl7_put(w, 2, fields_get(f, FIELD_PROCEDURE_ID));
    }
    hl7_put(w, imaging ? 3 : 1, uid);
    hl7_put_component(w, imaging ? 3 : 1, 3, STR("Application"));
    hl7_put_component(w, imaging ? 3 : 1, 4, STR("DICOM"));
    if (imaging)
        hl7_put(w, 4, fields_get(f, FIELD_STEP_ID));
    hl7_end(w);
}

void orders_answer_add(struct orders_answer *a, const struct mapping *x, bool asked, const struct order_result *o)
{
    struct hl7_writer *w = &a->w;
    struct domain *d = a->r->d;
    struct fields f = x->fields;
    if (o->order.node)
        fields_read(d->arena, &f, ENTITY_ORDER, o->order.node);
    if (o->procedure.node)
        fields_read(d->arena, &f, ENTITY_PROCEDURE, o->procedure.node);
    if (o->task.node)
        fields_read(d->arena, &f, ENTITY_TASK, o->task.node);
    hl7_begin(w, "ORC");
    hl7_put(w, 1, asked ? STR("NA") : STR("OK"));
    put_number(a, 2, &f, FIELD_PLACER_ORDER, FIELD_PLACER_ISSUER);
    put_number(a, 3, &f, FIELD_FILLER_ORDER, FIELD_FILLER_ISSUER);
    hl7_end(w);
    hl7_begin(w, "OBR");
    hl7_put(w, 1, arena_printf(d->arena, "%zu", ++a->orders));
    put_number(a, 2, &f, FIELD_PLACER_ORDER, FIELD_PLACER_ISSUER);
    put_number(a, 3, &f, FIELD_FILLER_ORDER, FIELD_FILLER_ISSUER);
    put_code(a, 4, fields_get(&f, FIELD_PROCEDURE_CODE));
    if (a->r->trigger->map != HL7_MAP_IMAGING) {
        put_number(a, 18, &f, FIELD_ACCESSION_NUMBER, FIELD_ACCESSION_ISSUER);
        hl7_put(w, 19, fields_get(&f, FIELD_PROCEDURE_ID));
        hl7_put(w, 20, fields_get(&f, FIELD_STEP_ID));
    }
    hl7_end(w);
    if (o->study_uid.n)
        put_study(a, &f, o->study_uid);
}

bool orders_answer_end(struct orders_answer *a, bool ok, struct err *e)
{
    ok = ok && hl7_writer_ok(&a->w, e);
    if (ok) {
        a->r->answer.type = type_of(a->r);
        a->r->answer.segments = arena_str(a->r->d->arena, buf_view(&a->text));
        a->r->answer.notes = 0; /* the answer itself says them */
    }
    buf_release(&a->text);
    return ok;
}
