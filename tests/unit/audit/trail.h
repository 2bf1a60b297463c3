/* What the audit tests share: a key, an audit trail at work, events to write. */
#ifndef TESTS_UNIT_AUDIT_TRAIL_H
#define TESTS_UNIT_AUDIT_TRAIL_H

#include "../auth/house.h"
#include "audit/audit_priv.h"

/* A folder of this program with a signing key in it; gone at the end. */
static char trail_folder[64];

static void trail_clean_up(void)
{
    static const char *const names[] = {"key.pem",       "key.pem.pub",     "other.pem",
                                        "other.pem.pub", "checkpoints.log", "copy.log"};
    char path[160];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", trail_folder, names[i]);
        unlink(path);
    }
    rmdir(trail_folder);
}

static inline const char *trail_path(const char *name)
{
    static char paths[8][160];
    static unsigned n;
    char *path = paths[n++ % 8];
    if (!trail_folder[0]) {
        strcpy(trail_folder, "/tmp/isocentre-audit.XXXXXX");
        if (!mkdtemp(trail_folder))
            exit(1);
        atexit(trail_clean_up);
    }
    snprintf(path, sizeof paths[0], "%s/%s", trail_folder, name);
    return path;
}

static inline const char *trail_key(const char *name)
{
    const char *path = trail_path(name);
    if (access(path, R_OK) != 0)
        tls_key_free(tls_key_generate(path, &e));
    return path;
}

static inline struct audit *trail_open_with(struct db_pool *pool, bool sealer, int checkpoint_rows)
{
    struct audit_config config = {.pool = pool,
                                  .key_file = trail_key("key.pem"),
                                  .batch_ms = 1,
                                  .seal_ms = 20,
                                  .checkpoint_seconds = 60,
                                  .checkpoint_rows = checkpoint_rows,
                                  .sealer = sealer};
    struct audit *a = audit_new(&config, &e);
    if (!a) {
        fprintf(stderr, "trail: %s\n", e.text);
        exit(1);
    }
    return a;
}

static inline struct audit *trail_open(bool sealer)
{
    return trail_open_with(house_pool(), sealer, 1000);
}

static inline struct audit_event trail_event(const char *object_id)
{
    static const struct principal who = {
        .kind = PRINCIPAL_AE, .name = "CT1", .address = "10.0.0.4", .roles = UINT32_C(1) << ROLE_MODALITY};
    return (struct audit_event){.kind = AUDIT_INSTANCE_STORE,
                                .who = &who,
                                .door = "dimse",
                                .request = STR("C-STORE"),
                                .object_id = str_of(object_id),
                                .patient = STR("p1"),
                                .study_uid = STR("1.2.3"),
                                .accession = STR("A1"),
                                .count = 1};
}

/* n committed events. */
static inline bool trail_write(struct audit *a, int n)
{
    for (int i = 0; i < n; i++) {
        char id[24];
        snprintf(id, sizeof id, "1.2.3.%d", i);
        struct audit_event ev = trail_event(id);
        if (!audit_commit(a, &ev, &e))
            return false;
    }
    return true;
}

static inline int64_t trail_count(const char *table)
{
    char text[128];
    snprintf(text, sizeof text, "select count(*) from %s", table);
    return house_number(house_owner(), text);
}

/* Wait until so many seals are there; false after five seconds. */
static inline bool trail_sealed(int64_t n)
{
    for (int i = 0; i < 250; i++) {
        if (trail_count("audit_seal") >= n)
            return true;
        usleep(20000);
    }
    return false;
}

static inline struct audit_report trail_verify(void)
{
    struct audit_report report = {.verdict = AUDIT_IO};
    struct db *db = db_borrow(house_pool(), 1000, &e);
    audit_verify(db, NULL, NULL, &report, &e);
    db_return(db);
    return report;
}

#endif
