/* Assigning authorities: one table ties HL7 namespaces, OIDs and FHIR identifier systems, for patient ids, accession
 * numbers, orders and visits. Threads: the process-wide copy is guarded. Cost: none when the copy knows it. */
#ifndef DOMAIN_AUTHORITY_H
#define DOMAIN_AUTHORITY_H

#include "domain/domain.h"

struct authority {
    struct str namespace_, oid, uri;
};

/* The authority a sender means by namespace and/or OID (either may be empty). An unknown one is added: its URI is
 * "urn:oid:…" or "urn:isocentre:authority:…". Both empty: the one named by if_none. */
bool authority_resolve(struct domain *d, struct str namespace_, struct str oid, const char *if_none,
                       struct authority *ret_authority, struct err *e);
/* The authority of a FHIR identifier system; an unknown system is added under its own text as namespace. */
bool authority_of_uri(struct domain *d, struct str uri, struct authority *ret_authority, struct err *e);
/* Read the table anew; at start, and when another node may have added rows. */
bool authorities_load(struct db *db, struct err *e);
void authorities_release(void);

#endif
