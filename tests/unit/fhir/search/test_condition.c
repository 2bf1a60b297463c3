/* Parameter text → conditions and values. Whether PostgreSQL takes them is test_search.c's matter. */
#include "statement.h"

static struct arena arena;

static bool compile(struct sql *s, const char *type, const char *name, const char *modifier, const char *value,
                    struct err *e)
{
    static char raw[9000];
    snprintf(raw, sizeof raw, "%s%s%s", name, modifier[0] ? ":" : "", modifier);
    struct query_filter f = query_filter(str_of(raw), str_of(value));
    err_clear(e);
    sql_start(s, &arena);
    return condition_put(s, str_of(type), &f, STR("http://h/fhir"), e);
}

static const struct {
    const char *type, *name, *modifier, *value;
    const char *sql; /* a piece of it */
    int values;
    const char *last; /* the last value */
} rows[] = {
    {"Patient", "gender", "", "male", "t.param = $1::int AND ( ( t.code = $2)))", 2, "male"},
    {"Patient", "identifier", "", "urn:x|1", "t.system = $2 AND t.code = $3", 3, "1"},
    {"Patient", "identifier", "", "|1", "t.system = $2 AND t.code = $3", 3, "1"},
    {"Patient", "identifier", "", "urn:x|", "( t.system = $2)", 2, "urn:x"},
    {"Patient", "identifier", "", "a\\|b", "t.code = $2", 2, "a|b"},
    {"Patient", "gender", "", "male,female", "( t.code = $2) OR ( t.code = $3)", 3, "female"},
    {"Patient", "gender", "not", "male", "NOT EXISTS", 2, "male"},
    {"Patient", "gender", "missing", "true", "AND NOT (EXISTS", 3, NULL},
    {"Patient", "name", "",
     "\xC3\x98"
     "DE",
     "s.value >= $2 AND s.value < $3", 3, NULL},
    {"Patient", "name", "contains", "De", "strpos(s.value, $2) > 0", 2, "de"},
    {"Patient", "family", "exact", "De", "strpos(r.content, $3) > 0", 3, "\"De\""},
    {"Patient", "birthdate", "", "1970", "d.low >= $2::bigint AND d.low < $3::bigint AND d.high <= $3::bigint", 3,
     "31536000000000"},
    {"Patient", "birthdate", "", "gt1970", "d.high > $2::bigint", 2, "31536000000000"},
    {"Patient", "birthdate", "", "lt1970", "d.low < $2::bigint", 2, "0"},
    {"Observation", "value-quantity", "", "1.10", "q.value >= $2::numeric - $3::numeric", 3, "0.5e-2"},
    {"Observation", "value-quantity", "", "gt5|http://u|mg", "q.high > $2::numeric AND q.system = $3 AND q.code = $4",
     4, "mg"},
    {"Observation", "value-quantity", "", "5||mg", "AND q.code = $4", 4, "mg"},
    {"Observation", "patient", "", "1", "t.code = ANY ($2::text[])", 2,
     "{\"Group/1\",\"http://h/fhir/Group/1\",\"Patient/1\",\"http://h/fhir/Patient/1\"}"},
    {"Observation", "subject", "Device", "7", "t.code = ANY", 2, "{\"Device/7\",\"http://h/fhir/Device/7\"}"},
    {"Observation", "subject", "", "http://h/fhir/Patient/2", "t.code = ANY", 2,
     "{\"Patient/2\",\"http://h/fhir/Patient/2\"}"},
    {"Observation", "subject", "", "urn:uuid:9", "t.code = ANY", 2, "{\"urn:uuid:9\"}"},
    {"Patient", "_id", "", "a,b", "r.id = ANY ($1::text[])", 1, "{\"a\",\"b\"}"},
    {"Patient", "_lastUpdated", "", "ge2024", "r.updated >= $1", 1, NULL},
    {"Patient", "_lastUpdated", "", "2024", "r.updated >= $1 AND r.updated < $2", 2, NULL},
    {"ImagingStudy", "_lastUpdated", "", "gt2024", "st.changed", 1, NULL},
    {"ImagingStudy", "instance", "", "urn:oid:1.2", "i.sop_uid = ANY ($1::text[])", 2, NULL},
    {"ImagingStudy", "dicom-class", "", "urn:ietf:rfc:3986|urn:oid:1.2", "i.sop_class = ANY ($1::text[])", 2, NULL},
    {"Device", "url", "below", "http://x", "starts_with(t.code, $3)", 3, "http://x/"},
    {"Device", "url", "above", "http://x/y/z", "t.code = ANY", 2,
     "{\"http://x\",\"http://x/\",\"http://x/y\",\"http://x/y/\",\"http://x/y/z\"}"},
    {"Patient", "identifier", "of-type", "s|MR|1", "t.system = $2 AND t.code = $3", 3, "1"},
    {"Patient", "_tag", "", "s|x", "t.system = $2 AND t.code = $3", 3, "x"},
    {"Observation", "code", "text", "Knee", "' ' || translate($2,", 2, "knee"},
    {"Patient", "name", "text", "De", "' ' || translate($2,", 2, "de"},
    {"Patient", "_content", "", "Knee AND pain", "w.content @@", 1, "knee pain"},
    {"Patient", "_text", "", "a or b", "w.narrative @@", 1, "a or b"},
    {"Patient", "_list", "", "List/7", "l.id = ANY ($2::text[])", 2, "{\"7\"}"},
    {"Observation", "subject", "identifier", "s|1", "t.system = $2 AND t.code = $3", 3, "1"},
    {"Patient", "general-practitioner.name", "", "x", "UNION ALL", 7, NULL},
    {"Observation", "subject:Patient.organization.name", "", "x", "r.type = $2", 7, NULL},
    {"Patient", "_has:Observation:patient:code", "", "x", "r.rid IN (SELECT t.rid", 4, "x"},
    {"Patient", "_has:Observation:patient:_has:DiagnosticReport:result:status", "", "final", "r.type || '/' || r.id", 6,
     "final"},
    {"Observation", "code-value-quantity", "", "a$gt1", "(t.rid, t.element) IN ( SELECT q.rid, q.element", 4, "1"},
    {"Location", "near", "", "59.9|10.7|5|km", "12742.018", 5, "5.000000"},
    {"ActivityDefinition", "depends-on", "", "http://x|2", "t.code = $2 AND t.system = $3", 3, "2"},
};

static void test_good(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct sql s;
        struct err e;
        TEST_OK(compile(&s, rows[i].type, rows[i].name, rows[i].modifier, rows[i].value, &e), &e);
        const char *text = one_line(&s);
        if (!strstr(text, rows[i].sql) || s.args.n != rows[i].values)
            printf("%s: %d values, %s\n", rows[i].name, s.args.n, text);
        CU_ASSERT_PTR_NOT_NULL(strstr(text, rows[i].sql));
        CU_ASSERT_EQUAL_FATAL(s.args.n, rows[i].values);
        if (rows[i].last)
            TEST_STR(str_of(s.args.value[s.args.n - 1]), rows[i].last);
        sql_release(&s);
    }
}

static const struct {
    const char *type, *name, *modifier, *value;
    enum err_code code;
} refused[] = {
    {"Patient", "nonsense", "", "x", ERR_UNSUPPORTED},
    {"Patient", "gender", "text", "x", ERR_UNSUPPORTED},
    {"Patient", "identifier", "in", "x", ERR_UNSUPPORTED},
    {"Patient", "gender", "of-type", "a|b|c", ERR_UNSUPPORTED},
    {"Patient", "birthdate.year", "", "1", ERR_UNSUPPORTED},
    {"Patient", "_has:Observation:code:code", "", "x", ERR_UNSUPPORTED},
    {"Patient", "_has:AuditEvent:patient:agent-name", "", "x", ERR_UNSUPPORTED},
    {"Patient", "_has:Observation:patient", "", "x", ERR_INVALID},
    {"Location", "near", "", "91|0", ERR_INVALID},
    {"Location", "near", "", "1|1|1|parsec", ERR_INVALID},
    {"Patient", "link", "Patient", "Patient/1,RelatedPerson/1", ERR_INVALID},
    {"Patient", "name", "not", "x", ERR_UNSUPPORTED},
    {"Patient", "birthdate", "exact", "1970", ERR_UNSUPPORTED},
    {"Patient", "general-practitioner.nonsense", "", "x", ERR_UNSUPPORTED},
    {"Observation", "code-value-quantity", "", "a", ERR_INVALID},
    {"Observation", "code-value-quantity", "", "a$1$2", ERR_INVALID},
    {"Observation", "code-value-quantity", "", "a$", ERR_INVALID},
    {"Patient", "gender", "", "|", ERR_INVALID},
    {"Patient", "gender", "", "male,", ERR_INVALID},
    {"Patient", "gender", "missing", "perhaps", ERR_INVALID},
    {"Patient", "birthdate", "", "yesterday", ERR_INVALID},
    {"Patient", "birthdate", "", "2024-13", ERR_INVALID},
    {"Observation", "value-quantity", "", "much", ERR_INVALID},
    {"Observation", "value-quantity", "", "1|a", ERR_INVALID},
    {"Observation", "patient", "", "../x", ERR_NONE}, /* somebody else's address, as it stands */
    {"Observation", "patient", "", "a b", ERR_INVALID},
    {"Patient", "_lastUpdated", "", "x", ERR_INVALID},
    {"Patient", "_id", "exact", "x", ERR_UNSUPPORTED},
};

static void test_refused(void)
{
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        struct sql s;
        struct err e;
        bool ok = compile(&s, refused[i].type, refused[i].name, refused[i].modifier, refused[i].value, &e);
        if (ok != (refused[i].code == ERR_NONE) || e.code != refused[i].code)
            printf("%s:%s=%s: %s\n", refused[i].name, refused[i].modifier, refused[i].value, e.text);
        CU_ASSERT_EQUAL(ok, refused[i].code == ERR_NONE);
        CU_ASSERT_EQUAL(e.code, refused[i].code);
        if (refused[i].code == ERR_UNSUPPORTED)
            CU_ASSERT_PTR_NOT_NULL(strstr(e.text, refused[i].name)); /* the parameter is named */
        sql_release(&s);
    }
}

/* No value may end up in the text of the statement. */
static void test_injection(void)
{
    static const char *const names[] = {"identifier", "name", "general-practitioner", "_id", "link"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct sql s;
        struct err e;
        if (compile(&s, "Patient", names[i], "", "Robert/'); DROP", &e))
            CU_ASSERT_PTR_NULL(strstr(s.text.p, "Robert"));
        sql_release(&s);
    }
}

/* A chain of hundreds of links is refused before it costs anything. */
static void test_long_chain(void)
{
    char name[9000];
    struct sql s;
    struct err e;
    size_t n = 0;
    for (int i = 0; i < 500; i++)
        n += (size_t)snprintf(name + n, sizeof name - n, "partof.");
    snprintf(name + n, sizeof name - n, "name");
    CU_ASSERT_FALSE(compile(&s, "Organization", name, "", "x", &e));
    CU_ASSERT_EQUAL(e.code, ERR_INVALID);
    sql_release(&s);
}

static struct str composite_of(const struct fhir_search_param *p, const char *const *sample)
{
    enum fhir_search_kind kinds[FHIR_COMPONENTS_MAX];
    struct str value = STR("");
    int n = fhir_search_components(p, kinds);
    CU_ASSERT_TRUE(n > 1);
    for (int i = 0; i < n; i++)
        value = arena_printf(&arena, "%.*s%s%s", STR_ARG(value), i ? "$" : "", sample[kinds[i]]);
    return value;
}

/* Each parameter of the tables is one the compiler takes. */
static void test_parameters_compile(void)
{
    static const char *const sample[] = {[FHIR_SEARCH_TOKEN] = "a",   [FHIR_SEARCH_STRING] = "a",
                                         [FHIR_SEARCH_DATE] = "2024", [FHIR_SEARCH_REFERENCE] = "Patient/1",
                                         [FHIR_SEARCH_NUMBER] = "1",  [FHIR_SEARCH_QUANTITY] = "1",
                                         [FHIR_SEARCH_URI] = "urn:x", [FHIR_SEARCH_SPECIAL] = "1|1"};
    for (int t = 0; fhir_resource_name(t); t++) {
        struct str type = str_of(fhir_resource_name(t));
        for (int i = 0; fhir_search_param_at(type, i); i++) {
            const struct fhir_search_param *p = fhir_search_param_at(type, i);
            struct str value = p->kind == FHIR_SEARCH_COMPOSITE ? composite_of(p, sample) : str_of(sample[p->kind]);
            struct query_filter f = query_filter(str_of(p->code), value);
            struct sql s;
            struct err e;
            err_clear(&e);
            sql_start(&s, &arena);
            if (!condition_put(&s, type, &f, STR("http://h"), &e))
                printf("%s.%s: %s\n", type.p, p->code, e.text);
            CU_ASSERT_EQUAL(e.code, ERR_NONE);
            sql_release(&s);
        }
    }
}

static const struct unit_case cases[] = {
    {"conditions", test_good},
    {"what is refused", test_refused},
    {"every parameter of R4", test_parameters_compile},
    {"values stay out of the text", test_injection},
    {"a chain of 500 links", test_long_chain},
};

int main(void)
{
    arena_init(&arena);
    int status = unit_main("fhir/search/condition", cases, sizeof cases / sizeof cases[0]);
    arena_release(&arena);
    return status;
}
