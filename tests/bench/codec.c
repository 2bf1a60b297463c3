/* How fast frames are encoded and decoded: an uncompressed object into each syntax named, and its frames back. Prints a
 * line for each: syntax, megabytes of plain pixels a second each way, compression ratio. With a folder, the objects
 * stay there for other programs to read.
 *
 *     codec FILE FOLDER SYNTAX[:QUALITY]… */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "dicom/image/transcode.h"

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool keep(void *ctx, const void *p, size_t n, struct err *e)
{
    return fwrite(p, 1, n, ctx) == n || err_errno(e, ERR_STORAGE_FULL, "write");
}

static bool read_frames(const char *path, uint64_t *ret_bytes, struct err *e)
{
    struct image_frame frame CLEANUP(image_frame_release);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct image_file *f = image_file_open(fd, e);
    bool ok = f != NULL;
    image_frame_init(&frame);
    *ret_bytes = 0;
    for (uint64_t i = 0; ok && i < image_file_format(f)->frames; i++) {
        ok = image_file_decode(f, i, &frame, e);
        *ret_bytes += frame.pixels.n;
    }
    image_file_free(f);
    close(fd);
    return ok;
}

static bool measure(const char *from, const char *folder, char *syntax, struct err *e)
{
    char path[4096];
    char *colon = strchr(syntax, ':');
    double quality = colon ? strtod(colon + 1, NULL) : 0;
    if (colon)
        *colon = '\0';
    struct image_target target = {.transfer_syntax = syntax};
    struct image_transcoded result;
    uint64_t bytes;
    if (colon)
        target.quality =
            (struct image_quality){.lossy = true, .jpeg = (int)quality, .near = (int)quality, .ratio = quality};
    snprintf(path, sizeof path, "%s/%s.dcm", folder, syntax);
    int fd = open(from, O_RDONLY | O_CLOEXEC);
    FILE *out = fopen(path, "we");
    double start = now();
    bool ok = fd >= 0 && out && dicom_transcode(fd, &target, keep, out, &result, e);
    if (out)
        fclose(out);
    double written = now();
    ok = ok && read_frames(path, &bytes, e);
    double end = now();
    if (ok)
        printf("%s %.1f %.1f %.2f\n", syntax, (double)bytes / (written - start) / 1e6,
               (double)bytes / (end - written) / 1e6, (double)bytes / (double)result.bytes);
    close(fd);
    return ok;
}

int main(int argc, char **argv)
{
    for (int i = 3; i < argc; i++) {
        struct err e = {0};
        if (!measure(argv[1], argv[2], argv[i], &e))
            return fprintf(stderr, "codec: %s: %s\n", argv[i], e.text), 1;
    }
    return 0;
}
