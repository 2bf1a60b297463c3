/* `isocentre hl7 send`: plays any sender. */
#include <stdio.h>

#include "base/mem.h"
#include "hl7/out/client.h"
#include "hl7/out/out.h"

enum { START = 0x0B, END = 0x1C };

struct hl7_sending {
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

static bool send_message(struct hl7_sending *s, struct str message, struct err *e)
{
    struct hl7_message m;
    struct hl7_exchange x = {.message = hl7_lines(&s->arena, message),
                             .control_id = STR("-"),
                             .agreed = s->wait ? HL7_AGREED_ORIGINAL : HL7_AGREED_NONE,
                             .arena = &s->arena};
    if (hl7_parse_header(x.message, NULL, &s->arena, &m, NULL))
        x.control_id = str_trim(hl7_get(&m, &s->arena, "MSH-10"));
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

/* ---- all of them ---- */

struct hl7_sending *hl7_sending_open(const struct hl7_client_config *to, bool wait, struct err *e)
{
    struct hl7_client *client = hl7_client_open(to, e);
    if (!client)
        return NULL;
    struct hl7_sending *s = mem_zalloc(sizeof *s);
    s->client = client;
    s->wait = wait;
    arena_init(&s->arena);
    return s;
}

/* Framing bytes are no part of a message. */
bool hl7_sending_put(struct hl7_sending *s, struct buf *bytes, struct err *e)
{
    size_t before = s->sent;
    struct str message;
    for (size_t i = 0; i < bytes->n; i++)
        if (bytes->p[i] == START || bytes->p[i] == END)
            bytes->p[i] = '\r';
    for (struct str rest = buf_view(bytes); hl7_batch_next(&rest, &message);)
        if (!send_message(s, message, e))
            return false;
    return s->sent > before || err_set(e, ERR_STRUCTURE, "no HL7 message");
}

bool hl7_sending_close(struct hl7_sending *s, struct err *e)
{
    if (!s)
        return false;
    bool ok =
        !s->refused || err_set(e, ERR_BUSINESS_RULE, "%zu of %zu messages were not accepted", s->refused, s->sent);
    arena_release(&s->arena);
    hl7_client_close(s->client);
    mem_free(s);
    return ok;
}
