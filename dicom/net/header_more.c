/* What the index keeps of a header beside the fields of the Rosetta table: domain/archive_keys.def says which. */
#include "dicom/net/header.h"

#include "base/json.h"
#include "domain/archive.h"

enum { VALUE_MAX = 1024, MORE_MAX = 32 * 1024, LARGEST = 1 << 30 };

/* Of a sequence: the first value of each item, in their order. */
static struct str values_in(const struct dicom_item *root, const struct archive_row *r, struct arena *a)
{
    struct buf b;
    bool any = false;
    buf_init(&b, VALUE_MAX);
    for (size_t i = 0; i < dicom_count(root, r->in); i++) {
        struct str v = dicom_get_nth(dicom_item_find(root, r->in, i), r->tag, 0, a);
        if (i)
            buf_putc(&b, '\\');
        buf_str(&b, v);
        any = any || v.n;
    }
    struct str joined = any && !b.failed ? arena_str(a, buf_view(&b)) : STR_NONE;
    buf_release(&b);
    return joined;
}

static struct str value_of(const struct dicom_item *root, const struct archive_row *r, struct arena *a)
{
    struct str v = r->in ? values_in(root, r, a) : dicom_get(root, r->tag, a);
    return str_utf8_valid(v) ? str_utf8_clip(v, VALUE_MAX) : STR_NONE;
}

static struct str members(const struct dicom_item *root, enum archive_level from, enum archive_level to,
                          struct arena *a)
{
    struct buf b;
    buf_init(&b, 2 * MORE_MAX);
    buf_putc(&b, '{');
    for (int i = 0; i < ARCHIVE_KEYS && b.n < MORE_MAX; i++) {
        const struct archive_row *r = archive_row((enum archive_key)i);
        char name[ARCHIVE_MEMBER];
        if (!r->more || r->level < from || r->level > to)
            continue;
        archive_member((enum archive_key)i, name);
        json_put_field_opt(&b, name, value_of(root, r, a));
    }
    buf_putc(&b, '}');
    struct str text = b.failed ? STR("{}") : arena_str(a, buf_view(&b));
    buf_release(&b);
    return text;
}

static int number(const struct dicom_item *root, uint32_t tag, int most)
{
    int64_t n;
    return dicom_get_int(root, tag, 0, &n) && n > 0 && n <= most ? (int)n : 0;
}

/* A date or time as matching compares it; what is of another form is not kept. */
static struct str moment(const struct dicom_item *root, uint32_t tag, enum range_kind kind, struct arena *a)
{
    struct str ends[2], text = dicom_get_nth(root, tag, 0, a);
    return text.n && str_find(text, '-') == text.n && dicom_range(kind, text, a, ends, NULL) ? ends[0] : STR("");
}

void dicom_header_more(const struct dicom_item *root, struct arena *a, struct study_more *ret_more)
{
    *ret_more = (struct study_more){
        .study = members(root, AT_PATIENT, AT_STUDY, a),
        .series = members(root, AT_SERIES, AT_SERIES, a),
        .instance = members(root, AT_INSTANCE, AT_INSTANCE, a),
        .rows = number(root, DICOM_TAG(0x0028, 0x0010), UINT16_MAX),
        .columns = number(root, DICOM_TAG(0x0028, 0x0011), UINT16_MAX),
        .frames = number(root, DICOM_TAG(0x0028, 0x0008), LARGEST),
        .bits = number(root, DICOM_TAG(0x0028, 0x0100), INT16_MAX),
        .content_date = moment(root, DICOM_TAG(0x0008, 0x0023), RANGE_DATE, a),
        .content_time = moment(root, DICOM_TAG(0x0008, 0x0033), RANGE_TIME, a),
        .rejection = dicom_header_rejection(root, a),
    };
}
