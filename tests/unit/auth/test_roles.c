#include "unit.h"

#include "auth/auth_priv.h"

static struct err e;

#define BIT(name) (UINT32_C(1) << ROLE_##name)

static void lists_of_roles(void)
{
    static const struct {
        const char *text;
        bool ok;
        uint32_t roles;
    } cases[] = {
        {"RADIOLOGIST", true, BIT(RADIOLOGIST)},
        {" RIS , MODALITY ", true, BIT(RIS) | BIT(MODALITY)},
        {"", false, 0},
        {"radiologist", false, 0},
        {"RADIOLOGIST,", false, 0},
        {"COMPLIANCE", true, BIT(COMPLIANCE)},
        {"COMPLIANCE,ARCHIVE_ADMIN", false, 0},
        {"ADMINISTRATOR,RADIOLOGIST,COMPLIANCE", false, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint32_t set = 0;
        CU_ASSERT_EQUAL(roles_parse(str_of(cases[i].text), &set, &e), cases[i].ok);
        CU_ASSERT_EQUAL(set, cases[i].roles);
    }
}

/* What each role may do, and one thing it may not. */
static void roles_allow_and_refuse(void)
{
    static const struct {
        enum role role;
        enum permission may, may_not;
    } cases[] = {
        {ROLE_RADIOGRAPHER, PERM_WORKLIST_READ, PERM_FHIR_WRITE},
        {ROLE_RADIOLOGIST, PERM_FHIR_WRITE, PERM_IMAGE_STORE},
        {ROLE_RIS, PERM_HL7_SEND, PERM_IMAGE_READ},
        {ROLE_MODALITY, PERM_STEP_REPORT, PERM_IMAGE_READ},
        {ROLE_WORKSTATION, PERM_IMAGE_READ, PERM_WORKLIST_READ},
        {ROLE_ARCHIVE_ADMIN, PERM_ADMIN, PERM_FHIR_READ},
        {ROLE_COMPLIANCE, PERM_AUDIT_READ, PERM_ADMIN},
        {ROLE_ADMINISTRATOR, PERM_MESSAGE_READ, PERMISSIONS},
        {ROLE_INTEGRATION, PERM_MESSAGE_MANAGE, PERM_FHIR_WRITE},
        {ROLE_MONITOR, PERM_METRICS_READ, PERM_AUDIT_READ},
    };
    CU_ASSERT_EQUAL(sizeof cases / sizeof cases[0], ROLES);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct principal p = {.kind = PRINCIPAL_PERSON};
        CU_ASSERT_TRUE(principal_grant(&p, UINT32_C(1) << cases[i].role, STR(""), &e));
        CU_ASSERT_TRUE(auth_authorise(&p, cases[i].may, &e));
        CU_ASSERT_FALSE(auth_authorise(&p, cases[i].may_not, &e));
        CU_ASSERT_EQUAL(e.code, ERR_FORBIDDEN);
    }
}

static void refusals_name_the_permission(void)
{
    struct principal p = {.kind = PRINCIPAL_PERSON};
    for (int i = 0; i < PERMISSIONS; i++) {
        CU_ASSERT_FALSE(auth_authorise(&p, (enum permission)i, &e));
        CU_ASSERT_PTR_NOT_NULL(strstr(e.text, auth_permission_name((enum permission)i)));
    }
    struct principal nobody = auth_system();
    CU_ASSERT_TRUE(auth_authorise(&nobody, PERM_ADMIN, &e));
    nobody.kind = PRINCIPAL_NONE;
    CU_ASSERT_FALSE(auth_authorise(&nobody, PERM_ADMIN, &e));
}

static void unknown_roles_in_a_row_grant_nothing(void)
{
    CU_ASSERT_EQUAL(roles_of(STR("ROOT,RIS,,x")), BIT(RIS));
    CU_ASSERT_EQUAL(roles_of(STR_NONE), 0);
}

static void departments_are_never_cut(void)
{
    struct principal p = {.kind = PRINCIPAL_AE};
    static char many[600];
    memset(many, 'x', sizeof many - 1);
    CU_ASSERT_FALSE(principal_grant(&p, BIT(RIS), str_of(many), &e));
    CU_ASSERT_EQUAL(p.permissions, 0);
}

static const struct unit_case cases[] = {
    {"lists of roles", lists_of_roles},
    {"roles allow and refuse", roles_allow_and_refuse},
    {"refusals name the permission", refusals_name_the_permission},
    {"unknown roles in a row grant nothing", unknown_roles_in_a_row_grant_nothing},
    {"departments are never cut", departments_are_never_cut},
};
UNIT_MAIN("auth/roles", cases)
