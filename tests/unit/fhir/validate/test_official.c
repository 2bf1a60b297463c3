/* What is FHIR keeps its own rules: the documents of tests/golden/fhir; with directories as arguments all *.json in
 * them (the unpacked npm package hl7.fhir.r4.examples), telling what is refused and why. */
#include "fhir/validate/validate.h"

#include "../model/support.h"
#include "unit.h"

static bool document_passes(const char *path, char *ret_why, size_t size)
{
    static const struct validate_options options = {.warnings = false};
    struct arena a;
    struct buf bytes;
    struct err e = {0};
    arena_init(&a);
    buf_init(&bytes, FILE_MAX);
    struct fhir_issues issues = {.arena = &a};
    const struct fhir_node *n = file_read(path, &bytes) ? fhir_parse_json(&a, buf_view(&bytes), &e) : NULL;
    bool ok = n && validate_check(n, &options, &issues, &e);
    const struct fhir_issue *first = issues.first;
    snprintf(ret_why, size, "%s: %s", first ? first->expression : "", first ? first->text : e.text);
    buf_release(&bytes);
    arena_release(&a);
    return ok;
}

static int sweep(const char *folder, int *ret_all)
{
    DIR *dir = opendir(folder);
    int passed = 0;
    *ret_all = 0;
    for (struct dirent *d = dir ? readdir(dir) : NULL; d; d = readdir(dir)) {
        char path[1024], why[1200];
        if (!ends_with(d->d_name, ".json") || d->d_name[0] == '.' || strcmp(d->d_name, "package.json") == 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, d->d_name);
        bool ok = document_passes(path, why, sizeof why);
        if (!ok)
            printf("%s: %s\n", d->d_name, why);
        passed += ok;
        ++*ret_all;
    }
    if (dir)
        closedir(dir);
    return passed;
}

static void golden(void)
{
    char folder[512];
    struct str here = str_of(__FILE__);
    int all, n = (int)(here.n - strlen("unit/fhir/validate/test_official.c"));
    snprintf(folder, sizeof folder, "%.*sgolden/fhir", n, here.p);
    CU_ASSERT_EQUAL(sweep(folder, &all), all);
    CU_ASSERT_TRUE(all >= 10);
}

int main(int argc, char **argv)
{
    static const struct unit_case cases[] = {{"golden documents keep the rules", golden}};
    int status = 0, all;
    if (argc < 2)
        return unit_main("fhir official validation", cases, 1);
    for (int i = 1; i < argc; i++) {
        int passed = sweep(argv[i], &all);
        printf("%s: %d of %d documents pass\n", argv[i], passed, all);
        status |= passed != all;
    }
    return status;
}
