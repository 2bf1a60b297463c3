#include "base/codec.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_put(struct buf *b, struct str bytes)
{
    const unsigned char *p = (const unsigned char *)bytes.p;
    for (size_t i = 0; i < bytes.n; i += 3) {
        size_t left = bytes.n - i;
        unsigned v = (unsigned)p[i] << 16 | (left > 1 ? (unsigned)p[i + 1] << 8 : 0) | (left > 2 ? p[i + 2] : 0);
        char out[4] = {alphabet[v >> 18], alphabet[v >> 12 & 63], left > 1 ? alphabet[v >> 6 & 63] : '=',
                       left > 2 ? alphabet[v & 63] : '='};
        buf_put(b, out, 4);
    }
}

static int sextet(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '+' || c == '-')
        return 62;
    return c == '/' || c == '_' ? 63 : -1;
}

bool base64_decode(struct str text, struct buf *ret_bytes, struct err *e)
{
    unsigned v = 0;
    int bits = 0;
    size_t count = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '=' || c == '\r' || c == '\n' || c == ' ' || c == '\t')
            continue;
        int six = sextet(c);
        if (six < 0)
            return err_set(e, ERR_INVALID, "not base64 at byte %zu", i);
        v = (v << 6 | (unsigned)six) & 0xffffff;
        bits += 6;
        count++;
        if (bits >= 8) {
            bits -= 8;
            buf_putc(ret_bytes, (char)(v >> bits & 0xff));
        }
    }
    if (count % 4 == 1)
        return err_set(e, ERR_INVALID, "base64 text cut short");
    return buf_ok(ret_bytes, e);
}

void hex_put(struct buf *b, const void *bytes, size_t n)
{
    static const char digit[] = "0123456789abcdef";
    const unsigned char *p = bytes;
    for (size_t i = 0; i < n; i++) {
        char two[2] = {digit[p[i] >> 4], digit[p[i] & 15]};
        buf_put(b, two, 2);
    }
}

static int nibble(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool hex_decode(struct str text, unsigned char *ret_bytes, size_t n, struct err *e)
{
    if (text.n != 2 * n)
        return err_set(e, ERR_INVALID, "%zu hexadecimal digits where %zu are due", text.n, 2 * n);
    for (size_t i = 0; i < n; i++) {
        int high = nibble(text.p[2 * i]), low = nibble(text.p[2 * i + 1]);
        if (high < 0 || low < 0)
            return err_set(e, ERR_INVALID, "not hexadecimal at digit %zu", 2 * i);
        ret_bytes[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}
