/* Fuzz target: a DICOM file's header, offset tables and fragments, its frames decoded, and the object rewritten. The
 * first byte picks what it is rewritten to. */
#include <sys/mman.h>
#include <unistd.h>

#include "dicom/image/transcode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool forget(void *ctx, const void *bytes, size_t n, struct err *e)
{
    (void)ctx, (void)bytes, (void)n, (void)e;
    return true;
}

static void look(int fd)
{
    struct err e = {0};
    struct image_frame frame CLEANUP(image_frame_release);
    image_frame_init(&frame);
    struct image_file *f = image_file_open(fd, &e);
    uint64_t frames = f ? image_file_format(f)->frames : 0;
    bool small = f && image_frame_bytes(image_file_format(f)) < 1 << 20;
    for (uint64_t i = 0; small && i < frames && i < 3; i++)
        image_file_decode(f, frames - 1 - i, &frame, &e);
    image_file_free(f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const syntaxes[] = {DICOM_IMPLICIT_LE, DICOM_EXPLICIT_LE,     DICOM_EXPLICIT_BE,
                                           DICOM_DEFLATED_LE, "1.2.840.10008.1.2.5", "1.2.840.10008.1.2.4.80"};
    static int fd = -1;
    if (size < 1)
        return 0;
    if (fd < 0)
        fd = memfd_create("fuzz", 0);
    if (ftruncate(fd, 0) != 0 || pwrite(fd, data + 1, size - 1, 0) != (ssize_t)(size - 1))
        return 0;
    look(fd);
    struct image_target target = {.transfer_syntax = syntaxes[data[0] % 6]};
    struct image_transcoded result;
    struct err e = {0};
    if (size < 16384)
        dicom_transcode(fd, &target, forget, NULL, &result, &e);
    return 0;
}
