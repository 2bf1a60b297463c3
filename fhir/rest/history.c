/* The history of a document, of a type and of the record (http.html#history). Newest first; a page goes on behind the
 * last version it showed. */
#include "fhir/rest/search_priv.h"

#include "domain/resource.h"
#include "record/history.h"

struct asked { /* for what */
    struct op *op;
    struct str type, id; /* empty: of all types, of all documents */
    struct record_history past;
    struct summary summary;
    int count;
    bool count_only, lenient;
    struct str used; /* for links: "_since=…&_count=…" */
};

/* ---- parameters ---- */

static bool take_since(struct asked *q, struct str value, struct err *e)
{
    clock_us end;
    return clock_range(value, &q->past.since, &end) || err_set(e, ERR_INVALID, "_since is an instant or a date");
}

/* What was current at some time within a period: a date's own, or from or until it. */
static bool take_at(struct asked *q, struct str value, struct err *e)
{
    static const struct {
        bool fits, from_start, from_end, to_start, to_end;
    } rows[] = {
        [PREFIX_EQ] = {true, true, false, false, true},  [PREFIX_GE] = {true, true, false, false, false},
        [PREFIX_GT] = {true, false, true, false, false}, [PREFIX_SA] = {true, false, true, false, false},
        [PREFIX_LE] = {true, false, false, false, true}, [PREFIX_LT] = {true, false, false, true, false},
        [PREFIX_EB] = {true, false, false, true, false}, [PREFIX_AP] = {false, false, false, false, false},
    };
    clock_us from, to;
    enum prefix p = value_prefix(&value);
    if (!rows[p].fits || !clock_range(value, &from, &to))
        return err_set(e, ERR_INVALID, "_at is a date or time, with eq, ge, gt, le or lt before it if need be");
    if (rows[p].from_start || rows[p].from_end)
        q->past.from = rows[p].from_start ? from : to;
    if (rows[p].to_start || rows[p].to_end)
        q->past.to = rows[p].to_start ? from : to;
    return true;
}

static bool take_count(struct asked *q, struct str value, struct err *e)
{
    int64_t n;
    if (!str_int(value, &n) || n < 0)
        return err_set(e, ERR_INVALID, "_count is a number from 0");
    q->count = n > COUNT_MAX ? COUNT_MAX : (int)n;
    q->count_only = q->count_only || !n;
    return true;
}

/* "time.row.version" */
static bool take_cursor(struct asked *q, struct str value, struct err *e)
{
    struct str part[3] = {STR(""), STR(""), STR("")};
    int64_t version = 0;
    struct record_place *p = &q->past.behind;
    bool ok = value.n > 0;
    for (int i = 0; i < 3 && ok; i++)
        ok = value.p && str_next(&value, '.', &part[i]);
    ok = ok && !value.p && str_int(part[0], &p->updated) && str_int(part[1], &p->rid) && str_int(part[2], &version) &&
         p->updated > 0 && p->updated < INT64_C(1) << 57 && version > 0 && version <= INT32_MAX;
    p->version = (int)version;
    return ok || err_set(e, ERR_INVALID, "_cursor is no page this server gave");
}

static bool take_sort(struct asked *q, struct str value, struct err *e)
{
    (void)q;
    return str_is(value, "-_lastUpdated") || err_set(e, ERR_INVALID, "a history is sorted by -_lastUpdated");
}

static bool take_summary(struct asked *q, struct str value, struct err *e)
{
    if (!summary_take(q->op->arena, (struct http_pair){STR("_summary"), value}, &q->summary, e))
        return false;
    q->count_only = q->count_only || q->summary.count;
    return true;
}

static bool take_elements(struct asked *q, struct str value, struct err *e)
{
    return summary_take(q->op->arena, (struct http_pair){STR("_elements"), value}, &q->summary, e) &&
           (!q->type.n || summary_paths(&q->summary, q->type, e));
}

/* TO ADD A PARAMETER OF A HISTORY: 1 a row here  2 a test */
static const struct {
    const char *name;
    bool (*take)(struct asked *q, struct str value, struct err *e); /* NULL: it is about the form of the answer */
    bool shown;                                                     /* in links */
} parameters[] = {
    {"_since", take_since, true},       {"_at", take_at, true},          {"_count", take_count, true},
    {"_sort", take_sort, true},         {"_cursor", take_cursor, false}, {"_summary", take_summary, true},
    {"_elements", take_elements, true}, {"_format", NULL, true},         {"_pretty", NULL, true},
};
enum { PARAMETERS = sizeof parameters / sizeof parameters[0] };

static void note_used(struct asked *q, struct str name, struct str value)
{
    q->used = arena_printf(q->op->arena, "%.*s%s%.*s=%.*s", STR_ARG(q->used), q->used.n ? "&" : "", STR_ARG(name),
                           STR_ARG(query_escape(q->op->arena, value)));
}

static bool take(struct asked *q, const struct http_pair *p, unsigned *given, struct err *e)
{
    unsigned i = 0;
    while (i < PARAMETERS && !str_is(p->name, parameters[i].name))
        i++;
    if (i == PARAMETERS)
        return q->lenient ||
               err_set(e, ERR_UNSUPPORTED, "a history has no parameter '%.*s'", STR_ARG(str_utf8_clip(p->name, 60)));
    if (*given & 1U << i)
        return err_set(e, ERR_INVALID, "%s is given once", parameters[i].name);
    *given |= 1U << i;
    if (parameters[i].shown)
        note_used(q, p->name, p->value);
    return !parameters[i].take || parameters[i].take(q, p->value, e);
}

static bool read_parameters(struct asked *q, struct gate_http *h, struct err *e)
{
    unsigned given = 0;
    const struct http_request *r = h->request;
    struct str handling = negotiate_prefer(r, "handling");
    q->count = COUNT_DEFAULT;
    q->used = STR("");
    q->lenient = str_is(handling, "lenient");
    if (q->lenient || str_is(handling, "strict"))
        negotiate_applied(h, "handling", handling);
    q->summary = (struct summary){.part = {.kind = FHIR_PART_ALL}};
    for (size_t i = 0; i < r->query_count; i++)
        if (!take(q, &r->query[i], &given, e))
            return false;
    q->past.limit = q->count + 1; /* one more tells whether another page follows */
    return true;
}

/* ---- the answer ---- */

static void put_link(struct bundle *b, const struct asked *q, const char *relation, const struct record_place *behind)
{
    struct arena *a = q->op->arena;
    struct str url = arena_printf(a, "%.*s%s%.*s%s%.*s/_history", STR_ARG(b->base), q->type.n ? "/" : "",
                                  STR_ARG(q->type), q->id.n ? "/" : "", STR_ARG(q->id));
    if (q->used.n || behind->version)
        url = arena_printf(a, "%.*s?%.*s", STR_ARG(url), STR_ARG(q->used));
    if (behind->version)
        url = arena_printf(a, "%.*s%s_cursor=%lld.%lld.%d", STR_ARG(url), q->used.n ? "&" : "",
                           (long long)behind->updated, (long long)behind->rid, behind->version);
    bundle_link(b, relation, url);
}

/* The newest version of a study shows its images as they are now. */
static bool put_versions(struct bundle *b, struct asked *q, struct err *e)
{
    struct domain d = gate_domain(q->op);
    for (size_t i = 0; i < q->past.count; i++) {
        struct record_version *v = &q->past.versions[i];
        if (v->latest && !resource_render(&d, &v->doc, e))
            return false;
        bundle_version(b, v);
    }
    return true;
}

/* Counted when that is asked for, told when it costs nothing. */
static bool put_total(struct bundle *b, const struct asked *q, bool more, struct err *e)
{
    int64_t total = (int64_t)q->past.count;
    if (!q->count_only && (more || q->past.behind.version))
        return true;
    if (q->count_only && !record_history_count(q->op->db, q->op->arena, &q->past, &total, e))
        return false;
    bundle_total(b, total);
    return true;
}

static bool send(struct asked *q, struct gate_http *h, struct err *e)
{
    struct bundle b CLEANUP(bundle_release);
    clock_us horizon;
    struct record_place last = {0};
    bool more = false;
    bundle_start(&b, q->op, "history");
    if (!record_history_horizon(q->op->db, q->op->arena, &horizon, e))
        return false;
    if (!q->count_only && !record_history_find(q->op->db, q->op->arena, &q->past, e))
        return false;
    if (q->past.count > (size_t)q->count) {
        const struct record_doc *doc = &q->past.versions[q->count - 1].doc;
        last = (struct record_place){doc->updated, doc->rid, doc->version};
        q->past.count = (size_t)q->count;
        more = true;
    }
    q->op->event->count = (int64_t)q->past.count;
    b.part = &q->summary.part;
    bundle_stamp(&b, horizon);
    if (!put_total(&b, q, more, e))
        return false;
    put_link(&b, q, "self", &q->past.behind);
    if (more)
        put_link(&b, q, "next", &last);
    return put_versions(&b, q, e) && bundle_send(&b, q->op, h, e);
}

/* ---- the three levels ---- */

static bool begin(struct asked *q, struct gate_http *h, struct err *e)
{
    struct answer_form form;
    if (str_is(q->type, "AuditEvent"))
        return err_set(e, ERR_METHOD, "an AuditEvent never changes and has no history");
    q->past = record_history_all(q->op->access);
    return negotiate_answer(h->request, &form, e) && read_parameters(q, h, e);
}

bool fhir_history(struct op *op, struct gate_http *h, struct err *e)
{
    struct record_doc doc;
    bool found;
    struct asked q = {.op = op};
    if (!answer_target(h, &q.type, &q.id, e))
        return false;
    answer_about(op, q.type, q.id);
    if (!begin(&q, h, e))
        return false;
    struct record_key key = {op->access, q.type, q.id, RECORD_READ};
    if (!record_find(op->db, op->arena, key, &doc, &found, e))
        return false;
    if (!found)
        return err_set(e, ERR_NOT_FOUND, "no '%.*s/%.*s'", STR_ARG(q.type), STR_ARG(q.id));
    if (!doc.deleted && !record_parse(op->arena, &doc, e))
        return false;
    answer_patient(op, &doc);
    q.past.rid = doc.rid;
    return send(&q, h, e);
}

/* A walk that is not quick ends in time, as a search does. */
static bool send_many(struct asked *q, struct gate_http *h, struct err *e)
{
    q->op->event->object_type = q->type;
    q->op->event->query = h->request->query_raw;
    if (!begin(q, h, e) || !patience_start(q->op, e))
        return false;
    q->past.type = q->type;
    return send(q, h, e) || patience_told(q->op, "the history", "give _since, or a smaller _count", e);
}

bool fhir_history_type(struct op *op, struct gate_http *h, struct err *e)
{
    struct asked q = {.op = op, .id = STR("")};
    return answer_type(h, &q.type, e) && send_many(&q, h, e);
}

bool fhir_history_system(struct op *op, struct gate_http *h, struct err *e)
{
    struct asked q = {.op = op, .type = STR(""), .id = STR("")};
    return send_many(&q, h, e);
}
