/* `isocentre hl7 send`: plays any sender. */
#include <stdio.h>

#include "hl7/out/client.h"
#include "hl7/out/out.h"

enum { FILE_MAX = 256 << 20, ANSWER_SECONDS = 60, START = 0x0B, END = 0x1C };

struct sending {
    struct hl7_client *client;
    bool wait;
    struct arena arena;
    size_t sent, refused;
};

/* ---- one message ---- */

static void print_line(struct str control_id, const char *code, struct str text)
{
    printf("%.*s %s%s", STR_ARG(control_id), code, text.n ? " " : "");
    for (size_t i = 0; i < text.n; i++)
        putchar((unsigned char)text.p[i] < 0x20 ? ' ' : text.p[i]);
    putchar('\n');
    fflush(stdout);
}

/* Segments end in CR on the wire; in a file they may end in LF or CR LF. */
static void put_message(struct buf *to, struct str message)
{
    bool has_cr = str_find(message, '\r') < message.n;
    for (size_t i = 0; i < message.n; i++) {
        char c = message.p[i];
        if (c != '\n')
            buf_putc(to, c);
        else if (!has_cr)
            buf_putc(to, '\r');
        else if (i == 0 || message.p[i - 1] != '\r')
            buf_putc(to, '\n');
    }
    if (to->n && to->p[to->n - 1] != '\r')
        buf_putc(to, '\r');
}

static bool send_message(struct sending *s, struct str message, struct err *e)
{
    CLEANUP(buf_release) struct buf plain;
    struct hl7_message m;
    struct hl7_exchange x = {
        .control_id = STR("-"), .agreed = s->wait ? HL7_AGREED_ORIGINAL : HL7_AGREED_NONE, .arena = &s->arena};
    buf_init(&plain, FILE_MAX);
    put_message(&plain, message);
    if (!buf_ok(&plain, e))
        return false;
    x.message = buf_view(&plain);
    if (hl7_parse_header(x.message, NULL, &s->arena, &m, NULL))
        x.control_id = hl7_get(&m, &s->arena, "MSH-10");
    bool ok = hl7_client_say(s->client, &x, e);
    s->sent++;
    s->refused += ok && s->wait && !x.reply.accepted;
    if (ok)
        print_line(x.control_id, s->wait ? x.reply.code : "sent", x.reply.text);
    else
        err_wrap(e, "message '%.*s'", STR_ARG(x.control_id));
    arena_reset(&s->arena);
    return ok;
}

/* ---- files ---- */

static bool read_file(const char *path, struct buf *ret_bytes, struct err *e)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return err_errno(e, ERR_NOT_FOUND, "open '%s'", path);
    for (size_t n = 1; n > 0 && !ret_bytes->failed;) {
        char *to = buf_reserve(ret_bytes, 65536);
        n = to ? fread(to, 1, 65536, f) : 0;
        if (to)
            buf_grew(ret_bytes, n);
    }
    bool ok = !ferror(f) || err_set(e, ERR_UNAVAILABLE, "read '%s'", path);
    fclose(f);
    return ok && (buf_ok(ret_bytes, e) || err_wrap(e, "'%s'", path));
}

static bool send_all(struct sending *s, struct str bytes, struct err *e)
{
    struct str message;
    while (hl7_batch_next(&bytes, &message))
        if (!send_message(s, message, e))
            return false;
    return true;
}

/* Framed or not: framing bytes are no part of a message. */
static bool send_file(struct sending *s, const char *path, struct err *e)
{
    CLEANUP(buf_release) struct buf bytes;
    size_t before = s->sent;
    buf_init(&bytes, FILE_MAX);
    if (!read_file(path, &bytes, e))
        return false;
    for (size_t i = 0; i < bytes.n; i++)
        if (bytes.p[i] == START || bytes.p[i] == END)
            bytes.p[i] = '\r';
    if (!send_all(s, buf_view(&bytes), e))
        return err_wrap(e, "'%s'", path);
    return s->sent > before || err_set(e, ERR_STRUCTURE, "'%s' holds no HL7 message", path);
}

static bool send_files(const char *const *files, int count, struct sending *s, struct err *e)
{
    for (int i = 0; i < count; i++)
        if (!send_file(s, files[i], e))
            return false;
    return !s->refused || err_set(e, ERR_BUSINESS_RULE, "%zu of %zu messages were not accepted", s->refused, s->sent);
}

static bool send_with(const char *const *files, int count, const struct hl7_client_config *to, bool wait, struct err *e)
{
    struct sending s = {.client = hl7_client_open(to, e), .wait = wait};
    if (!s.client)
        return false;
    arena_init(&s.arena);
    bool ok = send_files(files, count, &s, e);
    arena_release(&s.arena);
    hl7_client_close(s.client);
    return ok;
}

static struct hl7_client_config address_of(const char *host, int port)
{
    return (struct hl7_client_config){.host = host,
                                      .port = port,
                                      .release = 1,
                                      .connect_seconds = ANSWER_SECONDS,
                                      .answer_seconds = ANSWER_SECONDS,
                                      .stop_fd = -1};
}

bool hl7_send_files(const char *const *files, int count, const char *host, int port, struct err *e)
{
    struct hl7_client_config to = address_of(host, port);
    return send_with(files, count, &to, true, e);
}

bool hl7_send_files_unanswered(const char *const *files, int count, const char *host, int port, struct err *e)
{
    struct hl7_client_config to = address_of(host, port);
    return send_with(files, count, &to, false, e);
}
