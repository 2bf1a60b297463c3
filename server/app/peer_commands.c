/* `isocentre peer …`: DICOM nodes and HL7 senders. */
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/peer_import.h"
#include "dicom/out/out.h"
#include "hl7/out/client.h"
#include "hl7/out/out.h"

enum { LIST_MAX = 16 << 20, PAIRS_MAX = 64, ECHO_SECONDS = 10 };

static struct str word(const struct command_line *line, int i)
{
    return i < line->word_count ? str_of(line->words[i]) : STR("");
}

static struct auth_peer_id id_of(const struct command_line *line)
{
    return (struct auth_peer_id){word(line, 0), word(line, 1), line->address ? str_of(line->address) : STR("")};
}

/* The words behind a peer's name: settings of peer_settings.def. */
static bool set_words(struct db *db, const struct command_line *line, struct err *e)
{
    const struct auth_peer_id id = id_of(line);
    struct str pairs[PAIRS_MAX];
    size_t n = 0;
    for (int i = 2; i < line->word_count; i++)
        pairs[n++] = word(line, i);
    return !n || auth_peer_set(db, &id, pairs, n, e);
}

static bool add(struct db *db, const struct command_line *line, struct err *e)
{
    if (line->word_count < 2 || !line->role)
        return err_set(e, ERR_INVALID, "peer add needs AE or HL7, a name and --role");
    const struct auth_peer_id id = id_of(line);
    const struct command_change c = {"peer add", "Peer", line->words[1], line->role};
    return db_begin(db, DB_WRITE, e) && auth_peer_put(db, id.kind, id.name, id.address, str_of(line->role), e) &&
           set_words(db, line, e) && command_commit(db, &c, e);
}

static bool set(struct db *db, const struct command_line *line, struct err *e)
{
    if (line->word_count < 3)
        return err_set(e, ERR_INVALID, "peer set needs AE or HL7, a name and settings, as in rate=20");
    const struct command_change c = {"peer set", "Peer", line->words[1], NULL};
    return db_begin(db, DB_WRITE, e) && set_words(db, line, e) && command_commit(db, &c, e);
}

static bool remove_it(struct db *db, const struct command_line *line, struct err *e)
{
    if (line->word_count != 2)
        return err_set(e, ERR_INVALID, "peer remove needs AE or HL7 and a name");
    const struct auth_peer_id id = id_of(line);
    const struct command_change c = {"peer remove", "Peer", line->words[1], NULL};
    return db_begin(db, DB_WRITE, e) && auth_peer_remove(db, &id, e) && command_commit(db, &c, e);
}

static bool switch_it(struct db *db, const struct command_line *line, bool on, struct err *e)
{
    const char *name = on ? "peer enable" : "peer disable";
    if (line->word_count != 2)
        return err_set(e, ERR_INVALID, "%s needs AE or HL7 and a name", name);
    const struct auth_peer_id id = id_of(line);
    const struct command_change c = {name, "Peer", line->words[1], NULL};
    return db_begin(db, DB_WRITE, e) && auth_peer_enable(db, id.kind, id.name, id.address, on, e) &&
           command_commit(db, &c, e);
}

static bool enable(struct db *db, const struct command_line *line, struct err *e)
{
    return switch_it(db, line, true, e);
}

static bool disable(struct db *db, const struct command_line *line, struct err *e)
{
    return switch_it(db, line, false, e);
}

static bool list(struct db *db, const struct command_line *line, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    buf_init(&b, LIST_MAX);
    bool ok = auth_peer_list(db, word(line, 0), &b, e);
    if (ok)
        printf("%.*s\n", STR_ARG(buf_view(&b)));
    return ok;
}

void command_dicom_out(const struct config *c)
{
    const struct dicom_out_config o = {.ae_title = c->dicom_aet,
                                       .certificate = c->dicom_tls_certificate,
                                       .key = c->dicom_tls_key,
                                       .ca = c->dicom_tls_ca};
    dicom_out_start(&o);
}

/* ---- can it be reached? ---- */

static bool echo_node(struct db *db, const struct command_line *line, struct err *e)
{
    struct config *config = NULL;
    struct auth_reach to;
    int ms = 0;
    if (!auth_peer_reach(db, word(line, line->word_count - 1), &to, e) || !command_config(line, &config, e))
        return false;
    command_dicom_out(config);
    bool ok = dicom_call_echo(&to, &ms, e);
    dicom_out_stop();
    config_free(config);
    if (ok)
        printf("peer echo: '%s' at %s:%d answered in %d ms\n", to.name, to.host, to.port, ms);
    return ok;
}

static bool connect_to(struct arena *a, struct str to, struct err *e)
{
    int64_t port = 0;
    size_t colon = to.n;
    while (colon > 0 && to.p[colon - 1] != ':')
        colon--;
    str_int(str_sub(to, colon, to.n), &port);
    const struct hl7_client_config c = {.host = arena_cstr(a, str_sub(to, 0, colon ? colon - 1 : 0)),
                                        .port = (int)port,
                                        .connect_seconds = ECHO_SECONDS,
                                        .answer_seconds = ECHO_SECONDS,
                                        .stop_fd = -1};
    struct hl7_client *client = hl7_client_open(&c, e);
    hl7_client_close(client);
    return client != NULL;
}

/* A sender is reached where its acknowledgements are returned to. */
static bool echo_sender(struct db *db, const struct command_line *line, struct err *e)
{
    CLEANUP(arena_release) struct arena a;
    const struct auth_peer_id id = id_of(line);
    struct peer_settings s;
    arena_init(&a);
    if (!auth_peer_get(db, &id, &s, e))
        return false;
    struct str to = str_of(s.ack_return);
    if (!to.n)
        return err_set(e, ERR_INVALID, "'%s' has no address of its own: it connects to us", line->words[1]);
    bool by_name = str_starts(to, AUTH_DESTINATION);
    clock_us began = clock_monotonic();
    if (!(by_name ? hl7_destination_echo(db, &a, str_sub(to, sizeof AUTH_DESTINATION - 1, to.n), e)
                  : connect_to(&a, to, e)))
        return false;
    printf("peer echo: '%s' at %.*s took the connection after %lld ms\n", line->words[1], STR_ARG(to),
           (long long)((clock_monotonic() - began) / 1000));
    return true;
}

static bool echo(struct db *db, const struct command_line *line, struct err *e)
{
    bool sender = line->word_count == 2 && str_is(word(line, 0), "HL7");
    if (!sender && line->word_count != 1 && !(line->word_count == 2 && str_is(word(line, 0), "AE")))
        return err_set(e, ERR_INVALID, "peer echo needs AE or HL7 and a name; an AE title alone will do");
    return sender ? echo_sender(db, line, e) : echo_node(db, line, e);
}

static bool import(struct db *db, const struct command_line *line, struct err *e)
{
    CLEANUP(buf_release) struct buf bytes;
    struct arena arena;
    struct peer_list peers = {.arena = &arena};
    if (line->word_count != 1)
        return err_set(e, ERR_INVALID, "peer import needs the name of one file");
    buf_init(&bytes, LIST_MAX);
    if (!command_read_file(line->words[0], &bytes, e))
        return false;
    arena_init(&arena);
    const struct command_change c = {"peer import", "Peer", line->words[0], NULL};
    bool ok = peer_import_read(&peers, buf_view(&bytes), e) && db_begin(db, DB_WRITE, e) &&
              peer_import_put(&peers, db, line->role, e) && command_commit(db, &c, e);
    for (size_t i = 0; ok && i < peers.n; i++)
        peer_import_tell(&peers.peer[i]);
    arena_release(&arena);
    return ok;
}

int command_peer_add(const struct command_line *line)
{
    return command_with_database(line, add);
}

int command_peer_set(const struct command_line *line)
{
    return command_with_database(line, set);
}

int command_peer_remove(const struct command_line *line)
{
    return command_with_database(line, remove_it);
}

int command_peer_enable(const struct command_line *line)
{
    return command_with_database(line, enable);
}

int command_peer_disable(const struct command_line *line)
{
    return command_with_database(line, disable);
}

int command_peer_list(const struct command_line *line)
{
    return command_with_database(line, list);
}

int command_peer_echo(const struct command_line *line)
{
    return command_with_database(line, echo);
}

int command_peer_import(const struct command_line *line)
{
    return command_with_database(line, import);
}
