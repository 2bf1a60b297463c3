/* What a unified procedure step says, by the rows of maps/ups.def; and parts of it for events. */
#include <stddef.h>

#include "dicom/net/ups.h"
#include "domain/study.h"

enum how { NUMBER, TEXT, CODE, TIME };
enum { TEXT_MAX = 1024 };

static const struct {
    size_t member; /* offset in struct workitem */
    uint32_t tag;
    enum how how;
} rows[] = {
#define READ(member, tag, how) {offsetof(struct workitem, member), tag, how},
#define CREATE(tag, type)
#include "dicom/net/maps/ups.def"
#undef READ
#undef CREATE
};

static const struct {
    uint32_t tag;
    int type;
} attributes[] = {
#define READ(member, tag, how)
#define CREATE(tag, type) {tag, type},
#include "dicom/net/maps/ups.def"
#undef READ
#undef CREATE
};

bool ups_attribute(size_t i, uint32_t *ret_tag, int *ret_type)
{
    if (i >= sizeof attributes / sizeof attributes[0])
        return false;
    *ret_tag = attributes[i].tag;
    *ret_type = attributes[i].type;
    return true;
}

/* DT: YYYY[MM[DD[HH[MM[SS[.F]]]]]][±ZZXX] as FHIR says it; "" for what is none. */
static struct str read_time(const struct dicom_item *root, uint32_t tag, struct arena *a)
{
    struct str dt = normal_text(root, tag, a), zone = normal_text(root, DICOM_TAG(0x0008, 0x0201), a);
    size_t end = 0;
    while (end < dt.n && dt.p[end] != '+' && dt.p[end] != '-')
        end++;
    if (end < dt.n)
        zone = str_sub(dt, end, dt.n);
    clock_us from, to;
    struct str said = end < 8 ? STR("") : study_time(a, str_sub(dt, 0, 8), str_sub(dt, 8, end - 8), zone);
    return said.n && clock_range(said, &from, &to) ? said : STR("");
}

static bool read_row(const struct dicom_item *root, size_t i, struct arena *a, struct workitem *w, struct err *e)
{
    struct str *to = (struct str *)(void *)((char *)w + rows[i].member);
    if (rows[i].how == NUMBER)
        return normal_number(root, rows[i].tag, a, to, e);
    *to = rows[i].how == CODE   ? normal_code(root, rows[i].tag, a)
          : rows[i].how == TIME ? read_time(root, rows[i].tag, a)
                                : str_utf8_clip(normal_text(root, rows[i].tag, a), TEXT_MAX);
    return true;
}

static bool one_of(struct str value, const char *const *words, const char *what, struct err *e)
{
    for (size_t i = 0; words[i]; i++)
        if (str_is(value, words[i]))
            return true;
    return err_set(e, ERR_INVALID, "the %s is not one that PS3.3 knows", what);
}

bool ups_read(const struct dicom_item *root, struct arena *a, struct workitem *ret, struct err *e)
{
    static const char *const priorities[] = {"HIGH", "MEDIUM", "LOW", NULL};
    static const char *const readiness[] = {"INCOMPLETE", "UNAVAILABLE", "READY", NULL};
    struct workitem w = {.sop_uid = STR("")};
    struct str birth = read_time(root, DICOM_TAG(0x0010, 0x0030), a);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (!read_row(root, i, a, &w, e))
            return false;
    w.patient_birth_date = str_sub(birth, 0, 10);
    if (!w.start.n)
        return err_set(e, ERR_INVALID, "the scheduled start is no time");
    *ret = w;
    return one_of(w.priority, priorities, "priority", e) && one_of(w.readiness, readiness, "input readiness", e);
}

/* ---- parts ---- */

bool ups_part(const struct dicom_item *from, const uint32_t *tags, size_t n, struct arena *a, struct str *ret_bytes,
              struct err *e)
{
    struct dicom_dataset *ds = dicom_dataset_new("ISO_IR 192", e);
    bool any = false, ok = ds != NULL;
    for (size_t i = 0; ok && i < n; i++)
        if (from && !dicom_is_empty(from, tags[i])) {
            any = true;
            ok = dicom_put_copy(dicom_dataset_root(ds), from, tags[i], e);
        }
    *ret_bytes = STR("");
    ok = ok && (!any || normal_keep(ds, a, ret_bytes, e));
    dicom_dataset_free(ds);
    return ok;
}

static bool assigned(const struct dicom_item *root, struct arena *a, struct str *ret_bytes, struct err *e)
{
    static const uint32_t people[] = {DICOM_TAG(0x0040, 0x4009), DICOM_TAG(0x0040, 0x4036)};
    const struct dicom_item *person = dicom_item_find(root, TAG_UPS_PEOPLE, 0);
    struct dicom_dataset *ds = dicom_dataset_new("ISO_IR 192", e);
    bool any = false, ok = ds != NULL;
    if (ok && !dicom_is_empty(root, TAG_UPS_STATIONS)) {
        any = true;
        ok = dicom_put_copy(dicom_dataset_root(ds), root, TAG_UPS_STATIONS, e);
    }
    for (size_t i = 0; ok && person && i < 2; i++)
        if (!dicom_is_empty(person, people[i])) {
            any = true;
            ok = dicom_put_copy(dicom_dataset_root(ds), person, people[i], e);
        }
    *ret_bytes = STR("");
    ok = ok && (!any || normal_keep(ds, a, ret_bytes, e));
    dicom_dataset_free(ds);
    return ok;
}

bool ups_tell_assigned(struct domain *d, const struct workitem_row *row, const struct dicom_item *root, struct err *e)
{
    struct workitem_news news = {WORKITEM_ASSIGNED, row->sop_uid, row->state, row->readiness, STR("")};
    return assigned(root, d->arena, &news.dataset, e) &&
           (!news.dataset.n || workitem_tell(d, row->rid, &news, NULL, e));
}
