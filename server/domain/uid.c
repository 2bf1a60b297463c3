#include "domain/uid.h"

#include "tls/tls.h"

static struct str uid_of(struct arena *a, const unsigned char uuid[16])
{
    char decimal[TLS_UUID_DECIMAL];
    tls_uuid_decimal(uuid, decimal);
    return arena_printf(a, "2.25.%s", decimal);
}

struct str uid_new(struct arena *a)
{
    unsigned char uuid[16];
    struct err e;
    if (!tls_random(uuid, sizeof uuid, &e)) {
        /* The kernel's generator is not there yet: a name that is unique all the same. */
        char now[CLOCK_TEXT];
        clock_text(clock_now(), now);
        return uid_derive(a, arena_printf(a, "%p", (void *)a), str_of(now));
    }
    uuid[6] = (unsigned char)((uuid[6] & 0x0f) | 0x40);
    uuid[8] = (unsigned char)((uuid[8] & 0x3f) | 0x80);
    return uid_of(a, uuid);
}

struct str uid_derive(struct arena *a, struct str authority, struct str name)
{
    unsigned char uuid[16];
    tls_uuid_named(arena_printf(a, "isocentre study %.*s", STR_ARG(authority)), name, uuid);
    return uid_of(a, uuid);
}

bool uid_check(struct str uid, struct err *e)
{
    struct str rest = uid, part;
    bool ok = uid.n > 0 && uid.n <= 64;
    while (ok && str_next(&rest, '.', &part)) {
        ok = part.n > 0 && (part.n == 1 || part.p[0] != '0');
        for (size_t i = 0; i < part.n && ok; i++)
            ok = part.p[i] >= '0' && part.p[i] <= '9';
    }
    return ok || err_set(e, ERR_INVALID, "not a UID of at most 64 digits and dots");
}
