/* How a query of the archive becomes SQL: text joined from the fragments of schema/queries/archive.sql. Private to
 * domain. Threads: by operation. */
#ifndef DOMAIN_ARCHIVE_PRIV_H
#define DOMAIN_ARCHIVE_PRIV_H

#include "domain/archive.h"

struct archive_sql {
    struct arena *arena;
    const struct archive_query *q;
    struct buf text;
    struct db_args args;
};
/* A fragment with {1} and {2} replaced by these places; 0 for one it does not have. */
void archive_put(struct archive_sql *s, const struct db_query *fragment, int first, int second);
/* A value's place. */
int archive_text(struct archive_sql *s, struct str value);
/* The SQL of a key's column. */
void archive_column(struct archive_sql *s, enum archive_key k);
/* The conditions of all keys of these levels that have values. */
void archive_conditions(struct archive_sql *s, enum archive_level from, enum archive_level to);

#endif
