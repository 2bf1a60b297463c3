#include "shim_priv.h"

#include <cstdio>
#include <mutex>
#include <stdexcept>
#include <vector>

#include <openjph/ojph_arch.h>
#include <openjph/ojph_codestream.h>
#include <openjph/ojph_file.h>
#include <openjph/ojph_mem.h>
#include <openjph/ojph_message.h>
#include <openjph/ojph_params.h>

namespace
{

/* The library writes what it dislikes to standard output before it throws; here it only throws. */
struct silent_error final : ojph::message_error {
    void operator()(int, const char *, int, const char *, ...) override
    {
        throw std::runtime_error("OpenJPH refused the frame");
    }
};

struct silent_warning final : ojph::message_warning {
    void operator()(int, const char *, int, const char *, ...) override
    {
    }
};

struct silent_info final : ojph::message_info {
    void operator()(int, const char *, int, const char *, ...) override
    {
    }
};

void silence()
{
    static silent_error error;
    static silent_warning warning;
    static silent_info info;
    ojph::configure_error(&error);
    ojph::configure_warning(&warning);
    ojph::configure_info(&info);
}

struct buf_outfile final : ojph::outfile_base {
    explicit buf_outfile(struct buf *b) : out(b), start(b->n)
    {
    }
    size_t write(const void *p, size_t n) override
    {
        buf_put(out, p, n);
        return n;
    }
    ojph::si64 tell() override
    {
        return ojph::si64(out->n - start);
    }
    struct buf *out;
    size_t start;
};

ojph::ui32 decompositions(const struct dicom_htj2k *h)
{
    ojph::ui32 n = 0, longest = h->rows > h->columns ? h->rows : h->columns;
    while ((longest >> n) > 64)
        n++;
    return n ? n : 1;
}

void describe(const struct dicom_htj2k *h, ojph::codestream &out)
{
    ojph::param_siz siz = out.access_siz();
    siz.set_image_extent(ojph::point(h->columns, h->rows));
    siz.set_num_components(ojph::ui32(h->samples));
    for (int c = 0; c < h->samples; c++)
        siz.set_component(ojph::ui32(c), ojph::point(1, 1), ojph::ui32(h->precision), h->is_signed);
    siz.set_image_offset(ojph::point(0, 0));
    siz.set_tile_size(ojph::size(h->columns, h->rows));
    siz.set_tile_offset(ojph::point(0, 0));
    ojph::param_cod cod = out.access_cod();
    cod.set_num_decomposition(decompositions(h));
    cod.set_block_dims(64, 64);
    cod.set_progression_order("RPCL");
    cod.set_color_transform(h->colour_transform);
    cod.set_reversible(true);
    out.set_planar(!h->colour_transform);
}

int sample_at(const struct dicom_htj2k *h, const void *pixels, size_t i)
{
    if (h->bytes == 2)
        return h->is_signed ? static_cast<const int16_t *>(pixels)[i] : static_cast<const uint16_t *>(pixels)[i];
    return h->is_signed ? static_cast<const int8_t *>(pixels)[i] : static_cast<const uint8_t *>(pixels)[i];
}

/* The library asks for lines, saying each time of which component the next one is to be. */
void push_lines(const struct dicom_htj2k *h, const void *pixels, ojph::codestream &out)
{
    ojph::ui32 component = 0;
    ojph::line_buf *line = out.exchange(nullptr, component);
    std::vector<uint32_t> row(size_t(h->samples), 0);
    size_t lines = size_t(h->rows) * size_t(h->samples), samples = size_t(h->samples);
    for (size_t k = 0; k < lines; k++) {
        size_t at = size_t(row[component]++) * h->columns * samples + component;
        for (size_t x = 0; x < h->columns; x++)
            line->i32[x] = sample_at(h, pixels, at + x * samples);
        line = out.exchange(line, component);
    }
}

} // namespace

extern "C" bool dicom_htj2k_encode(const struct dicom_htj2k *h, const void *pixels, struct buf *ret_stream,
                                   struct err *e)
{
    return shim_run(e, [&] {
        static std::once_flag once;
        std::call_once(once, silence);
        ojph::codestream out;
        buf_outfile file(ret_stream);
        describe(h, out);
        out.write_headers(&file);
        push_lines(h, pixels, out);
        out.flush();
        out.close();
        return buf_ok(ret_stream, e);
    });
}
