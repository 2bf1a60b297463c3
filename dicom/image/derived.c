#include "dicom/image/derived_priv.h"

enum {
    IMAGE_TYPE = 0x00080008,
    SOP_CLASS = 0x00080016,
    SOP_INSTANCE = 0x00080018,
    CODE_VALUE = 0x00080100,
    CODE_SCHEME = 0x00080102,
    CODE_MEANING = 0x00080104,
    REFERENCED_CLASS = 0x00081150,
    REFERENCED_INSTANCE = 0x00081155,
    DERIVATION_TEXT = 0x00082111,
    SOURCE_IMAGES = 0x00082112,
    DERIVATION_CODE = 0x00089215,
    PHOTOMETRIC_TAG = 0x00280004,
    PLANAR = 0x00280006,
    LOSSY = 0x00282110,
    LOSSY_RATIO = 0x00282112,
    LOSSY_METHOD = 0x00282114,
    PURPOSE = 0x0040A170,
    DESCRIPTION_MAX = 1024
};

bool derived_format(struct dicom_item *root, const struct image_format *now, struct err *e)
{
    dicom_remove(root, 0x7FE00001);
    dicom_remove(root, 0x7FE00002);
    dicom_remove(root, 0x7FE00003);
    const char *term = image_photometric_term(now->photometric);
    if (term[0] && !dicom_put(root, PHOTOMETRIC_TAG, str_of(term), e))
        return false;
    return now->samples == 1 || dicom_put_int(root, PLANAR, 0, e);
}

/* Several values of (0028,2112) and (0028,2114) tell several compressions, the earliest first. */
static bool append(struct dicom_item *root, uint32_t tag, struct str value, struct arena *a, struct err *e)
{
    struct str before = dicom_get(root, tag, a);
    return dicom_put(root, tag, before.n ? arena_printf(a, "%.*s\\%.*s", STR_ARG(before), STR_ARG(value)) : value, e);
}

static bool put_code(struct dicom_item *to, uint32_t sequence, const char *code, const char *meaning, struct err *e)
{
    struct dicom_item *item = dicom_put_item(to, sequence, e);
    return item && dicom_put(item, CODE_VALUE, str_of(code), e) && dicom_put(item, CODE_SCHEME, STR("DCM"), e) &&
           dicom_put(item, CODE_MEANING, str_of(meaning), e);
}

static bool put_source(struct dicom_item *root, struct arena *a, struct err *e)
{
    struct str sop_class = dicom_get_nth(root, SOP_CLASS, 0, a), instance = dicom_get_nth(root, SOP_INSTANCE, 0, a);
    struct dicom_item *item = dicom_put_item(root, SOURCE_IMAGES, e);
    return item && dicom_put(item, REFERENCED_CLASS, sop_class, e) &&
           dicom_put(item, REFERENCED_INSTANCE, instance, e) &&
           put_code(item, PURPOSE, "121320", "Uncompressed predecessor", e);
}

/* The first value becomes DERIVED; the others stay. */
static bool put_image_type(struct dicom_item *root, struct arena *a, struct err *e)
{
    struct str rest = dicom_get(root, IMAGE_TYPE, a), first;
    if (!rest.n)
        return dicom_put(root, IMAGE_TYPE, STR("DERIVED\\PRIMARY"), e);
    str_next(&rest, '\\', &first);
    struct str type = rest.n ? arena_printf(a, "DERIVED\\%.*s", STR_ARG(rest)) : STR("DERIVED\\PRIMARY");
    return dicom_put(root, IMAGE_TYPE, type, e);
}

static bool put_description(struct dicom_item *root, const struct image_codec *codec, double ratio, struct arena *a,
                            struct err *e)
{
    struct str before = dicom_get(root, DERIVATION_TEXT, a);
    struct str text = arena_printf(a, "Lossy compression with %s, ratio %.2f:1", codec->name, ratio);
    if (before.n)
        text = arena_printf(a, "%.*s; %.*s", STR_ARG(text), STR_ARG(before));
    return dicom_put(root, DERIVATION_TEXT, str_utf8_clip(text, DESCRIPTION_MAX), e);
}

bool derived_lossy(struct dicom_item *root, const struct image_codec *codec, double ratio, struct err *e)
{
    struct arena a CLEANUP(arena_release);
    char uid[DICOM_UID_SIZE];
    arena_init(&a);
    return dicom_uid_new(uid, e) && put_source(root, &a, e) && dicom_put(root, SOP_INSTANCE, str_of(uid), e) &&
           put_image_type(root, &a, e) && dicom_put(root, LOSSY, STR("01"), e) &&
           append(root, LOSSY_RATIO, arena_printf(&a, "%.2f", ratio), &a, e) &&
           append(root, LOSSY_METHOD, str_of(codec->method), &a, e) && put_description(root, codec, ratio, &a, e) &&
           put_code(root, DERIVATION_CODE, "113040", "Lossy Compression", e);
}

bool derived_from_lossy(struct dicom_item *root, const struct image_codec *codec, struct err *e)
{
    if (!dicom_is_empty(root, LOSSY))
        return true;
    return dicom_put(root, LOSSY, STR("01"), e) && dicom_put(root, LOSSY_METHOD, str_of(codec->method), e);
}
