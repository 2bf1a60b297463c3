#include "dicom/net/header.h"

struct row {
    enum field field;
    uint32_t tag, sequence;
};

static const struct row rows[] = {
#define HEADER(field, tag, sequence) {FIELD_##field, tag, sequence},
#include "dicom/net/maps/instance.def"
#undef HEADER
};

/* The index holds what its columns are for; a value no VR allows is cut, the object itself keeps it. */
static struct str clipped(struct str s, enum field f)
{
    int max = field_row(f)->max;
    if (field_row(f)->form == FORM_DATE || max <= 0)
        max = 64;
    while (str_utf8_count(s) > (size_t)max)
        s = str_utf8_clip(s, s.n - 1);
    return s;
}

/* DA to the date form of the fields: "20261124" → "2026-11-24"; anything else is kept out. */
static struct str date(struct arena *a, struct str s)
{
    int64_t n;
    if (s.n != 8 || !str_int(s, &n))
        return STR_NONE;
    return arena_printf(a, "%.4s-%.2s-%.2s", s.p, s.p + 4, s.p + 6);
}

static bool check_uid(const struct fields *f, enum field name, struct err *e)
{
    struct str uid = fields_get(f, name);
    if (!uid.n)
        return err_set(e, ERR_REQUIRED, "the data set has no %s", field_row(name)->name);
    return dicom_uid_check(uid, true, e) || err_wrap(e, "%s", field_row(name)->name);
}

bool dicom_header_read(const struct dicom_item *root, struct arena *a, struct fields *ret_fields, struct err *e)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct row *r = &rows[i];
        const struct dicom_item *item = r->sequence ? dicom_item_find(root, r->sequence, 0) : root;
        struct str s = item ? dicom_get_nth(item, r->tag, 0, a) : STR_NONE;
        s = field_row(r->field)->form == FORM_DATE ? date(a, s) : clipped(s, r->field);
        if (str_utf8_valid(s))
            fields_set(ret_fields, r->field, s);
    }
    return check_uid(ret_fields, FIELD_STUDY_UID, e) && check_uid(ret_fields, FIELD_SERIES_UID, e) &&
           check_uid(ret_fields, FIELD_SOP_UID, e) && check_uid(ret_fields, FIELD_SOP_CLASS, e);
}
