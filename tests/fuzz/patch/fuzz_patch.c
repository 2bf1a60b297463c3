/* Fuzz target: a patch in one of its languages against a document. What comes of it and passes the check is written in
 * both forms and read back; the document itself stays as it was. */
#include <stdlib.h>
#include <string.h>

#include "fhir/patch/patch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char document[] =
    "{\"resourceType\":\"Patient\",\"id\":\"p\",\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://"
    "www.w3.org/1999/xhtml\\\"><p>a<b>c</b></p></div>\"},\"contained\":[{\"resourceType\":\"Basic\",\"id\":\"b\"}],"
    "\"identifier\":[{\"system\":\"urn:a\",\"value\":\"1\"},{\"value\":\"2\"}],\"active\":true,\"name\":[{\"given\":"
    "[\"a\",\"b\"],\"_given\":[null,{\"id\":\"x\"}]}],\"birthDate\":\"1980\",\"_birthDate\":{\"id\":\"y\"},"
    "\"deceasedBoolean\":false,\"contact\":[{\"name\":{\"text\":\"t\"}}]}";

static void write(struct buf *b, const struct fhir_node *n, bool xml)
{
    struct err e = {0};
    buf_init(b, 64 << 20);
    if (!(xml ? fhir_write_xml(n, false, b, &e) : fhir_write_json(n, false, b, &e)))
        abort();
}

static void back(struct arena *a, const struct fhir_node *n, bool xml)
{
    struct err e = {0};
    struct buf out CLEANUP(buf_release);
    write(&out, n, xml);
    if (!(xml ? fhir_parse_xml(a, buf_view(&out), &e) : fhir_parse_json(a, buf_view(&out), &e)))
        abort();
}

static bool patched(struct arena *a, const struct fhir_node *n, struct str bytes, struct fhir_node **ret, struct err *e)
{
    if (bytes.n && bytes.p[0] == '<')
        return patch_xml(a, n, bytes, ret, e);
    const struct fhir_node *patch = fhir_parse_json(a, bytes, e);
    if (!patch)
        return false;
    return patch->kind == FHIR_ARRAY ? patch_json(a, n, patch, ret, e) : patch_fhirpath(a, n, patch, ret, e);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err e = {0};
    struct arena a CLEANUP(arena_release);
    struct buf before CLEANUP(buf_release), after CLEANUP(buf_release);
    struct fhir_node *result = NULL;
    arena_init(&a);
    const struct fhir_node *n = fhir_parse_json(&a, str_of(document), &e);
    write(&before, n, false);
    bool ok = patched(&a, n, (struct str){(const char *)data, size}, &result, &e);
    write(&after, n, false);
    if (!str_eq(buf_view(&before), buf_view(&after)) || ok != (e.code == ERR_NONE))
        abort();
    struct fhir_issues issues = {.arena = &a};
    if (!ok || !fhir_check(result, &issues))
        return 0;
    back(&a, result, false);
    back(&a, result, true);
    return 0;
}
