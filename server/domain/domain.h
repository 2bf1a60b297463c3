/* What every domain function works with: one operation's arena, connection, row filter and warnings. The domain knows
 * patients, orders, steps, studies, reports and links; it knows no protocol. Values cross its border as struct fields
 * (fields.h), documents as struct record_doc.
 * Owner: the caller's stack. Threads: one operation, one thread; struct domain_policy is shared and constant. */
#ifndef DOMAIN_DOMAIN_H
#define DOMAIN_DOMAIN_H

#include "auth/auth.h"
#include "base/arena.h"
#include "base/clock.h"
#include "db/db.h"
#include "record/record.h"

enum missing_uid { MISSING_UID_GENERATE, MISSING_UID_DERIVE, MISSING_UID_REJECT };
enum missing_accession { ACCESSION_GENERATE, ACCESSION_FROM_ORDER, ACCESSION_REJECT };

struct domain;
/* Rules of a type that live above the domain; each may be NULL. */
struct domain_rules {
    const char *type;
    bool (*before)(void *ctx, struct domain *d, struct record_doc *doc, struct err *e);
    bool (*deleted)(void *ctx, struct domain *d, struct record_doc *doc, struct err *e);
    void *ctx;
};

struct domain_policy {               /* what the site decides; options site.* and hl7.* */
    const char *patient_authority;   /* namespace of patient ids that name none */
    const char *accession_authority; /* namespace of accession numbers that name none */
    enum missing_uid missing_study_uid;
    enum missing_accession missing_accession;
    int settle_seconds;               /* a study that grew and is quiet so long is told of again */
    const struct domain_rules *rules; /* NULL: none */
    int search_timeout_ms;            /* a FHIR search may take this long; 0: as any statement */
    const char *viewer_url;           /* where images are looked at, with {study} {accession} {patient}; "": nowhere */
    const char *public_url;           /* base of WADO-RS endpoints, "http://127.0.0.1:8042" */
};

struct domain {
    struct arena *arena;
    struct db *db;         /* in a transaction */
    struct str access;     /* row filter, "" for none */
    struct str department; /* of new rows */
    const struct principal *who;
    const struct domain_policy *policy;
    void *adapter; /* of the protocol folder that called: its own, not looked at here */
    bool merging;  /* documents change their patient: see merge.h */
    clock_us said; /* when the sender of a message said this (said.h); 0: it is no message, or tells no time */
    struct str warning[32];
    bool told[32]; /* the sender hears of it in the answer */
    size_t warning_count;
};

/* Keep a sentence for the message or answer; no clinical values in it. The 33rd and later are dropped. */
void domain_warn(struct domain *d, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The same, and it is said in the answer: something happened that the sender does not expect. */
void domain_tell(struct domain *d, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* "Patient/…" of a document. */
struct str domain_reference(struct domain *d, const struct record_doc *doc);
/* Split "Type/id" (or ".../Type/id"); false for anything else. */
bool domain_split_reference(struct str reference, struct str *ret_type, struct str *ret_id);
/* The document a literal reference names; *ret_found false when there is none here. */
bool domain_follow(struct domain *d, struct str reference, struct record_doc *ret_doc, bool *ret_found, struct err *e);

#endif
