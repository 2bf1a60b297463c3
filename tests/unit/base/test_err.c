#include "base/err.h"

#include <errno.h>
#include <string.h>

#include "base/arena.h"
#include "unit.h"

static void story(void)
{
    struct err e;
    err_clear(&e);
    CU_ASSERT_FALSE(err_set(&e, ERR_NOT_FOUND, "no study '%s'", "1.2.3"));
    CU_ASSERT_FALSE(err_at(&e, "PID^1^%d", 3));
    err_at(&e, "PID^1^5");
    CU_ASSERT_FALSE(err_wrap(&e, "retrieve"));
    CU_ASSERT_STRING_EQUAL(e.text, "retrieve: no study '1.2.3'");
    CU_ASSERT_STRING_EQUAL(e.path, "PID^1^3");
    CU_ASSERT_EQUAL(e.code, ERR_NOT_FOUND);
    for (int i = 0; i < 100; i++)
        err_wrap(&e, "a longer and longer tale of %d", i);
    CU_ASSERT(strlen(e.text) < sizeof e.text);
    errno = ENOENT;
    err_errno(&e, ERR_INTERNAL, "open");
    CU_ASSERT_STRING_EQUAL(e.text, "open: No such file or directory");
    CU_ASSERT_FALSE(err_set(NULL, ERR_INTERNAL, "nobody listens"));
}

/* What each language answers is the contract with its clients. */
static void answers(void)
{
    static const struct {
        enum err_code code;
        const char *name;
        int http;
        const char *fhir, *msa;
        int hl7;
        unsigned dimse;
    } due[] = {
        {ERR_INTERNAL, "INTERNAL", 500, "exception", "AE", 207, 0x0110},
        {ERR_INVALID, "INVALID", 400, "invalid", "AE", 102, 0xC000},
        {ERR_STRUCTURE, "STRUCTURE", 400, "structure", "AR", 100, 0xC000},
        {ERR_REQUIRED, "REQUIRED", 422, "required", "AE", 101, 0xA900},
        {ERR_CODE_INVALID, "CODE_INVALID", 422, "code-invalid", "AE", 103, 0xA900},
        {ERR_LENGTH, "LENGTH", 422, "too-long", "AE", 104, 0xA900},
        {ERR_CARDINALITY, "CARDINALITY", 422, "structure", "AE", 198, 0xA900},
        {ERR_DOMAIN_UNKNOWN, "DOMAIN_UNKNOWN", 400, "code-invalid", "AE", 204, 0xA900},
        {ERR_TARGET_UNKNOWN, "TARGET_UNKNOWN", 403, "code-invalid", "AE", 204, 0xA900},
        {ERR_BUSINESS_RULE, "BUSINESS_RULE", 422, "business-rule", "AE", 207, 0xA900},
        {ERR_TOO_COSTLY, "TOO_COSTLY", 422, "too-costly", "AE", 207, 0xA700},
        {ERR_PROCESSING, "PROCESSING", 422, "processing", "AE", 207, 0xA900},
        {ERR_UNSUPPORTED, "UNSUPPORTED", 400, "not-supported", "AR", 200, 0x0122},
        {ERR_TRIGGER, "TRIGGER", 400, "not-supported", "AR", 201, 0x0122},
        {ERR_UNAUTHENTICATED, "UNAUTHENTICATED", 401, "login", "AR", 207, 0x0124},
        {ERR_FORBIDDEN, "FORBIDDEN", 403, "forbidden", "AR", 207, 0x0124},
        {ERR_NOT_FOUND, "NOT_FOUND", 404, "not-found", "AE", 204, 0x0112},
        {ERR_METHOD, "METHOD", 405, "not-supported", "AR", 200, 0x0122},
        {ERR_NOT_ACCEPTABLE, "NOT_ACCEPTABLE", 406, "not-supported", "AR", 200, 0x0122},
        {ERR_TIMEOUT, "TIMEOUT", 408, "timeout", "AE", 207, 0xA700},
        {ERR_TOO_SLOW, "TOO_SLOW", 503, "timeout", "AE", 207, 0xA700},
        {ERR_CONFLICT, "CONFLICT", 409, "conflict", "AE", 205, 0x0111},
        {ERR_REUSED, "REUSED", 409, "duplicate", "AR", 205, 0x0111},
        {ERR_SEQUENCE, "SEQUENCE", 409, "conflict", "AR", 207, 0x0111},
        {ERR_GONE, "GONE", 410, "deleted", "AE", 204, 0x0112},
        {ERR_PRECONDITION, "PRECONDITION", 412, "conflict", "AE", 205, 0x0110},
        {ERR_TOO_LARGE, "TOO_LARGE", 413, "too-long", "AR", 207, 0xA700},
        {ERR_MEDIA_TYPE, "MEDIA_TYPE", 415, "not-supported", "AR", 200, 0xA900},
        {ERR_TOO_MANY, "TOO_MANY", 429, "throttled", "AE", 207, 0xA700},
        {ERR_UNAVAILABLE, "UNAVAILABLE", 503, "transient", "AE", 207, 0xA700},
        {ERR_STORAGE_FULL, "STORAGE_FULL", 507, "no-store", "AE", 207, 0xA700},
    };
    CU_ASSERT_EQUAL(sizeof due / sizeof due[0], ERR_CODES - 1);
    for (size_t i = 0; i < sizeof due / sizeof due[0]; i++) {
        const struct err_row *r = err_row(due[i].code);
        CU_ASSERT_STRING_EQUAL(r->name, due[i].name);
        CU_ASSERT_EQUAL(r->http, due[i].http);
        CU_ASSERT_STRING_EQUAL(r->fhir, due[i].fhir);
        CU_ASSERT_STRING_EQUAL(r->msa, due[i].msa);
        CU_ASSERT_EQUAL(r->hl7, due[i].hl7);
        CU_ASSERT_EQUAL(r->dimse, due[i].dimse);
    }
    CU_ASSERT_STRING_EQUAL(err_row((enum err_code)999)->name, "INTERNAL");
}

static void arenas(void)
{
    struct arena a;
    arena_init(&a);
    for (size_t i = 1; i < 40000; i += 777) {
        char *p = arena_alloc(&a, i);
        CU_ASSERT(p[0] == 0 && p[i - 1] == 0);
        memset(p, 0xff, i);
    }
    CU_ASSERT(str_is(arena_printf(&a, "%s-%d", "x", 5), "x-5"));
    arena_reset(&a);
    CU_ASSERT_EQUAL(a.used, 0);
    CU_ASSERT(str_is(arena_str(&a, STR("kept")), "kept"));
    arena_release(&a);
}

static const struct unit_case cases[] = {
    {"an error tells its story", story}, {"answers in each language", answers}, {"arenas", arenas}};
UNIT_MAIN("base err", cases)
