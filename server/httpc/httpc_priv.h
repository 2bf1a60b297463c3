/* Inside server/httpc: networks, and what the allow list says. */
#ifndef HTTPC_HTTPC_PRIV_H
#define HTTPC_HTTPC_PRIV_H

#include <sys/socket.h>

#include "httpc/httpc.h"

enum { ALLOW_MAX = 64 };

struct network { /* IPv4 as ::ffff:a.b.c.d */
    unsigned char address[16];
    int bits;
};
struct allow {
    struct network network[ALLOW_MAX];
    size_t networks;
    char host[ALLOW_MAX][256];
    size_t hosts;
};
/* "10.0.0.0/8" or "::1"; false for anything else. */
bool network_parse(struct str text, struct network *ret_network);
bool network_holds(const struct network *n, const unsigned char address[16]);
/* A socket address as 16 bytes; false for other families. */
bool address_bytes(const struct sockaddr *from, unsigned char ret_bytes[16]);
/* An address of the house: nobody outside may have us talk to it. Addresses that carry an IPv4 address within them
 * (mapped, NAT64, 6to4) are judged by that. */
bool address_is_inside(const unsigned char address[16]);
bool allow_parse(struct str text, struct allow *ret_allow, struct err *e);
bool allow_host(const struct allow *a, const char *host);
/* May this client connect there? listed: the host's name is in the list. */
bool address_permitted(const struct allow *a, const struct sockaddr *to, bool listed);

#endif
