/* Who is meant: patients by number or by what one knows of them, within the caller's row filter. Threads: by operation.
 */
#ifndef DOMAIN_PEOPLE_H
#define DOMAIN_PEOPLE_H

#include "domain/domain.h"

enum { PEOPLE_MAX = 200 };
struct people_query { /* empty: not asked; names may hold * */
    struct str id, issuer, family, given, birth_date, sex /* a FHIR gender */;
    int64_t after; /* a row id: those behind it */
    int limit;     /* at most PEOPLE_MAX */
};
/* Parsed documents, oldest first; one more than the limit would say is *ret_more. */
bool people_find(struct domain *d, const struct people_query *q, struct record_doc **ret_people, size_t *ret_count,
                 bool *ret_more, struct err *e);
/* Is this a namespace or an OID of a known authority? *ret_namespace: the former. */
bool people_authority(struct domain *d, struct str namespace_, struct str oid, struct str *ret_namespace,
                      bool *ret_known, struct err *e);

#endif
