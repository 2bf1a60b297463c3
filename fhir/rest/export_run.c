/* The work of a bulk export: one walk over the record in the order of row ids, a file a type. What is written is the
 * cut that was taken when the export was asked for, however long the walk takes and on whatever node it is taken up
 * again. Memory is one page. Live parts (the images of a study) are those of the moment of writing. */
#include "fhir/rest/operation_priv.h"

#include "domain/resource.h"
#include "schema/queries.h"

enum { PAGE = 200, FILES_MAX = 160 };

struct output {
    struct str type;
    struct files_stage *stage;
    int64_t lines;
};

struct run {
    struct gate *gate;
    struct db *db;
    struct arena arena, page; /* of the run; of one page */
    struct str id, access, centre, patients, types, cut, filters;
    struct summary wanted; /* _elements */
    bool since_given;
    int64_t since, cursor, seen;
    int64_t params[COMPARTMENT_PARAMS_MAX];
    size_t param_n;
    struct output output[FILES_MAX];
    size_t outputs;
};

static struct str kept(struct run *r, const struct db_rows *rows, int column)
{
    struct str text = db_get(rows, 0, column);
    return text.p ? arena_str(&r->arena, text) : STR_NONE;
}

/* *ret_due false: it was cancelled, or is done. */
static bool load(struct run *r, bool *ret_due, struct err *e)
{
    struct db_args args = db_args(&r->arena);
    db_text(&args, r->id);
    db_null(&args);
    const struct db_rows *rows = db_run(r->db, &Q_export_get, &args, e);
    if (!rows)
        return false;
    struct str state = db_count(rows) ? db_get(rows, 0, 0) : STR("");
    *ret_due = str_is(state, "waiting") || str_is(state, "running");
    if (!*ret_due)
        return true;
    r->access = kept(r, rows, 5);
    r->centre = kept(r, rows, 6);
    r->patients = kept(r, rows, 7);
    r->types = kept(r, rows, 8);
    r->since_given = !db_is_null(rows, 0, 9);
    r->since = r->since_given ? db_get_int(rows, 0, 9) : 0;
    r->cut = kept(r, rows, 10);
    r->filters = kept(r, rows, 11);
    struct http_pair elements = {STR("_elements"), kept(r, rows, 12)};
    r->wanted.part.kind = FHIR_PART_ALL;
    if (elements.value.n && !summary_take(&r->arena, elements, &r->wanted, e))
        return false;
    if (r->centre.n)
        r->param_n = operation_compartment("Patient", r->params);
    return true;
}

static const struct db_rows *next_page(struct run *r, struct err *e)
{
    struct db_args args = db_args(&r->page);
    db_text_opt(&args, r->access);
    db_int(&args, r->cursor);
    db_int(&args, PAGE);
    db_text(&args, r->cut);
    db_text(&args, r->types);
    if (r->since_given)
        db_int(&args, r->since);
    else
        db_null(&args);
    if (r->param_n)
        db_ints(&args, r->params, r->param_n);
    else
        db_null(&args);
    db_text(&args, r->patients);
    return db_run(r->db, &Q_export_page, &args, e);
}

static struct output *output_of(struct run *r, struct str type, struct err *e)
{
    for (size_t i = 0; i < r->outputs; i++)
        if (str_eq(r->output[i].type, type))
            return &r->output[i];
    struct files_stage *stage = r->outputs < FILES_MAX ? files_stage_new(gate_files(r->gate), e) : NULL;
    if (!stage)
        return NULL;
    r->output[r->outputs] = (struct output){.type = arena_str(&r->arena, type), .stage = stage};
    return &r->output[r->outputs++];
}

/* ---- _typeFilter ---- */

/* A type without filters is exported whole; with some, what one of them matches. Matching is by the index of now. */
static bool is_wanted(struct run *r, struct domain *d, const struct record_doc *doc, bool *ret_wanted, struct err *e)
{
    struct str rest = r->filters, one, type;
    struct audit_event event = {.kind = AUDIT_EXPORT};
    struct op op = {.arena = d->arena, .db = r->db, .who = d->who, .access = r->access, .department = STR(""),
                    .event = &event, .gate = r->gate};
    *ret_wanted = true;
    while (rest.n && str_next(&rest, '\n', &one)) {
        if (!str_next(&one, '?', &type) || !str_eq(type, doc->type))
            continue;
        if (!fhir_search_matches(&op, doc, one, ret_wanted, e))
            return err_wrap(e, "_typeFilter");
        if (*ret_wanted)
            return true;
    }
    return true;
}

static bool cut(struct run *r, struct domain *d, struct record_doc *doc, struct err *e)
{
    if (r->wanted.part.kind == FHIR_PART_ALL)
        return true;
    if (!record_parse(d->arena, doc, e))
        return false;
    doc->node = fhir_part(d->arena, doc->node, &r->wanted.part);
    return resource_write(d, doc, e);
}

static bool write_row(struct run *r, struct domain *d, struct record_doc *doc, struct err *e)
{
    bool wanted;
    if (!is_wanted(r, d, doc, &wanted, e) || !wanted)
        return e->code == ERR_NONE;
    if (!resource_render(d, doc, e) || !cut(r, d, doc, e))
        return false;
    struct output *to = output_of(r, doc->type, e);
    if (!to || !files_stage_write(to->stage, doc->content.p, doc->content.n, e) ||
        !files_stage_write(to->stage, "\n", 1, e))
        return false;
    to->lines++;
    return true;
}

/* Rows are taken first: rendering asks the database again. */
static bool write_page(struct run *r, bool *ret_more, struct err *e)
{
    struct principal who = auth_system();
    struct domain d = {.arena = &r->page,
                       .db = r->db,
                       .access = r->access,
                       .department = STR(""),
                       .who = &who,
                       .policy = gate_policy(r->gate)};
    struct record_doc docs[PAGE];
    size_t n = 0;
    const struct db_rows *rows = next_page(r, e);
    if (!rows)
        return false;
    int count = db_count(rows);
    for (int i = 0; i < count; i++)
        if (db_get_bool(rows, i, 8))
            docs[n++] = record_row(rows, i, &r->page);
    if (count)
        r->cursor = db_get_int(rows, count - 1, 0);
    r->seen += count;
    *ret_more = count == PAGE;
    for (size_t i = 0; i < n; i++)
        if (!write_row(r, &d, &docs[i], e))
            return false;
    return true;
}

/* Tell how far it is, and learn whether it is still wanted. */
static bool report(struct run *r, bool *ret_wanted, struct err *e)
{
    struct db_args args = db_args(&r->page);
    db_text(&args, r->id);
    db_int(&args, r->seen);
    const struct db_rows *rows = db_run(r->db, &Q_export_progress, &args, e);
    *ret_wanted = rows && db_count(rows);
    return rows != NULL;
}

static bool walk(struct run *r, bool *ret_wanted, struct err *e)
{
    bool more = true;
    *ret_wanted = true;
    while (more && *ret_wanted) {
        arena_reset(&r->page);
        if (!report(r, ret_wanted, e) || !*ret_wanted)
            return *ret_wanted || e->code == ERR_NONE;
        bool ok = db_begin(r->db, DB_READ, e) && write_page(r, &more, e) && db_commit(r->db, e);
        if (!ok) {
            db_rollback(r->db);
            return false;
        }
    }
    return true;
}

/* The files' rows and the state in one commit: the rows publish the files. */
static bool publish(struct run *r, bool *ret_kept, struct err *e)
{
    struct db_args end = db_args(&r->arena);
    *ret_kept = false;
    for (size_t i = 0; i < r->outputs; i++)
        if (!files_stage_sync(r->output[i].stage, e))
            return false;
    if (!db_begin(r->db, DB_WRITE, e))
        return false;
    for (size_t i = 0; i < r->outputs; i++) {
        struct db_args args = db_args(&r->arena);
        db_text(&args, r->id);
        db_int(&args, (int64_t)i + 1);
        db_text(&args, r->output[i].type);
        db_text(&args, str_of(files_stage_name(r->output[i].stage)));
        db_int(&args, r->output[i].lines);
        if (!db_send(r->db, &Q_export_file_put, &args, e))
            return false;
    }
    db_text(&end, r->id);
    db_text(&end, STR("done"));
    const struct db_rows *rows = db_run(r->db, &Q_export_end, &end, e);
    if (!rows || !db_count(rows)) /* cancelled meanwhile */
        return rows != NULL;
    *ret_kept = db_commit(r->db, e);
    return *ret_kept;
}

static bool run(struct run *r, bool *ret_kept, struct err *e)
{
    bool due, wanted;
    if (!load(r, &due, e))
        return false;
    if (!due)
        return true;
    return walk(r, &wanted, e) && (!wanted || publish(r, ret_kept, e));
}

bool fhir_export_run(struct gate *g, struct db *db, struct str payload, struct err *e)
{
    bool kept_files = false;
    struct run *r = mem_zalloc(sizeof *r);
    r->gate = g;
    r->db = db;
    arena_init(&r->arena);
    arena_init(&r->page);
    r->id = payload;
    bool ok = run(r, &kept_files, e);
    if (db_in_transaction(db))
        db_rollback(db);
    for (size_t i = 0; i < r->outputs; i++)
        files_stage_free(r->output[i].stage, kept_files);
    arena_release(&r->page);
    arena_release(&r->arena);
    mem_free(r);
    return ok;
}
