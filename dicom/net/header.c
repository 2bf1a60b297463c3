#include "dicom/net/header.h"

#include <string.h>

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

enum { TEXT_MAX = 64, IDENTIFIER_MAX = 256 };

/* The first max characters. */
static struct str first(struct str s, size_t max)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (((unsigned char)s.p[i] & 0xC0) != 0x80 && n++ == max)
            return str_sub(s, 0, i);
    return s;
}

/* DA, the old form "2026.11.24" too (PS3.5 6.2), as "2026-11-24"; "" for what is no date. */
static struct str date(struct arena *a, struct str s)
{
    clock_us from, to;
    if (s.n == 10 && s.p[4] == '.' && s.p[7] == '.')
        s = arena_printf(a, "%.4s%.2s%.2s", s.p, s.p + 5, s.p + 8);
    if (s.n != 8)
        return STR("");
    struct str iso = arena_printf(a, "%.4s-%.2s-%.2s", s.p, s.p + 4, s.p + 6);
    return clock_range(iso, &from, &to) ? iso : STR("");
}

/* TM without the colons of its old form. */
static struct str plain_time(struct arena *a, struct str s)
{
    char *p = arena_cstr(a, s), *to = p;
    for (const char *from = p; *from; from++)
        if (*from != ':')
            *to++ = *from;
    return (struct str){p, (size_t)(to - p)};
}

/* What names somebody or something; cut, it would name another. */
static bool names(const struct row *r)
{
    return field_row(r->field)->form == FORM_ID || r->field == FIELD_PATIENT_ISSUER ||
           r->field == FIELD_ACCESSION_ISSUER;
}

/* The index holds what its columns are for: a text over its VR's length is cut, the object itself keeps it. */
static struct str value_of(const struct dicom_item *item, const struct row *r, struct arena *a)
{
    const struct field_row *f = field_row(r->field);
    struct str s = dicom_get_nth(item, r->tag, 0, a);
    char vr[3];
    if (!str_utf8_valid(s))
        return STR_NONE;
    if (f->form == FORM_UID || names(r))
        return s;
    dicom_tag_vr(r->tag, vr);
    if (strcmp(vr, "DA") == 0) {
        struct str iso = date(a, s);
        return f->form == FORM_DATE || !iso.n ? iso : arena_printf(a, "%.4s%.2s%.2s", iso.p, iso.p + 5, iso.p + 8);
    }
    return first(strcmp(vr, "TM") == 0 ? plain_time(a, s) : s, f->max > 0 ? (size_t)f->max : TEXT_MAX);
}

/* Scanners do send numbers longer than their VR; such a one is kept whole and meets only its like. */
static bool check_names(const struct fields *f, struct err *e)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (names(&rows[i]) && fields_get(f, rows[i].field).n > IDENTIFIER_MAX)
            return err_set(e, ERR_REQUIRED, "%s is longer than %d bytes", field_row(rows[i].field)->name,
                           IDENTIFIER_MAX);
    return true;
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
    return check_names(ret_fields, e) && check_uid(ret_fields, FIELD_STUDY_UID, e) &&
           check_uid(ret_fields, FIELD_SERIES_UID, e) && check_uid(ret_fields, FIELD_SOP_UID, e) &&
           check_uid(ret_fields, FIELD_SOP_CLASS, e);
}
