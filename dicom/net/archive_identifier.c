/* Identifiers of query and retrieve: level, keys, and what the model demands of them. */
#include "dicom/net/archive.h"

#include <stdlib.h>
#include <string.h>

static const char *const level_names[ARCHIVE_LEVELS] = {"PATIENT", "STUDY", "SERIES", "IMAGE"};

const char *archive_level_name(enum archive_level level)
{
    return level_names[level];
}

struct reading {
    struct archive_query *q;
    struct arena *arena;
    struct err *e;
    uint32_t in; /* the sequence whose item is being read */
    bool ok;
};

/* ---- values ---- */

static bool read_range(struct reading *r, const struct dicom_item *keys, enum archive_key k, struct err *e)
{
    bool times = archive_row(k)->match == ARCHIVE_MATCH_TIME;
    struct str *ends = ARENA_ARRAY(r->arena, struct str, 2);
    struct str text = dicom_get(keys, archive_row(k)->tag, r->arena);
    if (!dicom_range(times ? RANGE_TIME : RANGE_DATE, text, r->arena, ends, e))
        return false;
    ends[1] = times ? dicom_time_end(ends[1], r->arena) : ends[1];
    r->q->key[k] = (struct archive_values){ends, ends[0].n || ends[1].n ? 2 : 0};
    return true;
}

/* Several values: any of them may fit. A lone * fits everything, so no value of the key counts then. */
static void read_values(struct reading *r, const struct dicom_item *keys, enum archive_key k)
{
    size_t n = dicom_count(keys, archive_row(k)->tag), count = 0;
    struct str *list = ARENA_ARRAY(r->arena, struct str, n + 1), all = dicom_get(keys, archive_row(k)->tag, r->arena);
    if (n == 1) {
        list[count++] = str_trim(all);
    } else {
        struct str rest = all, one;
        while (rest.n && str_next(&rest, '\\', &one))
            list[count++] = str_trim(one);
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (str_is(list[i], "*"))
            return;
        if (list[i].n)
            list[kept++] = list[i];
    }
    r->q->key[k] = (struct archive_values){list, kept};
}

static bool read_key(void *ctx, const struct dicom_item *keys, const struct dicom_element *el);

static bool read_sequence(struct reading *r, const struct dicom_item *keys, const struct dicom_element *el)
{
    struct reading inner = *r;
    inner.in = el->tag;
    if (el->count > 1)
        return err_set(r->e, ERR_INVALID, "sequence (%04X,%04X) of an identifier has more than one item",
                       (unsigned)(el->tag >> 16), (unsigned)(el->tag & 0xffff));
    for (int i = 0; !el->count && i < ARCHIVE_KEYS; i++) /* without an item all of it is asked for */
        if (archive_row((enum archive_key)i)->in == el->tag)
            r->q->asked[i] = true;
    if (el->count)
        dicom_each(dicom_item_find(keys, el->tag, 0), read_key, &inner);
    return inner.ok;
}

static bool read_key(void *ctx, const struct dicom_item *keys, const struct dicom_element *el)
{
    struct reading *r = ctx;
    if (strcmp(el->vr, "SQ") == 0) {
        r->ok = r->in || read_sequence(r, keys, el);
        return r->ok;
    }
    enum archive_key k = archive_key_find(el->tag, r->in);
    if (k == ARCHIVE_KEYS)
        return true;
    r->q->asked[k] = true;
    enum archive_match match = archive_row(k)->match;
    if (match == ARCHIVE_MATCH_DATE || match == ARCHIVE_MATCH_TIME)
        r->ok = read_range(r, keys, k, r->e);
    else if (match != ARCHIVE_MATCH_NONE)
        read_values(r, keys, k);
    return r->ok;
}

/* ---- rules ---- */

static bool read_level(const struct archive_model *m, const struct dicom_item *keys, struct arena *a,
                       enum archive_level *ret_level, struct err *e)
{
    struct str text = str_trim(dicom_get(keys, TAG_QUERY_LEVEL, a));
    if (!text.n && m->top == m->bottom) {
        *ret_level = m->top;
        return true;
    }
    for (int l = m->top; l <= (int)m->bottom; l++)
        if (str_is(text, level_names[l])) {
            *ret_level = (enum archive_level)l;
            return true;
        }
    return err_set(e, ERR_REQUIRED, "Query/Retrieve Level is none of this model");
}

static bool is_single(const struct archive_values *v)
{
    return v->n == 1 && str_find(v->v[0], '*') == v->v[0].n && str_find(v->v[0], '?') == v->v[0].n;
}

static bool missing(enum archive_key k, const char *what, struct err *e)
{
    uint32_t tag = archive_row(k)->tag;
    return err_set(e, ERR_REQUIRED, "unique key (%04X,%04X) %s", (unsigned)(tag >> 16), (unsigned)(tag & 0xffff), what);
}

/* What stands above the level is named by one value each, unless relational queries were negotiated (PS3.4 C.4.1.2). */
static bool check_above(const struct archive_model *m, const struct archive_query *q, struct err *e)
{
    for (int l = m->top; l < (int)q->level; l++) {
        enum archive_key k = archive_unique((enum archive_level)l);
        if (!is_single(&q->key[k]))
            return missing(k, "of a level above is missing, or not one value", e);
    }
    return true;
}

/* What is retrieved is named: one patient, or a list of UIDs (PS3.4 C.4.2.2.1). */
static bool check_named(const struct archive_query *q, struct err *e)
{
    enum archive_key k = archive_unique(q->level);
    const struct archive_values *v = &q->key[k];
    if (!v->n || (q->level == AT_PATIENT && !is_single(v)))
        return missing(k, "of what is to be retrieved is missing", e);
    for (size_t i = 0; i < v->n; i++)
        if (q->level != AT_PATIENT && !dicom_uid_check(v->v[i], true, NULL))
            return missing(k, "is no UID", e);
    return true;
}

/* (0008,0201), "+0530". */
static bool read_zone(struct archive_query *q, const struct dicom_item *keys, struct arena *a, struct err *e)
{
    struct str text = str_trim(dicom_get(keys, TAG_ZONE_OFFSET, a));
    int64_t n;
    if (!text.n)
        return true;
    if (text.n != 5 || (text.p[0] != '+' && text.p[0] != '-') || !str_int(str_sub(text, 1, 4), &n) || n % 100 > 59 ||
        n > 1400)
        return err_set(e, ERR_INVALID, "Timezone Offset From UTC is not of its form");
    q->zoned = true;
    q->zone_minutes = (int)(n / 100 * 60 + n % 100) * (text.p[0] == '-' ? -1 : 1);
    return true;
}

/* A retrieval is of what the unique keys name, whatever else stands in its identifier. */
static void keep_unique(struct archive_query *q)
{
    struct archive_query only = {.level = q->level};
    for (int l = AT_PATIENT; l <= (int)q->level; l++) {
        enum archive_key k = archive_unique((enum archive_level)l);
        only.key[k] = q->key[k];
    }
    only.key[ARCHIVE_PATIENT_ISSUER] = q->key[ARCHIVE_PATIENT_ISSUER];
    *q = only;
}

bool archive_identifier(struct session *s, const struct service *service, const struct dicom_item *keys,
                        enum archive_use use, struct archive_query *ret_query, struct err *e)
{
    const struct archive_model *m = archive_model(service->sop_class);
    struct archive_query q = {.limit = 0};
    struct reading r = {&q, &s->arena, e, 0, true};
    if (!read_level(m, keys, &s->arena, &q.level, e))
        return false;
    dicom_each(keys, read_key, &r);
    if (!r.ok)
        return false;
    q.fuzzy = archive_negotiated(s, service, EXTENSION_FUZZY);
    q.combined = archive_negotiated(s, service, EXTENSION_COMBINED);
    if (use == USE_FIND && archive_negotiated(s, service, EXTENSION_ZONE) && !read_zone(&q, keys, &s->arena, e))
        return false;
    if (use == USE_RETRIEVE)
        keep_unique(&q);
    *ret_query = q;
    return (archive_negotiated(s, service, EXTENSION_RELATIONAL) || check_above(m, &q, e)) &&
           (use == USE_FIND || check_named(&q, e));
}

static struct str only(const struct archive_query *q, enum archive_key k)
{
    return is_single(&q->key[k]) ? q->key[k].v[0] : STR("");
}

void archive_describe(struct op *op, const struct archive_query *q)
{
    op->event->object_type = STR("Study");
    op->event->patient = only(q, ARCHIVE_PATIENT_ID);
    op->event->accession = only(q, ARCHIVE_ACCESSION);
    op->event->study_uid = only(q, ARCHIVE_STUDY_UID);
}
