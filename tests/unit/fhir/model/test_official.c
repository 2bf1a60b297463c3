/* Every document makes the round: JSON in, check, JSON out, XML out, XML in, the same tree.
 * Without arguments: the documents of tests/golden/fhir, whose XML lies beside them. With directories: all
 * *.json in them, for instance the unpacked npm package hl7.fhir.r4.examples; it tells what fails and why. */
#include "fhir/model/narrative_priv.h"
#include "unit.h"

#include "support.h"

struct outcome {
    const char *phase; /* NULL: all is well */
    char why[512];
};

static bool failed(struct outcome *o, const char *phase, const char *why)
{
    o->phase = phase;
    str_copy(o->why, sizeof o->why, str_of(why));
    return false;
}

/* xhtml has many spellings; the XML side writes one of them. */
static void unify_divs(struct arena *a, struct fhir_node *n)
{
    for (struct fhir_node *m = n->first; m; m = m->next) {
        struct buf out;
        struct err e = {0};
        buf_init(&out, FILE_MAX);
        if (m->kind == FHIR_STRING && str_is(m->key, "div") && fhir_narrative_put(m->text, &out, &e))
            m->text = arena_str(a, buf_view(&out));
        buf_release(&out);
        unify_divs(a, m);
    }
}

static bool check_document(struct arena *a, const struct fhir_node *n, struct outcome *o)
{
    struct fhir_issues issues = {.arena = a};
    if (fhir_check(n, &issues))
        return true;
    char why[512];
    snprintf(why, sizeof why, "%s: %s (%s, %d in all)", issues.first->expression, issues.first->text,
             issues.first->code, issues.fatal_count);
    return failed(o, "check", why);
}

static bool round_json(struct arena *a, const struct fhir_node *n, struct outcome *o)
{
    struct err e = {0};
    struct str text = json_of(a, n);
    const struct fhir_node *again = fhir_parse_json(a, text, &e);
    if (!again)
        return failed(o, "json", e.text);
    const char *where = different(n, again);
    return where ? failed(o, "json", where) : true;
}

static bool round_xml(struct arena *a, const struct fhir_node *n, struct buf *out, struct outcome *o)
{
    struct err e = {0};
    if (!fhir_write_xml(n, true, out, &e))
        return failed(o, "xml out", e.text);
    const struct fhir_node *again = fhir_parse_xml(a, buf_view(out), &e);
    if (!again)
        return failed(o, "xml in", e.text);
    struct fhir_node *plain = fhir_copy(a, n);
    unify_divs(a, plain);
    const char *where = different(plain, again);
    return where ? failed(o, "xml tree", where) : true;
}

static bool count_value(void *ctx, const struct fhir_search_param *p, const struct fhir_value *v,
                        struct err *e)
{
    (void)p;
    (void)e;
    int *count = ctx;
    *count += v->text.n || v->text2.n;
    return true;
}

static bool count_reference(void *ctx, struct str reference, const char *expression, struct err *e)
{
    (void)e;
    int *count = ctx;
    *count += reference.n && expression[0];
    return true;
}

static void go_round(const char *path, struct buf *xml, struct outcome *o)
{
    struct arena a;
    struct buf bytes;
    struct err e = {0};
    int values = 0;
    arena_init(&a);
    buf_init(&bytes, FILE_MAX);
    const struct fhir_node *n = NULL;
    if (!file_read(path, &bytes))
        failed(o, "read", path);
    else if (!(n = fhir_parse_json(&a, buf_view(&bytes), &e)))
        failed(o, "parse", e.text);
    else if (check_document(&a, n, o) && round_json(&a, n, o) && round_xml(&a, n, xml, o) &&
             (!fhir_extract(n, count_value, &values, &e) ||
              !fhir_references(n, count_reference, &values, &e)))
        failed(o, "extract", e.text);
    buf_release(&bytes);
    arena_release(&a);
}

/* ---- golden documents ---- */
static const char *golden_folder(void)
{
    static char folder[512];
    struct str here = str_of(__FILE__);
    size_t n = here.n - strlen("unit/fhir/model/test_official.c");
    snprintf(folder, sizeof folder, "%.*sgolden/fhir", (int)n, here.p);
    return folder;
}

/* ISOCENTRE_ACCEPT=1 writes the file anew. */
static void accept_golden(const char *path, const struct buf *xml)
{
    FILE *f = getenv("ISOCENTRE_ACCEPT") ? fopen(path, "wb") : NULL;
    if (!f)
        return;
    fprintf(f, "%s\n", xml->p ? xml->p : "");
    fclose(f);
}

static bool same_as_golden(const char *path, const struct buf *xml)
{
    char beside[1024];
    struct buf want;
    buf_init(&want, FILE_MAX);
    snprintf(beside, sizeof beside, "%.*sxml", (int)strlen(path) - 4, path);
    accept_golden(beside, xml);
    bool same = file_read(beside, &want) && str_eq(str_trim(buf_view(&want)), str_trim(buf_view(xml)));
    if (!same)
        printf("  %s: the XML is not what the file says\n", beside);
    buf_release(&want);
    return same;
}

static void golden(void)
{
    DIR *dir = opendir(golden_folder());
    CU_ASSERT_PTR_NOT_NULL_FATAL(dir);
    int count = 0;
    for (struct dirent *d = readdir(dir); d; d = readdir(dir)) {
        char path[1024];
        struct outcome o = {NULL, ""};
        struct buf xml;
        if (!ends_with(d->d_name, ".json"))
            continue;
        count++;
        buf_init(&xml, FILE_MAX);
        snprintf(path, sizeof path, "%s/%s", golden_folder(), d->d_name);
        go_round(path, &xml, &o);
        if (o.phase)
            printf("  %s: %s: %s\n", d->d_name, o.phase, o.why);
        CU_ASSERT_PTR_NULL(o.phase);
        CU_ASSERT_TRUE(same_as_golden(path, &xml));
        buf_release(&xml);
    }
    closedir(dir);
    CU_ASSERT_TRUE(count >= 10);
}

/* ---- a directory of others ---- */
static int sweep(const char *folder)
{
    DIR *dir = opendir(folder);
    int passed = 0, all = 0;
    if (!dir)
        return 1;
    for (struct dirent *d = readdir(dir); d; d = readdir(dir)) {
        char path[1024];
        struct outcome o = {NULL, ""};
        struct buf xml;
        if (!ends_with(d->d_name, ".json") || d->d_name[0] == '.' || strcmp(d->d_name, "package.json") == 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, d->d_name);
        buf_init(&xml, FILE_MAX);
        go_round(path, &xml, &o);
        buf_release(&xml);
        all++;
        passed += !o.phase;
        if (o.phase)
            printf("%s: %s: %s\n", d->d_name, o.phase, o.why);
    }
    closedir(dir);
    printf("%s: %d of %d documents pass\n", folder, passed, all);
    return passed == all ? 0 : 1;
}

int main(int argc, char **argv)
{
    static const struct unit_case cases[] = {{"golden documents", golden}};
    if (argc < 2)
        return unit_main("fhir documents", cases, 1);
    int status = 0;
    for (int i = 1; i < argc; i++)
        status |= sweep(argv[i]);
    return status;
}
