/* Fuzz target: what a receiver answers. The client ends, and believes only an answer that names its message. */
#include <fcntl.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include "hl7/out/client.h"
#include "tests/fuzz/hl7/message_properties.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char message[] = "MSH|^~\\&|ISOCENTRE||PACS||20261124||ORM^O01|C1|P|2.5.1\rPID|1||7\r";

static void say(int fd, unsigned how)
{
    CLEANUP(arena_release) struct arena a;
    struct err e = {.code = ERR_NONE};
    const struct hl7_client_config c = {
        .host = "receiver", .release = how & 1 ? 2 : 1, .connect_seconds = 1, .answer_seconds = 1, .stop_fd = -1};
    struct hl7_exchange x = {
        .message = str_of(message), .control_id = STR("C1"), .agreed = (enum hl7_agreed)(how >> 1 & 3), .arena = &a};
    arena_init(&a);
    struct hl7_client *client = hl7_client_over(fd, &c, &e);
    MUST_HOLD(client);
    bool decided = hl7_client_say(client, &x, &e);
    MUST_HOLD(decided || e.code != ERR_NONE);
    if (decided && x.agreed != HL7_AGREED_NONE) {
        MUST_HOLD(x.reply.code[0] && str_is(str_trim(x.reply.control_id), "C1"));
        MUST_HOLD(x.reply.accepted == (x.reply.code[1] == 'A'));
    }
    hl7_client_close(client);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int pair[2];
    if (!size)
        return 0;
    MUST_HOLD(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair) == 0);
    ssize_t sent = send(pair[1], data + 1, size - 1, MSG_NOSIGNAL);
    (void)sent;
    shutdown(pair[1], SHUT_WR);
    say(pair[0], data[0]);
    close(pair[1]);
    return 0;
}
