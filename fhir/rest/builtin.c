#include "fhir/rest/builtin_priv.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "domain/rule.h"

static const struct builtin_kind kinds[] = {
    {"SearchParameter", builtin_parameter_at, builtin_parameter_put},
    {"OperationDefinition", builtin_operation_at, builtin_operation_put},
    {"StructureDefinition", builtin_structure_at, builtin_structure_put},
    {"CompartmentDefinition", builtin_compartment_at, builtin_compartment_put},
};
enum { KINDS = sizeof kinds / sizeof kinds[0], LIST_MAX = 4000, TEXT_MAX = 4 << 20 };

/* 2026-11-24T00:00:00Z, the day the tables are of. */
static const clock_us made = INT64_C(1795478400000000);

static struct list {
    struct builtin *item;
    size_t n;
} lists[KINDS];
static struct arena arena; /* of the process */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool ready;

/* ---- what searches find ---- */

struct collecting {
    struct builtin_value value[64];
    size_t n;
};

static bool collect(void *ctx, const struct fhir_search_param *p, const struct fhir_value *v, struct err *e)
{
    struct collecting *c = ctx;
    (void)e;
    if (v->use != FHIR_VALUE_PLAIN || v->component || c->n == sizeof c->value / sizeof c->value[0])
        return true;
    struct str text = v->kind == FHIR_SEARCH_STRING ? record_fold(&arena, v->text) : arena_str(&arena, v->text);
    c->value[c->n++] =
        (struct builtin_value){p->code, v->kind, v->system.p ? arena_str(&arena, v->system) : STR(""), text};
    return true;
}

static bool index_one(const struct op *op, const struct builtin_kind *k, struct builtin *one, struct err *e)
{
    struct buf b CLEANUP(buf_release);
    struct arena scratch CLEANUP(arena_release);
    struct collecting c = {.n = 0};
    arena_init(&scratch);
    buf_init(&b, TEXT_MAX);
    k->put(op, one->of, true, &b);
    const struct fhir_node *head = buf_ok(&b, e) ? fhir_parse_json(&scratch, buf_view(&b), e) : NULL;
    if (!head || !fhir_extract(head, collect, &c, e))
        return err_wrap(e, "own %s '%.*s'", k->type, STR_ARG(one->id));
    one->values = ARENA_ARRAY(&arena, struct builtin_value, c.n + 1);
    memcpy(one->values, c.value, c.n * sizeof c.value[0]);
    one->n = c.n;
    return true;
}

static int by_id(const void *a, const void *b)
{
    return str_cmp(((const struct builtin *)a)->id, ((const struct builtin *)b)->id);
}

static bool make(const struct op *op, struct err *e)
{
    arena_init(&arena);
    for (size_t k = 0; k < KINDS; k++) {
        struct list *l = &lists[k];
        l->item = ARENA_ARRAY(&arena, struct builtin, LIST_MAX);
        while (l->n < LIST_MAX && kinds[k].at(&arena, (int)l->n, &l->item[l->n].id, &l->item[l->n].of))
            l->n++;
        for (size_t i = 0; i < l->n; i++)
            if (!index_one(op, &kinds[k], &l->item[i], e))
                return false;
        qsort(l->item, l->n, sizeof l->item[0], by_id);
    }
    return true;
}

static int kind_of(struct str type)
{
    for (int k = 0; k < KINDS; k++)
        if (str_is(type, kinds[k].type))
            return k;
    return -1;
}

const struct builtin *builtin_list(const struct op *op, struct str type, size_t *ret_n)
{
    struct err e;
    int k = kind_of(type);
    *ret_n = 0;
    if (k < 0)
        return NULL;
    err_clear(&e);
    pthread_mutex_lock(&lock);
    if (!ready) {
        ready = true;
        if (!make(op, &e))
            log_err("fhir", &e); /* a test makes them all */
    }
    pthread_mutex_unlock(&lock);
    *ret_n = lists[k].n;
    return lists[k].item;
}

/* ---- one document ---- */

static const struct builtin *find(const struct op *op, struct str type, struct str id)
{
    size_t n;
    struct builtin wanted = {.id = id};
    const struct builtin *list = builtin_list(op, type, &n);
    return n ? bsearch(&wanted, list, n, sizeof *list, by_id) : NULL;
}

bool builtin_doc(struct op *op, struct str type, const struct builtin *one, struct record_doc *ret_doc, struct err *e)
{
    struct buf b CLEANUP(buf_release);
    buf_init(&b, TEXT_MAX);
    kinds[kind_of(type)].put(op, one->of, false, &b);
    if (!buf_ok(&b, e))
        return false;
    *ret_doc = (struct record_doc){
        .type = type, .id = one->id, .version = 1, .updated = made, .content = arena_str(op->arena, buf_view(&b))};
    return true;
}

bool builtin_find(struct op *op, struct str type, struct str id, struct record_doc *ret_doc, bool *ret_found,
                  struct err *e)
{
    const struct builtin *one = find(op, type, id);
    *ret_found = one != NULL;
    return !one || builtin_doc(op, type, one, ret_doc, e);
}

bool builtin_untouched(const struct op *op, struct str type, struct str id, struct err *e)
{
    return !find(op, type, id) ||
           rule_break(RULE_BUILT_IN, e, "'%.*s/%.*s' tells what this server is; it can not be changed", STR_ARG(type),
                      STR_ARG(id));
}
