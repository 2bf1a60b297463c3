/* What a ValueSet means: one row a composition. */
#include "documents.h"

#define VS(compose) "{'resourceType':'ValueSet','url':'urn:v','compose':" compose "}"
#define INCLUDE(rest) VS("{'include':[" rest "]}")
#define FILTER(property, op, value) \
    INCLUDE("{'system':'urn:s','filter':[{'property':'" property "','op':'" op "','value':'" value "'}]}")

static const struct row {
    const char *value_set, *codes; /* NULL: refused */
    enum err_code code;
} rows[] = {
    {INCLUDE("{'system':'urn:s'}"), "a b c d e", ERR_NONE},
    {INCLUDE("{'system':'urn:s','concept':[{'code':'d'},{'code':'a'},{'code':'d'}]}"), "d a", ERR_NONE},
    {INCLUDE("{'valueSet':['urn:two']}"), "a d", ERR_NONE},
    {INCLUDE("{'system':'urn:s','concept':[{'code':'d'},{'code':'e'}],'valueSet':['urn:two']}"), "d", ERR_NONE},
    {INCLUDE("{'valueSet':['urn:all','urn:two']}"), "a d", ERR_NONE},
    {INCLUDE("{'valueSet':['urn:two']},{'system':'urn:s','concept':[{'code':'e'}]}"), "a d e", ERR_NONE},
    {VS("{'include':[{'system':'urn:s'}],'exclude':[{'valueSet':['urn:two']}]}"), "b c e", ERR_NONE},
    {VS("{'include':[{'system':'urn:s'}],'exclude':[{'system':'urn:s'}]}"), "", ERR_NONE},
    {FILTER("concept", "is-a", "b"), "b c", ERR_NONE},
    {FILTER("concept", "descendent-of", "a"), "b c d", ERR_NONE},
    {FILTER("concept", "is-not-a", "a"), "e", ERR_NONE},
    {FILTER("kind", "=", "small"), "b", ERR_NONE},
    {FILTER("kind", "exists", "true"), "a b", ERR_NONE},
    {FILTER("kind", "exists", "false"), "c d e", ERR_NONE},
    {FILTER("code", "in", "a, d"), "a d", ERR_NONE},
    {FILTER("code", "not-in", "a,d"), "b c e", ERR_NONE},
    {FILTER("display", "regex", "the [ab]"), "a b", ERR_NONE},
    {FILTER("display", "regex", "(a*)*{9}"), NULL, ERR_TOO_COSTLY},
    {FILTER("display", "regex", "("), NULL, ERR_BUSINESS_RULE},
    {FILTER("display", "generalizes", "a"), NULL, ERR_BUSINESS_RULE},
    {INCLUDE("{'system':'urn:unknown'}"), NULL, ERR_BUSINESS_RULE},
    {INCLUDE("{'system':'urn:unknown','concept':[{'code':'x'}]}"), "x", ERR_NONE}, /* it says itself what is in */
    {INCLUDE("{'valueSet':['urn:unknown']}"), NULL, ERR_NOT_FOUND},
    {INCLUDE("{'valueSet':['urn:loop']}"), NULL, ERR_BUSINESS_RULE},
    {INCLUDE("{'valueSet':['http://hl7.org/fhir/ValueSet/administrative-gender']}"), "male female other unknown",
     ERR_NONE},
    {INCLUDE("{'system':'http://hl7.org/fhir/administrative-gender'}"), "male female other unknown", ERR_NONE},
    {"{'resourceType':'ValueSet','expansion':{'contains':[{'system':'urn:s','code':'x','contains':[{'code':'y'}]},"
     "{'code':'z','abstract':true}]}}",
     "x y", ERR_NONE},
    {"{'resourceType':'ValueSet'}", "", ERR_NONE},
};

static bool same_codes(struct arena *a, struct str got, struct str expected)
{
    struct str one, rest = got;
    size_t n = 0, m = 0;
    (void)a;
    if (str_eq(got, expected))
        return true;
    while (rest.n && str_next(&rest, ' ', &one))
        n++;
    while (expected.n && str_next(&expected, ' ', &one)) {
        struct str all = got, each;
        bool found = false;
        m++;
        while (all.n && str_next(&all, ' ', &each))
            found = found || str_eq(each, one);
        if (!found)
            return false;
    }
    return n == m && n >= 4; /* built-in codes come in the order of the tables */
}

static void test_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena a;
        struct term t;
        struct err e;
        struct term_codes codes;
        arena_init(&a);
        err_clear(&e);
        term_init(&t, &a, load_document, &a);
        const struct fhir_node *n = fhir_parse_json(&a, quoted(&a, rows[i].value_set), &e);
        CU_ASSERT_PTR_NOT_NULL_FATAL(n);
        bool ok = term_expand(&t, n, &codes, &e);
        struct str got = ok ? codes_text(&a, &codes) : str_of(e.text);
        bool right =
            ok ? rows[i].codes && same_codes(&a, got, str_of(rows[i].codes)) : !rows[i].codes && e.code == rows[i].code;
        if (!right)
            printf("%s: %.*s\n", rows[i].value_set, STR_ARG(got));
        CU_ASSERT_TRUE(right);
        arena_release(&a);
    }
}

static void test_displays(void)
{
    struct arena a;
    struct term t;
    struct err e;
    struct term_codes codes;
    bool in = false;
    arena_init(&a);
    err_clear(&e);
    term_init(&t, &a, load_document, &a);
    CU_ASSERT_TRUE_FATAL(term_expand_url(&t, STR("urn:two"), &codes, &e));
    CU_ASSERT_TRUE(str_is(term_find(&codes, STR("urn:s"), STR("a"))->display, "the a")); /* the system's */
    CU_ASSERT_TRUE(str_is(term_find(&codes, STR("urn:s"), STR("d"))->display, "my d"));  /* the value set's own */
    CU_ASSERT_TRUE(term_in(&t, STR("urn:two"), STR(""), STR("d"), &in, &e) && in);
    CU_ASSERT_TRUE(term_in(&t, STR("urn:two"), STR("urn:s"), STR("b"), &in, &e) && !in);
    CU_ASSERT_FALSE(term_in(&t, STR("urn:none"), STR("urn:s"), STR("b"), &in, &e));
    arena_release(&a);
}

static const struct unit_case cases[] = {{"compositions", test_rows}, {"displays and membership", test_displays}};

int main(void)
{
    return unit_main("fhir/terminology/expand", cases, sizeof cases / sizeof cases[0]);
}
