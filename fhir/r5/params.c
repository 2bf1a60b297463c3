/* The search parameters of R5 that this server answers. */
#include "fhir/r5/selection_priv.h"

#define SP "http://hl7.org/fhir/SearchParameter/"
static const struct r5_param of_study[] = {
    {"based-on", "basedon", "reference", SP "ImagingStudy-based-on"},
    {"body-site", "bodysite", "token", SP "ImagingStudy-body-site"},
    {"dicom-class", "dicom-class", "token", SP "ImagingStudy-dicom-class"},
    {"encounter", "encounter", "reference", SP "clinical-encounter"},
    {"endpoint", "endpoint", "reference", SP "ImagingStudy-endpoint"},
    {"identifier", "identifier", "token", SP "clinical-identifier"},
    {"instance", "instance", "token", SP "ImagingStudy-instance"},
    {"modality", "modality", "token", SP "ImagingStudy-modality"},
    {"patient", "patient", "reference", SP "clinical-patient"},
    {"performer", "performer", "reference", SP "ImagingStudy-performer"},
    {"reason", "reason", "token", SP "ImagingStudy-reason"},
    {"referrer", "referrer", "reference", SP "ImagingStudy-referrer"},
    {"series", "series", "token", SP "ImagingStudy-series"},
    {"started", "started", "date", SP "ImagingStudy-started"},
    {"status", "status", "token", SP "ImagingStudy-status"},
    {"subject", "subject", "reference", SP "ImagingStudy-subject"},
};

/* Where a parameter of ImagingSelection finds its values (a second step below each item after '/'), and a parameter of
 * R4 whose values are of the same datatype. */
static const struct {
    struct r5_param p;
    const char *path, *below, *type, *like_type, *like, *targets;
} of_selection[] = {
    {{"based-on", "", "reference", SP "ImagingSelection-based-on"}, "basedOn", NULL, "Reference", "ImagingStudy",
     "basedon", "Appointment,AppointmentResponse,CarePlan,ServiceRequest,Task"},
    {{"body-site", "", "token", SP "ImagingSelection-body-site"}, "bodySite", "concept", "CodeableConcept",
     "Condition", "code", NULL},
    {{"body-structure", "", "reference", SP "ImagingSelection-body-structure"}, "bodySite", "reference", "Reference",
     "ImagingStudy", "basedon", "BodyStructure"},
    {{"code", "", "token", SP "clinical-code"}, "code", NULL, "CodeableConcept", "Condition", "code", NULL},
    {{"derived-from", "", "reference", SP "ImagingSelection-derived-from"}, "derivedFrom", NULL, "Reference",
     "ImagingStudy", "basedon", "DocumentReference,ImagingStudy"},
    {{"identifier", "", "token", SP "clinical-identifier"}, "identifier", NULL, "Identifier", "ImagingStudy",
     "identifier", NULL},
    {{"issued", "", "date", SP "ImagingSelection-issued"}, "issued", NULL, "instant", "DiagnosticReport", "issued",
     NULL},
    {{"patient", "", "reference", SP "clinical-patient"}, "subject", NULL, "Reference", "ImagingStudy", "basedon",
     "Patient"},
    {{"status", "", "token", SP "ImagingSelection-status"}, "status", NULL, "code", "ImagingStudy", "status", NULL},
    {{"study-uid", "", "token", SP "ImagingSelection-study-uid"}, "studyUid", NULL, "id", "ImagingStudy", "series",
     NULL},
    {{"subject", "", "reference", SP "ImagingSelection-subject"}, "subject", NULL, "Reference", "ImagingStudy",
     "basedon", "Device,Group,Location,Medication,Organization,Patient,Practitioner,Procedure,Specimen,Substance"},
};
enum {
    STUDY_PARAMS = sizeof of_study / sizeof of_study[0],
    SELECTION_PARAMS = sizeof of_selection / sizeof of_selection[0]
};

bool r5_param_at(struct str type, int i, struct r5_param *ret_param)
{
    bool study = str_is(type, "ImagingStudy");
    if (i < 0 || i >= (study ? (int)STUDY_PARAMS : (int)SELECTION_PARAMS))
        return false;
    *ret_param = study ? of_study[i] : of_selection[i].p;
    return true;
}

bool r5_param_find(struct str type, struct str code, struct r5_param *ret_param)
{
    for (int i = 0; r5_param_at(type, i, ret_param); i++)
        if (str_is(code, ret_param->code))
            return true;
    return false;
}

const struct fhir_search_param *r5_selection_param(struct arena *a, struct str code)
{
    for (int i = 0; i < SELECTION_PARAMS; i++) {
        if (!str_is(code, of_selection[i].p.code))
            continue;
        struct fhir_search_param *p = ARENA_NEW(a, struct fhir_search_param);
        *p = *fhir_search_param_find(str_of(of_selection[i].like_type), str_of(of_selection[i].like));
        p->code = of_selection[i].p.code;
        p->url = of_selection[i].p.url;
        p->targets = of_selection[i].targets;
        return p;
    }
    return NULL;
}

size_t r5_selection_values(const struct fhir_node *selection, int i, const struct fhir_node **ret_nodes, size_t max,
                           const char **ret_type)
{
    size_t n = 0;
    const struct fhir_node *m = fhir_member(selection, of_selection[i].path);
    *ret_type = of_selection[i].type;
    bool patients = str_is(str_of(of_selection[i].p.code), "patient");
    if (!m || (patients && !str_starts(fhir_text(m, "reference"), "Patient/")))
        return 0;
    for (const struct fhir_node *v = m->kind == FHIR_ARRAY ? m->first : m; v && n < max;
         v = m->kind == FHIR_ARRAY ? v->next : NULL) {
        const struct fhir_node *value = of_selection[i].below ? fhir_member(v, of_selection[i].below) : v;
        if (value)
            ret_nodes[n++] = value;
    }
    return n;
}
