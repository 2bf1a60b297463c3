/* Tests that need PostgreSQL: main() calls postgres_needed(argv) first. ISOCENTRE_TEST_DATABASE is the
 * owner's connection in key=value form; without it the program starts itself again under with_postgres.sh. */
#ifndef TESTS_UNIT_DB_POSTGRES_H
#define TESTS_UNIT_DB_POSTGRES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/db.h"
#include "unit.h"

static inline void postgres_needed(char **argv)
{
    char script[1024];
    const char *slash = strrchr(__FILE__, '/');
    if (getenv("ISOCENTRE_TEST_DATABASE"))
        return;
    snprintf(script, sizeof script, "%.*s/with_postgres.sh", slash ? (int)(slash - __FILE__) : 1,
             slash ? __FILE__ : ".");
    execl("/bin/sh", "sh", script, argv[0], (char *)NULL);
    perror("sh");
    exit(1);
}

static inline const char *postgres_url(void)
{
    return getenv("ISOCENTRE_TEST_DATABASE");
}

/* The same database as the server's role. */
static inline const char *postgres_server_url(void)
{
    static char url[1024];
    snprintf(url, sizeof url, "%s user=isocentre_server", postgres_url());
    return url;
}

#define POSTGRES_MAIN(suite, cases)                                            \
    int main(int argc, char **argv)                                            \
    {                                                                          \
        (void)argc;                                                            \
        postgres_needed(argv);                                                 \
        return unit_main(suite, cases, (int)(sizeof cases / sizeof cases[0])); \
    }

#endif
