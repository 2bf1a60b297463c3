#include "dicom/leave/leave.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "dicom/image/transcode.h"
#include "dicom/leave/change.h"
#include "dicom/shim/convert.h"

/* TO ADD A SYNTAX: a row here, if dicom/image encodes it without loss. In the order they are tried. */
static const char *const plain[] = {DICOM_EXPLICIT_LE, DICOM_IMPLICIT_LE, DICOM_EXPLICIT_BE};
static const char *const compressed[] = {
    "1.2.840.10008.1.2.4.70", /* JPEG Lossless, first-order prediction */
    "1.2.840.10008.1.2.4.80", /* JPEG-LS Lossless */
    "1.2.840.10008.1.2.4.90", /* JPEG 2000 Lossless Only */
    "1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.202", /* HTJ2K Lossless Only, and RPCL */
    "1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.5",      DICOM_DEFLATED_LE,
};
enum { PLAIN = sizeof plain / sizeof plain[0], COMPRESSED = sizeof compressed / sizeof compressed[0] };

bool leave_offer(size_t i, struct leave_offer *ret_offer)
{
    static const struct leave_offer offers[] = {{plain, 2}, {compressed, COMPRESSED}};
    if (i >= sizeof offers / sizeof offers[0])
        return false;
    *ret_offer = offers[i];
    return true;
}

/* ---- opening ---- */

static bool as_stored(struct leave *l, struct err *e)
{
    return lseek(l->fd, l->header_size, SEEK_SET) == l->header_size ||
           err_errno(e, ERR_INTERNAL, "read a stored object");
}

/* The file gives way to one with what was corrected since. */
static bool as_told(const struct leave_ask *ask, struct leave *l, struct err *e)
{
    struct leave_changed c;
    if (!leave_change(l->fd, ask->view, &c, e))
        return false;
    if (c.fd < 0)
        return true;
    close(l->fd);
    l->fd = c.fd;
    l->header_size = c.header_size;
    return true;
}

/* The file gives way to one of the data set alone. */
static bool transcoded(struct leave *l, const char *to, struct err *e)
{
    struct image_target target = {.transfer_syntax = to, .dataset_only = true};
    struct image_transcoded result;
    int fd;
    if (!dicom_transcode_file(l->fd, &target, &fd, &result, e))
        return false;
    close(l->fd);
    l->fd = fd;
    return lseek(fd, 0, SEEK_SET) == 0 || err_errno(e, ERR_INTERNAL, "read a converted object");
}

static bool open_as(const struct leave_ask *ask, struct leave *l, const char *to, struct err *e)
{
    l->syntax = to;
    if (strcmp(ask->stored, to) == 0)
        return as_stored(l, e);
    if (!dicom_transfer_syntax_plain(ask->stored) || !dicom_transfer_syntax_plain(to))
        return transcoded(l, to, e);
    l->converter = dicom_converter_new(l->fd, l->header_size, ask->stored, to, e);
    return l->converter != NULL;
}

/* This syntax is not for these pixels: another may be. */
static bool is_of_syntax(const struct err *e)
{
    return e->code == ERR_UNSUPPORTED || e->code == ERR_PROCESSING;
}

bool leave_makes(const char *stored, const char *to)
{
    const struct image_codec *from = image_codec_find(stored), *codec = image_codec_find(to);
    bool encodes = codec && codec->loss == IMAGE_LOSSLESS && image_codec_encodes(to);
    return encodes && (from || dicom_transfer_syntax_plain(stored));
}

bool leave_open(const struct leave_ask *ask, struct leave *ret_leave, struct err *e)
{
    *ret_leave = (struct leave){.fd = ask->fd, .header_size = ask->header_size};
    if (ask->view.n && !as_told(ask, ret_leave, e))
        return false;
    if (ask->takes(ask->ctx, ask->stored))
        return open_as(ask, ret_leave, ask->stored, e);
    err_set(e, ERR_UNSUPPORTED, "the receiver takes no transfer syntax this object can be sent in");
    for (size_t i = 0; i < PLAIN + COMPRESSED && is_of_syntax(e); i++) {
        const char *to = i < PLAIN ? plain[i] : compressed[i - PLAIN];
        if (!leave_makes(ask->stored, to) || !ask->takes(ask->ctx, to))
            continue;
        err_clear(e);
        if (open_as(ask, ret_leave, to, e))
            return true;
    }
    return false;
}

bool leave_read(void *ctx, void *bytes, size_t n, size_t *ret_n, struct err *e)
{
    struct leave *l = ctx;
    if (l->converter)
        return dicom_converter_read(l->converter, bytes, n, ret_n, e);
    ssize_t got;
    do
        got = read(l->fd, bytes, n);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return err_errno(e, ERR_INTERNAL, "read a stored object");
    *ret_n = (size_t)got;
    return true;
}

void leave_close(struct leave *l)
{
    dicom_converter_free(l->converter);
    if (l->fd >= 0)
        close(l->fd);
    *l = (struct leave){.fd = -1};
}

bool leave_file(int fd, const char *transfer_syntax, int *ret_fd, struct err *e)
{
    struct image_target target = {.transfer_syntax = transfer_syntax};
    struct image_transcoded result;
    if (!dicom_transcode_file(fd, &target, ret_fd, &result, e))
        return false;
    if (lseek(*ret_fd, 0, SEEK_SET) == 0)
        return true;
    err_errno(e, ERR_INTERNAL, "read a converted object");
    close(*ret_fd);
    return false;
}
