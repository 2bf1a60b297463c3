/* C-FIND of the archive at all its levels, from the index alone (PS3.4 C.4.1). */
#include "dicom/net/archive.h"
#include "dicom/net/find.h"

#include <string.h>

enum { ANSWERS_MAX = 10000 };

struct search { /* of one request */
    const struct service *service;
    struct archive_query query;
    struct archive_answers answers;
};

struct filling {
    struct find *f;
    const struct search *search;
    size_t row;
    struct dicom_item *to;
    struct err *e;
    bool ok;
};

/* ---- what no column holds ---- */

static struct str retrieve_url(const struct filling *f)
{
    const struct archive_answers *a = &f->search->answers;
    struct str study = archive_get(a, f->row, ARCHIVE_STUDY_UID), series = archive_get(a, f->row, ARCHIVE_SERIES_UID),
               object = archive_get(a, f->row, ARCHIVE_SOP_UID);
    struct session *s = f->f->session;
    const char *base = gate_policy(s->config->gate)->public_url;
    if (!study.n || !base)
        return STR("");
    return arena_printf(&s->arena, "%s/dicom-web/studies/%.*s%s%.*s%s%.*s", base, STR_ARG(study),
                        series.n ? "/series/" : "", STR_ARG(series), object.n ? "/instances/" : "", STR_ARG(object));
}

static struct str computed(const struct filling *f, uint32_t tag)
{
    const struct archive_query *q = &f->search->query;
    switch (tag) {
    case TAG_RETRIEVE_AE:
        return str_of(f->f->session->config->ae_title);
    case TAG_AVAILABILITY:
        return STR("ONLINE");
    case TAG_RETRIEVE_URL:
        return q->level > AT_PATIENT ? retrieve_url(f) : STR("");
    default:
        return STR("");
    }
}

/* ---- sequences: an item for each first value ---- */

static bool put_nth(struct filling *f, struct dicom_item *item, enum archive_key k, size_t n)
{
    struct str rest = archive_get(&f->search->answers, f->row, k), one = STR("");
    for (size_t i = 0; i <= n && rest.n; i++)
        if (!str_next(&rest, '\\', &one))
            one = STR("");
    return dicom_put_or_empty(item, archive_row(k)->tag, one, f->e);
}

static size_t values_of(struct str joined)
{
    size_t n = joined.n > 0;
    for (size_t i = 0; i < joined.n; i++)
        n += joined.p[i] == '\\';
    return n;
}

static bool put_item(struct filling *f, uint32_t in, size_t n)
{
    struct dicom_item *item = dicom_put_item(f->to, in, f->e);
    bool ok = item != NULL;
    for (int i = 0; ok && i < ARCHIVE_KEYS; i++) {
        enum archive_key k = (enum archive_key)i;
        if (archive_row(k)->in == in && f->search->query.asked[k])
            ok = put_nth(f, item, k, n);
    }
    return ok;
}

static bool put_sequence(struct filling *f, uint32_t in)
{
    size_t items = 0;
    for (int i = 0; i < ARCHIVE_KEYS; i++) {
        size_t n = archive_row((enum archive_key)i)->in == in
                       ? values_of(archive_get(&f->search->answers, f->row, (enum archive_key)i))
                       : 0;
        items = n > items ? n : items;
    }
    bool ok = dicom_put_sequence(f->to, in, f->e);
    for (size_t n = 0; ok && n < items; n++)
        ok = put_item(f, in, n);
    return ok;
}

static bool knows_sequence(uint32_t tag)
{
    for (int i = 0; i < ARCHIVE_KEYS; i++)
        if (archive_row((enum archive_key)i)->in == tag)
            return true;
    return false;
}

/* ---- answers ---- */

/* Every key that was asked comes back, and no other; what the archive does not hold comes back empty. */
static bool fill_one(void *ctx, const struct dicom_item *request, const struct dicom_element *el)
{
    struct filling *f = ctx;
    enum archive_key k = archive_key_find(el->tag, 0);
    (void)request;
    if (el->tag == DICOM_SPECIFIC_CHARACTER_SET || el->tag == TAG_QUERY_LEVEL || (el->tag & 0xffff) == 0)
        return true;
    if (el->tag == TAG_ZONE_OFFSET && f->search->query.zoned)
        f->ok = dicom_put_copy(f->to, request, el->tag, f->e);
    else if (k != ARCHIVE_KEYS)
        f->ok = dicom_put_or_empty(f->to, el->tag, archive_get(&f->search->answers, f->row, k), f->e);
    else if (strcmp(el->vr, "SQ") == 0 && knows_sequence(el->tag))
        f->ok = put_sequence(f, el->tag);
    else
        f->ok = find_put_unknown(f->to, el, computed(f, el->tag), f->e);
    return f->ok;
}

static bool answer(struct find *f, size_t i, struct dicom_item *to, struct err *e)
{
    const struct search *search = f->ctx;
    struct filling fill = {f, search, i, to, e, true};
    dicom_each(find_keys(f), fill_one, &fill);
    return fill.ok && dicom_put(to, TAG_QUERY_LEVEL, str_of(archive_level_name(search->query.level)), e);
}

/* A URL needs the UIDs it is made of. */
static void ask_for_url(struct archive_query *q, const struct dicom_item *keys)
{
    for (int l = AT_STUDY; dicom_exists(keys, TAG_RETRIEVE_URL) && l <= (int)q->level; l++)
        q->asked[archive_unique((enum archive_level)l)] = true;
}

static bool search(struct op *op, struct find *f, struct err *e)
{
    struct domain d = gate_domain(op);
    struct search *s = f->ctx;
    op->event->object_type = STR("Study");
    if (!archive_identifier(f->session, s->service, find_keys(f), USE_FIND, &s->query, e))
        return false;
    archive_describe(op, &s->query);
    ask_for_url(&s->query, find_keys(f));
    s->query.limit = ANSWERS_MAX + 1;
    if (!archive_find(&d, &s->query, &s->answers, e))
        return false;
    f->count = find_limit(f, s->answers.n, ANSWERS_MAX);
    return true;
}

bool service_find_archive(struct session *s, const struct service *service, const struct dicom_command *command)
{
    struct search *of = ARENA_NEW(&s->arena, struct search);
    struct find f = {.session = s, .search = search, .answer = answer, .ctx = of};
    of->service = service;
    return find_serve(&f, service, command);
}
