/* The site's own search parameters (SearchParameter resources) as every process knows them: rows of search_parameter,
 * their expressions compiled. Who writes or searches asks first for a fresh view; it is never older than a second, on
 * which the walk that indexes a new one relies (domain/parameter). Threads: any. Cost: one small query a second. */
#ifndef RECORD_CUSTOM_H
#define RECORD_CUSTOM_H

#include "fhir/model/custom.h"
#include "record/record.h"

enum { RECORD_CUSTOM_FRESH_MS = 1000 };

/* now: do not rely on what was read within the last second. */
bool record_custom_fresh(struct db *db, bool now, struct err *e);
/* The kind a SearchParameter.type names; false for those no site can add (composite, special) and unknown ones. */
bool record_custom_kind(struct str name, enum fhir_search_kind *ret_kind);
/* Hashes of all rows a parameter may have: RECORD_CUSTOM_PARTS of them. */
enum { RECORD_CUSTOM_PARTS = 4 };
void record_custom_hashes(struct str type, struct str code, int64_t ret_hash[RECORD_CUSTOM_PARTS]);

#endif
