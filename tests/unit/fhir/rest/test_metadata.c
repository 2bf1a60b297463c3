/* The CapabilityStatement says what the routes and search tables offer, and is FHIR itself. */
#include "request.h"

static const struct fhir_node *resource_of(const struct fhir_node *statement, const char *type)
{
    const struct fhir_node *list = fhir_member(fhir_at(statement, "rest"), "resource");
    for (const struct fhir_node *r = list ? list->first : NULL; r; r = r->next)
        if (str_is(fhir_text(r, "type"), type))
            return r;
    return NULL;
}

static bool lists(const struct fhir_node *resource, const char *array, const char *member, const char *value)
{
    const struct fhir_node *list = fhir_member(resource, array);
    for (const struct fhir_node *one = list ? list->first : NULL; one; one = one->next)
        if (str_is(fhir_text(one, member), value))
            return true;
    return false;
}

static void test_statement(void)
{
    static const char *const offered[] = {"read",       "vread", "create", "update", "delete", "history-instance",
                                          "history-type", "search-type"};
    struct asked a;
    int types = 0;
    asked_begin(&a, "GET", NULL);
    TEST_OK(fhir_metadata(&a.op, &a.http, &a.e), &a.e);
    const struct fhir_node *s = asked_document(&a);
    TEST_STR(fhir_text(s, "fhirVersion"), "4.0.1");
    for (; fhir_resource_name(types); types++)
        CU_ASSERT_PTR_NOT_NULL(resource_of(s, fhir_resource_name(types)));
    const struct fhir_node *study = resource_of(s, "ImagingStudy"), *trail = resource_of(s, "AuditEvent");
    CU_ASSERT_PTR_NOT_NULL_FATAL(study);
    for (size_t i = 0; i < sizeof offered / sizeof offered[0]; i++)
        CU_ASSERT_TRUE(lists(study, "interaction", "code", offered[i]));
    CU_ASSERT_TRUE(lists(study, "searchParam", "name", "basedon"));
    CU_ASSERT_TRUE(lists(resource_of(s, "DiagnosticReport"), "searchParam", "name", "imagingStudy"));
    CU_ASSERT_TRUE(lists(resource_of(s, "Observation"), "searchParam", "name", "code-value-quantity"));
    CU_ASSERT_TRUE(lists(resource_of(s, "Location"), "searchParam", "name", "near"));
    CU_ASSERT_TRUE(lists(study, "searchParam", "name", "_tag"));
    CU_ASSERT_FALSE(lists(trail, "interaction", "code", "create"));
    CU_ASSERT_TRUE(lists(fhir_at(s, "rest[0]"), "interaction", "code", "history-system"));
    CU_ASSERT_TRUE(lists(fhir_at(s, "rest[0]"), "interaction", "code", "search-system"));
    CU_ASSERT_TRUE(lists(fhir_at(s, "rest[0]"), "searchParam", "name", "_lastUpdated"));
    TEST_STR(fhir_text(s, "rest[0].compartment[2]"), "http://hl7.org/fhir/CompartmentDefinition/patient");
    CU_ASSERT_TRUE(lists(fhir_at(s, "rest[0]"), "interaction", "code", "transaction"));
    CU_ASSERT_TRUE(lists(fhir_at(s, "rest[0]"), "interaction", "code", "batch"));
    CU_ASSERT_FALSE(lists(study, "interaction", "code", "history-system"));
    CU_ASSERT_TRUE(lists(trail, "searchParam", "name", "patient"));
    CU_ASSERT_FALSE(lists(trail, "searchParam", "name", "policy"));
    asked_end(&a);
}

/* The table's rows: fhir_metadata fhir_search fhir_create fhir_read fhir_update fhir_delete fhir_history
 * fhir_search_system fhir_search_compartment fhir_history_type fhir_history_system fhir_vread fhir_operation
 * fhir_websocket fhir_export_status fhir_export_cancel fhir_export_file fhir_r5_metadata fhir_r5_search fhir_r5_create
 * fhir_r5_read fhir_r5_vread fhir_async_status fhir_async_cancel */
static void test_routes(void)
{
    CU_ASSERT_EQUAL(fhir_route_count, 42);
    CU_ASSERT_PTR_NULL(fhir_route_interaction(fhir_route_count));
    CU_ASSERT_PTR_NULL(fhir_route_interaction(-1));
    for (int i = 0; i < fhir_route_count; i++) {
        const struct gate_route *r = &fhir_routes[i];
        bool socket = strcmp(r->pattern, "/fhir/websocket") == 0; /* a token opens it */
        bool open = socket || strcmp(r->pattern, "/fhir/metadata") == 0 || strcmp(r->pattern, "/fhir/r5/metadata") == 0;
        bool bundle = r->handler == fhir_bundle; /* the gate is asked for each act in it */
        CU_ASSERT_EQUAL(r->act.public_, open);
        CU_ASSERT_EQUAL(r->act.audit == AUDIT_NONE, open || bundle);
        bool r5 = strcmp(r->pattern, "/fhir/r5/{type}") == 0;
        bool operation = fhir_route_interaction(i)[0] == 0 && !r5; /* its row says what it is */
        bool writes = strcmp(r->method, "GET") != 0 && !strstr(r->pattern, "_search") && !operation && !bundle;
        CU_ASSERT_EQUAL(r->act.permission == PERM_FHIR_WRITE, writes);
        bool later = strcmp(r->pattern, "/fhir/_export/{export}") == 0 ||
                     strcmp(r->pattern, "/fhir/_async/{async}") == 0;
        bool cancels = later && strcmp(r->method, "DELETE") == 0;
        CU_ASSERT_EQUAL(r->act.tx == GATE_WRITE, writes || cancels);
    }
}

static const struct unit_case cases[] = {
    {"the statement", test_statement},
    {"routes", test_routes},
};

int main(void)
{
    int status = unit_main("fhir/rest/metadata", cases, sizeof cases / sizeof cases[0]);
    gate_end();
    return status;
}
