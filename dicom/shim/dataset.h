/* Data sets: parse, read, build, write. Text goes in and out as UTF-8 whatever the data set's character set
 * is. A dataset's root and each sequence item are a struct dicom_item; items belong to their dataset. Owner:
 * the caller (dicom_dataset_free); text results belong to the arena given. Threads: one at a time per
 * dataset, for reading too (DCMTK keeps cursors). Cost: lookups walk the element list. */
#ifndef DICOM_SHIM_DATASET_H
#define DICOM_SHIM_DATASET_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "dicom/shim/uid.h"

#ifdef __cplusplus
extern "C" {
#endif

struct dicom_dataset;
struct dicom_item;

/* 0xGGGGEEEE */
#define DICOM_TAG(group, element) ((uint32_t)(group) << 16 | (uint32_t)(element))
#define DICOM_SPECIFIC_CHARACTER_SET DICOM_TAG(0x0008, 0x0005)

/* Parse bytes of this transfer syntax, up to the bulk data (see guard.h, which runs first and whose errors
 * come out). NULL on failure. */
struct dicom_dataset *dicom_dataset_parse(struct str bytes, const char *transfer_syntax, struct err *e);
/* Empty; charset is the Specific Character Set it will be written in ("ISO_IR 192", "ISO 2022 IR 6\\ISO 2022
 * IR 87",
 * "" for the default repertoire, in which case no (0008,0005) is written). UNSUPPORTED for an unknown term.
 */
struct dicom_dataset *dicom_dataset_new(const char *charset, struct err *e);
void dicom_dataset_free(struct dicom_dataset *ds);
struct dicom_item *dicom_dataset_root(struct dicom_dataset *ds);
/* Re-encode all text and set (0008,0005). */
bool dicom_dataset_set_charset(struct dicom_dataset *ds, const char *charset, struct err *e);
/* Some text written into it could not be said in its character set and was transliterated or replaced. */
bool dicom_dataset_lossy(const struct dicom_dataset *ds);
/* Append the data set in this transfer syntax (the uncompressed ones; sequences with explicit length). */
bool dicom_dataset_write(struct dicom_dataset *ds, const char *transfer_syntax, struct buf *ret_bytes, struct err *e);

/* Reading. An absent element and a wrong kind give STR_NONE, NULL, 0 or false; an empty one gives "" (p
 * non-NULL). */
/* The whole value, values separated by backslashes, padding removed. Numbers and tags as text. */
struct str dicom_get(const struct dicom_item *i, uint32_t tag, struct arena *a);
/* One value, from 0; trimmed. LT, ST, UT and UR have only one. */
struct str dicom_get_nth(const struct dicom_item *i, uint32_t tag, size_t n, struct arena *a);
bool dicom_get_int(const struct dicom_item *i, uint32_t tag, size_t n, int64_t *ret_value);
bool dicom_get_real(const struct dicom_item *i, uint32_t tag, size_t n, double *ret_value);
/* Raw bytes of a binary value in the machine's byte order; borrowed from the dataset. */
struct str dicom_get_bytes(const struct dicom_item *i, uint32_t tag);
/* Number of values, or of items for a sequence. */
size_t dicom_count(const struct dicom_item *i, uint32_t tag);
bool dicom_exists(const struct dicom_item *i, uint32_t tag);
bool dicom_is_empty(const struct dicom_item *i, uint32_t tag); /* absent, without value or without items */
const struct dicom_item *dicom_item_find(const struct dicom_item *i, uint32_t tag, size_t n);

struct dicom_element {
    uint32_t tag;
    char vr[3];
    uint32_t length; /* bytes */
    size_t count;    /* values, or items of a sequence */
};
/* Each element of an item, in tag order; stops when fn returns false. Use dicom_get … for the value. */
typedef bool dicom_element_fn(void *ctx, const struct dicom_item *i, const struct dicom_element *el);
void dicom_each(const struct dicom_item *i, dicom_element_fn *fn, void *ctx);
/* The Specific Character Set that applies to an item, its parents' included; "" for the default repertoire.
 */
struct str dicom_item_charset(const struct dicom_item *i, struct arena *a);

/* The dictionary: VR ("SQ", "UN" when unknown; "OW" for the ambiguous ones) and keyword (NULL when unknown).
 */
void dicom_tag_vr(uint32_t tag, char ret_vr[3]);
const char *dicom_tag_keyword(uint32_t tag, struct arena *a);
/* The tag of a keyword ("PatientID"), or of "0010,0020" or "00100020". False: no such thing. */
bool dicom_tag_of(struct str word, uint32_t *ret_tag);

/* May an attribute of the dictionary have this text (UTF-8, values separated by backslashes)? UNSUPPORTED: it is not in
 * it, or holds no text; INVALID: not of its VR's form or length (PS3.5 6.2). */
bool dicom_value_check(uint32_t tag, struct str utf8, struct err *e);

/* Building. The VR comes from the dictionary; UNSUPPORTED for a tag it does not hold, INVALID for a value the
 * VR cannot take. An existing element is replaced. */
bool dicom_put(struct dicom_item *i, uint32_t tag, struct str utf8, struct err *e);
/* The same, but a value that its VR does not take (a scanner's bad header, another system's old row) is left empty. */
bool dicom_put_or_empty(struct dicom_item *i, uint32_t tag, struct str utf8, struct err *e);
bool dicom_put_int(struct dicom_item *i, uint32_t tag, int64_t value, struct err *e);
bool dicom_put_bytes(struct dicom_item *i, uint32_t tag, struct str bytes, struct err *e); /* OB, OW, UN */
/* A sequence: empty if there was none. */
bool dicom_put_sequence(struct dicom_item *i, uint32_t tag, struct err *e);
/* A new item at the end of a sequence, which is made when absent. */
struct dicom_item *dicom_put_item(struct dicom_item *i, uint32_t tag, struct err *e);
/* The same item for writing as dicom_item_find gives for reading; NULL when there is none. */
struct dicom_item *dicom_item_at(struct dicom_item *i, uint32_t tag, size_t n);
/* Copy an element (a sequence with all below) from another dataset, text re-encoded. NOT_FOUND when it has
 * none. */
bool dicom_put_copy(struct dicom_item *to, const struct dicom_item *from, uint32_t tag, struct err *e);
void dicom_remove(struct dicom_item *i, uint32_t tag);

/* The DICOM JSON model (PS3.18 F). Binary values up to inline_max bytes are InlineBinary; larger ones become
 * a BulkDataURI bulk_prefix + "/GGGGEEEE" (items as "/GGGGEEEE/1/…"), or lose their value when bulk_prefix is
 * NULL. */
struct dicom_json_options {
    size_t inline_max;
    const char *bulk_prefix;
};
/* Append one JSON object; options NULL: no binary over 1 KiB. */
bool dicom_item_json(const struct dicom_item *i, const struct dicom_json_options *options, struct buf *ret_json,
                     struct err *e);

#ifdef __cplusplus
}
#endif
#endif
