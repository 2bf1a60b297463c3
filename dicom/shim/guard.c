#include "dicom/shim/guard.h"

#include <inttypes.h>
#include <string.h>
#include <zlib.h>

#include "base/buf.h"
#include "dicom/shim/dataset.h"

enum { FRAMES = 2 * DICOM_DEPTH_MAX + 1, DISORDER_MAX = 500 };
#define UNDEFINED 0xFFFFFFFFu
#define ITEM_TAG 0xFFFEE000
#define ITEM_END_TAG 0xFFFEE00D
#define SEQUENCE_END_TAG 0xFFFEE0DD

enum frame_kind { SEQUENCE, ITEM, FRAGMENTS };

struct frame {
    enum frame_kind kind;
    bool undefined;               /* ends by a delimiter */
    uint64_t bound;               /* it ends here at the latest; exactly here unless undefined */
    uint32_t tag;                 /* of the sequence */
    uint32_t last;                /* of the elements in it so far */
    bool explicit_vr, big_endian; /* how the elements around it are encoded */
};

struct dicom_guard {
    struct dicom_limits limits;
    struct dicom_guard_facts facts;
    const char *syntax; /* of the header */
    bool explicit_vr, big_endian, deflated, done;
    struct buf header; /* every byte scanned; the header is its first `boundary` bytes */
    size_t boundary;
    uint64_t offset; /* of the next byte to scan */
    uint64_t skip;   /* bytes of a value still to pass */
    uint64_t due;    /* a cut or bulk value reaches to here */
    unsigned char head[12];
    size_t head_n, head_need;
    uint32_t tag;  /* of the last element header */
    uint32_t last; /* of the top-level elements so far */
    int disorder;
    struct frame frames[FRAMES];
    int frame_count, depth;
    z_stream z;
    bool z_open, z_ended;
};

static bool set_syntax(struct dicom_guard *g, const char *uid)
{
    if (!dicom_transfer_syntax_known(uid))
        return false;
    g->explicit_vr = strcmp(uid, DICOM_IMPLICIT_LE) != 0 && strcmp(uid, "1.2.840.113619.5.2") != 0;
    g->big_endian = strcmp(uid, DICOM_EXPLICIT_BE) == 0;
    g->deflated = strcmp(uid, DICOM_DEFLATED_LE) == 0 || strcmp(uid, "1.2.840.10008.1.2.4.95") == 0;
    g->syntax = g->big_endian ? DICOM_EXPLICIT_BE : g->explicit_vr ? DICOM_EXPLICIT_LE : DICOM_IMPLICIT_LE;
    return true;
}

static void *z_alloc(void *unused, unsigned n, unsigned size)
{
    (void)unused;
    return mem_zalloc((size_t)n * size);
}

static void z_free(void *unused, void *p)
{
    (void)unused;
    mem_free(p);
}

struct dicom_guard *dicom_guard_new(const char *transfer_syntax, const struct dicom_limits *limits,
                                    struct err *e)
{
    struct dicom_guard *g = mem_zalloc(sizeof *g);
    if (!set_syntax(g, transfer_syntax)) {
        mem_free(g);
        err_set(e, ERR_UNSUPPORTED, "transfer syntax is not known");
        return NULL;
    }
    g->limits = limits ? *limits : (struct dicom_limits){0};
    if (!g->limits.header_bytes)
        g->limits.header_bytes = 16 * 1024 * 1024;
    if (!g->limits.elements)
        g->limits.elements = 200000;
    if (!g->limits.ratio)
        g->limits.ratio = 200;
    g->head_need = 8;
    buf_init(&g->header, g->limits.header_bytes);
    return g;
}

void dicom_guard_free(struct dicom_guard *g)
{
    if (!g)
        return;
    if (g->z_open)
        inflateEnd(&g->z);
    buf_release(&g->header);
    mem_free(g);
}

static bool refuse(const struct dicom_guard *g, struct err *e, const char *why)
{
    char path[180] = "";
    size_t n = 0;
    for (int i = 0; i < g->frame_count && n < sizeof path - 20; i++)
        if (g->frames[i].kind != ITEM)
            n += (size_t)snprintf(path + n, sizeof path - n, "(%04x,%04x)/", g->frames[i].tag >> 16,
                                  g->frames[i].tag & 0xffff);
    err_set(e, ERR_STRUCTURE, "DICOM data set, element (%04x,%04x) at byte %" PRIu64 ": %s", g->tag >> 16,
            g->tag & 0xffff, g->offset, why);
    return err_at(e, "%s(%04x,%04x)", path, g->tag >> 16, g->tag & 0xffff);
}

static uint32_t get16(const struct dicom_guard *g, const unsigned char *p)
{
    return g->big_endian ? (uint32_t)(p[0] << 8 | p[1]) : (uint32_t)(p[1] << 8 | p[0]);
}

static uint32_t get32(const struct dicom_guard *g, const unsigned char *p)
{
    return g->big_endian ? get16(g, p) << 16 | get16(g, p + 2) : get16(g, p + 2) << 16 | get16(g, p);
}

/* Two letters to a number, for the tables below. */
#define VR(a, b) ((uint32_t)(a) << 8 | (uint32_t)(b))

/* Which form does an explicit VR's length take (PS3.5 7.1.2)? Unknown ones as DCMTK reads them, so that both
 * see the same bytes as headers: letters mean the long form, anything else the short one. */
static bool long_form(uint32_t vr)
{
    static const uint32_t short_vrs[] = {
        VR('A', 'E'), VR('A', 'S'), VR('A', 'T'), VR('C', 'S'), VR('D', 'A'), VR('D', 'S'), VR('D', 'T'),
        VR('F', 'L'), VR('F', 'D'), VR('I', 'S'), VR('L', 'O'), VR('L', 'T'), VR('P', 'N'), VR('S', 'H'),
        VR('S', 'L'), VR('S', 'S'), VR('S', 'T'), VR('T', 'M'), VR('U', 'I'), VR('U', 'L'), VR('U', 'S')};
    for (size_t i = 0; i < sizeof short_vrs / sizeof *short_vrs; i++)
        if (short_vrs[i] == vr)
            return false;
    return vr >> 8 >= 'A' && vr >> 8 <= 'Z' && (vr & 0xff) >= 'A' && (vr & 0xff) <= 'Z';
}

static bool lower_case(uint32_t vr)
{
    return (vr >> 8 >= 'a' && vr >> 8 <= 'z') || ((vr & 0xff) >= 'a' && (vr & 0xff) <= 'z');
}

static struct frame *top(struct dicom_guard *g)
{
    return g->frame_count ? &g->frames[g->frame_count - 1] : NULL;
}

static uint64_t bound(struct dicom_guard *g)
{
    return g->frame_count ? top(g)->bound : UINT64_MAX;
}

static bool push(struct dicom_guard *g, enum frame_kind kind, uint32_t length, struct err *e)
{
    if (kind != ITEM && ++g->depth > DICOM_DEPTH_MAX)
        return refuse(g, e, "sequences are nested too deeply");
    if (g->depth > g->facts.depth)
        g->facts.depth = g->depth;
    uint64_t outer = bound(g), end = length == UNDEFINED ? outer : g->offset + length;
    g->frames[g->frame_count++] =
        (struct frame){kind, length == UNDEFINED, end, g->tag, 0, g->explicit_vr, g->big_endian};
    return true;
}

static void pop(struct dicom_guard *g)
{
    struct frame *f = top(g);
    if (f->kind != ITEM)
        g->depth--;
    g->explicit_vr = f->explicit_vr;
    g->big_endian = f->big_endian;
    g->frame_count--;
}

/* The header ends at the last top-level element that was whole; the value in hand reaches to due. */
static bool cut(struct dicom_guard *g, uint64_t due)
{
    g->facts.header_cut = true;
    g->due = due;
    g->done = true;
    return true;
}

static bool bulk_tag(uint32_t tag)
{
    return tag == 0x7FE00010 || tag == 0x7FE00008 || tag == 0x7FE00009 || tag == 0x00420011;
}

static bool found_bulk(struct dicom_guard *g, uint32_t length)
{
    g->facts.bulk_tag = g->tag;
    g->facts.bulk_offset = g->offset;
    g->facts.bulk_length = length;
    g->due = length == UNDEFINED ? g->offset : g->offset + length;
    g->done = true;
    return true;
}

static bool pass_value(struct dicom_guard *g, uint32_t length, struct err *e)
{
    if (length == UNDEFINED)
        return refuse(g, e, "undefined length where none is allowed");
    if (g->offset + length > bound(g))
        return refuse(g, e, "its length passes the end of what it is in");
    if (g->offset + length > g->limits.header_bytes)
        return cut(g, g->offset + length);
    g->skip = length;
    return true;
}

static bool open_sequence(struct dicom_guard *g, enum frame_kind kind, uint32_t length, struct err *e)
{
    if (length != UNDEFINED && g->offset + length > bound(g))
        return refuse(g, e, "its length passes the end of what it is in");
    return length == 0 || push(g, kind, length, e);
}

/* Item and delimitation tags. */
static bool take_mark(struct dicom_guard *g, uint32_t mark, uint32_t length, struct err *e)
{
    struct frame *f = top(g);
    if (!f)
        return refuse(g, e, "an item stands outside any sequence");
    if (mark == ITEM_TAG && f->kind == FRAGMENTS)
        return pass_value(g, length, e);
    if (mark == ITEM_TAG && f->kind == SEQUENCE) {
        if (length != UNDEFINED && g->offset + length > f->bound)
            return refuse(g, e, "an item's length passes the end of its sequence");
        return push(g, ITEM, length, e);
    }
    bool ends_item = mark == ITEM_END_TAG && f->kind == ITEM;
    bool ends_sequence = mark == SEQUENCE_END_TAG && f->kind != ITEM;
    if (length != 0 || !f->undefined || !(ends_item || ends_sequence))
        return refuse(g, e, "an item or delimiter out of place");
    pop(g);
    return true;
}

static bool take_explicit(struct dicom_guard *g, uint32_t vr, uint32_t length, struct err *e)
{
    if (vr == VR('S', 'Q'))
        return open_sequence(g, SEQUENCE, length, e);
    if (length != UNDEFINED)
        return pass_value(g, length, e);
    if (vr == VR('O', 'B') || vr == VR('O', 'W'))
        return open_sequence(g, FRAGMENTS, length, e);
    if (vr != VR('U', 'N'))
        return refuse(g, e, "undefined length where none is allowed");
    /* PS3.5 6.2.2: what is inside is implicit little endian, whatever is outside. */
    if (!push(g, SEQUENCE, length, e))
        return false;
    g->explicit_vr = false;
    g->big_endian = false;
    return true;
}

/* Without a VR, the dictionary and the first bytes of the value say whether it is a sequence. A private one
 * that looks like a sequence is scanned as one, for DCMTK may know it as such. */
static bool take_implicit(struct dicom_guard *g, uint32_t length, bool starts_with_item, struct err *e)
{
    char vr[3];
    dicom_tag_vr(g->tag, vr);
    if (length == UNDEFINED || starts_with_item || strcmp(vr, "SQ") == 0)
        return open_sequence(g, SEQUENCE, length, e);
    return pass_value(g, length, e);
}

/* Frames of defined length that end here. */
static bool close_frames(struct dicom_guard *g, struct err *e)
{
    while (g->frame_count && !top(g)->undefined && g->offset >= top(g)->bound) {
        if (g->offset > top(g)->bound)
            return refuse(g, e, "a value passes the end of its item or sequence");
        pop(g);
    }
    return true;
}

/* DCMTK inserts an element by walking back from the end: many out of order would cost it a walk each. */
static bool in_order(struct dicom_guard *g, struct err *e)
{
    uint32_t *last = g->frame_count ? &top(g)->last : &g->last;
    if (g->tag < *last && ++g->disorder > DISORDER_MAX)
        return refuse(g, e, "too many elements are out of order");
    *last = g->tag;
    return true;
}

static bool start_element(struct dicom_guard *g)
{
    if (g->frame_count == 0)
        g->boundary = (size_t)g->offset;
    g->facts.elements++;
    return g->facts.elements <= g->limits.elements;
}

/* Take the whole header of one element. */
static bool take_element(struct dicom_guard *g, struct err *e)
{
    const unsigned char *h = g->head;
    if (g->explicit_vr) {
        uint32_t vr = VR(h[4], h[5]);
        if (lower_case(vr))
            return refuse(g, e, "its VR is none");
        uint32_t length = long_form(vr) ? get32(g, h + 8) : get16(g, h + 6);
        g->offset += g->head_need;
        g->head_n = 0;
        if (g->frame_count == 0 && bulk_tag(g->tag))
            return found_bulk(g, length);
        return take_explicit(g, vr, length, e);
    }
    uint32_t length = get32(g, h + 4);
    bool peeked = g->head_need == 12;
    bool item = peeked && get16(g, h + 8) == 0xFFFE && get16(g, h + 10) == 0xE000;
    g->offset += 8;
    g->head_n = 0;
    if (g->frame_count == 0 && bulk_tag(g->tag))
        return found_bulk(g, length);
    if (!take_implicit(g, length, item, e))
        return false;
    if (peeked && !g->done) { /* the four bytes are the next header's, or part of the value */
        if (g->skip) {
            g->skip -= 4;
            g->offset += 4;
        } else {
            memmove(g->head, h + 8, 4);
            g->head_n = 4;
        }
    }
    return true;
}

/* How many bytes does this header need, now that eight are there? */
static size_t header_size(struct dicom_guard *g)
{
    const unsigned char *h = g->head;
    if (g->tag >> 16 == 0xFFFE)
        return 8;
    if (g->explicit_vr)
        return long_form(VR(h[4], h[5])) ? 12 : 8;
    uint32_t length = get32(g, h + 4);
    return length != UNDEFINED && length >= 8 ? 12 : 8;
}

static bool take_header(struct dicom_guard *g, struct err *e)
{
    g->tag = get16(g, g->head) << 16 | get16(g, g->head + 2);
    if (g->head_need == 8 && g->head_n == 8) {
        g->head_need = header_size(g);
        if (g->head_need > 8)
            return true;
    }
    struct frame *f = top(g);
    if (g->offset + 8 > bound(g))
        return refuse(g, e, "it begins too near the end of what it is in");
    if (!start_element(g))
        return cut(g, 0);
    bool ok;
    if (g->tag >> 16 == 0xFFFE) {
        uint32_t mark = g->tag, length = get32(g, g->head + 4);
        g->offset += 8;
        g->head_n = 0;
        if (f)
            g->tag = f->tag;
        ok = take_mark(g, mark, length, e);
    } else if (f && f->kind != ITEM) {
        return refuse(g, e, "an element stands where an item is due");
    } else {
        ok = in_order(g, e) && take_element(g, e);
    }
    g->head_need = 8;
    return ok;
}

/* Scan n bytes; returns false on refusal. Stops early when done. */
static bool scan(struct dicom_guard *g, const unsigned char *p, size_t n, struct err *e)
{
    while (n > 0 && !g->done) {
        size_t take;
        if (g->skip > 0) {
            take = g->skip < n ? (size_t)g->skip : n;
            g->skip -= take;
            g->offset += take;
        } else {
            if (g->head_n == 0 && !close_frames(g, e))
                return false;
            take = g->head_need - g->head_n < n ? g->head_need - g->head_n : n;
            memcpy(g->head + g->head_n, p, take);
            g->head_n += take;
        }
        buf_put(&g->header, p, take);
        if (g->header.failed)
            return cut(g, 0);
        p += take;
        n -= take;
        if (g->skip == 0 && g->head_n >= g->head_need && !take_header(g, e))
            return false;
    }
    return true;
}

static bool z_start(struct dicom_guard *g, unsigned char first, struct err *e)
{
    g->z.zalloc = z_alloc;
    g->z.zfree = z_free;
    /* PS3.5 A.5 says a raw stream; some write the zlib wrapper, whose first byte no raw stream begins with.
     */
    if (inflateInit2(&g->z, first == 0x78 ? 15 : -15) != Z_OK)
        return err_set(e, ERR_INTERNAL, "inflate cannot start");
    g->z_open = true;
    return true;
}

static bool inflate_scan(struct dicom_guard *g, const unsigned char *p, size_t n, struct err *e)
{
    unsigned char out[16 * 1024];
    g->z.next_in = (unsigned char *)(uintptr_t)p;
    g->z.avail_in = (unsigned)n;
    while (!g->done && !g->z_ended) {
        g->z.next_out = out;
        g->z.avail_out = sizeof out;
        int r = inflate(&g->z, Z_NO_FLUSH);
        if (r != Z_OK && r != Z_STREAM_END && r != Z_BUF_ERROR)
            return err_set(e, ERR_STRUCTURE, "deflated data set is damaged");
        if (g->z.total_out > 1024 * 1024 && g->z.total_out / g->limits.ratio > g->z.total_in)
            return err_set(e, ERR_TOO_LARGE, "deflated data set grows too much");
        size_t got = sizeof out - g->z.avail_out;
        g->z_ended = r == Z_STREAM_END;
        if (!scan(g, out, got, e))
            return false;
        if (got == 0)
            return true;
    }
    return true;
}

bool dicom_guard_feed(struct dicom_guard *g, const void *bytes, size_t n, struct err *e)
{
    g->facts.bytes += n;
    if (g->done || n == 0)
        return true;
    if (!g->deflated)
        return scan(g, bytes, n, e);
    if (!g->z_open && !z_start(g, *(const unsigned char *)bytes, e))
        return false;
    const unsigned char *p = bytes;
    for (size_t at = 0; at < n; at += 1 << 20)
        if (!inflate_scan(g, p + at, n - at < 1 << 20 ? n - at : 1 << 20, e))
            return false;
    return true;
}

bool dicom_guard_end(struct dicom_guard *g, struct err *e)
{
    if (g->done) {
        bool shortened = !g->deflated && g->facts.bytes < g->due;
        if (shortened && g->facts.header_cut)
            return refuse(g, e, "the data set ends inside its value");
        g->facts.bulk_short = shortened;
        return true;
    }
    g->done = true;
    if (g->deflated && g->facts.bytes && !g->z_ended)
        return err_set(e, ERR_STRUCTURE, "deflated data set ends early");
    if (g->skip > 0 || g->head_n > 0)
        return refuse(g, e, "the data set ends inside it");
    if (!close_frames(g, e))
        return false;
    if (g->frame_count)
        return refuse(g, e, "the data set ends inside a sequence");
    g->boundary = g->header.n;
    return true;
}

bool dicom_guard_done(const struct dicom_guard *g)
{
    return g->done;
}

struct str dicom_guard_header(const struct dicom_guard *g)
{
    return (struct str){g->header.p ? g->header.p : "", g->boundary};
}

const char *dicom_guard_syntax(const struct dicom_guard *g)
{
    return g->syntax;
}

const struct dicom_guard_facts *dicom_guard_facts(const struct dicom_guard *g)
{
    return &g->facts;
}
