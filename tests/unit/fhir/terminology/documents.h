/* Documents that a struct term loads in tests. */
#ifndef TESTS_UNIT_FHIR_TERMINOLOGY_DOCUMENTS_H
#define TESTS_UNIT_FHIR_TERMINOLOGY_DOCUMENTS_H

#include <stdio.h>
#include <string.h>

#include "../model/support.h"
#include "fhir/terminology/terminology.h"
#include "unit.h"

#define SYSTEM "urn:s"
#define CONCEPT(code, more) "{'code':'" code "','display':'the " code "'" more "}"
/* a (b (c), d), e (retired) with a property each */
static const char system_text[] =
    "{'resourceType':'CodeSystem','url':'urn:s','status':'active','content':'complete','concept':["
    "{'code':'a','display':'the a','property':[{'code':'kind','valueCode':'big'}],'concept':["
    "{'code':'b','display':'the b','property':[{'code':'kind','valueCode':'small'}],'concept':[" CONCEPT(
        "c",
        "") "]}," CONCEPT("d",
                          "") "]},"
                              "{'code':'e','display':'the e','property':[{'code':'status','valueCode':'retired'}]}]}";

static const struct document {
    const char *type, *url, *text;
} documents[] = {
    {"CodeSystem", "urn:s", system_text},
    {"ValueSet", "urn:all", "{'resourceType':'ValueSet','url':'urn:all','compose':{'include':[{'system':'urn:s'}]}}"},
    {"ValueSet", "urn:two",
     "{'resourceType':'ValueSet','url':'urn:two','compose':{'include':[{'system':'urn:s','concept':[{'code':'a'},"
     "{'code':'d','display':'my d'}]}]}}"},
    {"ValueSet", "urn:loop",
     "{'resourceType':'ValueSet','url':'urn:loop','compose':{'include':[{'valueSet':['urn:loop']}]}}"},
};

static inline bool load_document(void *ctx, const char *type, struct str url, const struct fhir_node **ret_resource,
                                 struct err *e)
{
    struct arena *a = ctx;
    *ret_resource = NULL;
    for (size_t i = 0; i < sizeof documents / sizeof documents[0]; i++)
        if (strcmp(documents[i].type, type) == 0 && str_is(url, documents[i].url))
            return (*ret_resource = fhir_parse_json(a, quoted(a, documents[i].text), e)) != NULL;
    return true;
}

/* "a b c": the codes that are in, in order. */
static inline struct str codes_text(struct arena *a, const struct term_codes *codes)
{
    struct str text = STR("");
    for (size_t i = 0; i < codes->n; i++)
        if (!codes->item[i].removed)
            text = arena_printf(a, "%.*s%s%.*s", STR_ARG(text), text.n ? " " : "", STR_ARG(codes->item[i].code));
    return text;
}

#endif
