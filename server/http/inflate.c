/* Request bodies that come compressed (RFC 9110 §8.4). What they unfold to is bounded by the same limit as a body that
 * comes as it is, and by what all bodies together may hold. */
#include "http/http_priv.h"

#include <zlib.h>

enum { WINDOW_GZIP = 15 + 16, PIECE = 256 * 1024 };

static bool refuse(struct http_exchange *x, int status, enum err_code code, const char *text)
{
    x->refusal_status = status;
    return err_set(&x->refusal, code, "%s", text);
}

/* Room for a piece more, within the limits. */
static char *more_room(struct http_exchange *x, struct buf *out)
{
    struct http_server *s = x->server;
    size_t left = out->ceiling - out->n, want = left < PIECE ? left : PIECE;
    if (!want) {
        refuse(x, 413, ERR_TOO_LARGE, "the body unfolds to more than this address takes");
        return NULL;
    }
    if (atomic_load(&s->body_bytes) + (long long)(out->n + want) > s->config.body_total_max) {
        refuse(x, 503, ERR_UNAVAILABLE, "too many large requests at one time");
        return NULL;
    }
    return buf_reserve(out, want);
}

/* One piece; *ret_done at the end of the text. A member may follow another. */
static bool unfold_piece(struct http_exchange *x, z_stream *z, struct buf *out, bool *ret_done)
{
    char *to = more_room(x, out);
    size_t left = out->ceiling - out->n, room = left < PIECE ? left : PIECE;
    if (!to)
        return false;
    z->next_out = (unsigned char *)to;
    z->avail_out = (unsigned)room;
    int status = inflate(z, Z_NO_FLUSH);
    buf_grew(out, room - z->avail_out);
    *ret_done = status == Z_STREAM_END && !z->avail_in;
    if (status == Z_STREAM_END && z->avail_in)
        return inflateReset(z) == Z_OK;
    bool waits = status == Z_OK && (z->avail_in || !z->avail_out);
    return *ret_done || waits || refuse(x, 400, ERR_STRUCTURE, "the body is not whole gzip");
}

static bool unfold(struct http_exchange *x, struct buf *out)
{
    bool done = false, ok = true;
    size_t most = x->body.ceiling;
    z_stream z = {.next_in = (unsigned char *)x->body.p, .avail_in = (unsigned)x->body.n};
    if (inflateInit2(&z, WINDOW_GZIP) != Z_OK)
        return refuse(x, 503, ERR_UNAVAILABLE, "no memory to unfold the body");
    while (ok && !done)
        ok = unfold_piece(x, &z, out, &done);
    inflateEnd(&z);
    return ok && (out->n <= most || refuse(x, 413, ERR_TOO_LARGE, "the body unfolds to more than this address takes"));
}

/* The unfolded text takes the place of what came. */
static void exchange_bodies(struct http_exchange *x, struct buf *out)
{
    struct buf came = x->body;
    atomic_fetch_add(&x->server->body_bytes, (long long)out->n - (long long)came.n);
    x->body = *out;
    *out = came;
    x->request.body = buf_view(&x->body);
}

bool http_inflate(struct http_exchange *x)
{
    struct str coding = str_trim(http_header_list(&x->request, "Content-Encoding"));
    struct buf out CLEANUP(buf_release);
    buf_init(&out, x->body.ceiling + 1); /* a byte more tells what is too long from what just fits */
    if (!x->body.n || !coding.n || str_is_nocase(coding, "identity"))
        return true;
    if (!str_is_nocase(coding, "gzip") && !str_is_nocase(coding, "x-gzip"))
        return refuse(x, 415, ERR_MEDIA_TYPE, "a body comes as it is, or in gzip");
    if (!unfold(x, &out))
        return false;
    exchange_bodies(x, &out);
    return true;
}
