#include "shim_priv.h"

#include <memory>

#include "dcmtk/dcmjpeg/djcparam.h"
#include "dcmtk/dcmjpeg/djdijg12.h"
#include "dcmtk/dcmjpeg/djdijg16.h"
#include "dcmtk/dcmjpeg/djdijg8.h"
#include "dcmtk/dcmjpeg/djeijg12.h"
#include "dcmtk/dcmjpeg/djeijg16.h"
#include "dcmtk/dcmjpeg/djeijg8.h"

static DJCodecParameter parameters()
{
    return DJCodecParameter(ECC_lossyYCbCr, EDC_photometricInterpretation, EUC_never, EPC_colorByPixel, OFFalse,
                            OFFalse, OFTrue, OFTrue, 0, 0, 0, OFFalse, ESS_422);
}

static std::unique_ptr<DJDecoder> decoder_of(const struct dicom_jpeg *j, const DJCodecParameter &cp)
{
    if (j->precision <= 8)
        return std::unique_ptr<DJDecoder>(new DJDecompressIJG8Bit(cp, j->ybr));
    if (j->precision <= 12)
        return std::unique_ptr<DJDecoder>(new DJDecompressIJG12Bit(cp, j->ybr));
    return std::unique_ptr<DJDecoder>(new DJDecompressIJG16Bit(cp, j->ybr));
}

extern "C" bool dicom_jpeg_decode(const struct dicom_jpeg *j, struct str stream, void *ret_pixels, size_t n,
                                  struct err *e)
{
    return shim_run(e, [&] {
        DJCodecParameter cp = parameters();
        std::unique_ptr<DJDecoder> d = decoder_of(j, cp);
        if (n > UINT32_MAX || stream.n > UINT32_MAX)
            return err_set(e, ERR_TOO_LARGE, "JPEG frame over 4 GiB");
        if (d->init().bad())
            return err_set(e, ERR_INTERNAL, "JPEG decoder cannot start");
        OFCondition c = d->decode(reinterpret_cast<Uint8 *>(const_cast<char *>(stream.p)), Uint32(stream.n),
                                  static_cast<Uint8 *>(ret_pixels), Uint32(n), !j->ybr && j->is_signed);
        if (c == EJ_Suspension)
            return err_set(e, ERR_STRUCTURE, "JPEG stream ends early");
        return c.good() || err_set(e, ERR_STRUCTURE, "JPEG stream cannot be decoded");
    });
}

static std::unique_ptr<DJEncoder> encoder_of(const struct dicom_jpeg *j, const DJCodecParameter &cp)
{
    Uint8 quality = Uint8(j->quality);
    if (j->process == DICOM_JPEG_LOSSLESS && j->precision > 8)
        return std::unique_ptr<DJEncoder>(new DJCompressIJG16Bit(cp, EJM_lossless, 1, 0));
    if (j->process == DICOM_JPEG_LOSSLESS)
        return std::unique_ptr<DJEncoder>(new DJCompressIJG8Bit(cp, EJM_lossless, 1, 0));
    if (j->process == DICOM_JPEG_EXTENDED && j->precision > 8)
        return std::unique_ptr<DJEncoder>(new DJCompressIJG12Bit(cp, EJM_sequential, quality));
    EJ_Mode mode = j->process == DICOM_JPEG_EXTENDED ? EJM_sequential : EJM_baseline;
    return std::unique_ptr<DJEncoder>(new DJCompressIJG8Bit(cp, mode, quality));
}

static EP_Interpretation colour_of(const struct dicom_jpeg *j)
{
    if (j->samples == 1)
        return EPI_Monochrome2;
    return j->ybr ? EPI_YBR_Full : EPI_RGB;
}

static OFCondition encode(const struct dicom_jpeg *j, DJEncoder &enc, const void *pixels, Uint8 *&to, Uint32 &n)
{
    void *from = const_cast<void *>(pixels);
    if (j->precision > 8)
        return enc.encode(j->columns, j->rows, colour_of(j), Uint16(j->samples), static_cast<Uint16 *>(from), to, n);
    return enc.encode(j->columns, j->rows, colour_of(j), Uint16(j->samples), static_cast<Uint8 *>(from), to, n);
}

extern "C" bool dicom_jpeg_encode(const struct dicom_jpeg *j, const void *pixels, struct buf *ret_stream, struct err *e)
{
    return shim_run(e, [&] {
        DJCodecParameter cp = parameters();
        std::unique_ptr<DJEncoder> enc = encoder_of(j, cp);
        Uint8 *to = nullptr;
        Uint32 n = 0;
        OFCondition c = encode(j, *enc, pixels, to, n);
        std::unique_ptr<Uint8[]> owned(to);
        if (c.bad() || !to)
            return err_set(e, ERR_INTERNAL, "JPEG encoder failed");
        buf_put(ret_stream, to, n);
        return buf_ok(ret_stream, e);
    });
}
