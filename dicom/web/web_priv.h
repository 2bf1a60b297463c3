/* Inside of DICOMweb: a search request and an answer. Private to dicom/web. */
#ifndef DICOM_WEB_WEB_PRIV_H
#define DICOM_WEB_WEB_PRIV_H

#include "dicom/shim/shim.h"
#include "dicom/web/web.h"
#include "domain/archive.h"

#define ROUTE(method, pattern, permission, audit, tx, public_, body, handler) \
    bool handler(struct op *op, struct gate_http *h, struct err *e);
#include "dicom/web/routes.def"
#undef ROUTE

/* The attribute of a study that a parameter or includefield names, by keyword or by eight hexadecimal digits;
 * ARCHIVE_KEYS when there is none. */
enum archive_key search_key(struct str name, struct arena *a);

struct search { /* a QIDO request */
    struct archive_query query;
    bool limited; /* the client named a limit */
};
enum { SEARCH_MAX = 1000 }; /* studies in one answer */
/* Read every query parameter. INVALID for one that is not known or not of its form. */
bool search_read(const struct http_request *r, struct arena *a, struct search *ret_search, struct err *e);
/* One study as a JSON object of the DICOM JSON model. */
bool search_put(const struct archive_answers *answers, size_t i, struct buf *ret_json, struct err *e);

/* How an instance is to be sent: what the Accept header asks and the stored transfer syntax allows (PS3.18 8.7.3). */
enum instance_form { FORM_NOT_ACCEPTABLE, FORM_MULTIPART, FORM_SINGLE };
/* *ret_syntax: the transfer syntax to send in. */
enum instance_form instance_form(struct str accept, struct str stored_syntax, struct arena *a, struct str *ret_syntax);

#endif
