#include "dataset_priv.h"

#include <cmath>
#include <cstring>
#include <string>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
extern "C" {
#include "base/codec.h"
#include "base/json.h"
}
#pragma GCC diagnostic pop

namespace
{
struct Writer {
    const dicom_json_options *options;
    std::string bulk; /* URI of the item in hand */
    struct buf *out;
};
} // namespace

static void item_write(Writer *w, DcmItem *i);

/* The groups of a person name by their JSON names (PS3.18 F.2.2). */
static void name_write(Writer *w, struct str name)
{
    static const char *const groups[] = {"Alphabetic", "Ideographic", "Phonetic"};
    struct str rest = name, part = {nullptr, 0};
    buf_putc(w->out, '{');
    for (int k = 0; k < 3 && str_next(&rest, '=', &part); k++)
        json_put_field_opt(w->out, groups[k], str_trim(part));
    buf_putc(w->out, '}');
}

static bool is_number_vr(DcmEVR vr)
{
    return vr == EVR_IS || vr == EVR_DS || vr == EVR_FL || vr == EVR_FD || vr == EVR_SL || vr == EVR_SS ||
           vr == EVR_UL || vr == EVR_US || vr == EVR_SV || vr == EVR_UV || vr == EVR_xs || vr == EVR_up;
}

/* A number as JSON spells it; false for text that is none (it then goes out quoted, which PS3.18 allows). */
static bool number_write(Writer *w, struct str s)
{
    char text[64];
    char *end = nullptr;
    if (s.n && *s.p == '+')
        s = str_sub(s, 1, s.n - 1);
    if (s.n == 0 || !str_copy(text, sizeof text, s) || strspn(text, "0123456789+-.eE") != s.n)
        return false;
    double value = strtod(text, &end);
    if (*end != '\0' || !std::isfinite(value))
        return false;
    bool digits = strspn(text + (*text == '-'), "0123456789") == s.n - (*text == '-');
    bool plain = digits && (text[*text == '-'] != '0' || s.n == size_t(1 + (*text == '-')));
    if (plain)
        buf_str(w->out, s);
    else
        buf_printf(w->out, "%.17g", value);
    return true;
}

static void part_write(Writer *w, DcmEVR vr, struct str part)
{
    if (part.n == 0)
        buf_puts(w->out, "null");
    else if (vr == EVR_PN)
        name_write(w, part);
    else if (!is_number_vr(vr) || !number_write(w, part))
        json_put_str(w->out, part);
}

/* Tags come out of DCMTK as "(gggg,eeee)"; JSON wants eight hexadecimal digits. */
static struct str tag_text(struct str part, char ret_text[9])
{
    size_t n = 0;
    for (size_t k = 0; k < part.n && n < 8; k++)
        if (isxdigit(static_cast<unsigned char>(part.p[k])))
            ret_text[n++] = char(toupper(static_cast<unsigned char>(part.p[k])));
    ret_text[n] = '\0';
    return {ret_text, n};
}

static void values_write(Writer *w, DcmItem *i, DcmElement *el)
{
    struct arena a;
    arena_init(&a);
    DcmEVR vr = el->getVR();
    struct str value = element_value(i, el, &a), rest = value, part = {nullptr, 0};
    if (value.n > 0) {
        buf_puts(w->out, ",\"Value\":[");
        for (size_t n = 0; vr_is_single(vr) ? n == 0 : str_next(&rest, '\\', &part); n++) {
            char tag[9];
            if (n)
                buf_putc(w->out, ',');
            struct str one = vr_is_single(vr) ? value : str_trim(part);
            part_write(w, vr, vr == EVR_AT ? tag_text(one, tag) : one);
        }
        buf_putc(w->out, ']');
    }
    arena_release(&a);
}

static void bytes_write(Writer *w, DcmElement *el, const char *tag)
{
    uint32_t n = el->getLength();
    if (n == 0)
        return;
    if (n <= w->options->inline_max) {
        buf_puts(w->out, ",\"InlineBinary\":\"");
        base64_put(w->out, element_bytes(el));
        buf_putc(w->out, '"');
    } else if (w->options->bulk_prefix) {
        std::string uri = w->bulk + "/" + tag;
        buf_putc(w->out, ',');
        buf_puts(w->out, "\"BulkDataURI\":");
        json_put_str(w->out, {uri.data(), uri.size()});
    }
}

static void sequence_write(Writer *w, DcmElement *el, const char *tag)
{
    DcmSequenceOfItems *sq = static_cast<DcmSequenceOfItems *>(el);
    if (sq->card() == 0)
        return;
    std::string outer = w->bulk;
    buf_puts(w->out, ",\"Value\":[");
    DcmObject *o = nullptr;
    for (size_t n = 1; (o = sq->nextInContainer(o)) != nullptr; n++) {
        if (n > 1)
            buf_putc(w->out, ',');
        w->bulk = outer + "/" + tag + "/" + std::to_string(n);
        item_write(w, static_cast<DcmItem *>(o));
    }
    w->bulk = outer;
    buf_putc(w->out, ']');
}

static void element_write(Writer *w, DcmItem *i, DcmElement *el)
{
    char tag[9];
    snprintf(tag, sizeof tag, "%04X%04X", el->getGTag(), el->getETag());
    buf_printf(w->out, "\"%s\":{\"vr\":\"%.2s\"", tag, vr_name(el));
    if (DICOM_TAG(el->getGTag(), el->getETag()) == DICOM_SPECIFIC_CHARACTER_SET)
        buf_puts(w->out, ",\"Value\":[\"ISO_IR 192\"]"); /* what the text here is in (PS3.18 F.2.1.1) */
    else if (el->ident() == EVR_SQ)
        sequence_write(w, el, tag);
    else if (vr_is_binary(el->getVR()))
        bytes_write(w, el, tag);
    else
        values_write(w, i, el);
    buf_putc(w->out, '}');
}

static void item_write(Writer *w, DcmItem *i)
{
    bool first = true;
    buf_putc(w->out, '{');
    for (DcmElement *el : elements_of(i)) {
        if (el->getETag() == 0x0000) /* group lengths say nothing here */
            continue;
        if (!first)
            buf_putc(w->out, ',');
        first = false;
        element_write(w, i, el);
    }
    buf_putc(w->out, '}');
}

extern "C" bool dicom_item_json(const struct dicom_item *i, const struct dicom_json_options *options,
                                struct buf *ret_json, struct err *e)
{
    static const dicom_json_options usual = {1024, nullptr};
    return shim_run(e, [&] {
        Writer w = {options ? options : &usual, "", ret_json};
        if (w.options->bulk_prefix)
            w.bulk = w.options->bulk_prefix;
        item_write(&w, item_of(i));
        return buf_ok(ret_json, e);
    });
}
