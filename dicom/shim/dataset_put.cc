#include "dataset_priv.h"

#include <cstring>
#include <memory>
#include <string>

static struct str view(const std::string &s)
{
    return {s.data(), s.size()};
}

static dicom_dataset *dataset_of(DcmItem *i)
{
    return static_cast<dicom_dataset *>(i->getRootItem());
}

static bool name_tag(uint32_t tag, struct err *e)
{
    return err_at(e, "(%04x,%04x)", tag >> 16, tag & 0xffff);
}

static DcmElement *element_make(uint32_t tag, struct err *e)
{
    DcmTag t(key_of(tag));
    DcmElement *el = nullptr;
    if (t.getEVR() == EVR_UNKNOWN || t.getEVR() == EVR_UN || DcmItem::newDicomElementWithVR(el, t).bad()) {
        err_set(e, ERR_UNSUPPORTED, "element (%04x,%04x) is not in the dictionary", tag >> 16, tag & 0xffff);
        return nullptr;
    }
    return el;
}

static bool element_insert(DcmItem *i, std::unique_ptr<DcmElement> el, struct err *e)
{
    if (i->insert(el.get(), OFTrue).bad())
        return err_set(e, ERR_INTERNAL, "element (%04x,%04x) cannot be inserted", el->getGTag(),
                       el->getETag());
    el.release();
    return true;
}

/* Text goes in encoded as the item's character set says. */
static bool element_fill(DcmItem *i, DcmElement *el, struct str utf8, struct err *e)
{
    struct arena a;
    arena_init(&a);
    struct str raw = utf8;
    if (vr_is_text(el->getVR()))
        raw =
            dicom_charset_encode(view(charset_of(i)), utf8, el->getVR() == EVR_PN, &a, &dataset_of(i)->lossy);
    std::string bytes(raw.p ? raw.p : "", raw.n);
    arena_release(&a);
    OFCondition c = el->putString(bytes.c_str(), Uint32(bytes.size()));
    if (c.good())
        return true;
    err_set(e, ERR_INVALID, "element (%04x,%04x) cannot take this value", el->getGTag(), el->getETag());
    return name_tag(DICOM_TAG(el->getGTag(), el->getETag()), e);
}

/* Characters a value may have; 0: its form is checked by the dictionary's rules instead. */
static size_t text_length(DcmEVR vr)
{
    switch (vr) {
    case EVR_SH:
        return 16;
    case EVR_LO:
    case EVR_PN: /* of each group */
        return 64;
    case EVR_ST:
        return 1024;
    case EVR_LT:
    case EVR_UT:
    case EVR_UC:
        return 10240;
    default:
        return 0;
    }
}

/* Texts: each value (of a name: each group) by its characters, and none of them a control. */
static bool texts_fit(DcmEVR vr, struct str utf8)
{
    size_t most = text_length(vr), n = 0;
    bool lists = vr == EVR_SH || vr == EVR_LO || vr == EVR_PN || vr == EVR_UC;
    if (!str_utf8_valid(utf8))
        return false;
    for (size_t i = 0; i < utf8.n; i++) {
        unsigned char c = (unsigned char)utf8.p[i];
        bool breaks = c == '\r' || c == '\n' || c == '\f' || c == '\t';
        if (c == 0x7f || (c < 0x20 && (lists || !breaks)))
            return false;
        if ((lists && c == '\\') || (vr == EVR_PN && c == '='))
            n = 0;
        else if ((c & 0xC0) != 0x80 && ++n > most)
            return false;
    }
    return true;
}

extern "C" bool dicom_value_check(uint32_t tag, struct str utf8, struct err *e)
{
    return shim_run(e, [&] {
        std::unique_ptr<DcmElement> el(element_make(tag, e));
        if (!el)
            return name_tag(tag, e);
        DcmEVR vr = el->getVR();
        if (vr == EVR_SQ || vr_is_binary(vr)) {
            err_set(e, ERR_UNSUPPORTED, "element (%04x,%04x) holds no text", tag >> 16, tag & 0xffff);
            return name_tag(tag, e);
        }
        std::string bytes(utf8.p ? utf8.p : "", utf8.n);
        bool fits = text_length(vr) ? texts_fit(vr, utf8)
                                    : el->putString(bytes.c_str(), Uint32(bytes.size())).good() &&
                                          el->checkValue("1-n").good();
        if (fits)
            return true;
        err_set(e, ERR_INVALID, "element (%04x,%04x) cannot take this value", tag >> 16, tag & 0xffff);
        return name_tag(tag, e);
    });
}

extern "C" bool dicom_put(struct dicom_item *i, uint32_t tag, struct str utf8, struct err *e)
{
    return shim_run(e, [&] {
        if (tag == DICOM_SPECIFIC_CHARACTER_SET)
            return err_set(e, ERR_INVALID, "the character set of a data set is not put like other elements");
        std::unique_ptr<DcmElement> el(element_make(tag, e));
        if (!el)
            return name_tag(tag, e);
        if (el->getVR() == EVR_SQ || vr_is_binary(el->getVR())) {
            err_set(e, ERR_INVALID, "element (%04x,%04x) holds no text", tag >> 16, tag & 0xffff);
            return name_tag(tag, e);
        }
        return element_fill(item_of(i), el.get(), utf8, e) && element_insert(item_of(i), std::move(el), e);
    });
}

extern "C" bool dicom_put_or_empty(struct dicom_item *i, uint32_t tag, struct str utf8, struct err *e)
{
    if (dicom_put(i, tag, utf8, e))
        return true;
    err_clear(e);
    return dicom_put(i, tag, str_of(""), e);
}

extern "C" bool dicom_put_int(struct dicom_item *i, uint32_t tag, int64_t value, struct err *e)
{
    char text[32];
    snprintf(text, sizeof text, "%lld", static_cast<long long>(value));
    return dicom_put(i, tag, str_of(text), e);
}

extern "C" bool dicom_put_bytes(struct dicom_item *i, uint32_t tag, struct str bytes, struct err *e)
{
    return shim_run(e, [&] {
        std::unique_ptr<DcmElement> el(element_make(tag, e));
        if (!el)
            return name_tag(tag, e);
        std::string even(bytes.p ? bytes.p : "", bytes.n);
        even.append(bytes.n % 2, '\0');
        const Uint8 *p = reinterpret_cast<const Uint8 *>(even.data());
        bool ok = vr_is_binary(el->getVR()) && el->putUint8Array(p, even.size()).good();
        if (!ok) {
            err_set(e, ERR_INVALID, "element (%04x,%04x) takes no bytes", tag >> 16, tag & 0xffff);
            return name_tag(tag, e);
        }
        return element_insert(item_of(i), std::move(el), e);
    });
}

static DcmSequenceOfItems *sequence_make(DcmItem *i, uint32_t tag, struct err *e)
{
    DcmElement *have = element_find(i, tag);
    if (have)
        return have->ident() == EVR_SQ ? static_cast<DcmSequenceOfItems *>(have) : nullptr;
    std::unique_ptr<DcmElement> el(element_make(tag, e));
    if (!el || el->ident() != EVR_SQ)
        return nullptr;
    DcmElement *made = el.get();
    return element_insert(i, std::move(el), e) ? static_cast<DcmSequenceOfItems *>(made) : nullptr;
}

extern "C" bool dicom_put_sequence(struct dicom_item *i, uint32_t tag, struct err *e)
{
    return shim_run(e, [&] {
        if (sequence_make(item_of(i), tag, e))
            return true;
        err_set(e, ERR_INVALID, "element (%04x,%04x) is no sequence", tag >> 16, tag & 0xffff);
        return name_tag(tag, e);
    });
}

extern "C" struct dicom_item *dicom_put_item(struct dicom_item *i, uint32_t tag, struct err *e)
{
    DcmItem *made = nullptr;
    bool ok = dicom_put_sequence(i, tag, e) && shim_run(e, [&] {
                  DcmSequenceOfItems *sq = sequence_make(item_of(i), tag, e);
                  std::unique_ptr<DcmItem> item(new DcmItem);
                  if (!sq || sq->append(item.get()).bad())
                      return err_set(e, ERR_INTERNAL, "an item of (%04x,%04x) cannot be made", tag >> 16,
                                     tag & 0xffff);
                  made = item.release();
                  return true;
              });
    return ok ? handle_of(made) : nullptr;
}

/* ---- character sets ---- */

static void text_recode(DcmElement *el, const std::string &from, const std::string &to, bool *lossy)
{
    char *p = nullptr;
    Uint32 n = 0;
    if (!vr_is_text(el->getVR()) || el->getString(p, n).bad() || !p || n == 0)
        return;
    struct arena a;
    arena_init(&a);
    bool pn = el->getVR() == EVR_PN;
    struct str utf8 = dicom_charset_decode(view(from), {p, n}, pn, &a, nullptr);
    struct str raw = dicom_charset_encode(view(to), utf8, pn, &a, lossy);
    std::string bytes(raw.p, raw.n);
    arena_release(&a);
    el->putString(bytes.c_str(), Uint32(bytes.size()));
}

static void element_recode(DcmElement *el, const std::string &from, const std::string &to, bool *lossy);

/* Depth is bounded by the guard for what was parsed, and by the code that builds for what was built. */
static void item_recode(DcmItem *i, const std::string &inherited, const std::string &to, bool *lossy)
{
    std::string from = element_find(i, DICOM_SPECIFIC_CHARACTER_SET) ? charset_of(i) : inherited;
    for (DcmElement *el : elements_of(i))
        element_recode(el, from, to, lossy);
    i->findAndDeleteElement(key_of(DICOM_SPECIFIC_CHARACTER_SET));
}

static void element_recode(DcmElement *el, const std::string &from, const std::string &to, bool *lossy)
{
    if (el->ident() != EVR_SQ) {
        text_recode(el, from, to, lossy);
        return;
    }
    DcmSequenceOfItems *sq = static_cast<DcmSequenceOfItems *>(el);
    DcmObject *o = nullptr;
    while ((o = sq->nextInContainer(o)) != nullptr)
        item_recode(static_cast<DcmItem *>(o), from, to, lossy);
}

static bool charset_put(DcmItem *root, const char *charset, struct err *e)
{
    if (!*charset)
        return true;
    return root->putAndInsertString(DcmTag(key_of(DICOM_SPECIFIC_CHARACTER_SET)), charset).good() ||
           err_set(e, ERR_INTERNAL, "the character set cannot be set");
}

extern "C" bool dicom_dataset_set_charset(struct dicom_dataset *ds, const char *charset, struct err *e)
{
    return shim_run(e, [&] {
        if (!dicom_charset_known(str_of(charset)))
            return err_set(e, ERR_UNSUPPORTED, "character set '%s' is not known", charset);
        std::string was = charset_of(ds);
        if (was != charset)
            item_recode(ds, was, charset, &ds->lossy);
        return charset_put(ds, charset, e);
    });
}

extern "C" struct dicom_dataset *dicom_dataset_new(const char *charset, struct err *e)
{
    std::unique_ptr<dicom_dataset> ds;
    bool ok = shim_run(e, [&] {
        ds.reset(new dicom_dataset);
        if (!dicom_charset_known(str_of(charset)))
            return err_set(e, ERR_UNSUPPORTED, "character set '%s' is not known", charset);
        return charset_put(ds.get(), charset, e);
    });
    return ok ? ds.release() : nullptr;
}

extern "C" bool dicom_put_copy(struct dicom_item *to, const struct dicom_item *from, uint32_t tag,
                               struct err *e)
{
    return shim_run(e, [&] {
        DcmElement *el = element_find(item_of(from), tag);
        if (!el)
            return err_set(e, ERR_NOT_FOUND, "element (%04x,%04x) is absent", tag >> 16, tag & 0xffff);
        std::unique_ptr<DcmElement> copy(static_cast<DcmElement *>(el->clone()));
        if (!copy)
            throw std::bad_alloc();
        element_recode(copy.get(), charset_of(item_of(from)), charset_of(item_of(to)),
                       &dataset_of(item_of(to))->lossy);
        return element_insert(item_of(to), std::move(copy), e);
    });
}

extern "C" struct dicom_item *dicom_item_at(struct dicom_item *i, uint32_t tag, size_t n)
{
    return const_cast<struct dicom_item *>(dicom_item_find(i, tag, n));
}

extern "C" void dicom_remove(struct dicom_item *i, uint32_t tag)
{
    shim_run(nullptr, [&] {
        item_of(i)->findAndDeleteElement(key_of(tag));
        return true;
    });
}
