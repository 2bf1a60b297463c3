/* Stand-ins for schema/migrations in test_migrate.c. */
#ifndef TESTS_UNIT_DB_MIGRATIONS_H
#define TESTS_UNIT_DB_MIGRATIONS_H

#include "db/db.h"

#define FIRST "create table first_table (a int);\ninsert into first_table values (1);\n"
#define SECOND "create table second_table (b text);\ninsert into second_table values ('x;y'), ('z');\n"

static const struct db_migration good[] = {{1, "first", "aa", FIRST}, {2, "second", "bb", SECOND}};
static const struct db_migration changed[] = {{1, "first", "cc", FIRST}, {2, "second", "bb", SECOND}};
static const struct db_migration broken[] = {{1, "first", "aa", FIRST},
                                             {2, "second", "bb", SECOND "insert into nowhere values (1);\n"}};

#endif
