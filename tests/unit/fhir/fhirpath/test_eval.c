#include "unit.h"

#include "support.h"

static const struct row paths[] = {
    {"name.given", "Peter,James,Jim"},
    {"Patient.name.given", "Peter,James,Jim"},
    {"Encounter.name", ""},
    {"name.`given`", "Peter,James,Jim"},
    {"name[1].given", "Jim"},
    {"name[7]", ""},
    {"name.suffix", ""},
    {"deceased", "false"},
    {"deceasedBoolean", ""},
    {"multipleBirth + 1", "3"},
    {"extension[0].value.unit", "lbs"},
    {"extension.value", "<Quantity>,1.10"},
    {"extension[0].value is Quantity", "true"},
    {"(extension[0].value as Quantity).code", "[lb_av]"},
    {"extension.value.ofType(decimal)", "1.10"},
    {"birthDate.extension('http://t').value", "1974-12-25T14:35:45-05:00"},
    {"birthDate is date", "true"},
    {"active is Boolean", "false"},
    {"active is boolean", "true"},
    {"true is Boolean", "true"},
    {"id is string", "true"},
    {"$this is DomainResource", "true"},
    {"$this is FHIR.Patient", "true"},
    {"name is Foo", "!"},
    {"%resource.id", "p"},
    {"%context.id", "p"},
    {"contained.select(%rootResource.id)", "p"},
    {"%ucum", "http://unitsofmeasure.org"},
    {"%`vs-a`", "http://hl7.org/fhir/ValueSet/a"},
    {"%nothing", "!"},
    {"{}", ""},
    {"$index", "0"},
    {"name.given[", "!"},
    {"name given", "!"},
    {"'abc", "!"},
    {"@2015-13", "!"},
    {"/* why */ 1 // so", "1"},
    {"'\\u0041\\n\\'' & 'x'", "A\n'x"},
    {"", "!"},
};

static const struct row operators[] = {
    {"1 + 2 * 3", "7"},
    {"(1 + 2) * 3", "9"},
    {"-1 + 2", "1"},
    {"1 - -2", "3"},
    {"7 div 2", "3"},
    {"7 mod 2", "1"},
    {"7 / 2", "3.5"},
    {"1 / 0", ""},
    {"0.1 + 0.2 = 0.3", "true"},
    {"1.10 = 1.1", "true"},
    {"1.2 / 1.8 ~ 0.67", "true"},
    {"'a' + 'b'", "ab"},
    {"'a' & {}", "a"},
    {"'a' + {}", ""},
    {"1 + 'a'", "!"},
    {"name.given + 'a'", "!"},
    {"1 < 2 and 'a' < 'b'", "true"},
    {"1 < 'a'", "!"},
    {"@2012-04-15 < @2012-04-16", "true"},
    {"@2012-04-15 = @2012-04-15T10:00:00", ""},
    {"@2012-04-15T15:00:00+02:00 = @2012-04-15T16:00:00+03:00", "true"},
    {"@T10:00 < @T10:01", "true"},
    {"@2012-01-31 + 1 month", "2012-02-29"},
    {"@2012-01-01T00:00:00Z - 1 second", "2011-12-31T23:59:59Z"},
    {"@2012-01-01 + 1 'd'", "2012-01-02"},
    {"4 'g' = 4000 'mg'", "true"},
    {"7 days = 1 week", "true"},
    {"1 'cm' < 1 'm'", "true"},
    {"1 'cm' < 1 's'", ""},
    {"3 'mg' + 2 'mg'", "5 'mg'"},
    {"true and {}", ""},
    {"false and {}", "false"},
    {"true or {}", "true"},
    {"{} or false", ""},
    {"true xor true", "false"},
    {"{} implies true", "true"},
    {"false implies {}", "true"},
    {"true implies false", "false"},
    {"name.given and true", "!"},
    {"{} = {}", ""},
    {"1 != 2", "true"},
    {"(1|2|2|1)", "1,2"},
    {"name.given | name.family", "Peter,James,Jim,Chalmers"},
    {"'Jim' in name.given", "true"},
    {"name.given contains 'Tim'", "false"},
    {"'ABC' ~ 'abc'", "true"},
    {"'a' !~ 'b'", "true"},
    {"(1|2) ~ (2|1)", "true"},
    {"(1|2) = (2|1)", "false"},
    {"name[0] = name[0]", "true"},
    {"name[0] = name[1]", "false"},
    {"1 = '1'", "false"},
    {"1 > 2 = false", "true"},
    {"2 >= 2 and 2 <= 2", "true"},
};

static void walks_paths(void)
{
    CU_ASSERT_EQUAL(wrong_rows(paths, sizeof paths / sizeof paths[0]), 0);
}

static void applies_operators(void)
{
    CU_ASSERT_EQUAL(wrong_rows(operators, sizeof operators / sizeof operators[0]), 0);
}

/* What would run for long, or deep, is an error. */
static void stays_within_bounds(void)
{
    char deep[2000] = "", text[400];
    struct arena a;
    arena_init(&a);
    memset(deep, '(', 900);
    evaluate(&a, deep, text, sizeof text);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "too deep"));
    evaluate(&a, "(1|2|3|4|5|6|7|8|9).repeat($this + 1)", text, sizeof text);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "too many steps"));
    evaluate(
        &a, "(1|2|3|4|5|6|7|8|9|10|11|12).aggregate($total & $total & $total & 'abcdefghijklmnop', 'abcdefghijklmnop')",
        text, sizeof text);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "bytes of text"));
    arena_release(&a);
}

static void tells_places(void)
{
    struct arena a;
    struct err e = {0};
    char place[100];
    struct fhirpath_list list = {0};
    arena_init(&a);
    struct fhirpath_context c = {.arena = &a};
    const struct fhir_node *n =
        fhir_parse_json(&a, STR("{\"resourceType\":\"Patient\",\"name\":[{\"given\":[\"a\",\"b\"]}]}"), &e);
    struct fhirpath_item root = fhirpath_root(n);
    CU_ASSERT_TRUE_FATAL(fhirpath_eval(fhirpath_compile(&a, STR("name.given.last()"), &e), &c, &root, &list, &e) &&
                         list.n == 1);
    fhirpath_place(list.items[0], place, sizeof place);
    CU_ASSERT_STRING_EQUAL(place, "Patient.name[0].given[1]");
    arena_release(&a);
}

static const struct unit_case cases[] = {
    {"walks paths", walks_paths},
    {"applies operators", applies_operators},
    {"stays within bounds", stays_within_bounds},
    {"tells places", tells_places},
};
UNIT_MAIN("fhirpath", cases)
