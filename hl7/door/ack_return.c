/* Application acknowledgements that go to an address of their own (setting ack_return): one connection, one message,
 * and the receiver's answer to it. Until it has come, the job is tried again. Those for a destination wait in its queue
 * instead (hl7/out). */
#include "hl7/door/door_priv.h"
#include "hl7/out/client.h"
#include "schema/queries.h"

enum { CONNECT_SECONDS = 10, ANSWER_SECONDS = 20 };

static bool say(const struct hl7_client_config *to, struct hl7_exchange *x, struct err *e)
{
    struct hl7_client *client = hl7_client_open(to, e);
    bool ok = client && hl7_client_say(client, x, e);
    hl7_client_close(client);
    return ok && (x->reply.accepted ||
                  err_set(e, ERR_BUSINESS_RULE, "the acknowledgement was answered with %s", x->reply.code));
}

static bool deliver(struct str to, struct str ack, struct arena *a, struct err *e)
{
    struct hl7_message m;
    int64_t port;
    size_t colon = to.n;
    while (colon > 0 && to.p[colon - 1] != ':')
        colon--;
    if (colon < 2 || !str_int(str_sub(to, colon, to.n), &port) || !hl7_parse_header(ack, NULL, a, &m, e))
        return err_set(e, ERR_INVALID, "an acknowledgement that can not be sent");
    const struct hl7_client_config c = {.host = arena_cstr(a, str_sub(to, 0, colon - 1)),
                                        .port = (int)port,
                                        .release = 1,
                                        .connect_seconds = CONNECT_SECONDS,
                                        .answer_seconds = ANSWER_SECONDS,
                                        .stop_fd = -1};
    struct hl7_exchange x = {
        .message = ack, .control_id = str_trim(hl7_get(&m, a, "MSH-10")), .agreed = HL7_AGREED_ORIGINAL, .arena = a};
    return say(&c, &x, e);
}

bool hl7_ack_return(struct db *db, struct str payload, struct err *e)
{
    CLEANUP(arena_release) struct arena a;
    int64_t message;
    arena_init(&a);
    size_t cut = str_find(payload, ' ');
    if (!str_int(str_sub(payload, 0, cut), &message))
        return err_set(e, ERR_INVALID, "the job names no message");
    struct db_args args = db_args(&a);
    db_int(&args, message);
    const struct db_rows *rows = db_run(db, &Q_ack_apart, &args, e);
    if (!rows)
        return false;
    struct str ack = db_count(rows) ? db_get_bytes(rows, 0, 0, &a) : STR_NONE;
    return !ack.n || deliver(str_sub(payload, cut + 1, payload.n), ack, &a, e) ||
           err_wrap(e, "return the acknowledgement of message %lld", (long long)message);
}
