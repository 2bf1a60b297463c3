/* What a rejection note names: its title and its evidence (PS3.3 C.17.6.2.1). */
#include "dicom/net/header.h"
#include "domain/rejection.h"

#define KEY_OBJECT_SELECTION "1.2.840.10008.5.1.4.1.1.88.59"

enum {
    SOP_CLASS = DICOM_TAG(0x0008, 0x0016),
    TITLE = DICOM_TAG(0x0040, 0xA043),
    CODE = DICOM_TAG(0x0008, 0x0100),
    SCHEME = DICOM_TAG(0x0008, 0x0102),
    EVIDENCE = DICOM_TAG(0x0040, 0xA375),
    STUDY = DICOM_TAG(0x0020, 0x000D),
    SERIES = DICOM_TAG(0x0008, 0x1115),
    OBJECTS = DICOM_TAG(0x0008, 0x1199),
    OBJECT = DICOM_TAG(0x0008, 0x1155),
};

static struct str title(const struct dicom_item *root, struct arena *a)
{
    static const char *const codes[] = {"113001", "113037", "113038", "113039"};
    const struct dicom_item *item = dicom_item_find(root, TITLE, 0);
    if (!item || !str_is(dicom_get_nth(root, SOP_CLASS, 0, a), KEY_OBJECT_SELECTION) ||
        !str_is(dicom_get_nth(item, SCHEME, 0, a), "DCM"))
        return STR_NONE;
    struct str code = dicom_get_nth(item, CODE, 0, a);
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (str_is(code, codes[i]))
            return code;
    return STR_NONE;
}

/* How many instances the evidence of the note's own study names, or that of others; ret_uids NULL: only counted. */
static size_t references(const struct dicom_item *root, struct arena *a, bool own, struct str *ret_uids)
{
    struct str study = dicom_get_nth(root, STUDY, 0, a);
    size_t n = 0;
    for (size_t i = 0; i < dicom_count(root, EVIDENCE); i++) {
        const struct dicom_item *item = dicom_item_find(root, EVIDENCE, i);
        if (str_eq(dicom_get_nth(item, STUDY, 0, a), study) != own)
            continue;
        for (size_t k = 0; k < dicom_count(item, SERIES); k++) {
            const struct dicom_item *series = dicom_item_find(item, SERIES, k);
            size_t objects = dicom_count(series, OBJECTS);
            for (size_t m = 0; ret_uids && m < objects; m++)
                ret_uids[n + m] = dicom_get_nth(dicom_item_find(series, OBJECTS, m), OBJECT, 0, a);
            n += objects;
        }
    }
    return n;
}

/* What is no UID names nothing. */
static size_t only_uids(struct str *uids, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (dicom_uid_check(uids[i], true, NULL))
            uids[kept++] = uids[i];
    return kept;
}

const struct rejection_said *dicom_header_rejection(const struct dicom_item *root, struct arena *a)
{
    struct str code = title(root, a);
    if (!code.p)
        return NULL;
    struct rejection_said *said = ARENA_NEW(a, struct rejection_said);
    size_t n = references(root, a, true, NULL);
    struct str *uids = ARENA_ARRAY(a, struct str, n + 1);
    references(root, a, true, uids);
    *said = (struct rejection_said){code, uids, only_uids(uids, n), (int)references(root, a, false, NULL)};
    return said;
}
