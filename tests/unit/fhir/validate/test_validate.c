/* Invariants: for each of many, a document that breaks it (and names it, with its place) and one that keeps it. */
#include "fhir/validate/validate.h"

#include "../model/support.h"
#include "unit.h"

struct row {
    const char *rule, *expression, *broken, *kept;
};

#define R(type, rest) "{'resourceType':'" type "'" rest "}"
#define PATIENT(rest) R("Patient", rest)
#define OBSERVATION(rest) R("Observation", ",'status':'final','code':{'text':'x'}" rest)
#define BUNDLE(type, rest) R("Bundle", ",'type':'" type "'" rest)
#define APPOINTMENT(rest) R("Appointment", ",'participant':[{'status':'accepted','actor':{'display':'x'}}]" rest)
#define VS(rest) R("ValueSet", ",'status':'draft'" rest)
#define CAPABILITY(rest)                                                              \
    R("CapabilityStatement", ",'status':'draft','date':'2026','kind':'requirements'," \
                             "'fhirVersion':'4.0.1','format':['json'],'description':'x'" rest)
#define QUESTION(rest) R("Questionnaire", ",'status':'draft','item':[{'linkId':'1','text':'t'" rest "}]")
#define TIMING(repeat)                                                                   \
    R("ServiceRequest", ",'status':'active','intent':'order','subject':{'display':'x'}," \
                        "'occurrenceTiming':{'repeat':{" repeat "}}")
#define DOCUMENT_ENTRY                                                                        \
    "'entry':[{'fullUrl':'http://h/Composition/1','resource':{'resourceType':'Composition',"  \
    "'id':'1','status':'final','type':{'text':'x'},'date':'2026','author':[{'display':'x'}]," \
    "'title':'t'}}]"

static const struct row rows[] = {
    {"pat-1", "Patient.contact[0]", PATIENT(",'contact':[{'gender':'male'}]"),
     PATIENT(",'contact':[{'gender':'male','telecom':[{'system':'phone','value':'1'}]}]")},
    {"cpt-2", "Patient.telecom[0]", PATIENT(",'telecom':[{'value':'1'}]"),
     PATIENT(",'telecom':[{'system':'phone','value':'1'}]")},
    {"per-1", "Patient.name[0].period", PATIENT(",'name':[{'period':{'start':'2026-02','end':'2026-01'}}]"),
     PATIENT(",'name':[{'period':{'start':'2026-01','end':'2026-01-02'}}]")},
    {"ext-1", "Patient.extension[0]",
     PATIENT(",'extension':[{'url':'u','valueString':'x','extension':[{'url':'v','valueCode':'y'}]}]"),
     PATIENT(",'extension':[{'url':'u','valueString':'x'}]")},
    {"ext-1", "Patient.extension[0]", PATIENT(",'extension':[{'url':'u'}]"),
     PATIENT(",'extension':[{'url':'u','extension':[{'url':'v','valueCode':'y'}]}]")},
    {"dom-3", "Patient", PATIENT(",'contained':[{'resourceType':'Organization','id':'o','name':'x'}]"),
     PATIENT(",'contained':[{'resourceType':'Organization','id':'o','name':'x'}],"
             "'managingOrganization':{'reference':'#o'}")},
    {"dom-3", "Patient", PATIENT(",'contained':[{'resourceType':'Basic','id':'o','code':{'text':'x'}}]"),
     PATIENT(",'contained':[{'resourceType':'Basic','id':'o','code':{'text':'x'},'subject':{'reference':'#'}}]")},
    {"dom-4", "Patient",
     PATIENT(",'contained':[{'resourceType':'Organization','id':'o','name':'x','meta':{'versionId':'1'}}],"
             "'managingOrganization':{'reference':'#o'}"),
     PATIENT(",'contained':[{'resourceType':'Organization','id':'o','name':'x','meta':{'profile':['http://p']}}],"
             "'managingOrganization':{'reference':'#o'}")},
    {"dom-5", "Patient",
     PATIENT(",'contained':[{'resourceType':'Organization','id':'o','name':'x','meta':{'security':[{'code':'R'}]}}],"
             "'managingOrganization':{'reference':'#o'}"),
     NULL},
    {"att-1", "Patient.photo[0]", PATIENT(",'photo':[{'data':'AAAA'}]"),
     PATIENT(",'photo':[{'data':'AAAA','contentType':'image/png'}]")},
    {"qty-3", "Observation.value.ofType(Quantity)", OBSERVATION(",'valueQuantity':{'value':1,'code':'mg'}"),
     OBSERVATION(",'valueQuantity':{'value':1,'code':'mg','system':'http://unitsofmeasure.org'}")},
    {"rng-2", "Observation.value.ofType(Range)", OBSERVATION(",'valueRange':{'low':{'value':5},'high':{'value':4}}"),
     OBSERVATION(",'valueRange':{'low':{'value':4},'high':{'value':5}}")},
    {"rat-1", "Observation.value.ofType(Ratio)", OBSERVATION(",'valueRatio':{'numerator':{'value':1}}"),
     OBSERVATION(",'valueRatio':{'numerator':{'value':1},'denominator':{'value':2}}")},
    {"obs-3", "Observation.referenceRange[0]", OBSERVATION(",'referenceRange':[{'age':{'low':{'value':1}}}]"),
     OBSERVATION(",'referenceRange':[{'text':'x'}]")},
    {"obs-6", "Observation", OBSERVATION(",'valueString':'x','dataAbsentReason':{'text':'y'}"),
     OBSERVATION(",'dataAbsentReason':{'text':'y'}")},
    {"obs-7", "Observation",
     R("Observation", ",'status':'final','valueString':'x','code':{'coding':[{'system':'http://s','code':'c'}]},"
                      "'component':[{'code':{'coding':[{'system':'http://s','code':'c'}]},'valueString':'y'}]"),
     R("Observation", ",'status':'final','valueString':'x','code':{'coding':[{'system':'http://s','code':'c'}]},"
                      "'component':[{'code':{'coding':[{'system':'http://s','code':'d'}]},'valueString':'y'}]")},
    {"bdl-1", "Bundle", BUNDLE("collection", ",'total':1"), BUNDLE("searchset", ",'total':1")},
    {"bdl-2", "Bundle",
     BUNDLE("collection", ",'entry':[{'search':{'mode':'match'},'fullUrl':'http://h/Patient/1',"
                          "'resource':{'resourceType':'Patient'}}]"),
     BUNDLE("searchset", ",'entry':[{'search':{'mode':'match'},'resource':{'resourceType':'Patient'}}]")},
    {"bdl-3", "Bundle", BUNDLE("transaction", ",'entry':[{'resource':{'resourceType':'Patient'}}]"),
     BUNDLE("transaction",
            ",'entry':[{'resource':{'resourceType':'Patient'},'request':{'method':'POST','url':'Patient'}}]")},
    {"bdl-4", "Bundle", BUNDLE("batch-response", ",'entry':[{'resource':{'resourceType':'Patient'}}]"),
     BUNDLE("batch-response", ",'entry':[{'response':{'status':'200'}}]")},
    {"bdl-5", "Bundle.entry[0]", BUNDLE("searchset", ",'entry':[{'fullUrl':'http://h/Patient/1'}]"), NULL},
    {"bdl-7", "Bundle",
     BUNDLE("collection", ",'entry':[{'fullUrl':'http://h/Patient/1','resource':{'resourceType':"
                          "'Patient'}},{'fullUrl':'http://h/Patient/1','resource':{'resourceType':"
                          "'Patient'}}]"),
     BUNDLE("collection", ",'entry':[{'fullUrl':'http://h/Patient/1','resource':{'resourceType':'Patient'}},"
                          "{'fullUrl':'http://h/Patient/2','resource':{'resourceType':'Patient'}}]")},
    {"bdl-8", "Bundle.entry[0]",
     BUNDLE("collection", ",'entry':[{'fullUrl':'http://h/Patient/1/_history/1',"
                          "'resource':{'resourceType':'Patient'}}]"),
     NULL},
    {"bdl-9", "Bundle", BUNDLE("document", ",'timestamp':'2026-01-01T00:00:00Z'," DOCUMENT_ENTRY),
     BUNDLE("document",
            ",'identifier':{'system':'urn:x','value':'1'},'timestamp':'2026-01-01T00:00:00Z'," DOCUMENT_ENTRY)},
    {"bdl-10", "Bundle", BUNDLE("document", ",'identifier':{'system':'urn:x','value':'1'}," DOCUMENT_ENTRY), NULL},
    {"bdl-11", "Bundle",
     BUNDLE("document", ",'identifier':{'system':'urn:x','value':'1'},'timestamp':"
                        "'2026-01-01T00:00:00Z','entry':[{'resource':{'resourceType':'Patient'}}]"),
     NULL},
    {"bdl-12", "Bundle", BUNDLE("message", ",'entry':[{'resource':{'resourceType':'Patient'}}]"), NULL},
    {"app-2", "Appointment", APPOINTMENT(",'status':'proposed','start':'2026-01-01T00:00:00Z'"),
     APPOINTMENT(",'status':'proposed','start':'2026-01-01T00:00:00Z','end':'2026-01-01T01:00:00Z'")},
    {"app-3", "Appointment", APPOINTMENT(",'status':'booked'"), APPOINTMENT(",'status':'waitlist'")},
    {"app-4", "Appointment", APPOINTMENT(",'status':'proposed','cancelationReason':{'text':'x'}"),
     APPOINTMENT(",'status':'cancelled','cancelationReason':{'text':'x'}")},
    {"prr-1", "ServiceRequest",
     R("ServiceRequest", ",'status':'active','intent':'order','subject':{'display':'x'},'orderDetail':[{'text':'x'}]"),
     R("ServiceRequest", ",'status':'active','intent':'order','subject':{'display':'x'},'orderDetail':[{'text':'x'}],"
                         "'code':{'text':'x'}")},
    {"ait-1", "AllergyIntolerance", R("AllergyIntolerance", ",'patient':{'display':'x'}"),
     R("AllergyIntolerance",
       ",'patient':{'display':'x'},'verificationStatus':{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/"
       "allergyintolerance-verification','code':'entered-in-error'}]}")},
    {"con-4", "Condition",
     R("Condition", ",'subject':{'display':'x'},'abatementString':'x','clinicalStatus':{'coding':[{'system':"
                    "'http://terminology.hl7.org/CodeSystem/condition-clinical','code':'active'}]}"),
     R("Condition", ",'subject':{'display':'x'},'abatementString':'x','clinicalStatus':{'coding':[{'system':"
                    "'http://terminology.hl7.org/CodeSystem/condition-clinical','code':'resolved'}]}")},
    {"org-1", "Organization", R("Organization", ",'active':true"), R("Organization", ",'name':'x'")},
    {"org-2", "Organization", R("Organization", ",'name':'x','address':[{'use':'home','city':'x'}]"),
     R("Organization", ",'name':'x','address':[{'use':'work','city':'x'}]")},
    {"ref-1", "Patient.managingOrganization", PATIENT(",'managingOrganization':{'reference':'#o'}"), NULL},
    {"lst-2", "List",
     R("List", ",'status':'current','mode':'working','entry':[{'deleted':true,'item':{'display':'x'}}]"),
     R("List", ",'status':'current','mode':'changes','entry':[{'deleted':true,'item':{'display':'x'}}]")},
    {"grp-1", "Group", R("Group", ",'type':'person','actual':false,'member':[{'entity':{'display':'x'}}]"),
     R("Group", ",'type':'person','actual':true,'member':[{'entity':{'display':'x'}}]")},
    {"imr-1", "ImmunizationRecommendation.recommendation[0]",
     R("ImmunizationRecommendation", ",'patient':{'display':'x'},'date':'2026','recommendation':[{'forecastStatus':"
                                     "{'text':'x'}}]"),
     R("ImmunizationRecommendation", ",'patient':{'display':'x'},'date':'2026','recommendation':[{'forecastStatus':"
                                     "{'text':'x'},'vaccineCode':[{'text':'x'}]}]")},
    {"sev-1", "AuditEvent.entity[0]",
     R("AuditEvent", ",'type':{'code':'rest'},'recorded':'2026-01-01T00:00:00Z','agent':[{'requestor':true}],"
                     "'source':{'observer':{'display':'x'}},'entity':[{'name':'x','query':'AAAA'}]"),
     R("AuditEvent", ",'type':{'code':'rest'},'recorded':'2026-01-01T00:00:00Z','agent':[{'requestor':true}],"
                     "'source':{'observer':{'display':'x'}},'entity':[{'query':'AAAA'}]")},
    {"vsd-1", "ValueSet.compose.include[0]", VS(",'compose':{'include':[{'version':'x'}]}"),
     VS(",'compose':{'include':[{'system':'http://s'}]}")},
    {"vsd-2", "ValueSet.compose.include[0]",
     VS(",'compose':{'include':[{'valueSet':['http://v'],'concept':[{'code':'x'}]}]}"),
     VS(",'compose':{'include':[{'system':'http://s','concept':[{'code':'x'}]}]}")},
    {"vsd-3", "ValueSet.compose.include[0]",
     VS(",'compose':{'include':[{'system':'http://s','concept':[{'code':'x'}],'filter':[{'property':'p','op':'=',"
        "'value':'v'}]}]}"),
     NULL},
    {"csd-1", "CodeSystem",
     R("CodeSystem", ",'status':'draft','content':'complete','concept':[{'code':'a'},{'code':'b','concept':[{'code':"
                     "'a'}]}]"),
     R("CodeSystem", ",'status':'draft','content':'complete','concept':[{'code':'a'},{'code':'b','concept':[{'code':"
                     "'c'}]}]")},
    {"cpb-1", "CapabilityStatement", CAPABILITY(""), CAPABILITY(",'rest':[{'mode':'server'}]")},
    {"cpb-9", "CapabilityStatement.rest[0]",
     CAPABILITY(",'rest':[{'mode':'server','resource':[{'type':'Patient'},{'type':'Patient'}]}]"),
     CAPABILITY(",'rest':[{'mode':'server','resource':[{'type':'Patient'},{'type':'Group'}]}]")},
    {"que-1", "Questionnaire.item[0]", QUESTION(",'type':'group'"),
     QUESTION(",'type':'group','item':[{'linkId':'2','type':'display','text':'x'}]")},
    {"que-2", "Questionnaire",
     R("Questionnaire", ",'status':'draft','item':[{'linkId':'1','type':'string'},{'linkId':'1','type':'string'}]"),
     NULL},
    {"que-3", "Questionnaire.item[0]", QUESTION(",'type':'display','code':[{'code':'x'}]"),
     QUESTION(",'type':'display'")},
    {"que-7", "Questionnaire.item[0].enableWhen[0]",
     QUESTION(",'type':'string','enableWhen':[{'question':'q','operator':'exists','answerString':'x'}]"),
     QUESTION(",'type':'string','enableWhen':[{'question':'q','operator':'exists','answerBoolean':true}]")},
    {"que-10", "Questionnaire.item[0]",
     QUESTION(",'type':'group','maxLength':3,'item':[{'linkId':'2','type':'string'}]"),
     QUESTION(",'type':'string','maxLength':3")},
    {"tim-1", "ServiceRequest.occurrence.ofType(Timing).repeat", TIMING("'duration':1"),
     TIMING("'duration':1,'durationUnit':'h'")},
    {"tim-2", "ServiceRequest.occurrence.ofType(Timing).repeat", TIMING("'period':1"),
     TIMING("'period':1,'periodUnit':'d'")},
    {"tim-4", "ServiceRequest.occurrence.ofType(Timing).repeat", TIMING("'duration':-1,'durationUnit':'h'"), NULL},
    {"tim-6", "ServiceRequest.occurrence.ofType(Timing).repeat", TIMING("'periodMax':2,'periodUnit':'d'"),
     TIMING("'period':1,'periodMax':2,'periodUnit':'d'")},
    {"tim-10", "ServiceRequest.occurrence.ofType(Timing).repeat", TIMING("'timeOfDay':['08:00:00'],'when':['MORN']"),
     TIMING("'timeOfDay':['08:00:00']")},
    {"cmp-1", "Composition.section[0]",
     R("Composition", ",'status':'final','type':{'text':'x'},'date':'2026','author':[{'display':'x'}],'title':'t',"
                      "'section':[{'title':'x'}]"),
     R("Composition", ",'status':'final','type':{'text':'x'},'date':'2026','author':[{'display':'x'}],'title':'t',"
                      "'section':[{'title':'x','entry':[{'display':'x'}]}]")},
    {"spd-1", "SearchParameter",
     R("SearchParameter", ",'url':'u','name':'N','status':'draft','description':'d','code':'c','base':['Patient'],"
                          "'type':'string','xpath':'x'"),
     R("SearchParameter", ",'url':'u','name':'N','status':'draft','description':'d','code':'c','base':['Patient'],"
                          "'type':'string','expression':'x'")},
    {"inv-1", NULL, NULL, NULL},
};

/* Of an invariant of that key: the place it was told at, NULL when it was not. */
static const struct fhir_issue *told(const struct fhir_issues *issues, const char *rule)
{
    for (const struct fhir_issue *i = issues->first; i; i = i->next)
        if (i->rule && strcmp(i->rule, rule) == 0)
            return i;
    return NULL;
}

static void check(struct arena *a, const char *json, bool warnings, struct fhir_issues *ret_issues)
{
    struct err e = {0};
    const struct validate_options options = {.warnings = warnings};
    const struct fhir_node *n = fhir_parse_json(a, quoted(a, json), &e);
    *ret_issues = (struct fhir_issues){.arena = a};
    if (!n)
        printf("  %s: %s\n", json, e.text);
    CU_ASSERT_PTR_NOT_NULL_FATAL(n);
    CU_ASSERT_EQUAL(validate_check(n, &options, ret_issues, &e), !ret_issues->fatal_count);
}

static void rules_are_kept(void)
{
    for (const struct row *row = rows; row->broken; row++) {
        struct arena a;
        struct fhir_issues issues;
        arena_init(&a);
        check(&a, row->broken, false, &issues);
        const struct fhir_issue *i = told(&issues, row->rule);
        bool named = i && strcmp(i->expression, row->expression) == 0 && strstr(i->text, row->rule) && i->line;
        bool by_form = strcmp(row->rule, "ref-1") == 0 && issues.fatal_count; /* the form tells it first */
        if (!named && !by_form)
            printf("  %s: %s %s\n", row->rule, issues.first ? issues.first->expression : "not told",
                   issues.first ? issues.first->text : "");
        CU_ASSERT_TRUE(named || by_form);
        if (row->kept) {
            check(&a, row->kept, false, &issues);
            if (issues.first)
                printf("  %s: %s %s\n", row->rule, issues.first->expression, issues.first->text);
            CU_ASSERT_EQUAL(issues.fatal_count, 0);
        }
        arena_release(&a);
    }
}

static void advice_only_warns(void)
{
    struct arena a;
    struct fhir_issues issues;
    const char *json = R("SearchParameter", ",'url':'u','name':'with blanks','status':'draft','description':'d',"
                                            "'code':'c','base':['Patient'],'type':'string','expression':'x'");
    arena_init(&a);
    check(&a, json, false, &issues);
    CU_ASSERT_EQUAL(issues.count, 0);
    check(&a, json, true, &issues);
    const struct fhir_issue *i = told(&issues, "spd-0");
    CU_ASSERT_PTR_NOT_NULL_FATAL(i);
    CU_ASSERT_FALSE(i->fatal);
    CU_ASSERT_EQUAL(issues.fatal_count, 0);
    arena_release(&a);
}

/* Hundreds of breaches of one kind are counted, and told up to the bound. */
static void many_breaches_are_bounded(void)
{
    struct arena a;
    struct fhir_issues issues;
    struct buf b;
    arena_init(&a);
    buf_init(&b, FILE_MAX);
    buf_puts(&b, "{'resourceType':'Patient','contact':[{'gender':'male'}");
    for (int i = 1; i < 3000; i++)
        buf_puts(&b, ",{'gender':'male'}");
    buf_puts(&b, "]}");
    check(&a, b.p, true, &issues);
    CU_ASSERT_EQUAL(issues.fatal_count, 3000);
    CU_ASSERT_EQUAL(issues.count, FHIR_ISSUES_MAX);
    buf_release(&b);
    arena_release(&a);
}

static const struct unit_case cases[] = {
    {"invariants", rules_are_kept},
    {"advice only warns", advice_only_warns},
    {"many breaches are bounded", many_breaches_are_bounded},
};

UNIT_MAIN("fhir validate", cases)
