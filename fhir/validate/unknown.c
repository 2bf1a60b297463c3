/* Names nobody knows: code systems and extensions. Most are spelling mistakes; none is a reason to refuse. */
#include "fhir/validate/validate_priv.h"

#include <stdio.h>
#include <stdlib.h>

static int by_name(const void *key, const void *row)
{
    return str_cmp(*(const struct str *)key, str_of(*(const char *const *)row));
}

static bool listed(const struct known_group *g, struct str name)
{
    for (; g->prefix; g++) {
        struct str rest = str_sub(name, str_of(g->prefix).n, name.n);
        if (str_starts(name, g->prefix) && bsearch(&rest, g->names, (size_t)g->count, sizeof *g->names, by_name))
            return true;
    }
    return false;
}

/* Each unknown name is asked for once; of a document that has very many the last are taken as unknown unasked. */
static bool ask(struct run *r, const char *type, struct str name)
{
    bool known = false;
    const struct validate_source *s = r->options->source;
    if (!s || !s->known || !r->asks_left)
        return false;
    for (int i = 0; i < r->asked_count; i++)
        if (str_eq(r->asked[i], name))
            return false;
    r->asks_left--;
    if (!s->known(s->ctx, type, name, &known, &r->fault))
        return true;
    if (!known && r->asked_count < (int)(sizeof r->asked / sizeof r->asked[0]))
        r->asked[r->asked_count++] = name;
    return known;
}

static void tell(struct fhir_issues *issues, const struct fhir_visit *visit, const char *what)
{
    const struct fhir_issue issue = {.code = "not-found", .text = what};
    fhir_issue_add(issues, visit, &issue);
}

static void check_system(struct run *r, const struct fhir_visit *visit, struct fhir_issues *issues)
{
    struct str system = fhir_text(visit->node, "system");
    if (system.n && !listed(known_systems, system) && !ask(r, "CodeSystem", system))
        tell(issues, visit, "the code system is not known here: its codes can not be checked");
}

/* Parts of an extension have names of their own, which are no addresses. */
static void check_extension(struct run *r, const struct fhir_visit *visit, struct fhir_issues *issues)
{
    struct str url = fhir_text(visit->node, "url");
    bool address = str_find(url, ':') < url.n;
    if (address && !listed(known_extensions, url) && !ask(r, "StructureDefinition", url))
        tell(issues, visit, "the extension is not known here");
}

void unknown_check(struct run *r, const struct fhir_visit *visit, struct fhir_issues *issues)
{
    struct str type = fhir_type_name(visit->type);
    if (str_is(type, "Coding"))
        check_system(r, visit, issues);
    else if (str_is(type, "Extension"))
        check_extension(r, visit, issues);
}
