#include "support.h"
#include "unit.h"

struct list {
    const char *code; /* only this parameter */
    char text[1000];
};

/* What belongs to a modifier (":use") or component ("$component.element") is asked for by that name. */
static bool note_part(struct list *l, const struct fhir_search_param *p, const struct fhir_value *v)
{
    static const char *const uses[] = {"", ":text", ":of-type", ":identifier"};
    char name[80];
    size_t n = strlen(l->text);
    if (v->component)
        snprintf(name, sizeof name, "%s$%d.%d", p->code, v->component, v->element);
    else
        snprintf(name, sizeof name, "%s%s", p->code, uses[v->use]);
    if (strcmp(name, l->code) == 0)
        snprintf(l->text + n, sizeof l->text - n, "%.*s|%.*s|%.*s;", STR_ARG(v->system), STR_ARG(v->text),
                 STR_ARG(v->high.p ? v->high : v->text2));
    return true;
}

static bool note(void *ctx, const struct fhir_search_param *p, const struct fhir_value *v, struct err *e)
{
    (void)e;
    struct list *l = ctx;
    size_t n = strlen(l->text);
    if (v->use || v->component)
        return note_part(l, p, v);
    bool single = p->kind == FHIR_SEARCH_DATE && !v->text2.p; /* a date, no period */
    if (strcmp(p->code, l->code) != 0)
        return true;
    n += (size_t)snprintf(l->text + n, sizeof l->text - n, "%.*s|%.*s|%.*s", STR_ARG(v->system), STR_ARG(v->text),
                          STR_ARG(single ? STR("-") : v->text2));
    if (v->high.p)
        n += (size_t)snprintf(l->text + n, sizeof l->text - n, "|%.*s", STR_ARG(v->high));
    snprintf(l->text + n, sizeof l->text - n, ";");
    return true;
}

struct row {
    const char *json, *code, *values; /* "system|text|text2;" each */
};

#define PATIENT(rest) "{'resourceType':'Patient'," rest "}"
#define OBSERVATION(rest) "{'resourceType':'Observation'," rest "}"
#define PRESSURE                                                                                             \
    "'component':[{'code':{'coding':[{'code':'sys'}]},'valueQuantity':{'value':120}},"                         \
    "{'code':{'coding':[{'code':'dia'}]},'valueQuantity':{'value':80}},{'code':{'coding':[{'code':'x'}]}}]"

static const struct row rows[] = {
    {PATIENT("'identifier':[{'system':'s','value':'1'},{'value':'2'},{'system':'x'}]"), "identifier",
     "s|1|;|2|;"},
    {PATIENT("'name':[{'text':'T','family':'F','given':['A',null,'B'],'_given':[null,{'id':'x'}]}]"), "name",
     "|T|;|F|;|A|;|B|;"},
    {PATIENT("'name':[{'family':'F'},{'family':'G'}]"), "family", "|F|;|G|;"},
    {PATIENT("'address':[{'line':['l'],'city':'c','postalCode':'p','use':'home'}]"), "address",
     "|l|;|c|;|p|;"},
    {PATIENT("'telecom':[{'system':'phone','value':'1'},{'system':'email','value':'a@b'}]"), "email",
     "|a@b|;"},
    {PATIENT("'telecom':[{'system':'phone','value':'1'},{'system':'email','value':'a@b'}]"), "phone", "|1|;"},
    {PATIENT("'telecom':[{'value':'1'}]"), "telecom", "|1|;"},
    {PATIENT("'active':false"), "active", "|false|;"},
    {PATIENT("'birthDate':'1980-01'"), "birthdate", "|1980-01|-;"},
    {PATIENT("'active':true"), "deceased", "|false|;"},
    {PATIENT("'deceasedBoolean':false"), "deceased", "|false|;"},
    {PATIENT("'deceasedBoolean':true"), "deceased", "|true|;"},
    {PATIENT("'deceasedDateTime':'2026'"), "deceased", "|true|;"},
    {PATIENT("'deceasedDateTime':'2026'"), "death-date", "|2026|-;"},
    {PATIENT("'generalPractitioner':[{'reference':'Practitioner/1'},{'reference':'#x'},{'display':'d'}]"),
     "general-practitioner", "|Practitioner/1|;"},
    {OBSERVATION("'valueQuantity':{'value':1.50,'system':'u','code':'mg','unit':'milligram'}"),
     "value-quantity", "u|1.50|mg;"},
    {OBSERVATION("'valueQuantity':{'value':1,'unit':'mg'}"), "combo-value-quantity", "|1|mg;"},
    {OBSERVATION("'component':[{'valueQuantity':{'value':2}}]"), "combo-value-quantity", "|2|;"},
    {OBSERVATION("'valueCodeableConcept':{'coding':[{'system':'s','code':'c'},{'code':'d'},{'display':'x'}],'"
                 "text':'t'}"),
     "value-concept", "s|c|;|d|;"},
    {OBSERVATION("'valueCodeableConcept':{'text':'t'}"), "value-string", "|t|;"},
    {OBSERVATION("'effectivePeriod':{'start':'2026-01'}"), "date", "|2026-01|;"},
    {OBSERVATION("'effectivePeriod':{'end':'2026-01'}"), "date", "||2026-01;"},
    {OBSERVATION("'effectiveInstant':'2026-01-01T00:00:00Z'"), "date",
     "|2026-01-01T00:00:00Z|-;"},
    {OBSERVATION("'effectiveTiming':{'event':['2026'],'repeat':{'boundsPeriod':{'start':'2025'}}}"), "date",
     "|2026|-;|2025|;"},
    {OBSERVATION("'subject':{'reference':'Patient/1'}"), "patient", "|Patient/1|;"},
    {OBSERVATION("'subject':{'reference':'https://h/Patient/1'}"), "patient", "|https://h/Patient/1|;"},
    {OBSERVATION("'subject':{'reference':'Group/1'}"), "patient", ""},
    {OBSERVATION("'subject':{'reference':'Group/1'}"), "subject", "|Group/1|;"},
    {OBSERVATION("'subject':{'reference':'urn:uuid:1','type':'Patient'}"), "patient", "|urn:uuid:1|;"},
    {OBSERVATION("'code':{'coding':[{'code':'a'}]},'valueQuantity':{'value':1}"), "code-value-quantity", ""},
    {"{'resourceType':'ImagingStudy','series':[{'uid':'1.2','modality':{'system':'d','code':'CT'},'instance':"
     "[{'uid':'1.2.3'}]}]}",
     "instance", "|1.2.3|;"},
    {"{'resourceType':'ImagingStudy','endpoint':[{'reference':'Endpoint/"
     "1'}],'series':[{'endpoint':[{'reference':'Endpoint/2'}]}]}",
     "endpoint", "|Endpoint/1|;|Endpoint/2|;"},
    {"{'resourceType':'DiagnosticReport','imagingStudy':[{'reference':'ImagingStudy/1'}]}", "imagingStudy",
     "|ImagingStudy/1|;"},
    {"{'resourceType':'ServiceRequest','instantiatesCanonical':['http://x']}", "instantiates-canonical",
     "|http://x|;"},
    {"{'resourceType':'Library','relatedArtifact':[{'type':'derived-from','resource':'a'},{'type':'successor'"
     ",'resource':'b'}]}",
     "successor", "|b|;"},
    {"{'resourceType':'AuditEvent','agent':[{'policy':['http://p'],'who':{'reference':'Patient/1'}}]}",
     "policy", "|http://p|;"},
    {"{'resourceType':'RiskAssessment','prediction':[{'probabilityDecimal':0.10}]}", "probability",
     "|0.10|;"},
    {"{'resourceType':'Invoice','totalNet':{'value':5,'currency':'EUR'}}", "totalnet",
     "urn:iso:std:iso:4217|5|EUR;"},
    {"{'resourceType':'QuestionnaireResponse','item':[{'extension':[{'url':'http://hl7.org/fhir/"
     "StructureDefinition/"
     "questionnaireresponse-isSubject','valueBoolean':true}],'answer':[{'valueReference':{'reference':'"
     "Patient/1'}}]},{'answer':[{'valueReference':{'reference':'Patient/2'}}]}]}",
     "item-subject", "|Patient/1|;"},
    {"{'resourceType':'Bundle','entry':[{'resource':{'resourceType':'Composition'}}]}", "composition", ""},
    {"{'resourceType':'Nothing'}", "name", ""},
    {PATIENT("'meta':{'tag':[{'system':'s','code':'c'}],'profile':['http://p|2'],'source':'urn:s'}"), "_tag", "s|c|;"},
    {PATIENT("'meta':{'profile':['http://p|2','http://q']}"), "_profile", "2|http://p|;|http://q|;"},
    {PATIENT("'meta':{'source':'urn:s'}"), "_source", "|urn:s|;"},
    {PATIENT("'meta':{'security':[{'code':'R'}]}"), "_security", "|R|;"},
    {PATIENT("'identifier':[{'value':'1','type':{'text':'T','coding':[{'system':'s','code':'MR'}]}}]"),
     "identifier:of-type", "s|MR|1|;"},
    {PATIENT("'identifier':[{'value':'1','type':{'text':'T'}}]"), "identifier:text", "|T|;"},
    {PATIENT("'generalPractitioner':[{'identifier':{'system':'s','value':'1'},'display':'D'}]"),
     "general-practitioner:identifier", "s|1|;"},
    {PATIENT("'generalPractitioner':[{'display':'D'}]"), "general-practitioner:text", "|D|;"},
    {OBSERVATION("'code':{'text':'t','coding':[{'code':'a','display':'A'}]}"), "code:text", "|A|;|t|;"},
    {OBSERVATION(PRESSURE), "component-code-value-quantity$1.1", "|sys|;"},
    {OBSERVATION(PRESSURE), "component-code-value-quantity$2.1", "|120|;"},
    {OBSERVATION(PRESSURE), "component-code-value-quantity$1.2", "|dia|;"},
    {OBSERVATION(PRESSURE), "component-code-value-quantity$2.2", "|80|;"},
    {OBSERVATION(PRESSURE), "component-code-value-quantity$1.3", ""},
    {OBSERVATION(PRESSURE), "combo-code-value-quantity$1.1", "|sys|;"},
    {OBSERVATION("'code':{'coding':[{'code':'a'}]},'valueQuantity':{'value':1}"), "code-value-quantity$2.1", "|1|;"},
    {OBSERVATION("'code':{'coding':[{'code':'a'}]}"), "code-value-quantity$1.1", ""},
    {OBSERVATION("'valueQuantity':{'value':5,'comparator':'<'}"), "value-quantity", "|||5;"},
    {OBSERVATION("'valueSampledData':{'origin':{'value':1,'code':'mV'},'period':10,'factor':2,'dimensions':1,"
                 "'data':'3 -1 E 2'}"),
     "value-quantity", "|-1|mV|7;"},
    {"{'resourceType':'RiskAssessment','prediction':[{'probabilityRange':{'low':{'value':1},'high':{'value':2}}}]}",
     "probability", "|1||2;"},
    {"{'resourceType':'Location','position':{'longitude':10.5,'latitude':59.9}}", "near$1.0", "|59.9|;"},
    {"{'resourceType':'Location','position':{'longitude':10.5,'latitude':59.9}}", "near$2.0", "|10.5|;"},
    {"{'resourceType':'MolecularSequence','referenceSeq':{'chromosome':{'coding':[{'code':'1'}]}},"
     "'variant':[{'start':5,'end':7}]}",
     "chromosome-variant-coordinate$1.1", "|1|;"},
};

static void extracts(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena a;
        struct err e = {0};
        struct list l = {rows[i].code, ""};
        arena_init(&a);
        const struct fhir_node *n = fhir_parse_json(&a, quoted(&a, rows[i].json), &e);
        CU_ASSERT_PTR_NOT_NULL_FATAL(n);
        CU_ASSERT_TRUE(fhir_extract(n, note, &l, &e));
        CU_ASSERT_STRING_EQUAL(l.text, rows[i].values);
        if (strcmp(l.text, rows[i].values) != 0)
            printf("  row %zu %s: %s\n", i, rows[i].code, l.text);
        arena_release(&a);
    }
}

static bool stop(void *ctx, const struct fhir_search_param *p, const struct fhir_value *v, struct err *e)
{
    (void)p;
    (void)v;
    ++*(int *)ctx;
    return err_set(e, ERR_INTERNAL, "stopped");
}

static void stops(void)
{
    struct arena a;
    struct err e = {0};
    int calls = 0;
    arena_init(&a);
    const struct fhir_node *n =
        fhir_parse_json(&a, quoted(&a, PATIENT("'name':[{'family':'F','given':['G']}]")), &e);
    CU_ASSERT_FALSE(fhir_extract(n, stop, &calls, &e));
    CU_ASSERT_EQUAL(calls, 1);
    CU_ASSERT_STRING_EQUAL(e.text, "stopped");
    arena_release(&a);
}

static const struct unit_case cases[] = {
    {"extracts values", extracts},
    {"stops when told", stops},
};
UNIT_MAIN("fhir extract", cases)
