/* The walk of a document along a profile. */
#include "fhir/validate/profile_priv.h"

#include <stdio.h>

/* Profiles within profiles, within discriminators, and asked for by conformsTo(). */
enum { NESTING_MAX = 12, CLAIMS_MAX = 16 };

bool along_spend(struct along *a)
{
    if (!run_goes_on(a->run) || a->run->stopped)
        return false;
    if (--a->run->profile_steps > 0 && a->context->arena->used < PROFILE_BYTES_MAX)
        return true;
    a->run->stopped = true;
    const struct fhir_issue issue = {
        .fatal = true, .code = "too-costly", .text = "the document takes too many steps along its profiles"};
    fhir_issue_add(a->run->issues, a->visit, &issue);
    return false;
}

/* ---- places ---- */
static bool is_choice(const struct fhirpath_item *item)
{
    struct fhir_member m = {0};
    return item->parent && item->parent->type && item->type && fhir_type_member(item->parent->type, item->name, &m) &&
           m.choice;
}

static size_t put_place(char *to, size_t size, size_t n, const struct along *a, const struct fhirpath_item *item)
{
    if (item == a->root || !item->parent)
        return n;
    n = put_place(to, size, n, a, item->parent);
    if (n >= size - 1)
        return n;
    int more;
    struct str type = item->type ? fhir_type_name(item->type) : STR_NONE;
    if (is_choice(item))
        more = snprintf(to + n, size - n, ".%.*s.ofType(%.*s)", STR_ARG(str_sub(item->name, 0, item->name.n - type.n)),
                        STR_ARG(type));
    else if (item->index < 0)
        more = snprintf(to + n, size - n, ".%.*s", STR_ARG(item->name));
    else
        more = snprintf(to + n, size - n, ".%.*s[%d]", STR_ARG(item->name), item->index);
    n += more > 0 ? (size_t)more : 0;
    return n < size ? n : size - 1;
}

void along_tell(struct along *a, const struct fhirpath_item *at, const struct fhir_issue *what)
{
    struct fhir_issue issue = *what;
    const struct fhirpath_item *near = at;
    fhir_visit_place(a->visit, issue.expression, sizeof issue.expression);
    size_t n = str_of(issue.expression).n;
    put_place(issue.expression, sizeof issue.expression, n, a, at);
    while (near->parent && !near->node && !near->more)
        near = near->parent;
    const struct fhir_node *node = near->node ? near->node : near->more;
    issue.line = node ? node->line : 0;
    issue.column = node ? node->column : 0;
    fhir_issue_add(a->issues, a->visit, &issue);
}

/* ---- rules ---- */
static void check_rule(struct along *a, const struct profile_rule *rule, const struct fhirpath_item *item)
{
    struct err e = {0};
    int truth = -1;
    struct fhirpath_list list = {0};
    struct str why = rule->human;
    bool known = rule->x && fhirpath_eval(rule->x, a->context, item, &list, &e) && fhirpath_truth(&list, &truth, &e);
    if (known && truth != 0)
        return;
    if (!known)
        why = rule->x ? str_of(e.text) : STR("its expression is no FHIRPath this server knows");
    bool warns = !rule->error || !rule->x;
    if (warns && !a->run->options->warnings)
        return;
    const struct fhir_issue issue = {
        .fatal = !warns,
        .code = "invariant",
        .rule = arena_cstr(a->issues->arena, rule->key),
        .text = arena_printf(a->context->arena, "rule %.*s %s: %.*s (profile %.*s)", STR_ARG(rule->key),
                             known ? "does not hold" : "can not be checked", STR_ARG(why), STR_ARG(a->profile->url))
                    .p};
    along_tell(a, item, &issue);
}

/* ---- children ---- */
/* The values of a child, by its name in FHIRPath; "valueQuantity" is the Quantity of "value". */
static bool gather(struct along *a, const struct profile_element *el, const struct fhirpath_item *item,
                   struct fhirpath_list *list)
{
    struct err e = {0};
    struct fhir_member m = {0};
    bool form = !el->choice && item->type && fhir_type_member(item->type, el->name, &m) && m.choice;
    struct str name = el->name;
    struct fhirpath_list all = {0};
    if (form)
        name = str_sub(name, 0, name.n - fhir_type_name(m.type).n);
    if (!fhirpath_children(a->context, item, name, &all, &e))
        return false;
    for (size_t i = 0; i < all.n; i++)
        if (!form || all.items[i]->type == m.type)
            fhirpath_add(a->context->arena, list, all.items[i]);
    return true;
}

static void tell_count(struct along *a, const struct profile_element *el, const struct fhirpath_item *parent, size_t n)
{
    struct arena *arena = a->context->arena;
    bool few = (int64_t)n < el->min;
    if (!few && (el->max < 0 || (int64_t)n <= el->max))
        return;
    struct str text = el->max == 0 && !few
                          ? arena_printf(arena, "'%.*s' is not allowed", STR_ARG(el->path))
                          : arena_printf(arena, "'%.*s' must be there %s %d times, and is %zu", STR_ARG(el->path),
                                         few ? "at least" : "at most", few ? el->min : el->max, n);
    const struct fhir_issue issue = {
        .fatal = true,
        .code = few ? "required" : "value",
        .text = arena_printf(arena, "%.*s (profile %.*s)", STR_ARG(text), STR_ARG(a->profile->url)).p};
    along_tell(a, parent, &issue);
}

static void check_child(struct along *a, const struct profile_element *el, const struct fhirpath_item *item)
{
    struct fhirpath_list values = {0};
    if (!along_spend(a) || !gather(a, el, item, &values))
        return;
    tell_count(a, el, item, values.n);
    for (size_t i = 0; i < values.n; i++)
        element_check(a, el, values.items[i]);
    if (el->slices)
        slices_check(a, el, &values, item);
}

void element_check(struct along *a, const struct profile_element *el, const struct fhirpath_item *item)
{
    if (!along_spend(a))
        return;
    if (item != a->root)
        value_check(a, el, item);
    for (size_t i = 0; i < el->rule_count && along_spend(a); i++)
        check_rule(a, &el->rules[i], item);
    for (const struct profile_element *c = element_children(el); c; c = c->next)
        check_child(a, c, item);
}

bool element_fits(struct along *a, const struct profile_element *el, const struct fhirpath_item *item)
{
    struct fhir_issues quiet = {.arena = a->context->arena};
    struct along b = *a;
    b.issues = &quiet;
    if (a->run->nesting >= NESTING_MAX)
        return false;
    a->run->nesting++;
    element_check(&b, el, item);
    a->run->nesting--;
    return !quiet.fatal_count;
}

/* ---- whole profiles ---- */
/* The places of a part that has a profile of its own go on from those of the whole. */
static void check_within(struct along *a, const struct profile *p, const struct fhirpath_item *item,
                         struct fhir_issues *issues)
{
    struct along b = *a;
    b.profile = p;
    b.issues = issues;
    a->run->nesting++;
    profile_walk(&b, item);
    a->run->nesting--;
}

void profile_walk(struct along *a, const struct fhirpath_item *item)
{
    const struct profile *p = a->profile;
    element_check(a, p->top, item);
    if (!p->base.n || profile_conforms(a, p->base, item, true) >= 0 || !a->run->options->warnings)
        return;
    const struct fhir_issue issue = {
        .code = "not-found",
        .text = arena_printf(a->context->arena, "profile %.*s, which profile %.*s stands on, is not known here",
                             STR_ARG(p->base), STR_ARG(p->url))
                    .p};
    along_tell(a, item, &issue);
}

int profile_conforms(struct along *a, struct str canonical, const struct fhirpath_item *item, bool loud)
{
    const struct profile *p = NULL;
    struct err e = {0};
    const struct fhir_type *t = core_type(canonical);
    struct fhir_issues quiet = {.arena = a->context->arena};
    if (t)
        return item->type ? fhir_type_is(item->type, t) : -1;
    const struct validate_source *s = a->run->options->source;
    if (!s || !s->profile || a->run->nesting >= NESTING_MAX || !along_spend(a))
        return -1;
    if (!s->profile(s->ctx, canonical, &p, &e) || !p)
        return -1;
    if (item->type && !fhir_type_is(item->type, p->type))
        return 0;
    check_within(a, p, item, loud ? a->issues : &quiet);
    return loud || !quiet.fatal_count;
}

/* ---- FHIRPath asks ---- */
static bool asks_member(void *ctx, const struct fhirpath_item *item, struct str set, int *ret_is, struct err *e)
{
    struct along *a = ctx;
    const struct validate_source *s = a->run->options->source;
    struct str code = item->kind == FHIRPATH_STRING ? item->text : fhir_text(item->node, "code");
    *ret_is = -1;
    if (!s || !s->in_value_set || !code.n)
        return true;
    struct str system = item->kind == FHIRPATH_STRING ? STR_NONE : fhir_text(item->node, "system");
    return s->in_value_set(s->ctx, set, system, code, ret_is, e);
}

static bool asks_document(void *ctx, struct str reference, const struct fhir_node **ret_node, struct err *e)
{
    struct along *a = ctx;
    const struct validate_source *s = a->run->options->source;
    *ret_node = NULL;
    return !s || !s->document || s->document(s->ctx, reference, ret_node, e);
}

static bool asks_conforms(void *ctx, const struct fhirpath_item *item, struct str profile, int *ret_is, struct err *e)
{
    (void)e;
    *ret_is = profile_conforms(ctx, profile, item, false);
    return true;
}

static void walk(struct run *r, const struct fhir_visit *visit, const struct profile *p, struct fhir_issues *issues)
{
    struct arena arena;
    arena_init(&arena);
    struct fhirpath_item root = fhirpath_root(visit->node), container = fhirpath_root(visit->container);
    struct fhirpath_context c = {.arena = &arena, .resource = &root, .root = &container, .steps = PROFILE_PATH_STEPS};
    struct along a = {.run = r, .visit = visit, .issues = issues, .profile = p, .context = &c, .root = &root};
    c.ctx = &a;
    c.member_of = asks_member;
    c.conforms = asks_conforms;
    c.resolve = asks_document;
    r->issues = issues;
    profile_walk(&a, &root);
    if (c.steps <= 0 && !r->stopped) {
        const struct fhir_issue issue = {
            .fatal = true, .code = "too-costly", .text = "the constraints of the profile take too many steps"};
        fhir_issue_add(issues, visit, &issue);
    }
    arena_release(&arena);
}

static void tell_profile(const struct fhir_visit *visit, struct fhir_issues *issues, bool fatal, const char *code,
                         const char *text)
{
    const struct fhir_issue issue = {.fatal = fatal, .code = code, .text = text};
    fhir_issue_add(issues, visit, &issue);
}

/* A profile that can not be had is told as a warning, to whoever asked for it as an error. */
static void check_profile(struct run *r, const struct fhir_visit *visit, struct str canonical, bool asked,
                          struct fhir_issues *issues)
{
    char text[FHIR_ISSUE_TEXT_MAX];
    struct err e = {0};
    const struct profile *p = NULL;
    const struct validate_source *s = r->options->source;
    const struct fhir_type *t = core_type(canonical);
    bool told = asked || r->options->warnings;
    if (t && fhir_type_is(visit->type, t))
        return;
    bool had = t || !s || !s->profile || s->profile(s->ctx, canonical, &p, &e);
    if (!had && e.code != ERR_INVALID && e.code != ERR_TOO_COSTLY) {
        r->fault = e;
        return;
    }
    struct str url = str_utf8_clip(canonical, 200);
    if (t || (p && !fhir_type_is(visit->type, p->type))) {
        snprintf(text, sizeof text, "profile %.*s is for another type", STR_ARG(url));
        tell_profile(visit, issues, true, "invalid", text);
    } else if (p) {
        walk(r, visit, p, issues);
    } else if (told) {
        snprintf(text, sizeof text, "profile %.*s %s%s", STR_ARG(url),
                 had ? "is not known here" : "can not be used: ", had ? "" : e.text);
        tell_profile(visit, issues, asked, "not-found", text);
    }
}

void profiles_check(struct run *r, const struct fhir_visit *visit, struct fhir_issues *issues)
{
    const struct fhir_node *claims = fhir_at(visit->node, "meta");
    claims = claims ? fhir_member(claims, "profile") : NULL;
    int n = 0;
    for (const struct fhir_node *c = claims ? claims->first : NULL; c && n < CLAIMS_MAX && run_goes_on(r); c = c->next)
        if (c->kind == FHIR_STRING && ++n)
            check_profile(r, visit, c->text, false, issues);
    for (size_t i = 0; visit->node == r->top && i < r->options->profile_count && run_goes_on(r); i++)
        check_profile(r, visit, r->options->profiles[i], true, issues);
}
