/* OBX: what was measured of the patient, or a report line by line, its PDF, and the study it is about. */
#include "hl7/out/out_priv.h"

struct obx {
    const struct telling *t;
    bool named; /* by the words of RAD-28 */
    struct hl7_writer *w;
    int set;
    struct str status;
};

static void begin(struct obx *o, const char *type, const char *code, const char *words, const char *scheme)
{
    hl7_begin(o->w, "OBX");
    hl7_put(o->w, 1, arena_printf(o->t->d->arena, "%d", ++o->set));
    hl7_put(o->w, 2, str_of(type));
    hl7_put_component(o->w, 3, 1, str_of(code));
    hl7_put_component(o->w, 3, 2, str_of(words));
    hl7_put_component(o->w, 3, 3, str_of(scheme));
}

static void end(struct obx *o)
{
    hl7_put(o->w, 11, o->status);
    hl7_end(o->w);
}

static void put_measure(struct obx *o, enum field f, const char *code, const char *words, const char *unit)
{
    if (!o->t->value[f].n)
        return;
    begin(o, "NM", code, words, "LN");
    hl7_put(o->w, 5, o->t->value[f]);
    hl7_put(o->w, 6, str_of(unit));
    end(o);
}

static bool has_line(struct str text, struct str line)
{
    struct str one;
    while (text.n && str_next(&text, '\n', &one))
        if (str_eq(one, line))
            return true;
    return false;
}

static void put_line(struct obx *o, struct str line, bool impression)
{
    if (o->named)
        begin(o, "TX", "", "SR Text", "");
    else
        begin(o, "TX", impression ? "19005-8" : "18748-4",
              impression ? "Radiology Imaging study [Impression]" : "Diagnostic imaging report", "LN");
    hl7_put(o->w, 5, line);
    end(o);
}

/* The impression is said once: in the text, where it stands there. */
static void put_text(struct obx *o)
{
    struct str rest = o->t->text, impression = o->t->value[FIELD_REPORT_CONCLUSION], line;
    bool said = false;
    while (rest.n && str_next(&rest, '\n', &line)) {
        bool of_it = line.n && has_line(impression, line);
        said = said || of_it;
        put_line(o, line, of_it);
    }
    while (!said && impression.n && str_next(&impression, '\n', &line))
        put_line(o, line, true);
}

static void put_study(struct obx *o)
{
    struct str uid = o->t->value[FIELD_STUDY_UID];
    if (!uid.n)
        return;
    if (o->named)
        begin(o, "HD", "", "Study Instance UID", "");
    else
        begin(o, "ST", "113014", "DICOM Study", "DCM");
    hl7_put(o->w, 5, uid);
    end(o);
}

static void put_pdf(struct obx *o)
{
    if (!o->t->pdf.n)
        return;
    begin(o, "ED", "18748-4", "Diagnostic imaging report", "LN");
    hl7_put_component(o->w, 5, 2, STR("Application"));
    hl7_put_component(o->w, 5, 3, STR("PDF"));
    hl7_put_component(o->w, 5, 4, STR("Base64"));
    hl7_put_component(o->w, 5, 5, o->t->pdf);
    end(o);
}

void put_observations(const struct telling *t, const struct hl7_destination *to, bool report, struct hl7_writer *w)
{
    struct obx o = {.t = t, .w = w, .named = to->results == 1, .status = STR("F")};
    if (!report) {
        put_measure(&o, FIELD_PATIENT_WEIGHT, "29463-7", "Body weight", "kg");
        put_measure(&o, FIELD_PATIENT_SIZE, "8302-2", "Body height", "m");
        return;
    }
    o.status = t->value[FACT_RESULT_STATUS];
    put_study(&o);
    if (str_is(t->value[FIELD_REPORT_STATUS], "entered-in-error"))
        o.status = STR("W"); /* table 0085: it was posted, and is wrong */
    put_text(&o);
    if (to->pdf)
        put_pdf(&o);
}
