#include "files/files.h"

#include <stdlib.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/failpoint.h"
#include "base/str.h"
#include "unit.h"

static char dir[] = "/tmp/isocentre-files-XXXXXX";

static struct files *open_store(int64_t reserve)
{
    struct err e;
    struct files_config c = {.path = dir, .reserve_bytes = reserve, .names_ahead = 8};
    err_clear(&e);
    struct files *f = files_open(&c, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(f);
    return f;
}

static void write_and_read(void)
{
    struct err e;
    char name[FILES_NAME], back[12] = "";
    struct files *f = open_store(0);
    err_clear(&e);
    struct files_stage *s = files_stage_new(f, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(s);
    CU_ASSERT(files_stage_write(s, "hello ", 6, &e) && files_stage_write(s, "world", 5, &e));
    CU_ASSERT(files_stage_patch(s, 0, "H", 1, &e));
    CU_ASSERT_FALSE(files_stage_patch(s, 10, "xx", 2, &e));
    CU_ASSERT_EQUAL(files_stage_size(s), 11);
    CU_ASSERT(files_stage_sync(s, &e));
    str_copy(name, sizeof name, str_of(files_stage_name(s)));
    files_stage_free(s, true);
    int fd = files_read_fd(f, name, &e);
    CU_ASSERT(fd >= 0 && read(fd, back, 11) == 11);
    CU_ASSERT_STRING_EQUAL(back, "Hello world");
    close(fd);
    CU_ASSERT(files_remove(f, name, &e));
    CU_ASSERT_EQUAL(files_read_fd(f, name, &e), -1);
    files_close(f);
}

static void names_of_others(void)
{
    static const char *const bad[] = {"../../etc/passwd", "/etc/passwd", "ab/cd/../../../../../../../../../etc/pw",
                                      "ab/cd/xyz", ""};
    struct err e;
    struct files *f = open_store(0);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        err_clear(&e);
        CU_ASSERT_EQUAL(files_read_fd(f, bad[i], &e), -1);
        CU_ASSERT_FALSE(files_remove(f, bad[i], &e));
    }
    files_close(f);
}

static void full(void)
{
    struct err e;
    struct files *f = open_store(INT64_MAX);
    err_clear(&e);
    CU_ASSERT_PTR_NULL(files_stage_new(f, &e));
    CU_ASSERT_EQUAL(e.code, ERR_STORAGE_FULL);
    files_close(f);
}

static void failed_sync(void)
{
    struct err e;
    struct files *f = open_store(0);
    err_clear(&e);
    setenv("ISOCENTRE_FAILPOINT", "files.sync=fail", 1);
    failpoint_init();
    struct files_stage *s = files_stage_new(f, &e);
    CU_ASSERT(files_stage_write(s, "x", 1, &e));
    CU_ASSERT_FALSE(files_stage_sync(s, &e));
    files_stage_free(s, false);
    CU_ASSERT_FALSE(files_writable(f, &e)); /* and it stays so */
    CU_ASSERT_PTR_NULL(files_stage_new(f, &e));
    CU_ASSERT_EQUAL(e.code, ERR_STORAGE_FULL);
    unsetenv("ISOCENTRE_FAILPOINT");
    files_close(f);
}

static const char *kept;

static bool known(void *ctx, const char *name, bool *ret_known, struct err *e)
{
    (void)ctx;
    (void)e;
    *ret_known = strcmp(name, kept) == 0;
    return true;
}

static void sweep(void)
{
    struct err e;
    int removed = 0;
    char names[2][FILES_NAME];
    struct files *f = open_store(0);
    err_clear(&e);
    for (int i = 0; i < 2; i++) {
        struct files_stage *s = files_stage_new(f, &e);
        CU_ASSERT(files_stage_write(s, "x", 1, &e));
        str_copy(names[i], sizeof names[i], str_of(files_stage_name(s)));
        files_stage_free(s, true);
    }
    kept = names[0];
    CU_ASSERT(files_sweep(f, -1, known, NULL, &removed, &e));
    CU_ASSERT_EQUAL(removed, 1); /* names made ahead are not taken for orphans */
    int fd = files_read_fd(f, names[0], &e);
    CU_ASSERT(fd >= 0);
    close(fd);
    CU_ASSERT_EQUAL(files_read_fd(f, names[1], &e), -1);
    files_close(f);
}

enum { TAKERS = 8, TAKEN = 200 };
static struct files *shared;
static char taken[TAKERS][TAKEN][FILES_NAME];

static void *take(void *names)
{
    struct err e;
    err_clear(&e);
    for (int i = 0; i < TAKEN; i++) {
        struct files_stage *s = files_stage_new(shared, &e);
        if (!s)
            return NULL;
        str_copy(((char(*)[FILES_NAME])names)[i], FILES_NAME, str_of(files_stage_name(s)));
        files_stage_free(s, true);
    }
    return names;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* Many take names while one of them makes the next: each gets names of its own. */
static void taken_at_once(void)
{
    pthread_t thread[TAKERS];
    void *done;
    shared = open_store(0);
    for (int t = 0; t < TAKERS; t++)
        CU_ASSERT_EQUAL_FATAL(pthread_create(&thread[t], NULL, take, taken[t]), 0);
    for (int t = 0; t < TAKERS; t++) {
        pthread_join(thread[t], &done);
        CU_ASSERT_PTR_NOT_NULL(done);
    }
    files_close(shared);
    qsort(taken, (size_t)TAKERS * TAKEN, FILES_NAME, by_text);
    char(*all)[FILES_NAME] = taken[0];
    for (int i = 1; i < TAKERS * TAKEN; i++)
        CU_ASSERT(strcmp(all[i - 1], all[i]) < 0);
}

static const struct unit_case cases[] = {{"write, sync, read back", write_and_read},
                                         {"names that are not ours", names_of_others},
                                         {"below the reserve", full},
                                         {"a failed sync makes the volume read-only", failed_sync},
                                         {"orphans are swept", sweep},
                                         {"names taken by many at once", taken_at_once}};

int main(void)
{
    if (!mkdtemp(dir))
        return 1;
    return unit_main("files", cases, (int)(sizeof cases / sizeof cases[0]));
}
