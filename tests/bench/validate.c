/* Validation, one document at a time: what the server does with a body before it asks the database anything.
 *
 * Usage: validate FILE…   (a line a document: milliseconds for reading it, for its form, for form and invariants) */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/mem.h"
#include "fhir/validate/validate.h"

enum { FILE_MAX = 64 << 20, NANOSECONDS = 1000 * 1000 * 1000 };
static const double SECONDS = 0.2; /* a figure takes so long */

struct work {
    struct arena arena;
    struct str text;
    const struct fhir_node *document;
    int faults;
};

static bool file_read(const char *path, struct buf *ret_bytes)
{
    char block[65536];
    size_t n;
    FILE *f = fopen(path, "rb");
    if (!f)
        return false;
    while ((n = fread(block, 1, sizeof block, f)) > 0)
        buf_put(ret_bytes, block, n);
    fclose(f);
    return true;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / NANOSECONDS;
}

static void read_it(struct work *w)
{
    struct err e = {0};
    w->document = fhir_parse_json(&w->arena, w->text, &e);
}

static void check_form(struct work *w)
{
    struct fhir_issues issues = {.arena = &w->arena};
    fhir_check(w->document, &issues);
}

static void check_all(struct work *w)
{
    struct err e = {0};
    static const struct validate_options options = {.warnings = false};
    struct fhir_issues issues = {.arena = &w->arena};
    validate_check(w->document, &options, &issues, &e);
    w->faults = issues.fatal_count;
}

/* Milliseconds of one turn. The document is read once more for what needs it, outside of the clock. */
static double measure(struct work *w, void (*turn)(struct work *w), bool fresh)
{
    double spent = 0;
    int turns = 0;
    for (double start = now(); now() - start < SECONDS; turns++) {
        arena_reset(&w->arena);
        if (!fresh)
            read_it(w);
        double begin = now();
        turn(w);
        spent += now() - begin;
    }
    return spent * 1000 / turns;
}

static void measure_file(const char *path)
{
    struct buf bytes CLEANUP(buf_release);
    struct work w = {.faults = 0};
    const char *slash = strrchr(path, '/');
    buf_init(&bytes, FILE_MAX);
    if (!file_read(path, &bytes)) {
        perror(path);
        return;
    }
    arena_init(&w.arena);
    w.text = buf_view(&bytes);
    double reading = measure(&w, read_it, true), form = measure(&w, check_form, false);
    double all = measure(&w, check_all, false);
    printf("%8.1f kB %8.3f ms read %8.3f ms form %8.3f ms form and invariants %4d faults  %s\n", (double)bytes.n / 1000,
           reading, form, all, w.faults, slash ? slash + 1 : path);
    fflush(stdout);
    arena_release(&w.arena);
}

int main(int argc, char **argv)
{
    struct err e = {0};
    if (!validate_start(&e)) {
        fprintf(stderr, "validate: %s\n", e.text);
        return 1;
    }
    for (int i = 1; i < argc; i++)
        measure_file(argv[i]);
    return 0;
}
