/* ImagingStudy as clients see it: the stored document (who ordered it, notes, reasons) under the archive's rows. */
#include "domain/study.h"

#include <stdio.h>

#include "schema/queries.h"

struct str study_time(struct arena *a, struct str date, struct str time, struct str zone)
{
    struct clock_date c = {.month = 1, .day = 1};
    int64_t n;
    if (date.n != 8 || !str_int(date, &n))
        return STR_NONE;
    if (time.n < 6 || !str_int(str_sub(time, 0, 6), &n))
        return arena_printf(a, "%.4s-%.2s-%.2s", date.p, date.p + 4, date.p + 6);
    c.hour = (int)(n / 10000);
    c.minute = (int)(n / 100 % 100);
    c.second = (int)(n % 100);
    str_int(date, &n);
    c.year = (int)(n / 10000);
    c.month = (int)(n / 100 % 100);
    c.day = (int)(n % 100);
    c.offset_minutes = clock_site_offset(&c);
    if (zone.n == 5 && str_int(zone, &n))
        c.offset_minutes = (int)(n / 100 * 60 + n % 100);
    int o = c.offset_minutes < 0 ? -c.offset_minutes : c.offset_minutes;
    return arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", c.year, c.month, c.day, c.hour, c.minute,
                        c.second, c.offset_minutes < 0 ? '-' : '+', o / 60, o % 60);
}

static void add_coding(struct arena *a, struct fhir_node *parent, const char *key, const char *system, struct str code)
{
    struct fhir_node *coding = fhir_add_object(a, parent, key);
    fhir_add_string(a, coding, "system", str_of(system));
    fhir_add_string(a, coding, "code", code);
}

static const char dcm[] = "http://dicom.nema.org/resources/ontology/DCM";

static void add_modalities(struct arena *a, struct fhir_node *study, struct str modalities)
{
    struct str one;
    if (!modalities.n)
        return;
    struct fhir_node *list = fhir_add_array(a, study, "modality");
    while (str_next(&modalities, '\\', &one))
        add_coding(a, list, NULL, dcm, one);
}

static void add_number(struct arena *a, struct fhir_node *object, const char *key, struct str digits)
{
    int64_t n;
    if (str_int(str_trim(digits), &n) && n >= 0 && n <= INT32_MAX)
        fhir_add_number(a, object, key, arena_printf(a, "%d", (int)n));
}

static struct fhir_node *add_series(struct domain *d, struct fhir_node *list, const struct db_rows *r, int i,
                                    struct str zone)
{
    struct arena *a = d->arena;
    struct fhir_node *s = fhir_add_object(a, list, NULL);
    struct str part[9];
    for (int c = 1; c < 9; c++)
        part[c] = arena_str(a, db_get(r, i, c));
    fhir_add_string(a, s, "uid", part[1]);
    add_number(a, s, "number", part[3]);
    add_coding(a, s, "modality", dcm, part[2].n ? part[2] : STR("OT"));
    if (part[4].n)
        fhir_add_string(a, s, "description", part[4]);
    fhir_add_number(a, s, "numberOfInstances", arena_printf(a, "%d", (int)db_get_int(r, i, 9)));
    if (part[5].n)
        fhir_add_string(a, fhir_add_object(a, s, "bodySite"), "display", part[5]);
    if (part[6].n)
        fhir_add_string(a, fhir_add_object(a, s, "laterality"), "code", part[6]);
    struct str started = study_time(a, part[7], part[8], zone);
    if (started.n)
        fhir_add_string(a, s, "started", started);
    return s;
}

static void add_instance(struct domain *d, struct fhir_node *list, const struct db_rows *r, int i)
{
    struct arena *a = d->arena;
    struct fhir_node *n = fhir_add_object(a, list, NULL);
    fhir_add_string(a, n, "uid", arena_str(a, db_get(r, i, 2)));
    struct fhir_node *sop = fhir_add_object(a, n, "sopClass");
    fhir_add_string(a, sop, "system", STR("urn:ietf:rfc:3986"));
    fhir_add_string(a, sop, "code", arena_printf(a, "urn:oid:%.*s", STR_ARG(db_get(r, i, 3))));
    add_number(a, n, "number", db_get(r, i, 4));
}

struct shown { /* the series of a study as they stand in its document */
    struct fhir_node **node;
    int64_t *key;
    int n;
};

static bool add_all_series(struct domain *d, struct record_doc *doc, const struct study_row *s, struct shown *ret,
                           struct err *e)
{
    struct arena *a = d->arena;
    struct db_args args = db_args(a);
    db_int(&args, s->key);
    const struct db_rows *series = db_run(d->db, &Q_series_of_study, &args, e);
    if (!series)
        return false;
    ret->n = db_count(series);
    struct fhir_node *list = ret->n ? fhir_add_array(a, doc->node, "series") : NULL;
    ret->node = ARENA_ARRAY(a, struct fhir_node *, (size_t)ret->n + 1);
    ret->key = ARENA_ARRAY(a, int64_t, (size_t)ret->n + 1);
    for (int i = 0; i < ret->n; i++) {
        ret->key[i] = db_get_int(series, i, 0);
        ret->node[i] = add_series(d, list, series, i, s->zone);
    }
    return true;
}

static struct fhir_node *instance_list(struct domain *d, const struct shown *shown, int64_t series)
{
    for (int i = 0; i < shown->n; i++)
        if (shown->key[i] == series)
            return fhir_add_array(d->arena, shown->node[i], "instance");
    return NULL; /* a series of a moment ago: it shows with the next read */
}

/* One row more than asked for tells whether there are others. */
static bool add_instances(struct domain *d, const struct study_row *s, const struct shown *shown,
                          struct study_view *view, struct err *e)
{
    struct db_args args = db_args(d->arena);
    struct fhir_node *into = NULL;
    int64_t current = 0;
    db_int(&args, s->key);
    db_int(&args, view->series);
    db_int(&args, view->instance);
    db_int(&args, view->limit + 1);
    const struct db_rows *r = db_run(d->db, &Q_instances_page, &args, e);
    if (!r)
        return false;
    int n = db_count(r);
    view->more = n > view->limit;
    n = view->more ? view->limit : n;
    for (int i = 0; i < n; i++) {
        int64_t of = db_get_int(r, i, 0);
        into = of == current ? into : instance_list(d, shown, of);
        current = of;
        if (into)
            add_instance(d, into, r, i);
    }
    if (n) {
        view->series = current;
        view->instance = db_get_int(r, n - 1, 1);
    }
    return true;
}

/* ---- where the pixels are ---- */

static struct fhir_node *add_contained(struct arena *a, struct fhir_node *list, const char *id, const char *type)
{
    struct fhir_node *endpoint = fhir_add_object(a, list, NULL);
    fhir_add_string(a, endpoint, "resourceType", STR("Endpoint"));
    fhir_add_string(a, endpoint, "id", str_of(id));
    fhir_add_string(a, endpoint, "status", STR("active"));
    add_coding(a, endpoint, "connectionType", "http://terminology.hl7.org/CodeSystem/endpoint-connection-type",
               str_of(type));
    struct fhir_node *payload = fhir_add_object(a, fhir_add_array(a, endpoint, "payloadType"), NULL);
    fhir_add_string(a, payload, "text", STR("DICOM"));
    return endpoint;
}

static void add_link(struct arena *a, struct fhir_node *list, const char *reference)
{
    fhir_add_string(a, fhir_add_object(a, list, NULL), "reference", str_of(reference));
}

/* Contained, so that whoever may see the study sees them: the root of DICOMweb (IHE WIA), and where a person looks at
 * the images (IHE IID). */
static void add_endpoints(struct domain *d, struct fhir_node *study, const struct study_row *s)
{
    struct arena *a = d->arena;
    if (fhir_member(study, "endpoint") || fhir_member(study, "contained"))
        return;
    struct fhir_node *list = fhir_add_array(a, study, "contained"), *links = fhir_add_array(a, study, "endpoint");
    struct fhir_node *wado = add_contained(a, list, "wado", "dicom-wado-rs");
    struct str viewer = study_viewer(d, s->uid, s->accession, s->patient_id);
    fhir_add_string(a, fhir_add_array(a, wado, "payloadMimeType"), NULL, STR("application/dicom"));
    fhir_add_string(a, wado, "address", arena_printf(a, "%s/dicom-web", d->policy->public_url));
    add_link(a, links, "#wado");
    if (!viewer.n)
        return;
    struct fhir_node *iid = add_contained(a, list, "viewer", "ihe-iid");
    fhir_add_string(a, fhir_add_array(a, iid, "payloadMimeType"), NULL, STR("text/html"));
    fhir_add_string(a, iid, "address", viewer);
    add_link(a, links, "#viewer");
}

static bool stamp(struct domain *d, struct record_doc *doc, const struct study_row *s, struct err *e)
{
    char when[CLOCK_TEXT];
    doc->version += s->revision;
    if (s->changed > doc->updated)
        doc->updated = s->changed;
    clock_text(doc->updated, when);
    str_copy(when + 23, sizeof when - 23, STR("Z"));
    return fhir_set(d->arena, doc->node, "meta.versionId", arena_printf(d->arena, "%d", doc->version), e) &&
           fhir_set(d->arena, doc->node, "meta.lastUpdated", arena_str(d->arena, str_of(when)), e);
}

void study_drop_live(struct fhir_node *study)
{
    static const char *const live[] = {"status",         "modality",          "started",
                                       "numberOfSeries", "numberOfInstances", "series"};
    for (size_t i = 0; i < sizeof live / sizeof live[0]; i++)
        fhir_remove(study, live[i]);
}

bool study_render(struct domain *d, struct record_doc *doc, struct study_view *view, struct err *e)
{
    struct study_row s;
    struct shown shown;
    bool found;
    struct arena *a = d->arena;
    if (!record_parse(a, doc, e) || !study_find_document(d, doc->rid, &s, &found, e))
        return err_wrap(e, "render '%.*s'", STR_ARG(domain_reference(d, doc)));
    if (!found || !s.instance_count)
        return true;
    study_drop_live(doc->node);
    fhir_add_string(a, doc->node, "status", STR("available"));
    add_modalities(a, doc->node, s.modalities);
    struct str started = study_time(a, s.date, s.time, s.zone);
    if (started.n)
        fhir_add_string(a, doc->node, "started", started);
    if (s.description.n && !fhir_member(doc->node, "description"))
        fhir_add_string(a, doc->node, "description", s.description);
    fhir_add_number(a, doc->node, "numberOfSeries", arena_printf(a, "%d", s.series_count));
    fhir_add_number(a, doc->node, "numberOfInstances", arena_printf(a, "%d", s.instance_count));
    add_endpoints(d, doc->node, &s);
    return add_all_series(d, doc, &s, &shown, e) && (!view || add_instances(d, &s, &shown, view, e)) &&
           stamp(d, doc, &s, e);
}

bool study_index(struct domain *d, const struct study_row *s, const struct record_doc *doc, struct err *e)
{
    size_t n = 0;
    struct db_args args = db_args(d->arena);
    db_int(&args, s->key);
    const struct db_rows *series = db_run(d->db, &Q_series_of_study, &args, e);
    if (!series)
        return false;
    struct record_token *token = ARENA_ARRAY(d->arena, struct record_token, (size_t)db_count(series) + 21);
    token[n++] = (struct record_token){"status", STR("http://hl7.org/fhir/imagingstudy-status"), STR("available")};
    struct str rest = s->modalities, one;
    while (n < 20 && str_next(&rest, '\\', &one))
        token[n++] = (struct record_token){"modality", str_of(dcm), one};
    for (int i = 0; i < db_count(series); i++)
        token[n++] = (struct record_token){"series", STR(""), arena_str(d->arena, db_get(series, i, 1))};
    struct str started = study_time(d->arena, s->date, s->time, s->zone);
    return record_index_tokens(d->db, d->arena, doc, token, n, e) &&
           (!started.n || record_index_date(d->db, d->arena, doc, "started", started, e));
}

bool study_reindex(struct domain *d, const struct record_doc *doc, struct err *e)
{
    struct study_row s;
    bool found = false;
    return study_find_document(d, doc->rid, &s, &found, e) &&
           (!found || !s.instance_count || study_index(d, &s, doc, e));
}

bool study_project(struct domain *d, const struct record_doc *doc, struct err *e)
{
    return doc->version < 2 || doc->deleted || study_reindex(d, doc, e);
}
