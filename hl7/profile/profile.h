/* Conformance profiles of HL7 v2: what one sender's messages must be like, and where they say what (README.md shows the
 * JSON). A profile is read once, then asked of many messages. This folder knows no database and no field of the record:
 * names of fields, transforms and structures are texts here, which hl7/net understands.
 * Owner: everything lives in the arena given. Threads: a profile that is read is constant. Cost of a check: rules times
 * segments; it stops at HL7_FINDINGS_MAX. */
#ifndef HL7_PROFILE_PROFILE_H
#define HL7_PROFILE_PROFILE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "hl7/codec/codec.h"

enum { HL7_RULES_MAX = 5000, HL7_MOVES_MAX = 200, HL7_TESTS_MAX = 100, HL7_FINDINGS_MAX = 100 };

/* HL7 2.5.1 §2.12.6: required, required but may be empty, optional, not supported, conditional. */
enum hl7_usage { HL7_USAGE_O, HL7_USAGE_R, HL7_USAGE_RE, HL7_USAGE_X, HL7_USAGE_C };

struct hl7_texts {
    struct str *item;
    size_t n;
};
struct hl7_profile_table {
    struct str name;
    struct hl7_texts codes;
};
struct hl7_profile_when { /* set: at is named; holds when the place has one of these texts, or any text if `is` is empty
                           */
    struct hl7_location at;
    struct hl7_texts is;
};
struct hl7_profile_rule {
    struct str place;          /* "OBR-18.1", or "ZDS" for the segment itself */
    struct hl7_location at;    /* field 0: the segment itself */
    struct hl7_texts messages; /* "ORM^O01", "ORM"; none: all */
    enum hl7_usage usage;
    int64_t min, max, length; /* repetitions of a field, or segments; 0: not said. Characters; 0: any */
    bool each_order;          /* of a segment: in every order group, not once in the message */
    const struct hl7_profile_table *table;
    const struct hl7_vr *vr; /* what DICOM will make of it */
    struct str value;        /* the only text that may stand there */
    struct hl7_profile_when when;
    bool warning;    /* told, but nothing is refused */
    struct str text; /* why, for people */
};
struct hl7_profile_move { /* a row of hl7/net/maps for this sender */
    struct str field, from, transform;
    struct hl7_texts in; /* "ORM" "OMI" "ADT" "ORU"; none: wherever the field is known */
    bool also;           /* tried before the usual rows, which stay; else instead of them */
    unsigned line;
};
struct hl7_expected {
    struct str field, value;
    size_t group; /* from 1 */
    unsigned line;
};
struct hl7_profile_test {
    struct str name, message, ack;
    struct hl7_expected *field;
    size_t fields;
    unsigned line;
};
struct hl7_profile {
    struct str name, application, facility; /* MSH-3 and MSH-4; facility empty: all of them */
    struct hl7_profile_table *table;
    size_t tables;
    struct hl7_profile_rule *rule;
    size_t rules;
    struct hl7_profile_move *move;
    size_t moves;
    struct hl7_profile_test *test;
    size_t tests;
};

/* INVALID names the line in e->line and in its text. */
bool hl7_profile_read(struct str json, struct arena *a, struct hl7_profile *ret_profile, struct err *e);
/* An HL7 v2.x message profile (HL7v2xConformanceProfile) as the JSON of a profile; name and sender are the caller's,
 * who may have taken them from the file's name. STRUCTURE for what is no such document. *ret_notes: lines of what was
 * left out, and why. */
bool hl7_profile_import(struct str xml, const struct hl7_profile *head, struct buf *out, struct buf *ret_notes,
                        struct err *e);
/* A profile of ihe.def that speaks of this message ("RAD-4", "RAD-128"), or by name; false if none. */
bool hl7_profile_builtin(struct str name, struct arena *a, struct hl7_profile *ret_profile);
const char *hl7_profile_builtin_for(const struct hl7_message *m, struct arena *a);

struct hl7_finding {
    char place[HL7_ERL_TEXT]; /* as ERR-2: "OBR^2^18" */
    struct str where;         /* as people write it: "OBR-18" */
    enum err_code code;
    bool warning;
    struct str text; /* no value of the message in it */
};
struct hl7_findings {
    struct hl7_finding item[HL7_FINDINGS_MAX];
    size_t n;
};
/* Everything the profile has against a message. */
void hl7_profile_check(const struct hl7_profile *p, const struct hl7_message *m, struct arena *a,
                       struct hl7_findings *ret_findings);

/* ---- what fits a DICOM value ---- */
struct hl7_vr {
    const char *name;
    size_t max;
    const char *allowed; /* NULL: any character but the backslash; else these */
    const char *meaning;
};
const struct hl7_vr *hl7_vr_find(struct str name);
bool hl7_vr_fits(const struct hl7_vr *vr, struct str text);

#endif
