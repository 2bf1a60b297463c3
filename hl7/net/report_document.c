/* Documents among a report's results: ED with the bytes (documents.def), RP with the place they lie at. */
#include <string.h>

#include "base/codec.h"
#include "hl7/net/net_priv.h"

enum { DOCUMENT_MAX = 256 << 20 };

static const struct kind {
    const char *names, *type, *begins;
} kinds[] = {
#define DOCUMENT(names, type, begins) {names, type, begins},
#include "hl7/net/documents.def"
#undef DOCUMENT
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static bool listed(const char *names, struct str name)
{
    struct str rest = str_of(names), one;
    char word[32];
    while (name.n && str_next(&rest, ' ', &one)) {
        str_copy(word, sizeof word, one);
        if (str_is_nocase(name, word))
            return true;
    }
    return false;
}

static bool document_error(const struct hl7_segment *obx, const char *text, struct err *e)
{
    err_set(e, ERR_INVALID, "%s", text);
    return err_at(e, "OBX^%u^5", obx->occurrence);
}

static struct str part(const struct mapping *x, const struct hl7_segment *obx, unsigned component)
{
    return part_text(x, hl7_repetition(x->m, hl7_field(obx, 5), 1), component, 0);
}

static bool decode(struct mapping *x, const struct hl7_segment *obx, struct buf *bytes, struct err *e)
{
    struct str encoding = part(x, obx, 4);
    struct err why;
    err_clear(&why);
    struct str raw = hl7_component(x->m, hl7_repetition(x->m, hl7_field(obx, 5), 1), 5);
    struct str text = hl7_unescape(x->m, x->d->arena, raw);
    if (str_is_nocase(encoding, "A"))
        return buf_str(bytes, text), true;
    if (encoding.n && !str_is_nocase(encoding, "Base64"))
        return document_error(obx, "the document's encoding is neither Base64 nor A", e);
    return base64_decode(text, bytes, &why) || document_error(obx, "the document is not valid Base64", e);
}

/* By its name; without one that is known, by its first bytes. *ret_named: the name said it. */
static const struct kind *kind_of(struct str name, struct str type, struct str bytes, bool *ret_named)
{
    *ret_named = false;
    for (size_t i = 0; i < KINDS; i++) {
        if (!listed(kinds[i].names, name) && !(listed(kinds[i].names, type) && !name.n))
            continue;
        *ret_named = true;
        if (str_starts(bytes, kinds[i].begins))
            return &kinds[i];
    }
    for (size_t i = 0; i < KINDS && !*ret_named; i++)
        if (strlen(kinds[i].begins) > 2 && str_starts(bytes, kinds[i].begins))
            return &kinds[i];
    return NULL;
}

static struct report_document *next(struct report_content *c, struct mapping *x, const struct hl7_segment *obx)
{
    if (c->document_count < REPORT_DOCUMENTS_MAX)
        return &c->document[c->document_count];
    domain_warn(x->d, "OBX %u: more documents than a report holds: passed over", obx->occurrence);
    return NULL;
}

bool report_take_document(struct mapping *x, const struct hl7_segment *obx, struct report_content *c, struct err *e)
{
    CLEANUP(buf_release) struct buf bytes;
    bool named;
    struct str name = part(x, obx, 3);
    struct report_document *to = next(c, x, obx);
    buf_init(&bytes, DOCUMENT_MAX);
    if (!to)
        return true;
    if (!decode(x, obx, &bytes, e))
        return false;
    const struct kind *k = kind_of(name, part(x, obx, 2), buf_view(&bytes), &named);
    if (!k && named)
        return document_error(obx, "the document is called one thing and begins like another", e);
    if (!k) {
        domain_warn(x->d, "OBX %u: a document of a kind that is not known: passed over", obx->occurrence);
        return true;
    }
    *to = (struct report_document){.type = str_of(k->type), .bytes = arena_str(x->d->arena, buf_view(&bytes))};
    c->document_count++;
    return true;
}

bool report_take_pointer(struct mapping *x, const struct hl7_segment *obx, struct report_content *c)
{
    struct str url = part(x, obx, 1), name = part(x, obx, 4), type = part(x, obx, 3);
    struct report_document *to = next(c, x, obx);
    if (!to)
        return true;
    if (!str_starts(url, "https://") && !str_starts(url, "http://")) {
        domain_warn(x->d, "OBX %u: a pointer that is no web address: passed over", obx->occurrence);
        return true;
    }
    *to = (struct report_document){.url = url};
    for (size_t i = 0; i < KINDS && !to->type.n; i++)
        if (listed(kinds[i].names, name) || (listed(kinds[i].names, type) && !name.n))
            to->type = str_of(kinds[i].type);
    c->document_count++;
    return true;
}
