/* `isocentre dicom frames` and `isocentre dicom transcode`: files of images, without server or database. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/command.h"
#include "base/str.h"
#include "dicom/image/transcode.h"
#include "tls/tls.h"

struct looking {
    struct image_file *file;
    struct image_frame frame;
    struct tls_sha256_stream hash;
    FILE *out; /* plain pixels, or NULL */
};

static bool look_at_frames(struct looking *l, struct err *e)
{
    uint64_t frames = image_file_format(l->file)->frames;
    for (uint64_t i = 0; i < frames; i++) {
        if (!image_file_decode(l->file, i, &l->frame, e))
            return err_wrap(e, "frame %llu", (unsigned long long)i + 1);
        tls_sha256_update(&l->hash, l->frame.pixels.p, l->frame.pixels.n);
        if (l->out && fwrite(l->frame.pixels.p, 1, l->frame.pixels.n, l->out) != l->frame.pixels.n)
            return err_errno(e, ERR_STORAGE_FULL, "write pixels");
    }
    return true;
}

static void tell_frames(struct looking *l)
{
    unsigned char digest[TLS_SHA256];
    const struct image_format *f = &l->frame.format;
    tls_sha256_final(&l->hash, digest);
    printf("ok syntax=%s frames=%llu rows=%u columns=%u samples=%u allocated=%u stored=%u signed=%d photometric=\"%s\" "
           "sha256=",
           image_file_meta(l->file)->transfer_syntax, (unsigned long long)image_file_format(l->file)->frames, f->rows,
           f->columns, f->samples, f->allocated, f->stored, f->is_signed, image_photometric_term(f->photometric));
    for (int i = 0; i < TLS_SHA256; i++)
        printf("%02x", digest[i]);
    putchar('\n');
}

static bool open_out(const char *folder, int number, FILE **ret, struct err *e)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%d.raw", folder, number);
    *ret = fopen(path, "we");
    return *ret || err_errno(e, ERR_NOT_FOUND, "open '%s'", path);
}

/* One line about a file: "ok …", "none" for an object without pixels, or "error CODE: text". */
static bool look(const char *path, const char *folder, int number, struct err *e)
{
    struct looking l = {.out = NULL};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    image_frame_init(&l.frame);
    tls_sha256_init(&l.hash);
    bool ok = fd >= 0 || err_errno(e, ERR_NOT_FOUND, "open '%s'", path);
    ok = ok && (!folder || open_out(folder, number, &l.out, e)) && (l.file = image_file_open(fd, e)) != NULL &&
         look_at_frames(&l, e);
    if (ok && image_file_format(l.file)->frames)
        tell_frames(&l);
    else if (ok)
        puts("none");
    else
        printf("error %s: %s\n", err_row(e->code)->name, e->text);
    tls_sha256_release(&l.hash);
    image_frame_release(&l.frame);
    image_file_free(l.file);
    if (l.out)
        fclose(l.out);
    if (fd >= 0)
        close(fd);
    return ok;
}

int command_dicom_frames(const struct command_line *line)
{
    int failed = 0;
    struct err e;
    for (int i = 0; i < line->word_count; i++) {
        err_clear(&e);
        failed += !look(line->words[i], line->out, i, &e);
    }
    if (!line->word_count)
        return err_set(&e, ERR_INVALID, "dicom frames needs files"), command_fail(&e);
    return failed ? 1 : 0;
}

static bool write_out(void *ctx, const void *bytes, size_t n, struct err *e)
{
    return fwrite(bytes, 1, n, ctx) == n || err_errno(e, ERR_STORAGE_FULL, "write the object");
}

static bool quality_of(const struct command_line *line, struct image_quality *ret, struct err *e)
{
    char *end;
    double v = line->lossy ? strtod(line->lossy, &end) : 0;
    if (line->lossy && (*end || v < 1 || v > 1000))
        return err_set(e, ERR_INVALID, "--lossy takes a number of 1 or more");
    *ret = (struct image_quality){
        .lossy = line->lossy != NULL, .jpeg = v > 100 ? 100 : (int)v, .near = (int)v, .ratio = v};
    return true;
}

static bool transcode(const struct command_line *line, struct err *e)
{
    struct image_target target = {.transfer_syntax = line->words[0]};
    struct image_transcoded result;
    if (!quality_of(line, &target.quality, e))
        return false;
    int fd = open(line->words[1], O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_errno(e, ERR_NOT_FOUND, "open '%s'", line->words[1]);
    FILE *out = fopen(line->out, "we");
    bool ok = out || err_errno(e, ERR_NOT_FOUND, "open '%s'", line->out);
    ok = ok && dicom_transcode(fd, &target, write_out, out, &result, e);
    if (out && fclose(out) != 0 && ok)
        ok = err_errno(e, ERR_STORAGE_FULL, "write '%s'", line->out);
    close(fd);
    if (ok)
        printf("%s %llu bytes%s\n", result.sop_instance, (unsigned long long)result.bytes,
               result.lost ? ", lossy" : "");
    else if (out)
        unlink(line->out);
    return ok;
}

int command_dicom_transcode(const struct command_line *line)
{
    struct err e;
    err_clear(&e);
    if (line->word_count != 2 || !line->out)
        return err_set(&e, ERR_INVALID, "dicom transcode needs a transfer syntax, a file and --out FILE"),
               command_fail(&e);
    return transcode(line, &e) ? 0 : command_fail(&e);
}
