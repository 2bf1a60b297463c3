/* :text of a code or a reference: what people read beside it, compared as strings are. */
#include "fhir/search/search_priv.h"

#include "schema/queries.h"

bool condition_display(struct condition *c, struct err *e)
{
    static const char *const types[] = {"CodeableConcept", "Coding", "Identifier", "Reference"};
    bool has = false;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        has = has || fhir_search_reaches(c->param, types[i]);
    if (!has)
        return condition_refuse_modifier(c->filter, e);
    int place = condition_part(c, RECORD_PART_TEXT);
    sql_put(c->sql, &Q_search_string_any, &place);
    if (!condition_values(c->sql, c->filter, condition_put_word, e))
        return false;
    buf_puts(&c->sql->text, "))");
    return true;
}
