#include "dicom/shim/part10.h"

#include <string.h>

static void put16(struct buf *b, unsigned n)
{
    buf_putc(b, (char)n);
    buf_putc(b, (char)(n >> 8));
}

/* A text element with a two-byte length; element is the number in group 2. */
static void put_text(struct buf *b, unsigned element, const char *vr, struct str value, char pad)
{
    put16(b, 0x0002);
    put16(b, element);
    buf_put(b, vr, 2);
    put16(b, (unsigned)(value.n + value.n % 2));
    buf_str(b, value);
    if (value.n % 2)
        buf_putc(b, pad);
}

static void put_meta(struct buf *b, const char *sop_class, const char *sop_instance,
                     const char *transfer_syntax, struct str calling_aet)
{
    static const char version[] = "\x02\x00\x01\x00OB\x00\x00\x02\x00\x00\x00\x00\x01";
    buf_put(b, version, sizeof version - 1);
    put_text(b, 0x0002, "UI", str_of(sop_class), '\0');
    put_text(b, 0x0003, "UI", str_of(sop_instance), '\0');
    put_text(b, 0x0010, "UI", str_of(transfer_syntax), '\0');
    put_text(b, 0x0012, "UI", str_of(DICOM_IMPLEMENTATION_UID), '\0');
    put_text(b, 0x0013, "SH", str_sub(str_of(DICOM_IMPLEMENTATION_VERSION), 0, 16), ' ');
    if (calling_aet.n)
        put_text(b, 0x0016, "AE", calling_aet, ' ');
}

bool dicom_part10_header(const char *sop_class, const char *sop_instance, const char *transfer_syntax,
                         const char *calling_aet, struct buf *ret_header, struct err *e)
{
    const char *uids[] = {sop_class, sop_instance, transfer_syntax};
    for (int i = 0; i < 3; i++)
        if (!dicom_uid_check(str_of(uids[i]), true, e))
            return err_wrap(e, "file meta information");
    struct buf meta CLEANUP(buf_release);
    buf_init(&meta, DICOM_PART10_HEADER_MAX);
    put_meta(&meta, sop_class, sop_instance, transfer_syntax, str_sub(str_trim(str_of(calling_aet)), 0, 16));
    char *zeros = buf_reserve(ret_header, 128);
    if (zeros) {
        memset(zeros, 0, 128);
        buf_grew(ret_header, 128);
    }
    buf_put(ret_header, "DICM\x02\x00\x00\x00UL\x04\x00", 12);
    put16(ret_header, (unsigned)meta.n);
    put16(ret_header, 0);
    buf_put(ret_header, meta.p, meta.n);
    return buf_ok(&meta, e) && buf_ok(ret_header, e);
}

struct meta_element {
    unsigned group, element;
    struct str value;
    size_t size; /* with its header */
};

static unsigned le16(const char *p)
{
    return (unsigned char)p[0] | (unsigned)(unsigned char)p[1] << 8;
}

static bool is_long(const char *vr)
{
    static const char *const names[] = {"OB", "OW", "UN", "UT", "SQ", "OF", "OD", "OL", "UC", "UR"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (memcmp(vr, names[i], 2) == 0)
            return true;
    return false;
}

/* Group 2 is always explicit little endian (PS3.10 7.1). */
static bool next_element(struct str s, struct meta_element *ret)
{
    if (s.n < 8)
        return false;
    size_t head = is_long(s.p + 4) ? 12 : 8;
    if (s.n < head)
        return false;
    size_t n = head == 8 ? le16(s.p + 6) : le16(s.p + 8) | (size_t)le16(s.p + 10) << 16;
    *ret = (struct meta_element){le16(s.p), le16(s.p + 2), {s.p + head, n}, head + n};
    return n <= s.n - head;
}

static struct str unpad(struct str s)
{
    while (s.n && (s.p[s.n - 1] == '\0' || s.p[s.n - 1] == ' '))
        s.n--;
    return s;
}

static void take(struct dicom_part10 *m, const struct meta_element *el)
{
    struct str v = unpad(el->value);
    if (el->element == 0x0002)
        str_copy(m->sop_class, sizeof m->sop_class, v);
    if (el->element == 0x0003)
        str_copy(m->sop_instance, sizeof m->sop_instance, v);
    if (el->element == 0x0010)
        str_copy(m->transfer_syntax, sizeof m->transfer_syntax, v);
    if (el->element == 0x0016)
        str_copy(m->source_aet, sizeof m->source_aet, v);
}

static size_t meta_start(struct str bytes)
{
    if (bytes.n >= 132 && memcmp(bytes.p + 128, "DICM", 4) == 0)
        return 132;
    return bytes.n >= 4 && memcmp(bytes.p, "DICM", 4) == 0 ? 4 : 0;
}

bool dicom_part10_parse(struct str bytes, struct dicom_part10 *ret_meta, struct err *e)
{
    struct dicom_part10 m = {.preamble_clean = true};
    size_t at = meta_start(bytes);
    for (size_t i = 0; at == 132 && i < 128; i++)
        m.preamble_clean = m.preamble_clean && bytes.p[i] == '\0';
    while (at + 2 <= bytes.n && le16(bytes.p + at) == 0x0002) {
        struct meta_element el;
        if (!next_element(str_sub(bytes, at, bytes.n - at), &el))
            return err_set(e, ERR_STRUCTURE, "file meta information ends early or is damaged");
        take(&m, &el);
        at += el.size;
    }
    if (!m.transfer_syntax[0])
        return err_set(e, ERR_STRUCTURE, "no DICOM file: it names no transfer syntax");
    if (!dicom_uid_check(str_of(m.transfer_syntax), true, e))
        return err_wrap(e, "file meta information");
    m.dataset_offset = at;
    *ret_meta = m;
    return true;
}
