#include "fhir/validate/validate_priv.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

/* All evaluations of one document together; one alone has FHIRPATH_STEPS. */
enum { DOCUMENT_STEPS = 20 * 1000 * 1000 };
/* How often a source is asked for names. */
enum { ASKS_MAX = 100 };

/* ---- the invariants, compiled once for the life of the process ---- */
static struct {
    struct arena arena;
    const struct fhirpath **compiled; /* by row */
    int *first;                       /* the first row of each type, by number; rows of a type lie together */
    struct err fault;
} rules;

static void compile_rows(void)
{
    int types = 0;
    arena_init(&rules.arena);
    while (fhir_type_at(types))
        types++;
    rules.first = ARENA_ARRAY(&rules.arena, int, (size_t)types + 1);
    rules.compiled = ARENA_ARRAY(&rules.arena, const struct fhirpath *, (size_t)invariant_row_count + 1);
    for (int i = invariant_row_count - 1; i >= 0; i--) {
        const struct invariant_row *row = &invariant_rows[i];
        rules.first[row->type] = i + 1;
        rules.compiled[i] = fhirpath_compile(&rules.arena, str_of(row->expression), &rules.fault);
        if (!rules.compiled[i]) {
            err_wrap(&rules.fault, "invariant %s", row->key);
            return;
        }
    }
}

bool validate_start(struct err *e)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, compile_rows);
    if (rules.fault.code == ERR_NONE)
        return true;
    return err_set(e, ERR_INTERNAL, "%s", rules.fault.text);
}

/* ---- one document ---- */
bool run_goes_on(const struct run *r)
{
    return r->fault.code == ERR_NONE;
}

static void tell_broken(struct fhir_issues *issues, const struct fhir_visit *visit, const struct invariant_row *row)
{
    char text[FHIR_ISSUE_TEXT_MAX];
    snprintf(text, sizeof text, "rule %s does not hold: %s (%s)", row->key, row->human, row->expression);
    const struct fhir_issue issue = {.fatal = row->error, .code = "invariant", .rule = row->key, .text = text};
    fhir_issue_add(issues, visit, &issue);
}

static void tell_fault(struct fhir_issues *issues, const struct fhir_visit *visit, const struct invariant_row *row,
                       const struct err *why)
{
    char text[FHIR_ISSUE_TEXT_MAX];
    bool costly = why->code == ERR_TOO_LARGE;
    snprintf(text, sizeof text, "rule %s can not be checked: %s", row->key, why->text);
    const struct fhir_issue issue = {
        .fatal = costly || row->error, .code = costly ? "too-costly" : "invariant", .rule = row->key, .text = text};
    fhir_issue_add(issues, visit, &issue);
}

/* An empty result is no breach: dates of different precision can not always be compared, and may stand. */
static void check_rule(struct run *r, const struct invariant_row *row, const struct fhirpath *x,
                       const struct fhir_visit *visit, struct fhir_issues *issues)
{
    struct err e = {0};
    int truth = -1;
    struct fhirpath_list list = {0};
    struct fhirpath_item focus = fhirpath_element(visit->node, visit->type);
    struct fhirpath_item resource = fhirpath_root(visit->resource), root = fhirpath_root(visit->container);
    struct fhirpath_context c = {.arena = &r->scratch, .resource = &resource, .root = &root};
    long most = r->steps < FHIRPATH_STEPS ? r->steps : FHIRPATH_STEPS;
    c.steps = most > 1 ? most : 1;
    bool ok = fhirpath_eval(x, &c, &focus, &list, &e) && fhirpath_truth(&list, &truth, &e);
    r->steps -= most - c.steps;
    if (!ok)
        tell_fault(issues, visit, row, &e);
    else if (truth == 0)
        tell_broken(issues, visit, row);
    arena_reset(&r->scratch);
}

static bool wanted(const struct run *r, const struct invariant_row *row)
{
    if (strcmp(row->key, "dom-6") == 0)
        return r->options->best_practice;
    return row->error || r->options->warnings;
}

static void check_rules_of(struct run *r, const struct fhir_type *t, const struct fhir_visit *visit,
                           struct fhir_issues *issues)
{
    int number = fhir_type_number(t), at = rules.first[number] - 1;
    for (; at >= 0 && at < invariant_row_count && invariant_rows[at].type == number; at++)
        if (wanted(r, &invariant_rows[at]))
            check_rule(r, &invariant_rows[at], rules.compiled[at], visit, issues);
}

/* The rules of a resource's type and of what all resources share; a datatype's own rows repeat those of its base. */
static void check_visit(void *ctx, const struct fhir_visit *visit, struct fhir_issues *issues)
{
    struct run *r = ctx;
    check_rules_of(r, visit->type, visit, issues);
    if (r->options->warnings && run_goes_on(r))
        unknown_check(r, visit, issues);
    if (!fhir_type_is_resource(visit->type))
        return;
    check_rules_of(r, fhir_type_base(visit->type), visit, issues);
    contained_check(visit, issues);
    if (run_goes_on(r))
        profiles_check(r, visit, issues);
}

bool validate_check(const struct fhir_node *resource, const struct validate_options *options,
                    struct fhir_issues *ret_issues, struct err *e)
{
    struct run r = {.options = options,
                    .top = resource,
                    .steps = DOCUMENT_STEPS,
                    .profile_steps = PROFILE_STEPS,
                    .asks_left = ASKS_MAX};
    const struct fhir_checking how = {.visit = check_visit, .ctx = &r, .warnings = options->warnings};
    if (!validate_start(e))
        return false;
    arena_init(&r.scratch);
    bool ok = fhir_check_visiting(resource, &how, ret_issues);
    arena_release(&r.scratch);
    if (!run_goes_on(&r))
        *e = r.fault;
    return ok && run_goes_on(&r);
}
