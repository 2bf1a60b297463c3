#include "record/custom.h"

#include <pthread.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "fhir/fhirpath/fhirpath.h"
#include "record/index_priv.h"
#include "schema/queries.h"

enum { STEPS = 100 * 1000, DIGEST = 40 };

/* Sets that were replaced stay: somebody may be reading one. There is a set for each change of the site's parameters.
 */
struct set {
    struct set *before;
    struct arena arena;
    struct fhir_customs all;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct set *sets;
static char digest[DIGEST];
static clock_us looked;

static const struct {
    const char *name;
    enum fhir_search_kind kind;
} kinds[] = {{"number", FHIR_SEARCH_NUMBER}, {"date", FHIR_SEARCH_DATE},           {"string", FHIR_SEARCH_STRING},
             {"token", FHIR_SEARCH_TOKEN},   {"reference", FHIR_SEARCH_REFERENCE}, {"quantity", FHIR_SEARCH_QUANTITY},
             {"uri", FHIR_SEARCH_URI}};

bool record_custom_kind(struct str name, enum fhir_search_kind *ret_kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_is(name, kinds[i].name)) {
            *ret_kind = kinds[i].kind;
            return true;
        }
    return false;
}

void record_custom_hashes(struct str type, struct str code, int64_t ret_hash[RECORD_CUSTOM_PARTS])
{
    static const char *const parts[RECORD_CUSTOM_PARTS] = {"", RECORD_PART_TEXT, RECORD_PART_OF_TYPE,
                                                           RECORD_PART_IDENTIFIER};
    for (int i = 0; i < RECORD_CUSTOM_PARTS; i++)
        ret_hash[i] = record_param_part(type, code, str_of(parts[i]));
}

/* Columns: type, code, kind, url, expression, targets, ready. */
static bool take_row(struct arena *a, const struct db_rows *rows, int i, struct fhir_custom *ret_custom)
{
    struct err bad = {0};
    struct str targets = db_get(rows, i, 5);
    enum fhir_search_kind kind;
    if (!record_custom_kind(db_get(rows, i, 2), &kind))
        return false;
    *ret_custom = (struct fhir_custom){.param = {.code = arena_cstr(a, db_get(rows, i, 1)),
                                                 .kind = kind,
                                                 .url = arena_cstr(a, db_get(rows, i, 3)),
                                                 .expression = arena_cstr(a, db_get(rows, i, 4)),
                                                 .targets = targets.n ? arena_cstr(a, targets) : NULL,
                                                 .program = fhir_custom_program(kind, targets.n > 0)},
                                       .type = arena_str(a, db_get(rows, i, 0)),
                                       .ready = db_get_bool(rows, i, 6),
                                       .extractor = fhirpath_compile(a, arena_str(a, db_get(rows, i, 4)), &bad)};
    if (!ret_custom->extractor)
        log_err("search parameter", &bad);
    return ret_custom->extractor != NULL;
}

static bool load(struct db *db, struct err *e)
{
    struct arena scratch;
    arena_init(&scratch);
    struct db_args none = db_args(&scratch);
    const struct db_rows *rows = db_run(db, &Q_search_parameter_all, &none, e);
    if (rows) {
        struct set *s = mem_zalloc(sizeof *s);
        arena_init(&s->arena);
        struct fhir_custom *item = ARENA_ARRAY(&s->arena, struct fhir_custom, (size_t)db_count(rows) + 1);
        for (int i = 0; i < db_count(rows); i++)
            s->all.n += take_row(&s->arena, rows, i, &item[s->all.n]);
        s->all.item = item;
        s->before = sets;
        sets = s;
        fhir_custom_set(&s->all);
    }
    arena_release(&scratch);
    return rows != NULL;
}

static bool look(struct db *db, struct err *e)
{
    struct arena scratch;
    char seen[DIGEST] = "";
    clock_us before = clock_monotonic();
    arena_init(&scratch);
    struct db_args none = db_args(&scratch);
    const struct db_rows *rows = db_run(db, &Q_search_parameter_digest, &none, e);
    if (rows)
        str_copy(seen, sizeof seen, db_get(rows, 0, 0));
    arena_release(&scratch);
    if (!rows || (strcmp(seen, digest) != 0 && !load(db, e)))
        return false;
    str_copy(digest, sizeof digest, str_of(seen));
    looked = before;
    return true;
}

bool record_custom_fresh(struct db *db, bool now, struct err *e)
{
    pthread_mutex_lock(&lock);
    bool fresh = !now && looked && clock_monotonic() - looked < RECORD_CUSTOM_FRESH_MS * INT64_C(1000);
    bool ok = fresh || look(db, e);
    pthread_mutex_unlock(&lock);
    return ok;
}

/* ---- extraction ---- */

static bool collect(void *ctx, const struct fhir_search_param *p, const struct fhir_value *v, struct err *e)
{
    (void)e;
    index_add_value(ctx, p, v);
    return true;
}

/* What the language computed has no node; it becomes one, of a string. */
static bool tell_item(struct index_rows *rows, const struct fhir_search_param *p, const struct fhirpath_item *item,
                      struct err *e)
{
    const struct fhir_node *n = item->node;
    const char *type = item->type ? arena_cstr(rows->arena, fhir_type_name(item->type)) : "string";
    if (!n) {
        struct fhir_node *made = ARENA_NEW(rows->arena, struct fhir_node);
        *made = (struct fhir_node){.kind = FHIR_STRING, .text = item->text};
        n = made;
        if (item->kind == FHIRPATH_DATE || item->kind == FHIRPATH_DATETIME)
            type = "dateTime";
    }
    return fhir_extract_node(p, n, type, collect, rows, e);
}

/* An expression that can not be evaluated on a document finds nothing in it: the document is written all the same. */
static bool extract(struct index_rows *rows, const struct fhir_custom *c, const struct fhir_node *node, struct err *e)
{
    struct err failed = {0};
    struct fhirpath_list found = {0};
    struct fhirpath_item root = fhirpath_root(node);
    struct fhirpath_context context = {.arena = rows->arena, .steps = STEPS};
    if (!fhirpath_eval(c->extractor, &context, &root, &found, &failed)) {
        log_warning("search parameter", "%.*s.%s: %s", STR_ARG(c->type), c->param.code, failed.text);
        return true;
    }
    for (size_t i = 0; i < found.n; i++)
        if (!tell_item(rows, &c->param, found.items[i], e))
            return false;
    return true;
}

bool index_collect_custom(struct index_rows *rows, const struct fhir_node *node, struct err *e)
{
    const struct fhir_customs *all = fhir_custom_all();
    for (size_t i = 0; i < all->n; i++)
        if (str_eq(all->item[i].type, rows->type) && !extract(rows, &all->item[i], node, e))
            return false;
    return true;
}
