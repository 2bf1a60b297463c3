/* Profiles: what each part of a StructureDefinition refuses, and what it lets through. */
#include "fhir/validate/validate.h"

#include "../model/support.h"
#include "unit.h"

#define SD(type, elements)                                                                                  \
    "{'resourceType':'StructureDefinition','url':'http://p/main','type':'" type "','snapshot':{'element':[" \
    "{'id':'" type "','path':'" type "','min':0,'max':'*'" elements "]}}"
#define EL(path, rest) "},{'path':'" path "'" rest
#define SLICE(path, name, rest) EL(path, ",'sliceName':'" name "'" rest)
#define PATIENT(rest) "{'resourceType':'Patient'" rest "}"
#define OBSERVATION(rest) "{'resourceType':'Observation','status':'final','code':{'text':'x'}" rest "}"
#define IDENTIFIERS(rules)                                                                                          \
    SD("Patient", EL("Patient.identifier", ",'min':1,'max':'*','slicing':{'discriminator':[{'type':'value','path':" \
                                           "'system'}],'rules':'" rules "'}")                                       \
                      SLICE("Patient.identifier", "mrn", ",'min':1,'max':'1'")                                      \
                          EL("Patient.identifier.system", ",'min':1,'max':'1','fixedUri':'urn:mrn'")                \
                              EL("Patient.identifier.value", ",'min':1,'max':'1'")                                  \
                                  SLICE("Patient.identifier", "ssn", ",'min':0,'max':'1'")                          \
                                      EL("Patient.identifier.system", ",'min':1,'max':'1','fixedUri':'urn:ssn'") "}")
#define RESLICED                                                                                                 \
    SD("Patient",                                                                                                \
       EL("Patient.identifier", ",'min':0,'max':'*','slicing':{'discriminator':[{'type':'value','path':"         \
                                "'system'}],'rules':'open'}")                                                    \
           SLICE("Patient.identifier", "mrn",                                                                    \
                 ",'min':0,'max':'*','slicing':{'discriminator':[{'type':'value','path':'use'}],"                \
                 "'rules':'closed'}") EL("Patient.identifier.system", ",'min':1,'max':'1','fixedUri':'urn:mrn'") \
               SLICE("Patient.identifier", "mrn/own", ",'min':1,'max':'1'")                                      \
                   EL("Patient.identifier.use", ",'min':1,'max':'1','fixedCode':'usual'")                        \
                       EL("Patient.identifier.value", ",'min':1,'max':'1'")                                      \
                           SLICE("Patient.identifier", "mrn/old", ",'min':0,'max':'1'")                          \
                               EL("Patient.identifier.use", ",'min':1,'max':'1','fixedCode':'old'}"))
#define OWN(rest) "{'system':'urn:mrn','use':'usual'" rest "}"
#define BOUND(path, rest) SD("Observation", EL("Observation.component", ",'min':0,'max':'*'") EL(path, rest "}"))
#define TARGET                                                                                                         \
    SD("Patient", EL("Patient.managingOrganization", ",'min':0,'max':'1','type':[{'code':'Reference','targetProfile':" \
                                                     "['http://p/named-organization']}]}"))
#define ORGANIZATION(rest)                                                                 \
    PATIENT(",'contained':[{'resourceType':'Organization','id':'o'" rest "}],'managingOrg" \
            "anization':{'reference':'#o'}")
#define DIFF(type, base, elements)                                                                          \
    "{'resourceType':'StructureDefinition','url':'http://p/main','type':'" type "','baseDefinition':'" base \
    "','differential':{'element':[{'path':'" type "'" elements "}]}}"
#define CORE "http://hl7.org/fhir/StructureDefinition/"
#define COMPONENTS(kind, path, a, b)                                                                                  \
    SD("Observation",                                                                                                 \
       EL("Observation.component", ",'min':0,'max':'*','slicing':{'discriminator':[{'type':'" kind "','path':'" path  \
                                   "'}],'rules':'closed'}") SLICE("Observation.component", "a", ",'min':1,'max':'1'") \
           a SLICE("Observation.component", "b", ",'min':0,'max':'1'") b "}")
#define COMPONENT(code, rest) "{'code':{'coding':[{'system':'http://s','code':'" code "','display':'d'}]}" rest "}"
#define CODED(code)                                                                                                 \
    EL("Observation.component.code", ",'min':1,'max':'1','patternCodeableConcept':{'coding':[{'system':'http://s'," \
                                     "'code':'" code "'}]}")

struct row {
    const char *profile, *document;
    const char *expression, *text; /* of the first issue; NULL: it conforms */
};

static const struct row rows[] = {
    /* cardinality */
    {SD("Patient", EL("Patient.name", ",'min':1,'max':'1'}")), PATIENT(""), "Patient",
     "'Patient.name' must be there at least 1"},
    {SD("Patient", EL("Patient.name", ",'min':1,'max':'1'}")), PATIENT(",'name':[{'text':'a'},{'text':'b'}]"),
     "Patient", "at most 1 times, and is 2"},
    {SD("Patient", EL("Patient.name", ",'min':1,'max':'1'}")), PATIENT(",'name':[{'text':'a'}]"), NULL, NULL},
    {SD("Patient", EL("Patient.photo", ",'min':0,'max':'0'}")), PATIENT(",'photo':[{'title':'a'}]"), "Patient",
     "'Patient.photo' is not allowed"},
    {SD("Patient", EL("Patient.name", ",'min':0,'max':'*'") EL("Patient.name.family", ",'min':1,'max':'1'}")),
     PATIENT(",'name':[{'family':'a'},{'text':'b'}]"), "Patient.name[1]", "'Patient.name.family' must be there"},
    {SD("Patient", EL("Patient.birthDate", ",'min':1,'max':'1'}")),
     PATIENT(",'_birthDate':{'extension':[{'url':'http://x','valueCode':'unknown'}]}"), NULL, NULL},
    /* types, fixed values and patterns */
    {SD("Observation", EL("Observation.value[x]", ",'min':0,'max':'1','type':[{'code':'Quantity'}]}")),
     OBSERVATION(",'valueString':'x'"), "Observation.value.ofType(string)", "of this type is not allowed"},
    {SD("Observation", EL("Observation.value[x]", ",'min':1,'max':'1','type':[{'code':'Quantity'}]}")),
     OBSERVATION(",'valueQuantity':{'value':1}"), NULL, NULL},
    {SD("Observation", EL("Observation.valueQuantity", ",'min':1,'max':'1','type':[{'code':'Quantity'}]}")),
     OBSERVATION(",'valueString':'x'"), "Observation", "must be there at least 1"},
    {SD("Observation", EL("Observation.status", ",'min':1,'max':'1','fixedCode':'amended'}")), OBSERVATION(""),
     "Observation.status", "not the value that is fixed"},
    {SD("Observation",
        EL("Observation.code", ",'min':1,'max':'1','patternCodeableConcept':{'coding':[{'code':'c'}]}}")),
     OBSERVATION(""), "Observation.code", "not of the pattern"},
    {SD("Observation", EL("Observation.code", ",'min':1,'max':'1','patternCodeableConcept':{'text':'x'}}")),
     OBSERVATION(""), NULL, NULL},
    {SD("Patient",
        EL("Patient.name", ",'min':0,'max':'*'") EL("Patient.name.family", ",'min':0,'max':'1','maxLength':3}")),
     PATIENT(",'name':[{'family':'abcd'}]"), "Patient.name[0].family", "longer than"},
    {SD("Patient", EL("Patient.managingOrganization", ",'min':0,'max':'1','type':[{'code':'Reference','targetProfile':["
                                                      "'http://hl7.org/fhir/StructureDefinition/Patient']}]}")),
     PATIENT(",'managingOrganization':{'reference':'Organization/1'}"), "Patient.managingOrganization",
     "a reference to Organization is not allowed"},
    /* bindings: of R4 itself, of the source, of nobody */
    {SD("Patient", EL("Patient.language", ",'min':0,'max':'1','binding':{'strength':'required','valueSet':"
                                          "'http://hl7.org/fhir/ValueSet/administrative-gender'}}")),
     PATIENT(",'language':'de'"), "Patient.language", "not a code of value set"},
    {SD("Patient",
        EL("Patient.language", ",'min':0,'max':'1','binding':{'strength':'required','valueSet':'http://v/ab'}}")),
     PATIENT(",'language':'c'"), "Patient.language", "not a code of value set http://v/ab"},
    {SD("Patient",
        EL("Patient.language", ",'min':0,'max':'1','binding':{'strength':'required','valueSet':'http://v/ab'}}")),
     PATIENT(",'language':'a'"), NULL, NULL},
    {SD("Patient",
        EL("Patient.language", ",'min':0,'max':'1','binding':{'strength':'required','valueSet':'http://v/none'}}")),
     PATIENT(",'language':'a'"), NULL, NULL},
    {SD("Patient", EL("Patient.maritalStatus", ",'min':0,'max':'1','binding':{'strength':'required','valueSet':"
                                               "'http://v/ab'}}")),
     PATIENT(",'maritalStatus':{'coding':[{'code':'z'},{'code':'b'}]}"), NULL, NULL},
    {SD("Patient", EL("Patient.maritalStatus", ",'min':0,'max':'1','binding':{'strength':'required','valueSet':"
                                               "'http://v/ab'}}")),
     PATIENT(",'maritalStatus':{'text':'a'}"), "Patient.maritalStatus", "not a code of value set"},
    /* constraints */
    {SD("Patient", ",'constraint':[{'key':'my-1','severity':'error','human':'h','expression':'name.exists() or "
                   "identifier.exists()'}]}"),
     PATIENT(""), "Patient", "rule my-1 does not hold: h"},
    {SD("Patient", ",'constraint':[{'key':'my-1','severity':'error','human':'h','expression':'name.exists() or "
                   "identifier.exists()'}]}"),
     PATIENT(",'name':[{'text':'x'}]"), NULL, NULL},
    {SD("Patient", ",'constraint':[{'key':'my-1','severity':'error','human':'h','expression':'name.no(('}]}"),
     PATIENT(""), NULL, NULL},
    {SD("Patient", EL("Patient.name", ",'min':0,'max':'*','constraint':[{'key':'my-2','severity':'error','human':'h',"
                                      "'expression':'family.length() < 3 and %resource.active'}]}")),
     PATIENT(",'active':true,'name':[{'family':'ab'},{'family':'abc'}]"), "Patient.name[1]", "rule my-2"},
    {SD("Patient", ",'constraint':[{'key':'my-3','severity':'error','human':'h','expression':'language.memberOf("
                   "\\u0027http://v/ab\\u0027)'}]}"),
     PATIENT(""), NULL, NULL},
    /* slices by value */
    {IDENTIFIERS("open"), PATIENT(",'identifier':[{'system':'urn:mrn','value':'1'},{'system':'urn:x'}]"), NULL, NULL},
    {IDENTIFIERS("open"), PATIENT(",'identifier':[{'system':'urn:x','value':'1'}]"), "Patient",
     "needs its slice 'mrn'"},
    {IDENTIFIERS("open"), PATIENT(",'identifier':[{'system':'urn:mrn'}]"), "Patient.identifier[0]",
     "'Patient.identifier.value' must be there"},
    {IDENTIFIERS("open"), PATIENT(",'identifier':[{'system':'urn:mrn','value':'1'},{'system':'urn:mrn','value':'2'}]"),
     "Patient", "may have its slice 'mrn' 1 times"},
    {IDENTIFIERS("closed"), PATIENT(",'identifier':[{'system':'urn:mrn','value':'1'},{'system':'urn:x'}]"),
     "Patient.identifier[1]", "of none of the slices"},
    {IDENTIFIERS("openAtEnd"), PATIENT(",'identifier':[{'system':'urn:x'},{'system':'urn:mrn','value':'1'}]"),
     "Patient.identifier[1]", "not in the order"},
    {IDENTIFIERS("openAtEnd',' ordered':'x"), PATIENT(",'identifier':[{'system':'urn:mrn','value':'1'}]"), NULL, NULL},
    /* slices of slices */
    {RESLICED, PATIENT(",'identifier':[{'system':'urn:x'}]"), "Patient", "needs its slice 'mrn/own'"},
    {RESLICED, PATIENT(",'identifier':[" OWN(",'value':'1'") ",{'system':'urn:mrn','use':'old'},{'system':'urn:x'}]"),
     NULL, NULL},
    {RESLICED, PATIENT(",'identifier':[" OWN("") "]"), "Patient.identifier[0]",
     "'Patient.identifier.value' must be there"},
    {RESLICED, PATIENT(",'identifier':[" OWN(",'value':'1'") ",{'system':'urn:mrn','use':'temp'}]"),
     "Patient.identifier[1]", "of none of the slices"},
    {RESLICED, PATIENT(",'identifier':[" OWN(",'value':'1'") "," OWN(",'value':'2'") "]"), "Patient",
     "may have its slice 'mrn/own' 1 times"},
    /* least and greatest values */
    {BOUND("Observation.valueInteger", ",'min':0,'max':'1','minValueInteger':5"), OBSERVATION(",'valueInteger':4"),
     "Observation.value.ofType(integer)", "the least value here is 5"},
    {BOUND("Observation.valueInteger", ",'min':0,'max':'1','minValueInteger':5"), OBSERVATION(",'valueInteger':5"),
     NULL, NULL},
    {BOUND("Observation.valueDateTime", ",'min':0,'max':'1','maxValueDateTime':'2026-01-01'"),
     OBSERVATION(",'valueDateTime':'2026-01-02'"), "Observation.value.ofType(dateTime)", "the greatest value here is"},
    {BOUND("Observation.valueDateTime", ",'min':0,'max':'1','maxValueDateTime':'2026-01-01'"),
     OBSERVATION(",'valueDateTime':'2025'"), NULL, NULL},
    {BOUND("Observation.valueTime", ",'min':0,'max':'1','minValueTime':'08:00:00'"),
     OBSERVATION(",'valueTime':'07:59:59'"), "Observation.value.ofType(time)", "the least value here is"},
    {BOUND("Observation.valueQuantity", ",'min':0,'max':'1','maxValueQuantity':{'value':2.5,'code':'mg'}"),
     OBSERVATION(",'valueQuantity':{'value':2.6,'code':'mg','system':'http://unitsofmeasure.org','unit':'mg'}"),
     "Observation.value.ofType(Quantity)", "the greatest value here is 2.5 'mg'"},
    {BOUND("Observation.valueQuantity", ",'min':0,'max':'1','maxValueQuantity':{'value':2.5,'code':'mg'}"),
     OBSERVATION(",'valueQuantity':{'value':2.4,'code':'mg','system':'http://unitsofmeasure.org','unit':'mg'}"), NULL,
     NULL},
    /* profiles of what a reference leads to */
    {TARGET, ORGANIZATION(",'identifier':[{'value':'1'}]"), "Patient.managingOrganization",
     "what the reference leads to keeps none"},
    {TARGET, ORGANIZATION(",'name':'x'"), NULL, NULL},
    {TARGET, PATIENT(",'managingOrganization':{'reference':'Organization/elsewhere'}"), NULL, NULL},
    {TARGET, PATIENT(",'managingOrganization':{'reference':'Organization/nameless'}"), "Patient.managingOrganization",
     "what the reference leads to keeps none"},
    /* a differential alone: what it leaves out asks nothing, what it stands on is kept too */
    {DIFF("Patient", CORE "Patient", EL("Patient.contact.name.family", ",'min':1")),
     PATIENT(",'contact':[{'name':{'text':'x'}}]"), "Patient.contact[0].name", "'Patient.contact.name.family'"},
    {DIFF("Patient", CORE "Patient", EL("Patient.contact.name.family", ",'min':1")),
     PATIENT(",'name':[{'text':'a'},{'text':'b'}],'contact':[{'organization':{'display':'o'}}]"), NULL, NULL},
    {DIFF("Patient", CORE "Patient",
          EL("Patient.extension", ",'sliceName':'e','min':1,'type':[{'code':'Extension','profile':['http://p/ext']}]")),
     PATIENT(""), "Patient", "needs its slice 'e'"},
    {DIFF("Patient", "http://p/with-photo", EL("Patient.name", ",'min':1")), PATIENT(",'name':[{'text':'x'}]"),
     "Patient", "'Patient.photo' must be there"},
    {DIFF("Patient", "http://p/with-photo", EL("Patient.name", ",'min':1")),
     PATIENT(",'name':[{'text':'x'}],'photo':[{'title':'x'}]"), NULL, NULL},
    {DIFF("Patient", "http://p/nobody", EL("Patient.name", ",'min':1")), PATIENT(",'name':[{'text':'x'}]"), NULL, NULL},
    /* by pattern, by a value below a pattern, by what is there, by type, by profile */
    {COMPONENTS("pattern", "code", CODED("a"), CODED("b")),
     OBSERVATION(",'component':[" COMPONENT("b", "") "," COMPONENT("a", "") "]"), NULL, NULL},
    {COMPONENTS("pattern", "code", CODED("a"), CODED("b")), OBSERVATION(",'component':[" COMPONENT("b", "") "]"),
     "Observation", "needs its slice 'a'"},
    {COMPONENTS("value", "code.coding.code", CODED("a"), CODED("b")),
     OBSERVATION(",'component':[" COMPONENT("a", "") "," COMPONENT("c", "") "]"), "Observation.component[1]",
     "of none of the slices"},
    {COMPONENTS("exists", "value", EL("Observation.component.value[x]", ",'min':1,'max':'1'"),
                EL("Observation.component.value[x]", ",'min':0,'max':'0'")),
     OBSERVATION(",'component':[" COMPONENT("a", ",'valueString':'x'") "," COMPONENT("b", "") "]"), NULL, NULL},
    {COMPONENTS("exists", "value", EL("Observation.component.value[x]", ",'min':1,'max':'1'"),
                EL("Observation.component.value[x]", ",'min':0,'max':'0'")),
     OBSERVATION(",'component':[" COMPONENT("a", "") "]"), "Observation", "needs its slice 'a'"},
    {COMPONENTS("type", "value",
                EL("Observation.component.value[x]", ",'min':0,'max':'1','type':[{'code':'Quantity'}]"),
                EL("Observation.component.value[x]", ",'min':0,'max':'1','type':[{'code':'string'}]")),
     OBSERVATION(",'component':[" COMPONENT("a", ",'valueString':'x'") "," COMPONENT("a", ",'valueString':'y'") "]"),
     "Observation", "needs its slice 'a'"},
    {SD("Observation",
        EL("Observation.value[x]", ",'min':0,'max':'1','slicing':{'discriminator':[{'type':'type','path':"
                                   "'$this'}],'rules':'closed'}")
            SLICE("Observation.value[x]", "valueQuantity", ",'min':0,'max':'1','type':[{'code':'Quantity'}]")
                EL("Observation.value[x].unit", ",'min':1,'max':'1'}")),
     OBSERVATION(",'valueQuantity':{'value':1}"), "Observation.value.ofType(Quantity)", "unit' must be there"},
    {SD("Patient",
        EL("Patient.generalPractitioner", ",'min':0,'max':'*','slicing':{'discriminator':[{'type':'type','path':"
                                          "'resolve()'}],'rules':'open'}")
            SLICE("Patient.generalPractitioner", "house",
                  ",'min':1,'max':'1','type':[{'code':'Reference',"
                  "'targetProfile':['http://hl7.org/fhir/StructureDefinition/Organization']}]}")),
     PATIENT(",'generalPractitioner':[{'reference':'Practitioner/1'}]"), "Patient", "needs its slice 'house'"},
    {SD("Patient",
        EL("Patient.generalPractitioner", ",'min':0,'max':'*','slicing':{'discriminator':[{'type':'type','path':"
                                          "'resolve()'}],'rules':'open'}")
            SLICE("Patient.generalPractitioner", "house",
                  ",'min':1,'max':'1','type':[{'code':'Reference',"
                  "'targetProfile':['http://hl7.org/fhir/StructureDefinition/Organization']}]}")),
     PATIENT(",'generalPractitioner':[{'reference':'Practitioner/1'},{'reference':'Organization/1'}]"), NULL, NULL},
    {SD("Patient",
        EL("Patient.contained", ",'min':0,'max':'*','slicing':{'discriminator':[{'type':'profile','path':'$this'}],"
                                "'rules':'open'}") SLICE("Patient.contained", "named",
                                                         ",'min':1,'max':'1','type':[{'code':'Organization','profile':["
                                                         "'http://p/named-organization']}]}")),
     PATIENT(",'contained':[{'resourceType':'Organization','id':'o','identifier':[{'value':'1'}]}],"
             "'managingOrganization':{'reference':'#o'}"),
     "Patient", "needs its slice 'named'"},
    {SD("Patient",
        EL("Patient.contained", ",'min':0,'max':'*','slicing':{'discriminator':[{'type':'profile','path':'$this'}],"
                                "'rules':'open'}") SLICE("Patient.contained", "named",
                                                         ",'min':1,'max':'1','type':[{'code':'Organization','profile':["
                                                         "'http://p/named-organization']}]}")),
     PATIENT(",'contained':[{'resourceType':'Organization','id':'o','name':'x'}],'managingOrganization':{'reference':'#"
             "o'}"),
     NULL, NULL},
    /* extensions by url, and what their own profile asks */
    {SD("Patient",
        EL("Patient.extension", ",'min':0,'max':'*','slicing':{'discriminator':[{'type':'value','path':'url'}],"
                                "'rules':'open'}") SLICE("Patient.extension", "e",
                                                         ",'min':1,'max':'1','type':[{'code':'Extension','profile':["
                                                         "'http://p/ext']}]}")),
     PATIENT(",'extension':[{'url':'http://x','valueString':'x'}]"), "Patient", "needs its slice 'e'"},
    {SD("Patient",
        EL("Patient.extension", ",'min':0,'max':'*','slicing':{'discriminator':[{'type':'value','path':'url'}],"
                                "'rules':'open'}") SLICE("Patient.extension", "e",
                                                         ",'min':1,'max':'1','type':[{'code':'Extension','profile':["
                                                         "'http://p/ext']}]}")),
     PATIENT(",'extension':[{'url':'http://p/ext','valueString':'x'}]"), "Patient.extension[0].value.ofType(string)",
     "of this type is not allowed"},
    {SD("Patient",
        EL("Patient.extension", ",'min':0,'max':'*','slicing':{'discriminator':[{'type':'value','path':'url'}],"
                                "'rules':'open'}") SLICE("Patient.extension", "e",
                                                         ",'min':1,'max':'1','type':[{'code':'Extension','profile':["
                                                         "'http://p/ext']}]}")),
     PATIENT(",'extension':[{'url':'http://p/ext','valueCode':'x'}]"), NULL, NULL},
    /* content references */
    {SD("Questionnaire",
        EL("Questionnaire.item", ",'min':0,'max':'*'") EL("Questionnaire.item.text", ",'min':1,'max':'1'")
            EL("Questionnaire.item.item", ",'min':0,'max':'*','contentReference':'#Questionnaire.item'}")),
     "{'resourceType':'Questionnaire','status':'draft','item':[{'linkId':'1','type':'group','text':'t','item':[{'"
     "linkId':"
     "'2','type':'group','text':'t','item':[{'linkId':'3','type':'string'}]}]}]}",
     "Questionnaire.item[0].item[0].item[0]", "'Questionnaire.item.text' must be there"},
    /* conformsTo(): of what is, of what is not, of itself without end */
    {SD("Patient", ",'constraint':[{'key':'c','severity':'error','human':'h','expression':'contained.all(conformsTo("
                   "\\u0027http://p/named-organization\\u0027))'}]}"),
     PATIENT(",'contained':[{'resourceType':'Organization','id':'o','identifier':[{'value':'1'}]}],"
             "'managingOrganization':{'reference':'#o'}"),
     "Patient", "rule c does not hold"},
    {SD("Patient", ",'constraint':[{'key':'c','severity':'error','human':'h','expression':'conformsTo("
                   "\\u0027http://p/main\\u0027) or true'}]}"),
     PATIENT(""), NULL, NULL},
    /* a profile of another type, and one that refers to itself without end */
    {SD("Observation", "}"), PATIENT(""), "Patient", "is for another type"},
    {SD("Patient",
        EL("Patient.contained", ",'min':0,'max':'*','slicing':{'discriminator':[{'type':'profile','path':'$this'}],"
                                "'rules':'open'}") SLICE("Patient.contained", "self",
                                                         ",'min':0,'max':'1','type':[{'code':'Patient','profile':["
                                                         "'http://p/endless']}]}")),
     PATIENT(",'contained':[{'resourceType':'Patient','id':'o','active':true}],'link':[{'type':'refer','other':{'"
             "reference':"
             "'#o'}}]"),
     NULL, NULL},
};

static const char *const others[][2] = {
    {"http://p/named-organization", SD("Organization", EL("Organization.name", ",'min':1,'max':'1'}"))},
    {"http://p/ext", SD("Extension", EL("Extension.url", ",'min':1,'max':'1','fixedUri':'http://p/ext'")
                                         EL("Extension.value[x]", ",'min':1,'max':'1','type':[{'code':'code'}]}"))},
    {"http://p/with-photo",
     "{'resourceType':'StructureDefinition','url':'http://p/with-photo','type':'Patient','differential':{'element':[{"
     "'path':'Patient.photo','min':1}]}}"},
    {"http://p/endless",
     SD("Patient", ",'constraint':[{'key':'e','severity':'error','human':'h','expression':'conformsTo(\\u0027http://p/"
                   "endless\\u0027)'}]" EL("Patient.active", ",'min':0,'max':'1'}"))},
};

struct library {
    const char *main;
    struct profile *made[8];
    int count;
    struct arena *arena;
};

static bool find_profile(void *ctx, struct str canonical, const struct profile **ret_profile, struct err *e)
{
    struct library *l = ctx;
    const char *json = str_is(canonical, "http://p/main") ? l->main : NULL;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        json = str_is(canonical, others[i][0]) ? others[i][1] : json;
    *ret_profile = NULL;
    if (!json)
        return true;
    for (int i = 0; i < l->count; i++)
        if (str_eq(profile_url(l->made[i]), canonical))
            return (*ret_profile = l->made[i]) != NULL;
    const struct fhir_node *n = fhir_parse_json(l->arena, quoted(l->arena, json), e);
    struct profile *p = n && l->count < 8 ? profile_compile(n, e) : NULL;
    if (!p)
        printf("  %s\n", e->text);
    if (p)
        l->made[l->count++] = p;
    *ret_profile = p;
    return p != NULL;
}

static bool find_code(void *ctx, struct str set, struct str system, struct str code, int *ret_in, struct err *e)
{
    (void)ctx, (void)system, (void)e;
    *ret_in = !str_is(set, "http://v/ab") ? -1 : str_is(code, "a") || str_is(code, "b");
    return true;
}

static bool find_document(void *ctx, struct str reference, const struct fhir_node **ret_node, struct err *e)
{
    struct library *l = ctx;
    bool here = str_is(reference, "Organization/nameless");
    *ret_node = here ? fhir_parse_json(l->arena, STR("{\"resourceType\":\"Organization\",\"active\":true}"), e) : NULL;
    return !here || *ret_node;
}

static void check(struct arena *a, const char *profile, const char *document, struct fhir_issues *ret_issues)
{
    struct err e = {0};
    struct library l = {.main = profile, .arena = a};
    const struct str asked = STR("http://p/main");
    const struct validate_source source = {
        .ctx = &l, .in_value_set = find_code, .profile = find_profile, .document = find_document};
    const struct validate_options options = {.source = &source, .profiles = &asked, .profile_count = 1};
    const struct fhir_node *n = fhir_parse_json(a, quoted(a, document), &e);
    if (!n)
        printf("  %s: %s\n", document, e.text);
    CU_ASSERT_PTR_NOT_NULL_FATAL(n);
    *ret_issues = (struct fhir_issues){.arena = a};
    validate_check(n, &options, ret_issues, &e);
    for (int i = 0; i < l.count; i++)
        profile_free(l.made[i]);
}

static void profiles_are_kept(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena a;
        struct fhir_issues issues;
        arena_init(&a);
        check(&a, rows[i].profile, rows[i].document, &issues);
        const struct fhir_issue *first = issues.first;
        bool right = rows[i].text ? first && first->fatal && strcmp(first->expression, rows[i].expression) == 0 &&
                                        strstr(first->text, rows[i].text)
                                  : !first;
        if (!right)
            printf("  row %zu (%s): %s: %s\n", i, rows[i].text ? rows[i].text : "conforms",
                   first ? first->expression : "", first ? first->text : "no issue");
        CU_ASSERT_TRUE(right);
        arena_release(&a);
    }
}

static void refuses_what_is_no_profile(void)
{
    static const struct {
        const char *json, *text;
    } bad[] = {
        {"{'resourceType':'StructureDefinition','url':'u','type':'Patient'}", "neither a snapshot nor a differential"},
        {"{'resourceType':'StructureDefinition','url':'u','type':'Patient','differential':{'element':[{'path':"
         "'Patient.identifier','sliceName':'s'}]}}",
         "does not say what tells the slices of 'Patient.identifier' apart"},
        {"{'resourceType':'StructureDefinition','url':'u','type':'Patient','differential':{'element':[{'path':"
         "'Patient.name.given'},{'path':'Patient.name'}]}}",
         "of the differential are not in order"},
        {"{'resourceType':'StructureDefinition','url':'u','type':'Patient','snapshot':{'element':[{'path':'Patient'},{"
         "'path':'Patient.name','slicing':{'rules':'open'}},{'path':'Patient.name','sliceName':'a/b'}]}}",
         "is of a slice that is not there"},
        {"{'resourceType':'StructureDefinition','url':'u','type':'Nothing','snapshot':{'element':[]}}", "of a type R4"},
        {"{'resourceType':'StructureDefinition','url':'u','type':'Patient','snapshot':{'element':[]}}", "is empty"},
        {"{'resourceType':'StructureDefinition','url':'u','type':'Patient','snapshot':{'element':[{'path':'Patient'},{"
         "'path':'Patient.name.given'}]}}",
         "not in order"},
        {"{'resourceType':'StructureDefinition','url':'u','type':'Patient','snapshot':{'element':[{'path':'Patient'},{"
         "'path':'Patient'}]}}",
         "several roots"},
        {"{'resourceType':'StructureDefinition','url':'u','type':'Patient','snapshot':{'element':[{'path':"
         "'a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w.x.y.z'}]}}",
         "larger than"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct arena a;
        struct err e = {0};
        arena_init(&a);
        const struct fhir_node *n = fhir_parse_json(&a, quoted(&a, bad[i].json), &e);
        CU_ASSERT_PTR_NOT_NULL_FATAL(n);
        CU_ASSERT_PTR_NULL(profile_compile(n, &e));
        if (!strstr(e.text, bad[i].text))
            printf("  row %zu: %s\n", i, e.text);
        CU_ASSERT_PTR_NOT_NULL(strstr(e.text, bad[i].text));
        arena_release(&a);
    }
}

/* A thousand slices over a thousand values, each told apart by an expression that walks everything. */
static void bombs_are_bounded(void)
{
    struct arena a;
    struct buf sd, doc;
    struct fhir_issues issues;
    arena_init(&a);
    buf_init(&sd, FILE_MAX);
    buf_init(&doc, FILE_MAX);
    buf_puts(&sd, "{'resourceType':'StructureDefinition','url':'http://p/main','type':'Patient','snapshot':{'element':["
                  "{'path':'Patient','min':0,'max':'*'},{'path':'Patient.name','min':0,'max':'*','slicing':{"
                  "'discriminator':[{'type':'value','path':'$this.descendants().descendants()'}],'rules':'open'}}");
    for (int i = 0; i < 1000; i++)
        buf_printf(&sd, ",{'path':'Patient.name','sliceName':'s%d','min':0,'max':'1','patternHumanName':{'text':'%d'}}",
                   i, i);
    buf_puts(&sd, "]}}");
    buf_puts(&doc, "{'resourceType':'Patient','name':[{'text':'a'}");
    for (int i = 1; i < 1000; i++)
        buf_puts(&doc, ",{'given':['a','b','c'],'period':{'start':'2026'}}");
    buf_puts(&doc, "]}");
    check(&a, sd.p, doc.p, &issues);
    CU_ASSERT_PTR_NOT_NULL_FATAL(issues.first);
    CU_ASSERT_STRING_EQUAL(issues.first->code, "too-costly");
    buf_release(&sd);
    buf_release(&doc);
    arena_release(&a);
}

static const struct unit_case cases[] = {
    {"profiles", profiles_are_kept},
    {"what is no profile", refuses_what_is_no_profile},
    {"bombs are bounded", bombs_are_bounded},
};

UNIT_MAIN("fhir profile", cases)
