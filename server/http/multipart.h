/* Multipart bodies (RFC 2046 §5.1), as STOW-RS sends and WADO-RS answers them (PS3.18 §8.6.1.2.1).
 * Owner: parts are slices of the body given; nothing is copied. Threads: any. Cost: one scan of the body. */
#ifndef HTTP_MULTIPART_H
#define HTTP_MULTIPART_H

#include "http/http.h"

struct http_multipart {
    struct str rest;
    char delimiter[76]; /* "--" and the boundary, which has at most 70 characters */
    size_t delimiter_length;
    bool ended;
};

struct http_body_part {
    struct str head; /* the part's header lines; its p is NULL after the last part */
    struct str body;
};

/* Content type must be multipart/… with a boundary: INVALID otherwise, or when the body has no such boundary.
 */
bool http_multipart_init(struct http_multipart *m, struct str content_type, struct str body, struct err *e);
/* INVALID when a part is not ended by a boundary or has no end to its headers. */
bool http_multipart_next(struct http_multipart *m, struct http_body_part *ret_part, struct err *e);
/* A header of a part; STR_NONE if absent. */
struct str http_part_header(const struct http_body_part *part, const char *name);

/* Writing: begin, then for each part its head and its bytes or file as http_part_bytes or http_part_file,
 * then end. */
struct http_multipart_writer {
    struct http_response *response;
    struct str boundary;
    bool any;
};
/* Sets Content-Type: multipart/related; type="type"; boundary=… with a boundary from random_id (no such text
 * occurs in any part). type may hold a transfer-syntax: it is quoted. */
void http_multipart_begin(struct http_multipart_writer *w, struct http_response *r, struct str type,
                          struct str random_id);
/* The head of one part; headers are "Name: value" lines, each ended by CR LF. */
void http_multipart_part(struct http_multipart_writer *w, struct str headers);
void http_multipart_end(struct http_multipart_writer *w);

#endif
