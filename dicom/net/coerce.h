/* Rules for objects as they arrive: which attributes are told differently than the sender said. The object is stored
 * as it came; what the rules made of it is one row for all objects of which they made the same. Threads: associations
 * and HTTP workers. Cost: without rules none; with rules, they are read from memory, and asked for again every
 * two seconds, so that every node knows of a change by then. */
#ifndef DICOM_NET_COERCE_H
#define DICOM_NET_COERCE_H

#include "dicom/shim/shim.h"
#include "domain/domain.h"

struct coercion { /* what rules make of a header; "" and "": nothing */
    struct str rules;   /* "issuer 3, sex 1": with their versions */
    struct str changes; /* {"00100021": "CLINIC", "00104000": null} */
    struct str view;    /* the same for dicom/leave/change.h */
};
struct coerced_by { /* whom the object comes from, and to */
    struct str calling_ae, department;
};
/* What the rules of the database make of a header; texts live in the arena. The header stays as it is. */
bool coerce(struct db *db, const struct coerced_by *by, const struct dicom_item *header, struct arena *a,
            struct coercion *ret_coercion, struct err *e);
struct coerce_rule;
/* The same of one rule, whether it is kept or not. */
bool coerce_try(const struct coerce_rule *r, const struct coerced_by *by, const struct dicom_item *header,
                struct arena *a, struct coercion *ret_coercion, struct err *e);

/* ---- a rule ---- */

enum coerce_kind { COERCE_SET, COERCE_DEFAULT, COERCE_REMOVE, COERCE_COPY, COERCE_MAP };
struct json;
/* One rule, as it is put and kept:
 *   {"callingAE": "CT*", "department": "", "attributes": {"Modality": "CT,MR"}, "enabled": true, "acts": [
 *     {"set": "InstitutionName", "value": "…"}, {"default": "Modality", "value": "OT"}, {"remove": "PatientComments"},
 *     {"copy": "StudyID", "to": "AccessionNumber"}, {"map": "PatientSex", "values": {"W": "F"}}]}
 * Conditions are lists of words with '*' for any characters, commas between; an attribute fits with one of
 * several values. */
struct coerce_rule {
    struct str name, calling_ae, department;
    int64_t version;
    struct json *conditions, *acts; /* checked */
};
/* INVALID, FORBIDDEN, UNSUPPORTED name what is wrong. Owner: the caller, coerce_rule_free. */
bool coerce_rule_read(struct str conditions, struct str acts, struct coerce_rule *ret_rule, struct err *e);
void coerce_rule_free(struct coerce_rule *r);
struct coerce_act {
    enum coerce_kind kind;
    uint32_t in, tag, from_in, from_tag;
    struct str value;
    const struct json *values;
};
/* Of a checked rule. False behind the last. */
bool coerce_act_at(const struct coerce_rule *r, size_t i, struct coerce_act *ret_act);

#endif
