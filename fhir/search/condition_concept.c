/* Codes by what a ValueSet or CodeSystem of this server says: in, not-in, below, above. */
#include "fhir/search/search_priv.h"

#include "fhir/terminology/terminology.h"
#include "schema/queries.h"

enum { CONCEPTS_MAX = 5000 };

struct concepts {
    struct str system[CONCEPTS_MAX], code[CONCEPTS_MAX], whole[VALUES_MAX]; /* whole: systems with every code */
    size_t n, wholes;
    bool full;
};

/* A ValueSet or CodeSystem by id, "Type/id" or canonical address, as the caller may see it. */
static struct fhir_node *find_definition(struct sql *s, const char *type, struct str name, struct err *e)
{
    struct db_args args = db_args(s->arena);
    struct str url, version = name, own = str_of(type), id;
    value_next(&version, '|', &url);
    url = value_plain(s->arena, url);
    id = str_starts(url, type) && url.n > own.n + 1 && url.p[own.n] == '/' ? str_sub(url, own.n + 1, url.n) : url;
    if (!s->op || !s->op->db) {
        err_set(e, ERR_UNSUPPORTED, "no %s can be looked up here", type);
        return NULL;
    }
    db_text_opt(&args, s->op->access);
    db_text(&args, own);
    db_text(&args, id);
    db_int(&args, record_param(own, STR("url")));
    db_text(&args, url);
    db_int(&args, record_param(own, STR("version")));
    db_text_opt(&args, version.n ? value_plain(s->arena, version) : STR(""));
    const struct db_rows *rows = db_run(s->op->db, &Q_search_definition, &args, e);
    if (!rows)
        return NULL;
    if (!db_count(rows)) {
        err_set(e, ERR_INVALID, "this server has no such %s", type);
        return NULL;
    }
    return fhir_parse_json(s->arena, arena_str(s->arena, db_get(rows, 0, 0)), e);
}

static void add(struct concepts *all, struct str system, struct str code)
{
    all->full = all->full || all->n == CONCEPTS_MAX;
    if (!code.n || all->full)
        return;
    all->system[all->n] = system.p ? system : STR("");
    all->code[all->n++] = code;
}

static void add_expansion(struct concepts *all, const struct fhir_node *contains)
{
    for (const struct fhir_node *one = contains ? contains->first : NULL; one; one = one->next) {
        add(all, fhir_text(one, "system"), fhir_text(one, "code"));
        add_expansion(all, fhir_member(one, "contains"));
    }
}

/* One include: its concepts, or all of its system. False when it says neither. */
static bool add_include(struct concepts *all, const struct fhir_node *include)
{
    struct str system = fhir_text(include, "system");
    const struct fhir_node *concepts = fhir_member(include, "concept");
    if (fhir_member(include, "filter") || fhir_member(include, "valueSet") || !system.n)
        return false;
    for (const struct fhir_node *one = concepts ? concepts->first : NULL; one; one = one->next)
        add(all, system, fhir_text(one, "code"));
    if (!concepts && all->wholes < VALUES_MAX)
        all->whole[all->wholes++] = system;
    return true;
}

static bool collect(const struct fhir_node *set, struct concepts *all)
{
    const struct fhir_node *expansion = fhir_at(set, "expansion"), *includes = fhir_at(set, "compose");
    if (expansion && fhir_member(expansion, "contains")) {
        add_expansion(all, fhir_member(expansion, "contains"));
        return true;
    }
    if (!includes || fhir_member(includes, "exclude"))
        return false;
    includes = fhir_member(includes, "include");
    for (const struct fhir_node *one = includes ? includes->first : NULL; one; one = one->next)
        if (!add_include(all, one))
            return false;
    return true;
}

/* Another ValueSet or CodeSystem on the way, as the caller may see it. */
static bool load(void *ctx, const char *type, struct str canonical, const struct fhir_node **ret_resource,
                 struct err *e)
{
    struct err none = {0};
    *ret_resource = find_definition(ctx, type, canonical, &none);
    return *ret_resource || none.code == ERR_INVALID || err_set(e, none.code, "%s", none.text);
}

/* Filters, exclusions, other sets, hierarchies: what only terminology can tell. */
static bool expand(struct sql *s, const struct fhir_node *set, struct concepts *all, struct err *e)
{
    struct term t;
    struct term_codes codes = {0};
    term_init(&t, s->arena, load, s);
    if (!term_expand(&t, set, &codes, e))
        return false;
    all->n = all->wholes = 0;
    for (size_t i = 0; i < codes.n; i++)
        if (!codes.item[i].removed)
            add(all, codes.item[i].system, codes.item[i].code);
    return true;
}

/* A set that R4 itself binds needs no document. */
static bool add_bound(struct concepts *all, struct str url)
{
    struct str system, code;
    int set = fhir_code_set_find(url);
    for (int i = 0; set >= 0 && fhir_code_set_at(set, i, &system, &code); i++)
        add(all, system, code);
    return set >= 0;
}

bool condition_in(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    struct concepts *all = ARENA_NEW(s->arena, struct concepts);
    const struct fhir_node *set = find_definition(s, "ValueSet", value, e);
    int place[3];
    if (!set && e->code == ERR_INVALID && add_bound(all, value_plain(s->arena, value)))
        err_clear(e);
    else if (!set)
        return false;
    if (set && !collect(set, all) && !expand(s, set, all, e))
        return false;
    if (all->full)
        return condition_invalid(f, "a ValueSet of more than 5000 codes", e);
    place[0] = sql_texts(s, all->system, all->n);
    place[1] = sql_texts(s, all->code, all->n);
    place[2] = sql_texts(s, all->whole, all->wholes);
    sql_put(s, &Q_search_token_in, place);
    return true;
}

/* ---- hierarchies ---- */

static void add_below(struct concepts *all, struct str system, const struct fhir_node *concept)
{
    const struct fhir_node *children = fhir_member(concept, "concept");
    add(all, system, fhir_text(concept, "code"));
    for (const struct fhir_node *one = children ? children->first : NULL; one; one = one->next)
        add_below(all, system, one);
}

struct wanted {
    struct str system, code;
    bool below;
};

/* Below: what hangs under the code; above: the way down to it. True when it was found. Depth: of the document. */
static bool walk(struct concepts *all, const struct wanted *w, const struct fhir_node *parent)
{
    const struct fhir_node *children = fhir_member(parent, "concept");
    for (const struct fhir_node *one = children ? children->first : NULL; one; one = one->next) {
        if (str_eq(fhir_text(one, "code"), w->code)) {
            if (w->below)
                add_below(all, w->system, one);
            else
                add(all, w->system, w->code);
            return true;
        }
        if (!walk(all, w, one))
            continue;
        if (!w->below)
            add(all, w->system, fhir_text(one, "code"));
        return true;
    }
    return false;
}

bool condition_hierarchy(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    struct concepts *all = ARENA_NEW(s->arena, struct concepts);
    struct wanted w = {.below = str_is(f->modifier, "below")};
    struct str code = value;
    int place[3];
    value_next(&code, '|', &w.system);
    if (!w.system.n || !code.n)
        return condition_invalid(f, "a code of a hierarchy is system|code", e);
    const struct fhir_node *definition = find_definition(s, "CodeSystem", w.system, e);
    if (!definition)
        return false;
    w.system = value_plain(s->arena, w.system);
    w.code = value_plain(s->arena, code);
    if (!walk(all, &w, definition) || all->full)
        return condition_invalid(f, "no such code in its CodeSystem, or too many below it", e);
    place[0] = sql_texts(s, all->system, all->n);
    place[1] = sql_texts(s, all->code, all->n);
    place[2] = sql_texts(s, all->whole, 0);
    sql_put(s, &Q_search_token_in, place);
    return true;
}
