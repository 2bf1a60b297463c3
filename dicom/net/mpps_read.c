#include "dicom/net/mpps.h"

#include <stddef.h>

#include "domain/study.h"

enum place { ROOT, SERIES };
enum how { NUMBER, TEXT, CODE };

struct row {
    size_t member; /* offset in struct performed */
    enum place place;
    uint32_t tag;
    enum how how;
    bool fixed;
};

#define FIXED true
#define FREE false
static const struct row rows[] = {
#define PERFORMED(member, place, tag, how, keep) {offsetof(struct performed, member), place, tag, how, keep},
#include "dicom/net/maps/performed.def"
#undef PERFORMED
};
#undef FIXED
#undef FREE

enum { ROWS = sizeof rows / sizeof rows[0], TEXT_MAX = 1024, ITEMS_MAX = 500 };

#define TAG_SCHEDULED DICOM_TAG(0x0040, 0x0270)
#define TAG_SERIES DICOM_TAG(0x0040, 0x0340)
#define TAG_BIRTH_DATE DICOM_TAG(0x0010, 0x0030)
#define TAG_START_DATE DICOM_TAG(0x0040, 0x0244)
#define TAG_START_TIME DICOM_TAG(0x0040, 0x0245)
#define TAG_END_DATE DICOM_TAG(0x0040, 0x0250)
#define TAG_END_TIME DICOM_TAG(0x0040, 0x0251)
#define TAG_ZONE DICOM_TAG(0x0008, 0x0201)

static bool read_row(const struct dicom_item *root, const struct row *r, struct arena *a, struct performed *p,
                     struct err *e)
{
    const struct dicom_item *item = r->place == SERIES ? dicom_item_find(root, TAG_SERIES, 0) : root;
    struct str *to = (struct str *)(void *)((char *)p + r->member);
    if (r->how == NUMBER)
        return normal_number(item, r->tag, a, to, e);
    *to = r->how == CODE ? normal_code(item, r->tag, a) : str_utf8_clip(normal_text(item, r->tag, a), TEXT_MAX);
    return true;
}

static bool read_item(const struct dicom_item *from, struct arena *a, struct performed_item *to, struct err *e)
{
    const struct dicom_item *issuer = dicom_item_find(from, DICOM_TAG(0x0008, 0x0051), 0);
    return normal_number(from, DICOM_TAG(0x0020, 0x000D), a, &to->study_uid, e) &&
           normal_number(from, DICOM_TAG(0x0008, 0x0050), a, &to->accession, e) &&
           normal_number(issuer, DICOM_TAG(0x0040, 0x0031), a, &to->accession_issuer, e) &&
           normal_number(from, DICOM_TAG(0x0040, 0x0009), a, &to->step_id, e) &&
           normal_number(from, DICOM_TAG(0x0040, 0x1001), a, &to->procedure_id, e);
}

/* Without the sequence, which some modalities leave out when nothing was scheduled, the root may still say the study.
 */
static bool read_items(const struct dicom_item *root, struct arena *a, struct performed *p, struct err *e)
{
    size_t n = dicom_count(root, TAG_SCHEDULED);
    struct performed_item *items = ARENA_ARRAY(a, struct performed_item, n + 1);
    if (n > ITEMS_MAX)
        return err_set(e, ERR_TOO_LARGE, "a performed step of more than %d scheduled ones", ITEMS_MAX);
    for (size_t i = 0; i < n; i++)
        if (!read_item(dicom_item_find(root, TAG_SCHEDULED, i), a, &items[i], e))
            return false;
    if (!n && !read_item(root, a, &items[0], e))
        return false;
    p->items = items;
    p->item_count = n ? n : 1;
    return true;
}

static struct str iso_date(struct str da, struct arena *a)
{
    clock_us from, to;
    if (da.n != 8)
        return STR("");
    struct str iso = arena_printf(a, "%.4s-%.2s-%.2s", da.p, da.p + 4, da.p + 6);
    return clock_range(iso, &from, &to) ? iso : STR("");
}

static void read_times(const struct dicom_item *root, struct arena *a, struct performed *p)
{
    struct str zone = normal_text(root, TAG_ZONE, a), birth = normal_text(root, TAG_BIRTH_DATE, a);
    p->patient_birth_date = iso_date(birth, a);
    p->start = study_time(a, normal_text(root, TAG_START_DATE, a), normal_text(root, TAG_START_TIME, a), zone);
    p->end = study_time(a, normal_text(root, TAG_END_DATE, a), normal_text(root, TAG_END_TIME, a), zone);
}

bool mpps_read(const struct dicom_item *root, struct arena *a, struct performed *ret, struct err *e)
{
    struct performed p = {.series_count = dicom_count(root, TAG_SERIES)};
    for (size_t i = 0; i < ROWS; i++)
        if (!read_row(root, &rows[i], a, &p, e))
            return false;
    if (!read_items(root, a, &p, e))
        return false;
    read_times(root, a, &p);
    if (str_is(p.status, "IN PROGRESS") || str_is(p.status, "COMPLETED") || str_is(p.status, "DISCONTINUED")) {
        *ret = p;
        return true;
    }
    err_set(e, ERR_INVALID, "the status of a performed step is IN PROGRESS, COMPLETED or DISCONTINUED");
    return err_at(e, "(0040,0252)");
}

bool mpps_fixed(uint32_t tag)
{
    for (size_t i = 0; i < ROWS; i++)
        if (rows[i].tag == tag && rows[i].place == ROOT)
            return rows[i].fixed;
    return tag == TAG_SCHEDULED || tag == TAG_BIRTH_DATE || tag == TAG_START_DATE || tag == TAG_START_TIME;
}

void mpps_describe(struct op *op, struct str sop_uid, const struct performed_result *r)
{
    struct audit_event *ev = op->event;
    ev->object_type = STR("Order");
    ev->object_id = r->procedure.n ? r->procedure : sop_uid;
    ev->patient = r->patient;
    ev->accession = r->accession;
    ev->study_uid = r->study_uid;
    ev->detail = r->attention.n ? arena_printf(op->arena, "to be looked at: %.*s", STR_ARG(r->attention)) : STR("");
}
