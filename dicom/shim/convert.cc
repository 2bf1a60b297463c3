#include "dataset_priv.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string>

#include <unistd.h>

#include "dcmtk/dcmdata/dcistrmf.h"
#include "dcmtk/dcmdata/dcostrmb.h"
#include "dcmtk/dcmdata/dcwcache.h"

static const size_t PIECE = 64 * 1024;
static const Uint32 KEPT_IN_MEMORY = 4096;

struct dicom_converter {
    DcmDataset ds;
    DcmWriteCache cache;
    E_TransferSyntax to = EXS_Unknown;
    std::vector<char> room = std::vector<char>(PIECE);
    DcmOutputBufferStream out{room.data(), offile_off_t(PIECE)};
    std::string ready; /* written and not yet read */
    size_t from = 0;
    bool done = false;
};

extern "C" bool dicom_transfer_syntax_plain(const char *uid)
{
    struct str s = str_of(uid);
    return str_is(s, DICOM_IMPLICIT_LE) || str_is(s, DICOM_EXPLICIT_LE) || str_is(s, DICOM_EXPLICIT_BE);
}

static bool piece(int fd, std::vector<char> *to, int64_t at, size_t *ret_n, struct err *e)
{
    ssize_t n = 0;
    do
        n = pread(fd, to->data(), to->size(), at);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return err_errno(e, ERR_INTERNAL, "read a stored object");
    *ret_n = size_t(n);
    return true;
}

/* Feed the guard from an offset to the end, or until its header is complete. */
static bool guard_run(int fd, int64_t at, dicom_guard *g, struct err *e)
{
    std::vector<char> bytes(PIECE);
    size_t n = 1;
    while (n > 0 && !dicom_guard_done(g)) {
        if (!piece(fd, &bytes, at, &n, e) || !dicom_guard_feed(g, bytes.data(), n, e))
            return false;
        at += int64_t(n);
    }
    return dicom_guard_end(g, e);
}

typedef std::unique_ptr<dicom_guard, void (*)(dicom_guard *)> Guard;

/* DCMTK will parse what stands behind the pixels as well, which reception did not look at. */
static bool structure_ok(int fd, int64_t offset, const char *syntax, struct err *e)
{
    for (int parts = 0; parts < 8; parts++) {
        Guard g(dicom_guard_new(syntax, nullptr, e), dicom_guard_free);
        if (!g || !guard_run(fd, offset, g.get(), e))
            return false;
        const struct dicom_guard_facts *f = dicom_guard_facts(g.get());
        if (f->header_cut || (f->bulk_tag && f->bulk_length == 0xffffffff))
            return err_set(e, ERR_UNSUPPORTED, "its structure is not one to convert");
        if (!f->bulk_tag)
            return true;
        offset += int64_t(f->bulk_offset) + f->bulk_length;
    }
    return err_set(e, ERR_UNSUPPORTED, "it holds too many values of bulk data");
}

/* Skipped, and not opened at the offset: DCMTK finds large values again by counting from where it opened the file. */
static bool load(dicom_converter *c, int fd, int64_t offset, const char *from, struct err *e)
{
    std::string path = "/proc/self/fd/" + std::to_string(fd);
    DcmInputFileStream in(path.c_str(), 0);
    for (offile_off_t n = 1; offset > 0 && n > 0; offset -= n)
        n = in.skip(offile_off_t(offset));
    c->ds.transferInit();
    OFCondition ok = c->ds.read(in, DcmXfer(from).getXfer(), EGL_noChange, KEPT_IN_MEMORY);
    c->ds.transferEnd();
    if (ok.bad())
        return err_set(e, ERR_STRUCTURE, "it can not be parsed (DCMTK condition %04x:%04x)", ok.module(), ok.code());
    c->ds.transferInit();
    return true;
}

extern "C" struct dicom_converter *dicom_converter_new(int fd, int64_t offset, const char *from, const char *to,
                                                       struct err *e)
{
    std::unique_ptr<dicom_converter> c;
    bool ok = shim_run(e, [&] {
        if (!dicom_transfer_syntax_plain(from) || !dicom_transfer_syntax_plain(to))
            return err_set(e, ERR_UNSUPPORTED, "conversion is between plain transfer syntaxes");
        if (!structure_ok(fd, offset, from, e))
            return false;
        c.reset(new dicom_converter);
        c->to = DcmXfer(to).getXfer();
        return load(c.get(), fd, offset, from, e);
    });
    return ok ? c.release() : nullptr;
}

/* As much as fits the room. */
static bool write_some(dicom_converter *c, struct err *e)
{
    OFCondition ok = c->ds.write(c->out, c->to, EET_ExplicitLength, &c->cache, EGL_recalcGL);
    void *p = nullptr;
    offile_off_t n = 0;
    c->out.flushBuffer(p, n);
    c->ready.assign(static_cast<const char *>(p), size_t(n));
    c->from = 0;
    c->done = ok.good();
    return ok.good() || ok == EC_StreamNotifyClient ||
           err_set(e, ERR_STRUCTURE, "it can not be converted (DCMTK condition %04x:%04x)", ok.module(), ok.code());
}

extern "C" bool dicom_converter_read(void *ctx, void *bytes, size_t n, size_t *ret_n, struct err *e)
{
    dicom_converter *c = static_cast<dicom_converter *>(ctx);
    return shim_run(e, [&] {
        while (c->from == c->ready.size() && !c->done)
            if (!write_some(c, e))
                return false;
        *ret_n = std::min(n, c->ready.size() - c->from);
        memcpy(bytes, c->ready.data() + c->from, *ret_n);
        c->from += *ret_n;
        return true;
    });
}

extern "C" void dicom_converter_free(struct dicom_converter *c)
{
    delete c;
}
