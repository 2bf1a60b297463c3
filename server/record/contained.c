/* Contained resources in the index: each has a row id of its own, under which its values stand as a document's do. It
 * keeps that id while its container holds it, so that a walk over the pages of a search meets it once. */
#include "record/index_priv.h"

#include <stdlib.h>

#include "schema/queries.h"

enum { CONTENT_MAX = 64 << 20 };

struct place {
    const struct fhir_node *node;
    struct str id;
    size_t n; /* in the document's order */
};

static int by_id(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    int order = str_cmp(x->id, y->id);
    return order ? order : (x->n > y->n) - (x->n < y->n);
}

/* What can be found: by id, the first of each. */
static size_t read_places(struct arena *a, const struct fhir_node *list, struct place **ret_places)
{
    size_t n = 0, kept = 0;
    for (const struct fhir_node *c = list->first; c; c = c->next)
        n++;
    struct place *all = *ret_places = ARENA_ARRAY(a, struct place, n + 1);
    n = 0;
    for (const struct fhir_node *c = list->first; c; c = c->next) {
        struct str id = c->kind == FHIR_OBJECT ? fhir_text(c, "id") : STR("");
        if (id.n && fhir_is_resource(fhir_text(c, "resourceType"))) {
            all[n] = (struct place){c, id, n};
            n++;
        }
    }
    if (n)
        qsort(all, n, sizeof *all, by_id);
    for (size_t i = 0; i < n; i++)
        if (!kept || !str_eq(all[kept - 1].id, all[i].id))
            all[kept++] = all[i];
    return kept;
}

static bool collect_one(struct index_rows *rows, const struct place *p, int64_t container, struct err *e)
{
    struct buf b CLEANUP(buf_release);
    buf_init(&b, CONTENT_MAX);
    if (!fhir_write_json(p->node, false, &b, e) || !buf_ok(&b, e))
        return false;
    index_add_contained(rows, container, p->id, arena_str(rows->arena, buf_view(&b)));
    return index_collect_values(rows, p->node, e);
}

/* known: columns id, rid, by id as places are. */
static bool collect_all(struct index_rows *rows, const struct place *all, size_t n, const struct db_rows *known,
                        int64_t container, struct err *e)
{
    struct str type = rows->type;
    int k = 0, stored = known ? db_count(known) : 0;
    for (size_t i = 0; i < n; i++) {
        while (k < stored && str_cmp(db_get(known, k, 0), all[i].id) < 0)
            k++;
        bool same = k < stored && str_eq(db_get(known, k, 0), all[i].id);
        rows->rid = same ? db_get_int(known, k, 1) : record_rid_new() | RECORD_CONTAINED_RID;
        rows->type = fhir_text(all[i].node, "resourceType");
        if (!collect_one(rows, &all[i], container, e))
            return false;
    }
    rows->rid = 0;
    rows->type = type;
    return true;
}

bool index_collect_contained(struct db *db, struct index_rows *rows, const struct record_doc *doc, struct err *e)
{
    const struct fhir_node *list = fhir_member(doc->node, "contained");
    const struct db_rows *known = NULL;
    struct place *all;
    if (!list)
        return true;
    size_t n = read_places(rows->arena, list, &all);
    if (doc->version) {
        struct db_args args = db_args(rows->arena);
        db_int(&args, doc->rid);
        known = db_run(db, &Q_search_contained_known, &args, e);
        if (!known)
            return false;
    }
    return collect_all(rows, all, n, known, doc->rid, e);
}
