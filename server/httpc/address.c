#include "httpc/httpc_priv.h"

#include <arpa/inet.h>
#include <string.h>

/* TO ADD A NETWORK NOBODY OUTSIDE MAY SEND US TO: a row here, a row in tests/unit/httpc/test_address.c. */
static const char *const inside[] = {
    "0.0.0.0/8",      "10.0.0.0/8",     "100.64.0.0/10", "127.0.0.0/8",   "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24",   "192.0.2.0/24",   "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "224.0.0.0/4",    "240.0.0.0/4",    "::/128",        "::1/128",       "64:ff9b:1::/48", "100::/64",
    "2001::/32",      "2001:db8::/32",  "fc00::/7",      "fe80::/10",     "fec0::/10",      "ff00::/8",
};

/* Where an IPv6 address carries an IPv4 one. */
static const struct {
    const char *network;
    size_t offset;
} carriers[] = {{"64:ff9b::/96", 12}, {"2002::/16", 2}, {"::/96", 12}};

static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};

bool network_parse(struct str text, struct network *ret_network)
{
    char name[64];
    struct in_addr v4;
    struct network n;
    int64_t bits = -1;
    size_t slash = str_find(text, '/');
    if (!str_copy(name, sizeof name, str_sub(text, 0, slash)))
        return false;
    if (slash < text.n && (!str_int(str_sub(text, slash + 1, text.n), &bits) || bits < 0))
        return false;
    if (inet_pton(AF_INET, name, &v4) == 1) {
        memcpy(n.address, mapped, sizeof mapped);
        memcpy(n.address + 12, &v4, 4);
        n.bits = bits < 0 ? 128 : (int)bits + 96;
    } else if (inet_pton(AF_INET6, name, n.address) == 1) {
        n.bits = bits < 0 ? 128 : (int)bits;
    } else {
        return false;
    }
    if (n.bits > 128)
        return false;
    *ret_network = n;
    return true;
}

bool network_holds(const struct network *n, const unsigned char address[16])
{
    size_t whole = (size_t)n->bits / 8, rest = (size_t)n->bits % 8;
    if (memcmp(n->address, address, whole) != 0)
        return false;
    return !rest || (n->address[whole] ^ address[whole]) >> (8 - rest) == 0;
}

bool address_bytes(const struct sockaddr *from, unsigned char ret_bytes[16])
{
    if (from->sa_family == AF_INET) {
        memcpy(ret_bytes, mapped, sizeof mapped);
        memcpy(ret_bytes + 12, &((const struct sockaddr_in *)(const void *)from)->sin_addr, 4);
        return true;
    }
    if (from->sa_family != AF_INET6)
        return false;
    memcpy(ret_bytes, &((const struct sockaddr_in6 *)(const void *)from)->sin6_addr, 16);
    return true;
}

static bool in_house(const unsigned char address[16])
{
    struct network n;
    for (size_t i = 0; i < sizeof inside / sizeof inside[0]; i++)
        if (network_parse(str_of(inside[i]), &n) && network_holds(&n, address))
            return true;
    return false;
}

bool address_is_inside(const unsigned char address[16])
{
    struct network n;
    unsigned char carried[16];
    if (in_house(address))
        return true;
    memcpy(carried, mapped, sizeof mapped);
    for (size_t i = 0; i < sizeof carriers / sizeof carriers[0]; i++) {
        if (!network_parse(str_of(carriers[i].network), &n) || !network_holds(&n, address))
            continue;
        memcpy(carried + 12, address + carriers[i].offset, 4);
        return in_house(carried);
    }
    return false;
}

bool allow_parse(struct str text, struct allow *ret_allow, struct err *e)
{
    struct str rest = text, part;
    *ret_allow = (struct allow){.networks = 0};
    while (rest.n && str_next(&rest, ',', &part)) {
        part = str_trim(part);
        if (!part.n)
            continue;
        if (ret_allow->networks == ALLOW_MAX || ret_allow->hosts == ALLOW_MAX)
            return err_set(e, ERR_INVALID, "more than %d networks or hosts", ALLOW_MAX);
        if (network_parse(part, &ret_allow->network[ret_allow->networks]))
            ret_allow->networks++;
        else if (str_find(part, '/') < part.n || str_find(part, ':') < part.n || str_find(part, ' ') < part.n ||
                 !str_copy(ret_allow->host[ret_allow->hosts++], sizeof ret_allow->host[0], part))
            return err_set(e, ERR_INVALID, "'%.*s' is no network, address or host name", STR_ARG(part));
    }
    return true;
}

bool allow_host(const struct allow *a, const char *host)
{
    for (size_t i = 0; i < a->hosts; i++)
        if (str_is_nocase(str_of(host), a->host[i]))
            return true;
    return false;
}

bool address_permitted(const struct allow *a, const struct sockaddr *to, bool listed)
{
    unsigned char bytes[16];
    if (!address_bytes(to, bytes))
        return false;
    for (size_t i = 0; i < a->networks; i++)
        if (network_holds(&a->network[i], bytes))
            return true;
    return listed || !address_is_inside(bytes);
}
