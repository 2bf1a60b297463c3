#include "dicom/net/header.h"

#include "base/clock.h"

struct row {
    enum field field;
    uint32_t tag, sequence;
};

static const struct row rows[] = {
#define HEADER(field, tag, sequence) {FIELD_##field, tag, sequence},
#include "dicom/net/maps/instance.def"
#undef HEADER
};

enum { TEXT_MAX = 64 };

/* The first max characters. */
static struct str first(struct str s, size_t max)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (((unsigned char)s.p[i] & 0xC0) != 0x80 && n++ == max)
            return str_sub(s, 0, i);
    return s;
}

/* DA as the date form of the fields: "20261124" → "2026-11-24"; what is no date is kept out. */
static struct str date(struct arena *a, struct str s)
{
    clock_us from, to;
    if (s.n == 10 && s.p[4] == '.' && s.p[7] == '.') /* ACR-NEMA */
        s = arena_printf(a, "%.4s%.2s%.2s", s.p, s.p + 5, s.p + 8);
    if (s.n != 8)
        return STR_NONE;
    struct str iso = arena_printf(a, "%.4s-%.2s-%.2s", s.p, s.p + 4, s.p + 6);
    return clock_range(iso, &from, &to) ? iso : STR_NONE;
}

/* The index holds what its columns are for: a value over its VR's length is cut, the object itself keeps it. UIDs are
 * never cut, for a shorter one names another thing. */
static struct str value_of(const struct dicom_item *item, const struct row *r, struct arena *a)
{
    const struct field_row *f = field_row(r->field);
    struct str s = dicom_get_nth(item, r->tag, 0, a);
    if (!str_utf8_valid(s) || f->form == FORM_UID)
        return str_utf8_valid(s) ? s : STR_NONE;
    return f->form == FORM_DATE ? date(a, s) : first(s, f->max > 0 ? (size_t)f->max : TEXT_MAX);
}

static bool check_uid(const struct fields *f, enum field name, struct err *e)
{
    struct str uid = fields_get(f, name);
    if (!uid.n)
        return err_set(e, ERR_REQUIRED, "the data set has no %s", field_row(name)->name);
    if (dicom_uid_check(uid, true, e))
        return true;
    e->code = ERR_REQUIRED; /* A900: the data set does not match its SOP class */
    return err_wrap(e, "%s", field_row(name)->name);
}

bool dicom_header_read(const struct dicom_item *root, struct arena *a, struct fields *ret_fields, struct err *e)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct row *r = &rows[i];
        const struct dicom_item *item = r->sequence ? dicom_item_find(root, r->sequence, 0) : root;
        if (item)
            fields_set(ret_fields, r->field, value_of(item, r, a));
    }
    return check_uid(ret_fields, FIELD_STUDY_UID, e) && check_uid(ret_fields, FIELD_SERIES_UID, e) &&
           check_uid(ret_fields, FIELD_SOP_UID, e) && check_uid(ret_fields, FIELD_SOP_CLASS, e);
}
