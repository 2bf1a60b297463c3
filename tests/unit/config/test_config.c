#include "config/config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "unit.h"

static struct err e;
static char file_path[64];

static const char *write_file(const char *text)
{
    snprintf(file_path, sizeof file_path, "/tmp/isocentre-config-XXXXXX");
    int fd = mkstemp(file_path);
    if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text))
        abort();
    close(fd);
    memset(&e, 0, sizeof e);
    return file_path;
}

static void defaults_are_as_told(void)
{
    struct config *c = NULL;
    CU_ASSERT_TRUE_FATAL(config_load(NULL, NULL, 0, &c, &e));
    CU_ASSERT_STRING_EQUAL(c->http_address, "127.0.0.1");
    CU_ASSERT_EQUAL(c->http_port, 8042);
    CU_ASSERT_EQUAL(c->dicom_port, 4242);
    CU_ASSERT_EQUAL(c->dicom_move_associations, 1);
    CU_ASSERT_STRING_EQUAL(c->dicom_aet, "ISOCENTRE");
    CU_ASSERT_EQUAL(c->hl7_port, 2575);
    CU_ASSERT_EQUAL(c->hl7_frame_max, 16 * 1024 * 1024);
    CU_ASSERT_STRING_EQUAL(c->site_timezone, "UTC");
    CU_ASSERT_EQUAL(c->log_level, LOG_INFO);
    CU_ASSERT_EQUAL(c->profile, PROFILE_PRODUCTION);
    CU_ASSERT_TRUE(c->ldap_starttls);
    CU_ASSERT_STRING_EQUAL(c->database_url, "");
    CU_ASSERT_STRING_EQUAL(c->storage_path, "var/files");
    CU_ASSERT_STRING_EQUAL(c->audit_key_file, "var/secrets/audit.pem");
    config_free(c);
    config_free(NULL);
}

static void file_then_sets(void)
{
    static const char *const sets[] = {"http.port=0", "site.name=A=B", "hl7.missing_accession=reject",
                                       "ldap.starttls=false", "log.level=debug"};
    struct config *c = NULL;
    write_file("profile = \"demo\";\n"
               "http: { port = 9000; address = \"::1\"; };\n"
               "state: { path = \"/srv/iso\"; };\n"
               "hl7: { missing_study_uid = \"derive\"; frame_max = 2048; };\n"
               "ldap: { starttls = true; };\n");
    CU_ASSERT_TRUE_FATAL(config_load(file_path, sets, 5, &c, &e));
    CU_ASSERT_EQUAL(c->profile, PROFILE_DEMO);
    CU_ASSERT_EQUAL(c->http_port, 0);
    CU_ASSERT_STRING_EQUAL(c->http_address, "::1");
    CU_ASSERT_STRING_EQUAL(c->site_name, "A=B");
    CU_ASSERT_STRING_EQUAL(c->storage_path, "/srv/iso/files");
    CU_ASSERT_EQUAL(c->hl7_missing_study_uid, MISSING_STUDY_UID_DERIVE);
    CU_ASSERT_EQUAL(c->hl7_missing_accession, MISSING_ACCESSION_REJECT);
    CU_ASSERT_EQUAL(c->hl7_frame_max, 2048);
    CU_ASSERT_FALSE(c->ldap_starttls);
    CU_ASSERT_EQUAL(c->log_level, LOG_DEBUG);
    config_free(c);
    unlink(file_path);
}

static void faults_name_file_and_line(void)
{
    static const struct {
        const char *text;
        int line;
        const char *words;
    } cases[] = {
        {"http: {\n  prot = 80;\n};\n", 2, "option 'http.prot': no such option"},
        {"nonsense = 1;\n", 1, "option 'nonsense': no such option"},
        {"http: {\n port = \"80\";\n};\n", 2, "option 'http.port': must be an integer"},
        {"http: {\n port = 80.5;\n};\n", 2, "option 'http.port': must be an integer"},
        {"http: {\n port = true;\n};\n", 2, "option 'http.port': must be an integer"},
        {"\n\nhttp: { port = 70000; };\n", 3, "option 'http.port': must be 0 to 65535"},
        {"http: { port = -1; };\n", 1, "option 'http.port': must be 0 to 65535"},
        {"http: { port = 99999999999L; };\n", 1, "must be 0 to 65535"},
        {"dicom: { aet = \"SEVENTEEN_LETTERS\"; };\n", 1, "option 'dicom.aet': must have 1 to 16 bytes"},
        {"dicom: { aet = \"\"; };\n", 1, "must have 1 to 16 bytes"},
        {"dicom: { aet = \"   \"; };\n", 1, "must not be blank"},
        {"dicom: { aet = \"A\\\\B\"; };\n", 1, "must be ASCII"},
        {"http: { address = \"999.1.1.1\"; };\n", 1, "must be an IP address"},
        {"dicom: { aet = 5; };\n", 1, "must be a text in quotes"},
        {"dicom: { aet = \"A\\nB\"; };\n", 1, "control characters"},
        {"ldap: { starttls = \"true\"; };\n", 1, "must be true or false"},
        {"ldap: { starttls = 1; };\n", 1, "must be true or false"},
        {"log: { level = \"loud\"; };\n", 1, "must be one of error|warning|info|debug"},
        {"http: { deeper: { port = 1; }; };\n", 1, "option 'http.deeper': no such option"},
        {"http = 5;\n", 1, "option 'http': no such option"},
        {"http: { port = [1, 2]; };\n", 1, "must be an integer"},
        {"log: { level = ( \"info\" ); };\n", 1, "must be a text"},
        {"a: {\n b = \n};\n", 3, "syntax error"},
        {"http: { port = 1; port = 2; };\n", 1, "duplicate setting name"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct config *c = NULL;
        char place[100];
        write_file(cases[i].text);
        snprintf(place, sizeof place, "%s:%d: ", file_path, cases[i].line);
        CU_ASSERT_FALSE(config_load(file_path, NULL, 0, &c, &e));
        CU_ASSERT_PTR_NULL(c);
        CU_ASSERT_EQUAL(e.code, ERR_INVALID);
        bool told = strncmp(e.text, place, strlen(place)) == 0 && strstr(e.text, cases[i].words);
        if (!told)
            printf("case %zu: %s\n", i, e.text);
        CU_ASSERT_TRUE(told);
        unlink(file_path);
    }
}

static void faults_of_sets(void)
{
    static const struct {
        const char *set, *words;
    } cases[] = {
        {"http.port", "--set needs option=value"},
        {"http.prot=1", "--set: no such option 'http.prot'"},
        {"http.port=", "--set: option 'http.port': must be an integer"},
        {"http.port=80x", "must be an integer"},
        {"http.port=65536", "must be 0 to 65535"},
        {"profile=test", "must be one of production|demo"},
        {"ldap.starttls=yes", "must be true or false"},
        {"auth.session_idle_seconds=86400", "must not exceed"},
        {"ldap.url=ldaps://x", "needs 'ldap.user_base'"},
        {"http.port=4242", "option 'http.port' and 'dicom.port' name the same port"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct config *c = NULL;
        CU_ASSERT_FALSE(config_load(NULL, &cases[i].set, 1, &c, &e));
        CU_ASSERT_PTR_NOT_NULL(strstr(e.text, cases[i].words));
    }
}

static void unreadable_files(void)
{
    static const char *const paths[] = {"/nonexistent/isocentre.conf", "/tmp", "/dev/null"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct config *c = NULL;
        CU_ASSERT_FALSE(config_load(paths[i], NULL, 0, &c, &e));
        CU_ASSERT_PTR_NOT_NULL(strstr(e.text, paths[i]));
    }
}

static void describe_has_a_row_for_every_option(void)
{
    CLEANUP(buf_release) struct buf b;
    buf_init(&b, 1 << 20);
    config_describe(&b);
    CU_ASSERT_TRUE(buf_ok(&b, &e));
#define OPTION(field, option, type, fallback, min, max, choices, doc) \
    CU_ASSERT_PTR_NOT_NULL(strstr(b.p, "\n| " option " | "));
#include "config/options.def"
#undef OPTION
}

/* The example, with every option's comment mark removed, is a file that sets the defaults. */
static void the_example_is_a_valid_file(void)
{
    CLEANUP(buf_release) struct buf b, defaults, again;
    struct config *c = NULL, *d = NULL;
    buf_init(&b, 1 << 20);
    buf_init(&defaults, 1 << 20);
    buf_init(&again, 1 << 20);
    config_example(&b);
    write_file(b.p);
    CU_ASSERT_TRUE_FATAL(config_load(file_path, NULL, 0, &c, &e));
    unlink(file_path);
    config_print(c, &defaults);
    for (char *p = b.p; (p = strstr(p, "# ")) != NULL; p++) {
        char *end = strchr(p, '\n');
        if (strchr("abcdefghijklmnopqrstuvwxyz", p[2]) && end[-1] == ';')
            p[0] = ' ';
    }
    write_file(b.p);
    bool ok = config_load(file_path, NULL, 0, &d, &e);
    if (!ok)
        printf("%s\n", e.text);
    CU_ASSERT_TRUE_FATAL(ok);
    unlink(file_path);
    config_print(d, &again);
    CU_ASSERT_STRING_EQUAL(defaults.p, again.p);
    config_free(c);
    config_free(d);
}

/* ISOCENTRE_ACCEPT=1 writes the file anew. */
static void the_shipped_example_is_up_to_date(void)
{
    CLEANUP(buf_release) struct buf b;
    char path[1024];
    static char shipped[1 << 18];
    buf_init(&b, sizeof shipped);
    config_example(&b);
    const char *tests = strstr(__FILE__, "tests/unit/");
    snprintf(path, sizeof path, "%.*sconfig/isocentre.conf.example", tests ? (int)(tests - __FILE__) : 0, __FILE__);
    bool accept = getenv("ISOCENTRE_ACCEPT") != NULL;
    FILE *f = fopen(path, accept ? "w+" : "r");
    CU_ASSERT_PTR_NOT_NULL_FATAL(f);
    if (accept) {
        fwrite(b.p, 1, b.n, f);
        rewind(f);
    }
    size_t n = fread(shipped, 1, sizeof shipped - 1, f);
    fclose(f);
    CU_ASSERT_TRUE(n == b.n && memcmp(shipped, b.p, n) == 0);
}

static void printing_hides_passwords(void)
{
    static const char *const sets[] = {"database.url=postgresql://u:hush@host/db",
                                       "database.owner_url=host=x password=hush"};
    CLEANUP(buf_release) struct buf b;
    struct config *c = NULL;
    buf_init(&b, 1 << 20);
    CU_ASSERT_TRUE_FATAL(config_load(NULL, sets, 2, &c, &e));
    config_print(c, &b);
    CU_ASSERT_PTR_NULL(strstr(b.p, "hush"));
    CU_ASSERT_PTR_NOT_NULL(strstr(b.p, "database.url = postgresql://u:…@host/db\n"));
    config_free(c);
}

static const struct unit_case cases[] = {
    {"defaults are as told", defaults_are_as_told},
    {"file, then sets", file_then_sets},
    {"faults name file and line", faults_name_file_and_line},
    {"faults of sets", faults_of_sets},
    {"unreadable files", unreadable_files},
    {"describe has a row for every option", describe_has_a_row_for_every_option},
    {"the example is a valid file", the_example_is_a_valid_file},
    {"the shipped example is up to date", the_shipped_example_is_up_to_date},
    {"printing hides passwords", printing_hides_passwords},
};
UNIT_MAIN("config", cases)
