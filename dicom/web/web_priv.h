/* Inside of DICOMweb: the study level table as code, a search request and an answer. Private to dicom/web. */
#ifndef DICOM_WEB_WEB_PRIV_H
#define DICOM_WEB_WEB_PRIV_H

#include "dicom/shim/shim.h"
#include "dicom/web/web.h"
#include "domain/study_find.h"

#define ROUTE(method, pattern, permission, audit, tx, public_, body, handler)                                          \
    bool handler(struct op *op, struct gate_http *h, struct err *e);
#include "dicom/web/routes.def"
#undef ROUTE

enum study_how { HOW_TEXT, HOW_DATE, HOW_LIST };
enum study_match { MATCH_NONE, MATCH_SINGLE, MATCH_WILD, MATCH_UIDS, MATCH_DATES, MATCH_TIMES };

struct study_tag { /* one row of domain/study_keys.def */
    uint32_t tag;
    size_t column, member; /* offsets in struct study_row and in struct study_query */
    enum study_how how;
    enum study_match match;
    bool unasked;
};
enum { STUDY_TAGS_MAX = 32 };
/* Row by position, NULL behind the last. */
const struct study_tag *study_tag(size_t i);
/* The row a parameter or includefield names, by keyword or by eight hexadecimal digits; NULL when there is none. */
const struct study_tag *study_tag_find(struct str name, struct arena *a, size_t *ret_position);

struct search { /* a QIDO request */
    struct study_query query;
    bool include[STUDY_TAGS_MAX]; /* beside what is sent unasked */
    bool fuzzy;                   /* asked for, and not offered */
    bool limited;                 /* the client named a limit */
};
enum { SEARCH_MAX = 1000 }; /* studies in one answer */
/* Read every query parameter. INVALID for one that is not known or not of its form. */
bool search_read(const struct http_request *r, struct arena *a, struct search *ret_search, struct err *e);
/* One study as a JSON object of the DICOM JSON model. */
bool search_put(const struct search *s, const struct study_row *study, struct arena *a,
                struct buf *ret_json, struct err *e);

/* How an instance is to be sent: what the Accept header asks and the stored transfer syntax allows (PS3.18 8.7.3). */
enum instance_form { FORM_NOT_ACCEPTABLE, FORM_MULTIPART, FORM_SINGLE };
enum instance_form instance_form(struct str accept, struct str stored_syntax, struct arena *a);

#endif
