/* Random values and UUIDs. */
#include "tls/tls_priv.h"

#include <openssl/rand.h>
#include <string.h>

static const char hex[] = "0123456789abcdef";

bool tls_random(void *ret, size_t n, struct err *e)
{
    if (n > INT32_MAX || RAND_bytes(ret, (int)n) != 1)
        return tls_fail(e, ERR_INTERNAL, "no random bytes");
    return true;
}

bool tls_random_hex(char *ret, size_t n, struct err *e)
{
    /* the bytes take the back half and are spelled out from the front: never over one not yet read */
    unsigned char *bytes = (unsigned char *)ret + n;
    if (!tls_random(bytes, n, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        unsigned char b = bytes[i];
        ret[2 * i] = hex[b >> 4];
        ret[2 * i + 1] = hex[b & 15];
    }
    ret[2 * n] = '\0';
    return true;
}

bool tls_random_id(char ret[44], struct err *e)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    unsigned char bytes[33] = {0}; /* 32, and one for the last three characters to look at */
    if (!tls_random(bytes, 32, e))
        return false;
    for (size_t i = 0; i < 43; i++) {
        size_t bit = i * 6, at = bit / 8, shift = 10 - bit % 8;
        unsigned two = (unsigned)bytes[at] << 8 | bytes[at + 1];
        ret[i] = alphabet[two >> shift & 63];
    }
    ret[43] = '\0';
    return true;
}

static void stamp(unsigned char uuid[16], unsigned version)
{
    uuid[6] = (unsigned char)((uuid[6] & 0x0f) | version << 4);
    uuid[8] = (unsigned char)((uuid[8] & 0x3f) | 0x80);
}

bool tls_uuid(char ret[TLS_UUID_TEXT], struct err *e)
{
    unsigned char uuid[16];
    if (!tls_random(uuid, sizeof uuid, e))
        return false;
    stamp(uuid, 4);
    tls_uuid_text(uuid, ret);
    return true;
}

void tls_uuid_named(struct str space, struct str name, unsigned char ret[16])
{
    unsigned char length[8], hash[TLS_SHA256];
    for (int i = 0; i < 8; i++) /* the length keeps ("ab","c") and ("a","bc") apart */
        length[i] = (unsigned char)((uint64_t)space.n >> (56 - 8 * i));
    struct tls_sha256_stream s;
    tls_sha256_init(&s);
    tls_sha256_update(&s, length, sizeof length);
    tls_sha256_update(&s, space.p, space.n);
    tls_sha256_update(&s, name.p, name.n);
    tls_sha256_final(&s, hash);
    memcpy(ret, hash, 16);
    stamp(ret, 8);
}

void tls_uuid_text(const unsigned char uuid[16], char ret[TLS_UUID_TEXT])
{
    char *to = ret;
    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *to++ = '-';
        *to++ = hex[uuid[i] >> 4];
        *to++ = hex[uuid[i] & 15];
    }
    *to = '\0';
}

void tls_uuid_decimal(const unsigned char uuid[16], char ret[TLS_UUID_DECIMAL])
{
    unsigned char left[16];
    char backwards[TLS_UUID_DECIMAL];
    size_t n = 0;
    memcpy(left, uuid, sizeof left);
    bool more = true;
    while (more) { /* divide the 128-bit number by ten, keep the rest */
        unsigned rest = 0;
        more = false;
        for (int i = 0; i < 16; i++) {
            unsigned v = rest << 8 | left[i];
            left[i] = (unsigned char)(v / 10);
            rest = v % 10;
            more |= left[i] != 0;
        }
        backwards[n++] = (char)('0' + rest);
    }
    for (size_t i = 0; i < n; i++)
        ret[i] = backwards[n - 1 - i];
    ret[n] = '\0';
}
