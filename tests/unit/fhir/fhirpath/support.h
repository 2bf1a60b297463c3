/* Tables of expressions and what they give, over one document. */
#ifndef TESTS_FHIRPATH_SUPPORT_H
#define TESTS_FHIRPATH_SUPPORT_H

#include <stdio.h>
#include <string.h>

#include "fhir/fhirpath/fhirpath.h"

struct row {
    const char *expression;
    const char *result; /* items joined with ','; an element as "<Type>"; "!" an error */
};

static const char document[] =
    "{'resourceType':'Patient','id':'p','active':true,"
    "'contained':[{'resourceType':'Organization','id':'o','name':'Org'}],"
    "'name':[{'use':'official','family':'Chalmers','given':['Peter','James']},{'use':'usual','given':['Jim']}],"
    "'telecom':[{'system':'phone','value':'1','rank':1},{'system':'phone','value':'2','rank':2}],"
    "'birthDate':'1974-12-25','_birthDate':{'extension':[{'url':'http://"
    "t','valueDateTime':'1974-12-25T14:35:45-05:00'}]},"
    "'deceasedBoolean':false,'multipleBirthInteger':2,"
    "'extension':[{'url':'http://q','valueQuantity':{'value':185.0,'unit':'lbs','system':'http://unitsofmeasure.org',"
    "'code':'[lb_av]'}},{'url':'http://d','valueDecimal':1.10}],"
    "'managingOrganization':{'reference':'#o'},'generalPractitioner':[{'reference':'Practitioner/7'}]}";

static inline void put_item(char *to, size_t size, const struct fhirpath_item *item)
{
    size_t n = strlen(to);
    if (item->kind == FHIRPATH_ELEMENT)
        snprintf(to + n, size - n, "<%.*s>", STR_ARG(item->type ? fhir_type_name(item->type) : STR("?")));
    else if (item->kind == FHIRPATH_QUANTITY)
        snprintf(to + n, size - n, "%.*s '%.*s'", STR_ARG(item->text), STR_ARG(item->unit));
    else
        snprintf(to + n, size - n, "%.*s", STR_ARG(item->text));
}

static inline void evaluate(struct arena *a, const char *expression, char *ret_text, size_t size)
{
    struct err e = {0};
    struct fhirpath_list list = {0};
    struct fhirpath_context c = {.arena = a};
    char *json = arena_cstr(a, str_of(document));
    for (char *p = json; *p; p++)
        *p = *p == '\'' ? '"' : *p;
    const struct fhir_node *n = fhir_parse_json(a, str_of(json), &e);
    const struct fhirpath *x = n ? fhirpath_compile(a, str_of(expression), &e) : NULL;
    struct fhirpath_item root = fhirpath_root(n);
    ret_text[0] = '\0';
    if (!x || !fhirpath_eval(x, &c, &root, &list, &e)) {
        snprintf(ret_text, size, "! %s", e.text);
        return;
    }
    for (size_t i = 0; i < list.n; i++) {
        if (i)
            strncat(ret_text, ",", size - strlen(ret_text) - 1);
        put_item(ret_text, size, list.items[i]);
    }
}

static inline int wrong_rows(const struct row *rows, size_t count)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct arena a;
        char text[4000];
        arena_init(&a);
        evaluate(&a, rows[i].expression, text, sizeof text);
        bool ok = rows[i].result[0] == '!' ? text[0] == '!' : strcmp(text, rows[i].result) == 0;
        if (!ok)
            printf("  %s: %s, not %s\n", rows[i].expression, text, rows[i].result);
        wrong += !ok;
        arena_release(&a);
    }
    return wrong;
}

#endif
