/* The routes of routes.def. Threads: HTTP workers. */
#ifndef DICOM_NET_HTTP_H
#define DICOM_NET_HTTP_H

#include "dicom/net/net_priv.h"

#define ROUTE(method, pattern, permission, audit, tx, body, handler) \
    bool handler(struct op *op, struct gate_http *h, struct err *e);
#include "dicom/net/routes.def"
#undef ROUTE

/* Send what the buffer holds as application/json. */
bool dicom_http_answer(struct gate_http *h, struct buf *b, struct err *e);

#endif
