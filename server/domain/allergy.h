/* What a patient must not be given: AllergyIntolerance, and the words of it that the worklist shows. Threads: by
 * operation. */
#ifndef DOMAIN_ALLERGY_H
#define DOMAIN_ALLERGY_H

#include "domain/domain.h"

enum allergy_action { ALLERGY_ADD, ALLERGY_CHANGE, ALLERGY_END };
struct allergy {
    enum allergy_action action;
    struct str code;     /* "code^scheme^meaning" */
    struct str words;    /* what people read */
    struct str number;   /* the sender's own, "" for none */
    struct str category; /* food, medication, environment, biologic, "" */
    struct str severity; /* mild, moderate, severe, "" */
    struct str reaction; /* what happened, "" */
    struct str onset;    /* a FHIR dateTime, "" */
};
/* Kept, changed, or (END) made inactive: never removed. The worklist is not refreshed: allergy_shown does it once. */
bool allergy_apply(struct domain *d, const struct record_doc *patient, const struct allergy *x, struct err *e);
bool allergy_shown(struct domain *d, const struct record_doc *patient, struct err *e);
/* After an AllergyIntolerance was written by whatever way: its row, and the patient's steps. */
bool allergy_project(struct domain *d, struct record_doc *doc, struct err *e);

#endif
