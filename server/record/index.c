#include "record/index_priv.h"

#include <stdio.h>
#include <stdlib.h>

#include "schema/queries.h"

enum { TOKEN_MAX = 1000, STRING_MAX = 500, NUMBER_MAX = 40, TWIN_DISTANCE = 12 };

void index_rows_init(struct index_rows *rows, struct arena *a, struct str type)
{
    *rows = (struct index_rows){.arena = a, .type = type};
}

static struct index_row *add(struct index_rows *rows, enum index_table table, int64_t param)
{
    ARENA_ROOM(rows->arena, rows->row, rows->n, 1, rows->room);
    struct index_row *r = &rows->row[rows->n++];
    *r = (struct index_row){.rid = rows->rid,
                            .table = table,
                            .param = param,
                            .system = STR(""),
                            .text = STR(""),
                            .code = STR(""),
                            .end = STR("")};
    rows->count[table]++;
    return r;
}

static struct str or_empty(struct str s)
{
    return s.p ? s : STR("");
}

static bool same(const struct index_row *a, const struct index_row *b)
{
    return a->rid == b->rid && a->table == b->table && a->param == b->param && a->element == b->element &&
           str_eq(a->text, b->text) && str_eq(a->system, b->system);
}

/* Codes, their displays and of-type forms often say the same twice: one row finds it. */
static void leave_out_twin(struct index_rows *rows)
{
    size_t last = rows->n - 1, from = last > TWIN_DISTANCE ? last - TWIN_DISTANCE : 0;
    for (size_t i = from; i < last; i++)
        if (same(&rows->row[i], &rows->row[last])) {
            rows->count[rows->row[last].table]--;
            rows->n--;
            return;
        }
}

static struct index_row *add_token(struct index_rows *rows, int64_t param, struct str system, struct str text)
{
    struct index_row *r = add(rows, INDEX_TOKEN, param);
    r->system = or_empty(str_utf8_clip(system, TOKEN_MAX));
    r->text = or_empty(str_utf8_clip(text, TOKEN_MAX));
    return r;
}

void index_add_token(struct index_rows *rows, const char *code, struct str system, struct str text)
{
    add_token(rows, record_param(rows->type, str_of(code)), system, text);
}

void index_add_contained(struct index_rows *rows, int64_t container, struct str id, struct str content)
{
    struct index_row *r = add(rows, INDEX_CONTAINED, 0);
    r->low = container;
    r->system = rows->type;
    r->code = id;
    r->text = content;
}

void index_add_text(struct index_rows *rows, struct str narrative, struct str content)
{
    struct index_row *r = add(rows, INDEX_TEXT, 0);
    r->system = narrative.n ? narrative : STR_NONE;
    r->text = content;
}

/* ---- references: this server's own address is left out, a version stands beside ---- */

static char own_base[300];

void record_own_base(struct str base)
{
    str_copy(own_base, sizeof own_base, base.n < sizeof own_base ? base : STR(""));
}

struct str record_reference(struct str text, struct str *ret_version)
{
    struct str base = str_of(own_base), path = text, part[4] = {STR(""), STR(""), STR(""), STR("")};
    size_t n = 0;
    *ret_version = STR("");
    if (base.n && text.n > base.n + 1 && str_starts(text, own_base) && text.p[base.n] == '/')
        text = path = str_sub(text, base.n + 1, text.n);
    while (n < 4 && str_next(&path, '/', &part[n]))
        n++;
    if (n == 4 && !path.p && fhir_is_resource(part[0]) && str_is(part[2], "_history")) {
        *ret_version = part[3];
        return str_sub(text, 0, part[0].n + 1 + part[1].n);
    }
    return text;
}

static struct index_row *add_reference(struct index_rows *rows, int64_t param, const struct fhir_value *v)
{
    struct str version = STR(""), text = record_reference(v->text, &version);
    return add_token(rows, param, version.n ? version : v->system, text);
}

/* The instants a date, dateTime or Period covers; an open end reaches to the end of time. */
static bool date_bounds(const struct fhir_value *v, int64_t *ret_low, int64_t *ret_high)
{
    clock_us from = INT64_MIN, to = INT64_MAX, other;
    bool period = v->text2.p != NULL;
    if (v->text.n && !clock_range(v->text, &from, period ? &other : &to))
        return false;
    if (v->text2.n && !clock_range(v->text2, &other, &to))
        return false;
    *ret_low = from;
    *ret_high = to;
    return v->text.n || v->text2.n;
}

static struct index_row *add_date(struct index_rows *rows, int64_t param, const struct fhir_value *v)
{
    int64_t low, high;
    if (!date_bounds(v, &low, &high))
        return NULL;
    struct index_row *r = add(rows, INDEX_DATE, param);
    r->low = low;
    r->high = high;
    return r;
}

bool index_add_date(struct index_rows *rows, const char *code, const struct fhir_value *v)
{
    return add_date(rows, record_param(rows->type, str_of(code)), v) != NULL;
}

static struct index_row *add_string(struct index_rows *rows, int64_t param, const struct fhir_value *v)
{
    struct index_row *r = add(rows, INDEX_STRING, param);
    r->text = str_utf8_clip(record_fold(rows->arena, v->text), STRING_MAX);
    return r;
}

/* What a numeric column takes: an exponent of four digits is no measurement. */
static bool is_numeric(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == 'e' || s.p[i] == 'E')
            return s.n <= NUMBER_MAX && s.n - i <= 5;
    return s.n <= NUMBER_MAX;
}

/* A single number is the range from itself to itself. */
static struct index_row *add_number(struct index_rows *rows, int64_t param, const struct fhir_value *v)
{
    bool range = v->high.p != NULL;
    if ((!v->text.n && !v->high.n) || !is_numeric(v->text) || !is_numeric(v->high))
        return NULL;
    struct index_row *r = add(rows, INDEX_NUMBER, param);
    r->text = v->text.n ? v->text : STR("-Infinity");
    r->end = !range ? r->text : v->high.n ? v->high : STR("Infinity");
    r->system = or_empty(str_utf8_clip(v->system, TOKEN_MAX));
    r->code = or_empty(str_utf8_clip(v->text2, TOKEN_MAX));
    return r;
}

static struct index_row *add_plain_token(struct index_rows *rows, int64_t param, const struct fhir_value *v)
{
    return add_token(rows, param, v->system, v->text);
}

typedef struct index_row *(*adder)(struct index_rows *rows, int64_t param, const struct fhir_value *v);

static const adder by_kind[] = {
    [FHIR_SEARCH_TOKEN] = add_plain_token,   [FHIR_SEARCH_STRING] = add_string, [FHIR_SEARCH_DATE] = add_date,
    [FHIR_SEARCH_REFERENCE] = add_reference, [FHIR_SEARCH_NUMBER] = add_number, [FHIR_SEARCH_QUANTITY] = add_number,
    [FHIR_SEARCH_URI] = add_plain_token,
};
static const adder by_use[FHIR_VALUE_USES] = {
    [FHIR_VALUE_TEXT] = add_string, [FHIR_VALUE_OF_TYPE] = add_plain_token, [FHIR_VALUE_IDENTIFIER] = add_plain_token};

int32_t record_param_part(struct str type, struct str code, struct str part)
{
    char name[200];
    int n = snprintf(name, sizeof name, "%.*s%.*s", STR_ARG(code), STR_ARG(part));
    return record_param(type, (struct str){name, n < (int)sizeof name ? (size_t)n : sizeof name - 1});
}

static struct fhir_value keep(struct arena *a, const struct fhir_value *v)
{
    struct fhir_value kept = *v;
    kept.system = v->system.p ? arena_str(a, v->system) : v->system;
    kept.text = v->text.p ? arena_str(a, v->text) : v->text;
    kept.high = v->high.p ? arena_str(a, v->high) : v->high;
    return kept;
}

bool index_add_value(struct index_rows *rows, const struct fhir_search_param *p, const struct fhir_value *v)
{
    static const char *const uses[FHIR_VALUE_USES] = {"", RECORD_PART_TEXT, RECORD_PART_OF_TYPE,
                                                      RECORD_PART_IDENTIFIER};
    char part[16] = "";
    adder put = v->use                                                 ? by_use[v->use]
                : (size_t)v->kind < sizeof by_kind / sizeof by_kind[0] ? by_kind[v->kind]
                                                                       : NULL;
    if (v->component)
        snprintf(part, sizeof part, RECORD_PART_COMPONENT "%d", v->component);
    struct str name = str_of(v->component ? part : uses[v->use]);
    struct fhir_value kept = v->brief ? keep(rows->arena, v) : *v;
    struct index_row *r = put ? put(rows, record_param_part(rows->type, str_of(p->code), name), &kept) : NULL;
    if (!r)
        return false;
    r->element = v->element;
    if (r->table == INDEX_TOKEN || r->table == INDEX_STRING)
        leave_out_twin(rows);
    return true;
}

static bool collect(void *ctx, const struct fhir_search_param *p, const struct fhir_value *v, struct err *e)
{
    (void)e;
    index_add_value(ctx, p, v);
    return true;
}

/* ---- references that no parameter finds: they hold what they lead to, all the same ---- */

struct known { /* the references that have rows, sorted */
    struct index_rows *rows;
    const struct str **text;
    size_t n;
};

static int by_text(const void *a, const void *b)
{
    return str_cmp(**(const struct str *const *)a, **(const struct str *const *)b);
}

static struct known known_references(struct index_rows *rows)
{
    struct known k = {rows, ARENA_ARRAY(rows->arena, const struct str *, rows->n + 1), 0};
    for (size_t i = 0; i < rows->n; i++)
        if (rows->row[i].table == INDEX_TOKEN && str_find(rows->row[i].text, '/') < rows->row[i].text.n)
            k.text[k.n++] = &rows->row[i].text;
    if (k.n)
        qsort(k.text, k.n, sizeof *k.text, by_text);
    return k;
}

static bool add_unknown(void *ctx, struct str reference, const char *expression, struct err *e)
{
    struct known *k = ctx;
    struct str version, text = record_reference(reference, &version), id = text, type;
    const struct str *wanted = &text;
    (void)expression, (void)e;
    str_next(&id, '/', &type);
    if (!id.n || !fhir_is_resource(type) || (k->n && bsearch(&wanted, k->text, k->n, sizeof *k->text, by_text)))
        return true;
    add_token(k->rows, record_param(STR("Resource"), STR(RECORD_REFERS)), version, arena_str(k->rows->arena, text));
    return true;
}

bool index_collect_values(struct index_rows *rows, const struct fhir_node *node, struct err *e)
{
    return fhir_extract(node, collect, rows, e) && index_collect_custom(rows, node, e);
}

bool index_collect(struct index_rows *rows, const struct fhir_node *node, struct err *e)
{
    index_collect_text(rows, node);
    if (!index_collect_values(rows, node, e))
        return false;
    struct known k = known_references(rows);
    return fhir_references(node, add_unknown, &k, e);
}

bool record_index_nodes(struct db *db, struct arena *a, int64_t rid, const struct record_nodes *nodes, struct err *e)
{
    struct index_rows rows;
    index_rows_init(&rows, a, nodes->type);
    for (size_t i = 0; i < nodes->n; i++)
        if (!fhir_extract_node(nodes->item[i].param, nodes->item[i].node, nodes->item[i].type, collect, &rows, e))
            return false;
    return index_send(db, &rows, rid, e);
}

bool record_reindex(struct db *db, struct arena *a, struct record_doc *doc, struct err *e)
{
    struct index_rows rows;
    index_rows_init(&rows, a, doc->type);
    if (doc->deleted)
        return index_clear(db, a, doc->rid, e);
    return record_parse(a, doc, e) && index_collect(&rows, doc->node, e) &&
           index_collect_contained(db, &rows, doc, e) && index_clear(db, a, doc->rid, e) &&
           index_send(db, &rows, doc->rid, e);
}
