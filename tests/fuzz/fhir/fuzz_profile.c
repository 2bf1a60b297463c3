/* Fuzz target: a StructureDefinition, compiled, and two documents along it. It ends, in bounded time. */
#include "fhir/validate/validate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const documents[] = {
    "{\"resourceType\":\"Patient\",\"id\":\"p\",\"contained\":[{\"resourceType\":\"Organization\",\"id\":\"o\","
    "\"name\":\"x\"}],\"identifier\":[{\"system\":\"urn:a\",\"value\":\"1\"},{\"system\":\"urn:b\"}],\"name\":[{"
    "\"given\":"
    "[\"a\",\"b\"],\"_given\":[null,{\"id\":\"x\"}]}],\"birthDate\":\"1974-12-25\",\"extension\":[{\"url\":\"http://"
    "u\","
    "\"valueQuantity\":{\"value\":1.5}}],\"managingOrganization\":{\"reference\":\"#o\"}}",
    "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":[{\"system\":\"http://"
    "s\",\"code\":\"c\"}]},"
    "\"valueQuantity\":{\"value\":1},\"component\":[{\"code\":{\"text\":\"a\"},\"valueString\":\"x\"},{\"code\":{"
    "\"text\":"
    "\"b\"}}]}",
};

static bool same_profile(void *ctx, struct str canonical, const struct profile **ret_profile, struct err *e)
{
    (void)canonical, (void)e;
    *ret_profile = ctx; /* whatever it refers to is itself */
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err e = {0};
    struct arena a CLEANUP(arena_release);
    arena_init(&a);
    const struct fhir_node *n = fhir_parse_json(&a, (struct str){(const char *)data, size}, &e);
    struct profile *p = n && n->kind == FHIR_OBJECT ? profile_compile(n, &e) : NULL;
    for (size_t i = 0; p && i < sizeof documents / sizeof documents[0]; i++) {
        struct fhir_issues issues = {.arena = &a};
        const struct str asked = STR("urn:fuzz");
        const struct validate_source source = {.ctx = p, .profile = same_profile};
        const struct validate_options options = {
            .warnings = true, .source = &source, .profiles = &asked, .profile_count = 1};
        validate_check(fhir_parse_json(&a, str_of(documents[i]), &e), &options, &issues, &e);
    }
    profile_free(p);
    return 0;
}
