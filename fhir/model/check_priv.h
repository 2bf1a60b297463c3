/* What the parts of the check share. Threads: a checker belongs to one. */
#ifndef FHIR_CHECK_PRIV_H
#define FHIR_CHECK_PRIV_H

#include "fhir/model/formats_priv.h"
#include "fhir/model/narrative_priv.h"
#include "fhir/model/tables_priv.h"

/* One step of the place at hand, on the stack: only an issue makes text of it. */
struct fhir_frame {
    const struct fhir_frame *up;
    struct str name;    /* of a choice element: its stem */
    int index;          /* -1 outside arrays */
    struct str of_type; /* of a choice element: its type */
};

struct fhir_checker {
    struct fhir_issues *issues;
    const struct fhir_node *resource;   /* the nearest one that may contain others */
    const struct fhir_node *own;        /* the nearest one, contained or not */
    const struct fhir_checking *how;
    const struct fhir_node **contained; /* what it contains, by id; made when first asked for */
    size_t contained_count;
};

struct fhir_frame fhir_frame_below(const struct fhir_frame *up, const struct fhir_elem *el, int index);
/* FHIRPath: "Patient.contact[0].gender", "Observation.value.ofType(Quantity).unit", cut at size. */
void fhir_frame_text(const struct fhir_frame *f, char *ret_text, size_t size);
/* A fatal issue at this place; a warning. */
void fhir_complain(struct fhir_checker *c, const struct fhir_frame *f, const struct fhir_node *n,
                   const char *code, const char *text);
void fhir_warn(struct fhir_checker *c, const struct fhir_frame *f, const struct fhir_node *n, const char *code,
               const char *text);
void fhir_check_resource(struct fhir_checker *c, const struct fhir_node *n, const struct fhir_frame *f,
                         bool contained);
/* What an element's row asks beyond its form: targets of a reference, codings of a required binding. */
void fhir_check_meaning(struct fhir_checker *c, const struct fhir_node *n, const struct fhir_elem *el,
                        const struct fhir_frame *f);

#endif
