/* SearchParameter resources: an active one is indexed for the types it names, while the record is in use, and then
 * searched by; one that is retired or deleted goes with its rows. */
#include "domain/parameter.h"

#include "domain/rule.h"
#include "fhir/fhirpath/fhirpath.h"
#include "jobs/jobs.h"
#include "record/custom.h"
#include "schema/queries.h"

enum { CODE_MAX = 60, BASES_MAX = 160 };

struct definition {
    struct str code, kind, url, expression, targets;
    struct str type[BASES_MAX];
    size_t types;
};

static bool refuse(const char *path, const char *why, struct err *e)
{
    rule_break(RULE_SEARCH_PARAMETER, e, "%s", why);
    return err_at(e, "%s", path);
}

/* A definition of the specification says what this server does already, or leaves. */
static bool is_official(const struct fhir_node *node)
{
    return str_starts(fhir_text(node, "url"), "http://hl7.org/fhir/SearchParameter/");
}

static bool has_effect(const struct record_doc *doc)
{
    return !doc->deleted && doc->node && str_is(fhir_text(doc->node, "status"), "active") && !is_official(doc->node);
}

static struct str list_of(struct arena *a, const struct fhir_node *node, const char *member)
{
    const struct fhir_node *list = fhir_member(node, member);
    struct str text = STR("");
    for (const struct fhir_node *one = list ? list->first : NULL; one; one = one->next)
        text = arena_printf(a, "%.*s%s%.*s", STR_ARG(text), text.n ? "," : "", STR_ARG(one->text));
    return text;
}

static bool is_code(struct str code)
{
    for (size_t i = 0; i < code.n; i++) {
        char c = code.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '-' || c == '_')))
            return false;
    }
    return code.n > 0 && code.n <= CODE_MAX;
}

static bool read_bases(const struct fhir_node *node, struct definition *def, struct err *e)
{
    const struct fhir_node *bases = fhir_member(node, "base");
    for (const struct fhir_node *one = bases ? bases->first : NULL; one && def->types < BASES_MAX; one = one->next) {
        if (!fhir_is_resource(one->text) || str_is(one->text, "AuditEvent"))
            return refuse("base", "a search parameter of this server names types of stored documents", e);
        def->type[def->types++] = one->text;
    }
    return def->types > 0 || refuse("base", "a search parameter names its types", e);
}

static bool read_definition(struct domain *d, const struct fhir_node *node, struct definition *def, struct err *e)
{
    enum fhir_search_kind kind;
    struct err bad = {0};
    *def = (struct definition){.code = fhir_text(node, "code"),
                               .kind = fhir_text(node, "type"),
                               .url = fhir_text(node, "url"),
                               .expression = fhir_text(node, "expression"),
                               .targets = list_of(d->arena, node, "target")};
    if (!is_code(def->code))
        return refuse("code", "a code is 1 to 60 letters, digits, '-' or '_', a letter first", e);
    if (!record_custom_kind(def->kind, &kind))
        return refuse("type", "a site's parameter is number, date, string, token, reference, quantity or uri", e);
    if (!def->expression.n)
        return refuse("expression", "without an expression nothing can be indexed", e);
    if (!fhirpath_compile(d->arena, def->expression, &bad))
        return refuse("expression", bad.text, e);
    return read_bases(node, def, e);
}

/* Neither a name nor a hash of what the type has already. */
static bool check_clash(struct str type, struct str code, struct err *e)
{
    int64_t hash[RECORD_CUSTOM_PARTS];
    const struct fhir_search_param *p;
    record_custom_hashes(type, code, hash);
    bool clash = str_is(code, "_id") || str_is(code, "_lastUpdated");
    for (int i = 0; (p = fhir_search_builtin_at(type, i)); i++) {
        int32_t other = record_param(type, str_of(p->code));
        clash = clash || str_is(code, p->code);
        for (int k = 0; k < RECORD_CUSTOM_PARTS; k++)
            clash = clash || hash[k] == other;
    }
    return !clash || refuse("code", "the type has a search parameter of this code", e);
}

static bool check_others(struct domain *d, const struct record_doc *doc, struct str type, struct str code,
                         struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_text(&args, type);
    db_text(&args, code);
    db_int(&args, doc->rid);
    const struct db_rows *rows = db_run(d->db, &Q_search_parameter_other, &args, e);
    if (!rows)
        return false;
    return !db_count(rows) || refuse("code", "another SearchParameter gives the type this code", e);
}

bool parameter_check(struct domain *d, struct record_doc *doc, const struct record_doc *before, struct err *e)
{
    struct definition *def = ARENA_NEW(d->arena, struct definition);
    (void)before;
    if (!has_effect(doc))
        return true;
    if (!read_definition(d, doc->node, def, e))
        return false;
    for (size_t i = 0; i < def->types; i++)
        if (!check_clash(def->type[i], def->code, e) || !check_others(d, doc, def->type[i], def->code, e))
            return false;
    return true;
}

/* ---- after it was written ---- */

/* The rows of a parameter that is no more what it was. */
static bool drop(struct domain *d, int64_t rid, struct str type, struct str code, struct err *e)
{
    int64_t hash[RECORD_CUSTOM_PARTS];
    struct db_args params = db_args(d->arena), key = db_args(d->arena);
    record_custom_hashes(type, code, hash);
    db_ints(&params, hash, RECORD_CUSTOM_PARTS);
    db_int(&key, rid);
    db_text(&key, type);
    return db_send(d->db, &Q_search_parameter_tokens_gone, &params, e) &&
           db_send(d->db, &Q_search_parameter_strings_gone, &params, e) &&
           db_send(d->db, &Q_search_parameter_dates_gone, &params, e) &&
           db_send(d->db, &Q_search_parameter_numbers_gone, &params, e) &&
           db_send(d->db, &Q_search_parameter_gone, &key, e);
}

static bool same(const struct db_rows *rows, int row, const struct definition *def)
{
    return str_eq(db_get(rows, row, 1), def->code) && str_eq(db_get(rows, row, 2), def->kind) &&
           str_eq(db_get(rows, row, 3), def->url) && str_eq(db_get(rows, row, 4), def->expression) &&
           str_eq(db_get(rows, row, 5), def->targets);
}

/* Of the stored rows those that still hold stay; their types are taken out of the definition. */
static bool keep_or_drop(struct domain *d, int64_t rid, struct definition *def, struct err *e)
{
    struct str type[BASES_MAX], code[BASES_MAX];
    size_t gone = 0;
    struct db_args args = db_args(d->arena);
    db_int(&args, rid);
    const struct db_rows *rows = db_run(d->db, &Q_search_parameter_of, &args, e);
    if (!rows)
        return false;
    for (int r = 0; r < db_count(rows) && gone < BASES_MAX; r++) {
        size_t at = 0;
        while (at < def->types && !str_eq(def->type[at], db_get(rows, r, 0)))
            at++;
        if (at < def->types && same(rows, r, def)) {
            def->type[at] = def->type[--def->types];
            continue;
        }
        type[gone] = arena_str(d->arena, db_get(rows, r, 0));
        code[gone++] = arena_str(d->arena, db_get(rows, r, 1));
    }
    for (size_t i = 0; i < gone; i++)
        if (!drop(d, rid, type[i], code[i], e))
            return false;
    return true;
}

static bool add(struct domain *d, int64_t rid, const struct definition *def, struct str type, struct err *e)
{
    struct db_args args = db_args(d->arena), walk = db_args(d->arena);
    db_int(&args, rid);
    db_text(&args, type);
    db_text(&args, def->code);
    db_text(&args, def->kind);
    db_text(&args, def->url);
    db_text(&args, def->expression);
    db_text(&args, def->targets);
    db_text(&walk, type);
    return db_send(d->db, &Q_search_parameter_put, &args, e) && db_send(d->db, &Q_reindex_parameter, &walk, e);
}

bool parameter_project(struct domain *d, struct record_doc *doc, const struct record_doc *before, struct err *e)
{
    struct definition *def = ARENA_NEW(d->arena, struct definition);
    (void)before;
    if (has_effect(doc) && !read_definition(d, doc->node, def, e))
        return false;
    if (!keep_or_drop(d, doc->rid, def, e))
        return false;
    for (size_t i = 0; i < def->types; i++)
        if (!add(d, doc->rid, def, def->type[i], e))
            return false;
    return !def->types || jobs_put_once(d->db, JOB_REINDEX, e);
}
