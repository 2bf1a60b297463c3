/* Media types (RFC 9110 §8.3.1): a Content-Type or the members of an Accept header, and the choice between
 * what a client accepts and what a handler offers. Owner: slices of the header given. Threads: any. Cost:
 * linear in the header. */
#ifndef HTTP_MEDIA_H
#define HTTP_MEDIA_H

#include "base/arena.h"
#include "base/str.h"

struct http_media {
    struct str type;       /* "application/fhir+json" or a range, as written, without parameters */
    struct str parameters; /* what follows the first ';' */
    int weight;            /* q in thousandths: 0 refuses, 1000 when not given */
};
/* The next member of a comma-separated list; false at its end. Members without a '/' are skipped but for a
 * lone '*', which counts as any type. */
bool http_media_next(struct str *rest, struct http_media *ret_media);
/* A parameter's value, quotes taken off; STR_NONE if absent. Copies into the arena only when it holds
 * escapes. */
struct str http_media_parameter(const struct http_media *m, const char *name, struct arena *a);
/* Does the range ("type/subtype", "type/" with a star, star/star) cover the type? Parameters are not looked
 * at. */
bool http_media_covers(struct str range, struct str type);
/* The index of the offer the client likes best: the most specific range gives an offer its weight, and of
 * equal weights the earlier offer wins. 0 when there is no Accept header, -1 when none is accepted. */
int http_accept(struct str accept, const char *const *offers, int count);

#endif
