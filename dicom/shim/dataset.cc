#include "dataset_priv.h"

#include <cmath>
#include <cstring>
#include <memory>
#include <string>

#include "dcmtk/dcmdata/dcistrmb.h"
#include "dcmtk/dcmdata/dcostrmb.h"

DcmElement *element_find(DcmItem *i, uint32_t tag)
{
    DcmElement *el = nullptr;
    return i && i->findAndGetElement(key_of(tag), el).good() ? el : nullptr;
}

std::vector<DcmElement *> elements_of(DcmItem *i)
{
    std::vector<DcmElement *> all;
    DcmObject *o = nullptr;
    while ((o = i->nextInContainer(o)) != nullptr)
        all.push_back(static_cast<DcmElement *>(o));
    return all;
}

bool vr_is_text(DcmEVR vr)
{
    return vr == EVR_SH || vr == EVR_LO || vr == EVR_PN || vr == EVR_LT || vr == EVR_ST || vr == EVR_UC || vr == EVR_UT;
}

bool vr_is_string(DcmEVR vr)
{
    return vr_is_text(vr) || vr == EVR_AE || vr == EVR_AS || vr == EVR_CS || vr == EVR_DA || vr == EVR_DS ||
           vr == EVR_DT || vr == EVR_IS || vr == EVR_TM || vr == EVR_UI || vr == EVR_UR;
}

bool vr_is_single(DcmEVR vr)
{
    return vr == EVR_LT || vr == EVR_ST || vr == EVR_UT || vr == EVR_UR;
}

bool vr_is_binary(DcmEVR vr)
{
    return !vr_is_string(vr) && vr != EVR_SQ && vr != EVR_AT && vr != EVR_FL && vr != EVR_FD && vr != EVR_SL &&
           vr != EVR_SS && vr != EVR_SV && vr != EVR_UL && vr != EVR_US && vr != EVR_UV && vr != EVR_xs && vr != EVR_up;
}

const char *vr_name(DcmElement *el)
{
    return DcmVR(el->getVR()).getValidVRName();
}

std::string charset_of(DcmItem *i)
{
    for (; i; i = i->getParentItem()) {
        char *p = nullptr;
        Uint32 n = 0;
        DcmElement *el = element_find(i, DICOM_SPECIFIC_CHARACTER_SET);
        if (el && el->getString(p, n).good() && p)
            return std::string(p, n);
    }
    return "";
}

static struct str unpad(struct str s)
{
    while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\0'))
        s.n--;
    return s;
}

static struct str string_value(DcmItem *i, DcmElement *el, struct arena *a)
{
    char *p = nullptr;
    Uint32 n = 0;
    struct str empty = {"", 0};
    if (el->getString(p, n).bad() || !p)
        return empty;
    struct str raw = unpad({p, n});
    if (!vr_is_text(el->getVR()))
        return arena_str(a, raw);
    std::string set = charset_of(i);
    return dicom_charset_decode({set.data(), set.size()}, raw, el->getVR() == EVR_PN, a, nullptr);
}

static struct str number_value(DcmElement *el, struct arena *a)
{
    std::string all;
    unsigned long n = el->getVM();
    for (unsigned long k = 0; k < n; k++) {
        OFString one;
        if (el->getOFString(one, k).bad())
            break;
        all += k ? "\\" : "";
        all.append(one.c_str(), one.length());
    }
    return arena_str(a, {all.data(), all.size()});
}

struct str element_value(DcmItem *i, DcmElement *el, struct arena *a)
{
    struct str none = {nullptr, 0};
    if (el->getVR() == EVR_SQ || vr_is_binary(el->getVR()))
        return none;
    return vr_is_string(el->getVR()) ? string_value(i, el, a) : number_value(el, a);
}

template <class T> static struct str array_bytes(DcmElement *el, OFCondition (DcmElement::*get)(T *&))
{
    T *p = nullptr;
    if ((el->*get)(p).bad() || !p)
        return {nullptr, 0};
    return {reinterpret_cast<const char *>(p), el->getLength()};
}

struct str element_bytes(DcmElement *el)
{
    switch (el->getVR()) {
    case EVR_OF:
        return array_bytes(el, &DcmElement::getFloat32Array);
    case EVR_OD:
        return array_bytes(el, &DcmElement::getFloat64Array);
    case EVR_OL:
        return array_bytes(el, &DcmElement::getUint32Array);
    case EVR_OV:
        return array_bytes(el, &DcmElement::getUint64Array);
    case EVR_OW:
    case EVR_ox:
    case EVR_lt:
        return array_bytes(el, &DcmElement::getUint16Array);
    default:
        return vr_is_binary(el->getVR()) ? array_bytes(el, &DcmElement::getUint8Array) : str{nullptr, 0};
    }
}

bool value_part(DcmEVR vr, struct str value, size_t n, struct str *ret_part)
{
    if (value.n == 0)
        return false;
    if (vr_is_single(vr)) {
        *ret_part = value;
        return n == 0;
    }
    struct str rest = value, part = {nullptr, 0};
    for (size_t k = 0; str_next(&rest, '\\', &part); k++) {
        if (k < n)
            continue;
        *ret_part = vr == EVR_UC ? unpad(part) : str_trim(unpad(part));
        return true;
    }
    return false;
}

/* ---- parse and write ---- */

static bool dataset_load(dicom_dataset *ds, struct str header, const char *syntax, struct err *e)
{
    DcmInputBufferStream in;
    in.setBuffer(header.p, offile_off_t(header.n));
    in.setEos();
    ds->transferInit();
    OFCondition c = ds->read(in, DcmXfer(syntax).getXfer(), EGL_noChange, DCM_MaxReadLength);
    ds->transferEnd();
    return c.good() || err_set(e, ERR_STRUCTURE, "DICOM data set cannot be parsed (DCMTK condition %04x:%04x)",
                               c.module(), c.code());
}

static bool guarded_load(dicom_dataset *ds, struct str bytes, const char *syntax, struct err *e)
{
    std::unique_ptr<dicom_guard, void (*)(dicom_guard *)> g(dicom_guard_new(syntax, nullptr, e), dicom_guard_free);
    return g && dicom_guard_feed(g.get(), bytes.p, bytes.n, e) && dicom_guard_end(g.get(), e) &&
           dataset_load(ds, dicom_guard_header(g.get()), dicom_guard_syntax(g.get()), e);
}

extern "C" struct dicom_dataset *dicom_dataset_parse(struct str bytes, const char *transfer_syntax, struct err *e)
{
    std::unique_ptr<dicom_dataset> ds;
    bool ok = shim_run(e, [&] {
        ds.reset(new dicom_dataset);
        return guarded_load(ds.get(), bytes, transfer_syntax, e);
    });
    return ok ? ds.release() : nullptr;
}

extern "C" void dicom_dataset_free(struct dicom_dataset *ds)
{
    delete ds;
}

extern "C" struct dicom_item *dicom_dataset_root(struct dicom_dataset *ds)
{
    return handle_of(ds);
}

extern "C" bool dicom_dataset_lossy(const struct dicom_dataset *ds)
{
    return ds->lossy;
}

static bool dataset_save(dicom_dataset *ds, E_TransferSyntax xfer, struct buf *ret_bytes, struct err *e)
{
    std::vector<char> room(64 * 1024);
    DcmOutputBufferStream out(room.data(), offile_off_t(room.size()));
    ds->transferInit();
    OFCondition c = EC_Normal;
    do {
        c = ds->write(out, xfer, EET_ExplicitLength, nullptr);
        void *p = nullptr;
        offile_off_t n = 0;
        out.flushBuffer(p, n);
        buf_put(ret_bytes, p, size_t(n));
    } while (c == EC_StreamNotifyClient);
    ds->transferEnd();
    if (c.bad())
        return err_set(e, ERR_INTERNAL, "DICOM data set cannot be written (DCMTK condition %04x:%04x)", c.module(),
                       c.code());
    return buf_ok(ret_bytes, e);
}

extern "C" bool dicom_dataset_write(struct dicom_dataset *ds, const char *transfer_syntax, struct buf *ret_bytes,
                                    struct err *e)
{
    return shim_run(e, [&] {
        DcmXfer xfer(transfer_syntax);
        if (xfer.getXfer() == EXS_Unknown || xfer.getStreamCompression() != ESC_none)
            return err_set(e, ERR_UNSUPPORTED, "data sets are not written in transfer syntax '%s'", transfer_syntax);
        return dataset_save(ds, xfer.getXfer(), ret_bytes, e);
    });
}

/* ---- read ---- */

extern "C" struct str dicom_get(const struct dicom_item *i, uint32_t tag, struct arena *a)
{
    struct str none = {nullptr, 0};
    return shim_value(none, [&] {
        DcmElement *el = element_find(item_of(i), tag);
        return el ? element_value(item_of(i), el, a) : none;
    });
}

extern "C" struct str dicom_get_nth(const struct dicom_item *i, uint32_t tag, size_t n, struct arena *a)
{
    struct str none = {nullptr, 0};
    return shim_value(none, [&] {
        struct str part = none;
        DcmElement *el = element_find(item_of(i), tag);
        if (el)
            value_part(el->getVR(), element_value(item_of(i), el, a), n, &part);
        return part;
    });
}

extern "C" bool dicom_get_real(const struct dicom_item *i, uint32_t tag, size_t n, double *ret_value)
{
    struct arena a;
    arena_init(&a);
    struct str s = dicom_get_nth(i, tag, n, &a);
    char text[64];
    char *end = nullptr;
    bool ok = s.n > 0 && str_copy(text, sizeof text, s);
    double value = ok ? strtod(text, &end) : 0;
    ok = ok && *end == '\0' && std::isfinite(value);
    arena_release(&a);
    if (ok)
        *ret_value = value;
    return ok;
}

extern "C" bool dicom_get_int(const struct dicom_item *i, uint32_t tag, size_t n, int64_t *ret_value)
{
    struct arena a;
    arena_init(&a);
    bool ok = str_int(dicom_get_nth(i, tag, n, &a), ret_value);
    arena_release(&a);
    double real = 0;
    if (ok || !dicom_get_real(i, tag, n, &real) || real != std::floor(real) || std::fabs(real) > 9e15)
        return ok;
    *ret_value = int64_t(real); /* "1.000": a DS that is whole */
    return true;
}

extern "C" struct str dicom_get_bytes(const struct dicom_item *i, uint32_t tag)
{
    struct str none = {nullptr, 0};
    return shim_value(none, [&] {
        DcmElement *el = element_find(item_of(i), tag);
        return el ? element_bytes(el) : none;
    });
}

static size_t text_count(DcmItem *i, DcmElement *el)
{
    struct arena a;
    arena_init(&a);
    struct str value = element_value(i, el, &a);
    size_t n = value.n > 0;
    for (size_t k = 0; k < value.n && !vr_is_single(el->getVR()); k++)
        n += value.p[k] == '\\';
    arena_release(&a);
    return n;
}

static size_t element_count(DcmItem *i, DcmElement *el)
{
    if (el->ident() == EVR_SQ)
        return static_cast<DcmSequenceOfItems *>(el)->card();
    return vr_is_text(el->getVR()) ? text_count(i, el) : el->getVM();
}

extern "C" size_t dicom_count(const struct dicom_item *i, uint32_t tag)
{
    return shim_value(size_t(0), [&]() -> size_t {
        DcmElement *el = element_find(item_of(i), tag);
        return el ? element_count(item_of(i), el) : 0;
    });
}

extern "C" bool dicom_exists(const struct dicom_item *i, uint32_t tag)
{
    return shim_value(false, [&] { return element_find(item_of(i), tag) != nullptr; });
}

extern "C" bool dicom_is_empty(const struct dicom_item *i, uint32_t tag)
{
    return shim_value(true, [&] {
        DcmElement *el = element_find(item_of(i), tag);
        return !el || el->isEmpty();
    });
}

extern "C" const struct dicom_item *dicom_item_find(const struct dicom_item *i, uint32_t tag, size_t n)
{
    return shim_value<const dicom_item *>(nullptr, [&]() -> const dicom_item * {
        DcmElement *el = element_find(item_of(i), tag);
        if (!el || el->ident() != EVR_SQ)
            return nullptr;
        DcmSequenceOfItems *sq = static_cast<DcmSequenceOfItems *>(el);
        return n < sq->card() ? handle_of(sq->getItem(n)) : nullptr;
    });
}

extern "C" void dicom_each(const struct dicom_item *i, dicom_element_fn *fn, void *ctx)
{
    shim_run(nullptr, [&] {
        for (DcmElement *el : elements_of(item_of(i))) {
            struct dicom_element out = {};
            out.tag = DICOM_TAG(el->getGTag(), el->getETag());
            memcpy(out.vr, vr_name(el), 2);
            out.length = el->getLength();
            out.count = element_count(item_of(i), el);
            if (!fn(ctx, i, &out))
                break;
        }
        return true;
    });
}

extern "C" struct str dicom_item_charset(const struct dicom_item *i, struct arena *a)
{
    struct str none = {"", 0};
    return shim_value(none, [&] {
        std::string set = charset_of(item_of(i));
        return arena_str(a, {set.data(), set.size()});
    });
}

extern "C" void dicom_tag_vr(uint32_t tag, char ret_vr[3])
{
    memcpy(ret_vr, "UN", 3);
    shim_run(nullptr, [&] {
        DcmEVR vr = DcmTag(key_of(tag)).getEVR();
        const char *name = vr == EVR_px || vr == EVR_ox ? "OW" : DcmVR(vr).getValidVRName();
        memcpy(ret_vr, name && name[0] != '?' ? name : "UN", 2);
        return true;
    });
}

static bool tag_number(struct str word, uint32_t *ret_tag)
{
    uint32_t tag = 0;
    int digits = 0;
    for (size_t i = 0; i < word.n; i++) {
        int c = tolower(static_cast<unsigned char>(word.p[i]));
        const char *at = c ? strchr("0123456789abcdef", c) : nullptr;
        if (word.p[i] == ',' && digits == 4)
            continue;
        if (!at || ++digits > 8)
            return false;
        tag = tag << 4 | uint32_t(at - "0123456789abcdef");
    }
    *ret_tag = tag;
    return digits == 8;
}

extern "C" bool dicom_tag_of(struct str word, uint32_t *ret_tag)
{
    if (tag_number(word, ret_tag))
        return true;
    return shim_value(false, [&] {
        const std::string name(word.p ? word.p : "", word.n);
        const DcmDictEntry *entry = dcmDataDict.rdlock().findEntry(name.c_str());
        if (entry)
            *ret_tag = DICOM_TAG(entry->getGroup(), entry->getElement());
        dcmDataDict.rdunlock();
        return entry != nullptr;
    });
}

extern "C" const char *dicom_tag_keyword(uint32_t tag, struct arena *a)
{
    return shim_value<const char *>(nullptr, [&]() -> const char * {
        DcmTag t(key_of(tag));
        const char *name = t.getTagName();
        bool unknown = !name || strcmp(name, DcmTag_ERROR_TagName) == 0;
        return unknown ? nullptr : arena_cstr(a, str_of(name));
    });
}
