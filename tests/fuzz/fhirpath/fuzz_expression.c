/* Fuzz target: an expression, compiled and evaluated over one document. It ends, in bounded time. */
#include "fhir/fhirpath/fhirpath.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char document[] =
    "{\"resourceType\":\"Patient\",\"id\":\"p\",\"contained\":[{\"resourceType\":\"Organization\",\"id\":\"o\"}],"
    "\"name\":[{\"given\":[\"a\",\"b\"],\"_given\":[null,{\"id\":\"x\"}]}],\"birthDate\":\"1974-12-25\","
    "\"extension\":[{\"url\":\"u\",\"valueQuantity\":{\"value\":1.5,\"code\":\"mg\"}}],"
    "\"managingOrganization\":{\"reference\":\"#o\"}}";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err e = {0};
    struct arena a CLEANUP(arena_release);
    struct fhirpath_list list = {0};
    arena_init(&a);
    struct fhirpath_context c = {.arena = &a, .now = 1, .steps = 20000};
    const struct fhirpath *x = fhirpath_compile(&a, (struct str){(const char *)data, size}, &e);
    if (!x)
        return 0;
    struct fhirpath_item root = fhirpath_root(fhir_parse_json(&a, str_of(document), &e));
    fhirpath_eval(x, &c, &root, &list, &e);
    return 0;
}
