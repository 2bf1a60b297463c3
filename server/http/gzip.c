/* Compression of textual answers (zlib only here). One compressor a worker, reset between answers: setting
 * one up costs more than compressing a small page. */
#include "http/http_priv.h"

#include <zlib.h>

enum {
    SMALLEST = 1024, /* below this the saving does not pay for itself */
    LEVEL = 3,       /* about a fifth slower to read than level 1, most of the gain of 6 */
    WINDOW_GZIP = 15 + 16,
    MEMORY = 8,
};

struct http_gzip {
    z_stream z;
    bool usable;
    struct buf out;
};

struct http_gzip *http_gzip_new(void)
{
    struct http_gzip *g = mem_zalloc(sizeof *g);
    g->usable = deflateInit2(&g->z, LEVEL, Z_DEFLATED, WINDOW_GZIP, MEMORY, Z_DEFAULT_STRATEGY) == Z_OK;
    buf_init(&g->out, HTTP_RESPONSE_MAX);
    return g;
}

void http_gzip_free(struct http_gzip *g)
{
    if (!g)
        return;
    if (g->usable)
        deflateEnd(&g->z);
    buf_release(&g->out);
    mem_free(g);
}

static bool textual(struct str type)
{
    static const char *const names[] = {"application/json", "application/xml", "application/javascript",
                                        "application/manifest+json", "image/svg+xml"};
    type = str_trim(str_sub(type, 0, str_find(type, ';')));
    if (str_starts(type, "text/"))
        return true;
    if (str_ends(type, "+json") || str_ends(type, "+xml"))
        return true;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_is_nocase(type, names[i]))
            return true;
    return false;
}

/* Of a coding, in thousandths; 1000 when none is given. */
static int weight_of(struct str parameters)
{
    struct str part;
    while (str_next(&parameters, ';', &part)) {
        part = str_trim(part);
        if (part.n < 3 || !str_is_nocase(str_sub(part, 0, 2), "q="))
            continue;
        int value = 0, unit = 1000;
        for (size_t i = 2; i < part.n && unit; i++)
            if (part.p[i] >= '0' && part.p[i] <= '9') {
                value += (part.p[i] - '0') * unit;
                unit /= 10;
            }
        return value;
    }
    return 1000;
}

/* Accept-Encoding (RFC 9110 §12.5.3) names gzip or "*" with a weight above 0, and does not like the plain form
 * better. */
static bool accepts_gzip(const struct http_request *r)
{
    struct str rest = http_header_list(r, "Accept-Encoding"), part;
    int gzip = -1, any = 0, identity = 0;
    while (str_next(&rest, ',', &part)) {
        size_t semicolon = str_find(part, ';');
        struct str name = str_trim(str_sub(part, 0, semicolon));
        int weight = weight_of(str_sub(part, semicolon, part.n));
        if (str_is_nocase(name, "gzip") || str_is_nocase(name, "x-gzip"))
            gzip = weight;
        else if (str_is(name, "*"))
            any = weight;
        else if (str_is_nocase(name, "identity"))
            identity = weight;
    }
    gzip = gzip < 0 ? any : gzip;
    return gzip > 0 && gzip >= identity;
}

static void add_vary(struct http_response *r)
{
    struct str had = http_response_header(r, "Vary"), rest = had, part;
    while (rest.p && str_next(&rest, ',', &part))
        if (str_is_nocase(str_trim(part), "Accept-Encoding") || str_is(str_trim(part), "*"))
            return;
    http_set(r, "Vary",
             had.n ? arena_printf(&r->request->arena, "%.*s, Accept-Encoding", STR_ARG(had))
                   : STR("Accept-Encoding"));
}

static bool compress_into(struct http_gzip *g, struct str in)
{
    buf_reset(&g->out);
    char *to = in.n < HTTP_RESPONSE_MAX / 2 ? buf_reserve(&g->out, deflateBound(&g->z, in.n)) : NULL;
    if (!to || deflateReset(&g->z) != Z_OK)
        return false;
    g->z.next_in = (unsigned char *)(uintptr_t)in.p;
    g->z.avail_in = (unsigned)in.n;
    g->z.next_out = (unsigned char *)to;
    g->z.avail_out = (unsigned)(g->out.room - 1);
    if (deflate(&g->z, Z_FINISH) != Z_STREAM_END)
        return false;
    buf_grew(&g->out, g->z.total_out);
    return g->out.n < in.n;
}

/* The compressed form is another byte sequence: its validator can only be weak (RFC 9110 §8.8.1). */
static void weaken_etag(struct http_response *r)
{
    struct str etag = http_response_header(r, "ETag");
    if (etag.n && etag.p[0] == '"')
        http_set(r, "ETag", arena_printf(&r->request->arena, "W/%.*s", STR_ARG(etag)));
}

void http_gzip_apply(struct http_gzip *g, struct http_response *r)
{
    if (r->body.n <= SMALLEST || r->status == 206 || !textual(http_response_header(r, "Content-Type")) ||
        http_response_header(r, "Content-Encoding").p)
        return;
    add_vary(r);
    if (!g->usable || !accepts_gzip(r->request) || !compress_into(g, buf_view(&r->body)))
        return;
    struct buf plain = r->body; /* swap: the old memory serves the next answer */
    r->body = g->out;
    g->out = plain;
    if (g->out.room > HTTP_KEEP)
        buf_release(&g->out);
    http_set(r, "Content-Encoding", STR("gzip"));
    weaken_etag(r);
}
