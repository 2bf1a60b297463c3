/* C-FIND Study Root at study level, from the archive index alone. */
#include "dicom/net/find.h"
#include "domain/study_find.h"

enum match { MATCH_SKIP, MATCH_TEXT, MATCH_UIDS, MATCH_DATES, MATCH_TIMES };
enum how { AS_TEXT, AS_DATE };

struct row {
    uint32_t tag;
    size_t column, key; /* offsets in struct study_row and struct study_query */
    enum how how;
    enum match match;
};

#define HOW_OF_TEXT AS_TEXT
#define HOW_OF_LIST AS_TEXT
#define HOW_OF_DATE AS_DATE
#define MATCH_OF_NONE MATCH_SKIP
#define MATCH_OF_SINGLE MATCH_TEXT
#define MATCH_OF_WILD MATCH_TEXT
#define MATCH_OF_UIDS MATCH_UIDS
#define MATCH_OF_DATES MATCH_DATES
#define MATCH_OF_TIMES MATCH_TIMES
static const struct row rows[] = {
#define STUDY_TAG(tag, column, member, how, match, unasked)                                                            \
    {tag, offsetof(struct study_row, column), offsetof(struct study_query, member), HOW_OF_##how, MATCH_OF_##match},
#include "domain/study_keys.def"
#undef STUDY_TAG
};

enum { ROWS = sizeof rows / sizeof rows[0], STUDIES_MAX = 1000 };
#define TAG_LEVEL DICOM_TAG(0x0008, 0x0052)
#define TAG_RETRIEVE_AE DICOM_TAG(0x0008, 0x0054)
#define TAG_SERIES_COUNT DICOM_TAG(0x0020, 0x1206)
#define TAG_INSTANCE_COUNT DICOM_TAG(0x0020, 0x1208)
#define TAG_AVAILABILITY DICOM_TAG(0x0008, 0x0056)

static bool read_uids(const struct row *r, const struct dicom_item *keys, struct arena *a, struct study_query *q)
{
    size_t n = dicom_count(keys, r->tag);
    struct str *list = ARENA_ARRAY(a, struct str, n + 1);
    for (size_t i = 0; i < n; i++)
        list[i] = dicom_get_nth(keys, r->tag, i, a);
    q->uids = list;
    q->uid_count = n;
    return true;
}

static bool read_key(const struct row *r, const struct dicom_item *keys, struct arena *a, struct study_query *q,
                     struct err *e)
{
    struct str text = dicom_get(keys, r->tag, a);
    struct str ends[2];
    bool dates = r->match == MATCH_DATES;
    if (!text.n || str_is(text, "*") || r->match == MATCH_SKIP)
        return true;
    if (r->match == MATCH_TEXT) {
        *(struct str *)(void *)((char *)q + r->key) = text;
        return true;
    }
    if (r->match == MATCH_UIDS)
        return read_uids(r, keys, a, q);
    if (!dicom_range(dates ? RANGE_DATE : RANGE_TIME, text, a, ends, e))
        return false;
    *(dates ? &q->from_date : &q->from_time) = ends[0];
    *(dates ? &q->to_date : &q->to_time) = dates ? ends[1] : dicom_time_end(ends[1], a);
    return true;
}

static bool read_keys(const struct dicom_item *keys, struct arena *a, struct study_query *q, struct err *e)
{
    struct str level = dicom_get(keys, TAG_LEVEL, a);
    if (!str_is(level, "STUDY"))
        return err_set(e, ERR_REQUIRED, "Query/Retrieve Level must be STUDY here");
    for (int i = 0; i < ROWS; i++)
        if (!read_key(&rows[i], keys, a, q, e))
            return false;
    return true;
}

struct filling {
    struct dicom_item *to;
    const struct study_row *study;
    const char *ae_title;
    struct arena *arena;
    struct err *e;
    bool ok;
};

static struct str text_of(const struct filling *f, const struct row *r)
{
    struct str s = *(const struct str *)(const void *)((const char *)f->study + r->column);
    if (r->how == AS_DATE && s.n == 10)
        return arena_printf(f->arena, "%.4s%.2s%.2s", s.p, s.p + 5, s.p + 8);
    return s.p ? s : STR("");
}

static struct str computed(const struct filling *f, uint32_t tag)
{
    switch (tag) {
    case TAG_LEVEL:
        return STR("STUDY");
    case TAG_RETRIEVE_AE:
        return str_of(f->ae_title);
    case TAG_AVAILABILITY:
        return STR("ONLINE");
    case TAG_SERIES_COUNT:
        return arena_printf(f->arena, "%d", f->study->series_count);
    case TAG_INSTANCE_COUNT:
        return arena_printf(f->arena, "%d", f->study->instance_count);
    default:
        return STR("");
    }
}

static bool fill_one(void *ctx, const struct dicom_item *request, const struct dicom_element *el)
{
    struct filling *f = ctx;
    (void)request;
    if (el->tag == DICOM_SPECIFIC_CHARACTER_SET || (el->tag & 0xffff) == 0)
        return true;
    for (int i = 0; i < ROWS; i++)
        if (rows[i].tag == el->tag)
            return f->ok = dicom_put_or_empty(f->to, el->tag, text_of(f, &rows[i]), f->e);
    f->ok = find_put_unknown(f->to, el, computed(f, el->tag), f->e);
    return f->ok;
}

static bool answer(struct find *f, const struct study_row *study, struct arena *a, struct err *e)
{
    struct filling fill = {find_answer(f, e), study, f->session->config->ae_title, a, e, true};
    if (!fill.to)
        return false;
    dicom_each(find_keys(f), fill_one, &fill);
    return fill.ok && dicom_put(fill.to, TAG_LEVEL, STR("STUDY"), e);
}

static bool search(struct op *op, struct find *f, struct err *e)
{
    struct domain d = gate_domain(op);
    struct study_query q = {.limit = STUDIES_MAX + 1};
    struct study_row *studies;
    size_t n;
    op->event->object_type = STR("Study");
    if (!read_keys(find_keys(f), op->arena, &q, e) || !study_find(&d, &q, &studies, &n, e))
        return false;
    op->event->patient = q.patient_id;
    op->event->accession = q.accession;
    op->event->study_uid = q.uid_count == 1 ? q.uids[0] : STR("");
    n = find_limit(f, n, STUDIES_MAX);
    for (size_t i = 0; i < n; i++)
        if (!answer(f, &studies[i], op->arena, e))
            return err_wrap(e, "study answer");
    return true;
}

bool service_find_study(struct session *s, const struct service *service, const struct dicom_command *command)
{
    return find_serve(s, service, command, search);
}
