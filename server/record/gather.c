/* Rows on their way to the database: at once, or gathered over the documents of a transaction, so that they cost one
 * statement a table and not one a document. */
#include "record/index_priv.h"

#include <string.h>

#include "schema/queries.h"

struct gather {
    struct arena *arena;
    struct record_doc *doc; /* new ones */
    size_t docs, doc_room;
    struct index_row *row;
    size_t n, room;
    size_t bytes;   /* of the documents and their words */
    int64_t *clear; /* documents whose stored rows go first */
    size_t clears, clear_room;
    struct record_written *written;
    size_t writes, write_room;
};

/* Then they go: arrays of PostgreSQL have their limits, and so has memory. */
enum { GATHER_ROWS_MAX = 20000, GATHER_BYTES_MAX = 4 << 20 };

/* ---- sending ---- */

static bool send_documents(struct db *db, struct gather *g, struct err *e)
{
    size_t n = g->docs;
    g->docs = 0;
    return !n || gather_send_documents(db, g->arena, g->doc, n, e);
}

static bool send_gathered(struct db *db, struct gather *g, struct err *e)
{
    size_t n = g->n, clears = g->clears;
    g->n = g->clears = g->bytes = 0;
    return send_documents(db, g, e) && gather_send_clear(db, g->arena, g->clear, clears, e) &&
           (!n || gather_send_rows(db, g->arena, g->row, n, e));
}

/* These neither read documents nor are tied to them by a constraint: documents may come behind them. */
static bool may_pass(const struct db_query *q)
{
    static const struct db_query *const free_ones[] = {&Q_patient_identifier_add,
                                                       &Q_patient_identifier_put,
                                                       &Q_order_identifier_put,
                                                       &Q_worklist_put,
                                                       &Q_message_trace_put,
                                                       &Q_message_put,
                                                       &Q_audit_event_put,
                                                       &Q_audit_event_put_all,
                                                       &Q_outbox_note,
                                                       &Q_said_put};
    for (size_t i = 0; i < sizeof free_ones / sizeof free_ones[0]; i++)
        if (q == free_ones[i])
            return true;
    return false;
}

/* Every statement that looks into the index has its tables in its text. */
static bool before(struct db *db, void *ctx, const struct db_query *q, struct err *e)
{
    struct gather *g = ctx;
    if (q == &Q_resource_insert)
        return true;
    if ((g->n || g->clears) && (!q || strstr(q->sql, "search_")))
        return send_gathered(db, g, e);
    return !g->docs || (q && may_pass(q)) || send_documents(db, g, e);
}

void record_gather(struct db *db, struct arena *a)
{
    struct gather *g = ARENA_NEW(a, struct gather);
    g->arena = a;
    db_gather(db, before, g);
}

static bool is_full(const struct gather *g)
{
    return g->n >= GATHER_ROWS_MAX || g->bytes >= GATHER_BYTES_MAX;
}

static void keep_rows(struct gather *g, const struct index_rows *rows)
{
    ARENA_ROOM(g->arena, g->row, g->n, rows->n, g->room);
    for (size_t i = 0; i < rows->n; i++) {
        g->row[g->n++] = rows->row[i];
        g->bytes += rows->row[i].system.n + rows->row[i].text.n;
    }
}

bool gather_document(struct db *db, struct arena *a, const struct record_doc *doc, struct err *e)
{
    struct gather *g = db_gathering(db, before);
    if (!g)
        return gather_send_documents(db, a, doc, 1, e);
    ARENA_ROOM(g->arena, g->doc, g->docs, 1, g->doc_room);
    g->doc[g->docs++] = *doc;
    g->bytes += doc->content.n;
    return true;
}

bool index_send(struct db *db, const struct index_rows *rows, int64_t rid, struct err *e)
{
    struct gather *g = db_gathering(db, before);
    for (size_t i = 0; i < rows->n; i++) {
        rows->row[i].document = rid;
        if (!rows->row[i].rid)
            rows->row[i].rid = rid;
    }
    if (!g)
        return gather_send_rows(db, rows->arena, rows->row, rows->n, e);
    keep_rows(g, rows);
    return !is_full(g) || send_gathered(db, g, e);
}

static void forget(struct gather *g, int64_t rid)
{
    size_t kept = 0;
    for (size_t i = 0; i < g->n; i++)
        if (g->row[i].document != rid)
            g->row[kept++] = g->row[i];
    g->n = kept;
}

bool index_clear(struct db *db, struct arena *a, int64_t rid, struct err *e)
{
    struct gather *g = db_gathering(db, before);
    if (!g)
        return gather_send_clear(db, a, &rid, 1, e);
    forget(g, rid);
    ARENA_ROOM(g->arena, g->clear, g->clears, 1, g->clear_room);
    g->clear[g->clears++] = rid;
    return true;
}

/* ---- what was written ---- */

static struct record_written *written_place(struct gather *g, int64_t rid)
{
    for (size_t i = 0; i < g->writes; i++)
        if (g->written[i].rid == rid)
            return &g->written[i];
    if (g->writes == g->write_room) {
        size_t room = 2 * g->write_room + 16;
        struct record_written *wider = ARENA_ARRAY(g->arena, struct record_written, room);
        if (g->writes)
            memcpy(wider, g->written, g->writes * sizeof *wider);
        g->written = wider;
        g->write_room = room;
    }
    return &g->written[g->writes++];
}

void gather_written(struct db *db, const struct record_doc *doc)
{
    struct gather *g = db_gathering(db, before);
    if (!g)
        return;
    struct record_written *w = written_place(g, doc->rid);
    *w = (struct record_written){doc->rid, arena_str(g->arena, doc->type), arena_str(g->arena, doc->id), doc->version};
}

const struct record_written *record_written(struct db *db, size_t *ret_n)
{
    const struct gather *g = db_gathering(db, before);
    *ret_n = g ? g->writes : 0;
    return g ? g->written : NULL;
}
