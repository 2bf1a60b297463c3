/* Inside server/audit: one event as a row, the chain's arithmetic, checkpoints, and the two kinds of threads.
 */
#ifndef AUDIT_AUDIT_PRIV_H
#define AUDIT_AUDIT_PRIV_H

#include <pthread.h>

#include "audit/audit.h"
#include "base/arena.h"
#include "base/buf.h"
#include "tls/tls.h"

enum { BATCH_MAX = 1000, HASH_TEXT = 65, XID_TEXT = 24, KEY_ID = 17, CHECKPOINT_LINE = 512 };

/* The text columns of audit_event, in the order of its INSERT. */
enum column {
    COLUMN_KIND,
    COLUMN_PRINCIPAL,
    COLUMN_PRINCIPAL_KIND,
    COLUMN_ADDRESS,
    COLUMN_DOOR,
    COLUMN_REQUEST,
    COLUMN_OBJECT_TYPE,
    COLUMN_OBJECT_ID,
    COLUMN_PATIENT,
    COLUMN_STUDY,
    COLUMN_ACCESSION,
    COLUMNS
};

struct audit_row {
    clock_us recorded;
    int64_t outcome;
    struct str text[COLUMNS]; /* UTF-8; empty ones are NULL in the table */
    struct str content;       /* the bytes that are hashed */
};

/* event.c */
bool audit_row_make(const struct audit_event *ev, struct arena *arena, struct audit_row *ret_row, struct err *e);
/* The columns say what the content says: they are how events are found, so a changed one is a changed event.
 */
bool audit_row_agrees(const struct audit_row *row);

/* rows.c: the values of audit_event_put_all. */
void audit_rows_args(struct db_args *args, const struct audit_row *const *rows, size_t n);

/* chain.c */
struct chain { /* where it ends */
    int64_t seq;
    unsigned char hash[32];
    char xid[XID_TEXT]; /* of the last sealed event; "0" before the first */
    int64_t event_id;
};
void chain_start(struct chain *c);
/* Go one event on: digest is SHA-256 of its content. */
void chain_add(struct chain *c, int64_t event_id, const unsigned char digest[32]);
/* False when nothing was read. A chain without seals is chain_start's. */
bool chain_load(struct db *db, struct chain *ret_chain, struct err *e);
void hex_text(const unsigned char hash[32], char ret_text[HASH_TEXT]);

/* checkpoint.c: the signed line "isocentre checkpoint 1 SEQ HASH TIME KEY", and the same with " SIGNATURE"
 * behind it in the file checkpoints.log beside the key. */
struct checkpoint {
    int64_t seq;
    unsigned char hash[32];
    char time[CLOCK_TEXT];
    char key_id[KEY_ID];
    unsigned char signature[64];
};
struct signer; /* the private key, its id, and the file */
struct signer *signer_new(const char *key_file, struct err *e);
void signer_free(struct signer *s);
bool signer_announce(const struct signer *s, struct db *db, struct err *e);
/* Sign the end of the chain, put it into the database and append it to the file. */
bool signer_checkpoint(const struct signer *s, struct db *db, const struct chain *c, struct err *e);
/* One line of the file, without its line feed. */
bool checkpoint_parse(struct str line, struct checkpoint *ret_checkpoint);

struct keys; /* public keys a verification trusts */
/* From a PEM file, or from the database when it is NULL. */
struct keys *keys_load(struct db *db, const char *public_key_file, struct err *e);
void keys_free(struct keys *k);
bool checkpoint_genuine(const struct keys *k, const struct checkpoint *c);

/* committer.c, sealer.c: threads of struct audit. */
struct waiting { /* one audit_commit on its caller's stack, or one audit_commit_later in its arena */
    const struct audit_row *row;
    struct waiting *next;
    audit_done later; /* NULL: the caller waits for answered */
    void *ctx;
    const char *kind;
    pthread_cond_t answered;
    bool done, ok;
    struct err why;
};

struct audit {
    struct audit_config config;
    struct signer *signer;
    pthread_mutex_t lock;
    pthread_cond_t work; /* something waits, or the end */
    pthread_cond_t stop; /* the end, for the sealer asleep */
    struct waiting *first, **last;
    size_t count;          /* how many wait */
    size_t company;        /* how many the last commit held: so many will soon be here again */
    size_t wake_at;        /* the count that wakes the committer; 0 while it commits and nobody need wake it */
    bool stopping, ending; /* ending: the sealer makes its last pass */
    pthread_t committer, sealer;
    bool committer_runs;
};

void *committer_main(void *audit);
void *sealer_main(void *audit);

#endif
