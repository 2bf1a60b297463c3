/* Errors as values. The place that fails sets a struct err once; callers wrap it with what they were doing; the
 * edge logs it once and turns the code into its language through errors.def.
 * Owner: the caller's stack. Threads: none shared. Cost: a formatted write into a fixed array. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

enum err_code {
    ERR_NONE = 0,
#define ERR(name, http, fhir, msa, hl7, dimse, meaning) ERR_##name,
#include "base/errors.def"
#undef ERR
    ERR_CODES
};

/* One row of errors.def. */
struct err_row {
    const char *name;
    int http;
    const char *fhir;
    const char *msa;
    int hl7;
    unsigned dimse;
    const char *meaning;
};

struct err {
    enum err_code code;
    char text[512];
    char path[200]; /* where: a FHIR expression, an HL7 location "PID^1^3" or a DICOM tag path; "" if none */
    bool inside;    /* the text speaks of our insides: it is for the log */
    unsigned line, column; /* where in the text received; 0 where unknown */
    const char *rule; /* name of the workflow's rule that forbids it; NULL for none */
};

/* Set the error. Always returns false, so that a function can `return err_set(…)`. e may be NULL. */
bool err_set(struct err *e, enum err_code code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* Put context before the text: "store 'X': disk full". Returns false. */
bool err_wrap(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Say where in the input the fault lies; the first place named stays. Returns false. */
bool err_at(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Say where in the text received; the first place named stays. Returns false. */
bool err_line(struct err *e, unsigned line, unsigned column);
/* Set from errno: "open 'x': No such file or directory". Returns false. */
bool err_errno(struct err *e, enum err_code code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* Name the rule that forbids it (a literal). Returns false. */
bool err_rule(struct err *e, const char *name);
/* Keep the text from peers. Returns false. */
bool err_inside(struct err *e);
/* What a peer is told: the text, or the code's meaning when the text is about our insides. */
const char *err_said(const struct err *e);
void err_clear(struct err *e);
/* The row of a code; ERR_NONE and unknown codes give INTERNAL's. */
const struct err_row *err_row(enum err_code code);

#endif
