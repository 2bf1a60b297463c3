#include "fhir/subscription/subscription_priv.h"

#include <string.h>

#include "schema/queries.h"

/* ---- triggers ---- */

static bool one_focus(struct topic_case *c)
{
    c->focus = c->now;
    c->focus_count = 1;
    return true;
}

static bool is_order(const struct record_doc *doc)
{
    return str_is(doc->type, "ServiceRequest") && str_is(fhir_text(doc->node, "intent"), "order");
}

static bool settled(const struct record_doc *report)
{
    static const char *const states[] = {"final", "amended", "corrected", "appended"};
    for (size_t i = 0; report->version && !report->deleted && i < sizeof states / sizeof states[0]; i++)
        if (str_is(fhir_text(report->node, "status"), states[i]))
            return true;
    return false;
}

static bool order_placed(struct topic_case *c, struct err *e)
{
    (void)e;
    return !is_order(c->now) || c->before->version || one_focus(c);
}

static bool order_changed(struct topic_case *c, struct err *e)
{
    (void)e;
    return !is_order(c->now) || !c->before->version || one_focus(c);
}

static bool has_images(struct topic_case *c, struct str id, bool *ret_has, struct err *e)
{
    struct db_args args = db_args(c->op->arena);
    db_text(&args, id);
    const struct db_rows *r = db_run(c->op->db, &Q_subscription_has_images, &args, e);
    *ret_has = r && db_get_bool(r, 0, 0);
    return r != NULL;
}

/* Its document becomes available with the first images; a note without a new version says it came to rest. */
static bool study_available(struct topic_case *c, struct err *e)
{
    bool has, rest = c->before->version == c->now->version;
    if (!has_images(c, c->now->id, &has, e))
        return false;
    bool was = c->before->version && str_is(fhir_text(c->before->node, "status"), "available");
    return !has || (was && !rest) || one_focus(c);
}

static bool report_final(struct topic_case *c, struct err *e)
{
    (void)e;
    bool same = c->before->version && str_eq(fhir_text(c->now->node, "status"), fhir_text(c->before->node, "status"));
    return !str_is(c->now->type, "DiagnosticReport") || !settled(c->now) || same || one_focus(c);
}

/* ---- the report and its images ---- */

static bool images_of(struct topic_case *c, const struct record_doc *report, bool *ret_has, struct err *e)
{
    *ret_has = false;
    for (int i = 0; i < 50 && !*ret_has; i++) {
        struct str type, id,
            reference = fhir_text(report->node, arena_printf(c->op->arena, "imagingStudy[%d].reference", i).p);
        if (!reference.n)
            break;
        if (domain_split_reference(reference, &type, &id) && str_is(type, "ImagingStudy") &&
            !has_images(c, id, ret_has, e))
            return false;
    }
    return true;
}

static bool first_time(struct topic_case *c, int64_t rid, bool *ret_first, struct err *e)
{
    struct db_args args = db_args(c->op->arena);
    db_text(&args, STR("report-and-images"));
    db_int(&args, rid);
    const struct db_rows *r = db_run(c->op->db, &Q_subscription_fire_once, &args, e);
    *ret_first = r && db_count(r) > 0;
    return r != NULL;
}

static bool add_if_due(struct topic_case *c, struct record_doc *report, struct err *e)
{
    bool due = false;
    if (!settled(report))
        return true;
    if (!images_of(c, report, &due, e) || (due && !first_time(c, report->rid, &due, e)))
        return false;
    if (due)
        c->focus[c->focus_count++] = *report;
    return true;
}

/* Reports that were final before the images came. */
static bool reports_of_study(struct topic_case *c, struct err *e)
{
    struct arena *a = c->op->arena;
    struct db_args args = db_args(a);
    db_int(&args, record_param(STR("DiagnosticReport"), STR("imagingStudy")));
    db_text(&args, arena_printf(a, "ImagingStudy/%.*s", STR_ARG(c->now->id)));
    const struct db_rows *r = db_run(c->op->db, &Q_subscription_reports_of, &args, e);
    if (!r)
        return false;
    int n = db_count(r);
    int64_t *rid = ARENA_ARRAY(a, int64_t, (size_t)n + 1);
    for (int i = 0; i < n; i++)
        rid[i] = db_get_int(r, i, 0);
    c->focus = ARENA_ARRAY(a, struct record_doc, (size_t)n + 1);
    for (int i = 0; i < n; i++) {
        struct record_doc report;
        if (!record_get_rid(c->op->db, a, rid[i], RECORD_READ, &report, e) || !record_parse(a, &report, e) ||
            !add_if_due(c, &report, e))
            return false;
    }
    return true;
}

static bool report_and_images(struct topic_case *c, struct err *e)
{
    if (str_is(c->now->type, "ImagingStudy"))
        return reports_of_study(c, e);
    c->focus = ARENA_ARRAY(c->op->arena, struct record_doc, 1);
    return add_if_due(c, c->now, e);
}

/* ---- the table ---- */

static const struct topic topics[] = {
#define TOPIC(name, focus, listens, trigger, doc) {SUBSCRIPTION_TOPICS name, focus, listens, trigger},
#define FILTER(topic, filter, search)
#include "fhir/subscription/topics.def"
#undef TOPIC
#undef FILTER
};
static const struct {
    const char *url, *filter, *search;
} filters[] = {
#define TOPIC(name, focus, listens, trigger, doc)
#define FILTER(topic, filter, search) {SUBSCRIPTION_TOPICS topic, filter, search},
#include "fhir/subscription/topics.def"
#undef TOPIC
#undef FILTER
};

const struct topic *topic_at(int i)
{
    return i >= 0 && (size_t)i < sizeof topics / sizeof topics[0] ? &topics[i] : NULL;
}

const char *subscription_topic(int i)
{
    return topic_at(i) ? topic_at(i)->url : NULL;
}

const struct topic *topic_find(struct str url)
{
    for (int i = 0; topic_at(i); i++)
        if (str_is(url, topic_at(i)->url))
            return topic_at(i);
    return NULL;
}

static const char *search_of(const struct topic *t, struct str name)
{
    for (size_t i = 0; i < sizeof filters / sizeof filters[0]; i++)
        if (strcmp(filters[i].url, t->url) == 0 && str_is(name, filters[i].filter))
            return filters[i].search;
    return NULL;
}

bool topic_filter(struct arena *a, const struct topic *t, struct str text, struct str *ret_search, struct err *e)
{
    size_t mark = str_find(text, '?');
    struct str rest = str_sub(text, mark + 1, text.n), part, search = STR("");
    if (mark == text.n || !str_is(str_sub(text, 0, mark), t->focus))
        return err_set(e, ERR_INVALID, "a filter of this topic begins with '%s?'", t->focus);
    while (str_next(&rest, '&', &part)) {
        size_t equals = str_find(part, '=');
        struct str name = str_sub(part, 0, equals), bare = str_sub(name, 0, str_find(name, ':'));
        const char *code = search_of(t, bare);
        if (!code || equals == part.n)
            return err_set(e, ERR_INVALID, "the topic has no filter '%.*s'", STR_ARG(str_utf8_clip(bare, 40)));
        search = arena_printf(a, "%.*s%s%s%.*s", STR_ARG(search), search.n ? "&" : "", code,
                              STR_ARG(str_sub(part, bare.n, part.n)));
    }
    *ret_search = search;
    return true;
}
