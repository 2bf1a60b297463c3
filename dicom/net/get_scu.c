/* C-GET as user: a node stores to us over the association we opened, and what it stores is taken as if it were sent. */
#include "base/json.h"
#include "base/log.h"
#include "dicom/net/net_priv.h"
#include "dicom/out/out.h"

#define GET_STUDY "1.2.840.10008.5.1.4.1.2.2.3"
enum { PROPOSALS = 128, ANSWER_SECONDS = 600 };

struct getting {
    struct session session;
    struct dicom_command rq;
    unsigned stored, failed, status;
};

/* Every usual class twice: as it may be stored, compressed, and plain. */
static size_t propose(struct dicom_proposal *p)
{
    static const char *const packed[] = {"1.2.840.10008.1.2.4.90",  "1.2.840.10008.1.2.4.91", "1.2.840.10008.1.2.4.80",
                                         "1.2.840.10008.1.2.4.70",  "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.5",
                                         "1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.57"};
    size_t n = 1;
    p[0] = (struct dicom_proposal){.abstract_syntax = GET_STUDY};
    for (size_t i = 0; dicom_usual_storage_class(i) && n + 2 <= PROPOSALS; i++) {
        const char *sop_class = dicom_usual_storage_class(i);
        p[n++] = (struct dicom_proposal){.abstract_syntax = sop_class, .as_scp = true};
        p[n++] = (struct dicom_proposal){.abstract_syntax = sop_class,
                                         .transfer_syntaxes = packed,
                                         .transfer_syntax_count = sizeof packed / sizeof packed[0],
                                         .as_scp = true};
    }
    return n;
}

/* One message of the node: an object, or how far it is. False: it is over, or lost (then e is set). */
static bool step(struct getting *g, bool *ret_over, struct err *e)
{
    struct session *s = &g->session;
    struct dicom_command c;
    arena_reset(&s->arena);
    *ret_over = false;
    if (!dicom_next_command(s->association, ANSWER_SECONDS, &c, e))
        return false;
    if (c.kind == DICOM_C_STORE_RQ)
        return service_store(s, service_private(DICOM_C_STORE_RQ), &c) ||
               err_set(e, ERR_UNAVAILABLE, "the association was lost while an object came");
    if (c.kind != (DICOM_C_GET_RQ | DICOM_RESPONSE) || c.message_id != g->rq.message_id)
        return err_set(e, ERR_STRUCTURE, "the node answered with something else");
    if (c.has_counts) {
        g->stored = c.completed;
        g->failed = c.failed;
    }
    g->status = c.status;
    *ret_over = (c.status & 0xff00) != 0xff00;
    return true;
}

static bool run(struct getting *g, struct dicom_dataset *keys, struct err *e)
{
    bool over = false;
    g->rq = (struct dicom_command){.kind = DICOM_C_GET_RQ, .sop_class_uid = GET_STUDY};
    if (!dicom_request(g->session.association, &g->rq, keys, e))
        return false;
    while (!over)
        if (!step(g, &over, e))
            return false;
    if (g->status == 0)
        return true;
    return err_set(e, ERR_UNAVAILABLE, "the node answered %04X: %u came, %u failed", g->status, g->stored, g->failed);
}

/* It is stored in the node's name, with the rights to store that we ourselves have. */
static void be_the_node(struct session *s, const struct auth_reach *to)
{
    s->who = auth_system();
    s->who.kind = PRINCIPAL_AE;
    str_copy(s->who.name, sizeof s->who.name, str_of(to->name));
    str_copy(s->who.address, sizeof s->who.address, str_of(dicom_association_peer(s->association)->address));
}

static bool get(const struct dicom_server_config *config, const struct auth_reach *to,
                const struct dicom_selection *what, struct err *e)
{
    struct dicom_proposal p[PROPOSALS];
    struct getting g = {.session = {.config = config}};
    struct dicom_dataset *keys = dicom_selection_keys(what, e);
    g.session.association = keys ? dicom_call(to, p, propose(p), e) : NULL;
    bool ok = g.session.association != NULL;
    if (ok) {
        arena_init(&g.session.arena);
        be_the_node(&g.session, to);
        ok = run(&g, keys, e);
        if (ok)
            dicom_release(g.session.association, NULL);
        arena_release(&g.session.arena);
        log_info("dimse", "C-GET from '%s': %u came, %u failed", to->name, g.stored, g.failed);
    }
    dicom_association_free(g.session.association);
    dicom_dataset_free(keys);
    return ok;
}

void dicom_get_payload(struct str ae, const struct dicom_selection *what, struct buf *b)
{
    buf_putc(b, '{');
    json_put_field(b, "ae", ae);
    json_put_field(b, "study", what->study);
    json_put_field(b, "series", what->series);
    json_put_field(b, "instance", what->instance);
    buf_putc(b, '}');
}

bool dicom_get_run(const struct dicom_server_config *config, struct db *db, struct str payload, struct err *e)
{
    struct auth_reach to;
    struct json *j = json_parse(payload, e);
    const struct dicom_selection what = {json_str(j, "study"), json_str(j, "series"), json_str(j, "instance")};
    bool ok = j && auth_peer_reach(db, json_str(j, "ae"), &to, e) && get(config, &to, &what, e);
    json_free(j);
    return ok;
}
