/* One stored object onto an association: as stored when the peer takes that, else converted (PS3.4 B.2, C.4.2.2.2). */
#include "dicom/net/retrieve.h"

#include <sys/stat.h>

#include "dicom/leave/change.h"
#include "dicom/leave/leave.h"
#include "dicom/net/header.h"

struct source { /* an object's data set */
    struct leave leave;
    struct dicom_dataset *header; /* without bulk data: all there is to send */
    const struct dicom_context *context;
};

/* ---- which context ---- */

static const struct dicom_context *context_of(const struct sender *s, const struct retrieve_object *o,
                                              struct str syntax)
{
    size_t n;
    const struct dicom_context *c = dicom_association_contexts(s->association, &n);
    for (size_t i = 0; i < n; i++)
        if (c[i].accepted && str_is(o->sop_class, c[i].abstract_syntax) && str_is(syntax, c[i].accepted) &&
            (!s->requested || c[i].peer_is_scp))
            return &c[i];
    return NULL;
}

struct taker {
    const struct sender *sender;
    const struct retrieve_object *object;
};

static bool takes(void *ctx, const char *syntax)
{
    const struct taker *t = ctx;
    return context_of(t->sender, t->object, str_of(syntax)) != NULL;
}

/* Any context of its class does, for a header alone is said in whatever syntax. */
static const struct dicom_context *plain_context(const struct sender *s, const struct retrieve_object *o)
{
    static const char *const plain[] = {DICOM_EXPLICIT_LE, DICOM_IMPLICIT_LE, DICOM_EXPLICIT_BE};
    const struct dicom_context *c = NULL;
    for (size_t i = 0; !c && i < sizeof plain / sizeof plain[0]; i++)
        c = context_of(s, o, str_of(plain[i]));
    return c;
}

/* ---- its bytes ---- */

static void source_close(struct source *s)
{
    leave_close(&s->leave);
    dicom_dataset_free(s->header);
}

static bool not_taken(const struct retrieve_object *o, struct err *e)
{
    return err_set(e, ERR_UNSUPPORTED, "not taken: %.*s in %.*s", STR_ARG(o->sop_class), STR_ARG(o->syntax));
}

/* With what was corrected since. */
static bool read_header(const struct sender *s, const struct retrieve_object *o, struct source *ret_source,
                        struct err *e)
{
    bool changed;
    ret_source->context = plain_context(s, o);
    if (!ret_source->context)
        return not_taken(o, e);
    ret_source->header = dicom_file_header(ret_source->leave.fd, e);
    return ret_source->header && (!o->view.n || leave_change_dataset(ret_source->header, o->view, &changed, e));
}

static bool source_open(const struct sender *s, const struct retrieve_object *o, struct source *ret_source,
                        struct err *e)
{
    struct stat st;
    struct taker to = {s, o};
    char name[FILES_NAME], stored[DICOM_UID_SIZE];
    str_copy(name, sizeof name, o->file);
    str_copy(stored, sizeof stored, o->syntax);
    *ret_source = (struct source){.leave.fd = files_read_fd(s->files, name, e)};
    if (ret_source->leave.fd < 0)
        return false;
    if (fstat(ret_source->leave.fd, &st) != 0 || st.st_size != o->size)
        return err_set(e, ERR_INTERNAL, "the stored object has not the size it was stored with");
    if (s->without_bulk)
        return read_header(s, o, ret_source, e);
    struct leave_ask ask = {.fd = ret_source->leave.fd,
                            .header_size = o->header_size,
                            .stored = stored,
                            .view = o->view,
                            .takes = takes,
                            .ctx = &to};
    if (!leave_open(&ask, &ret_source->leave, e))
        return e->code == ERR_UNSUPPORTED ? not_taken(o, e) : false;
    ret_source->context = context_of(s, o, str_of(ret_source->leave.syntax));
    return true;
}

/* ---- sending ---- */

static enum retrieve_outcome judge(uint16_t status, struct err *why)
{
    if (status == STATUS_SUCCESS)
        return OBJECT_SENT;
    if ((status & 0xF000) == 0xB000 || status == 0x0001 || status == 0x0107 || status == 0x0116)
        return OBJECT_WARNED;
    err_set(why, ERR_PROCESSING, "the receiver answered %04X", status);
    return OBJECT_FAILED;
}

static void fill_command(const struct sender *s, const struct retrieve_object *o, uint8_t context_id,
                         struct dicom_command *ret_command)
{
    *ret_command = (struct dicom_command){.kind = DICOM_C_STORE_RQ, .context_id = context_id, .priority = s->priority};
    str_copy(ret_command->sop_class_uid, sizeof ret_command->sop_class_uid, o->sop_class);
    str_copy(ret_command->sop_instance_uid, sizeof ret_command->sop_instance_uid, o->sop_uid);
    if (!s->originator)
        return;
    str_copy(ret_command->move_originator, sizeof ret_command->move_originator, str_of(s->originator));
    ret_command->move_originator_message_id = s->originator_id;
}

/* A request that began and did not end leaves the association in the middle of a data set. */
static enum retrieve_outcome deliver(struct sender *s, struct source *from, struct dicom_command *command,
                                     bool *ret_lost, struct err *ret_why)
{
    struct dicom_command response;
    bool sent = from->header ? dicom_request(s->association, command, from->header, ret_why)
                             : dicom_request_stream(s->association, command, leave_read, &from->leave, ret_why);
    if (sent && s->await(s->ctx, command, &response, ret_why))
        return judge(response.status, ret_why);
    *ret_lost = true;
    return OBJECT_FAILED;
}

enum retrieve_outcome sender_send(struct sender *s, const struct retrieve_object *o, bool *ret_lost,
                                  struct err *ret_why)
{
    struct dicom_command command;
    struct source from;
    enum retrieve_outcome outcome = OBJECT_FAILED;
    *ret_lost = false;
    if (source_open(s, o, &from, ret_why)) {
        fill_command(s, o, from.context->id, &command);
        outcome = deliver(s, &from, &command, ret_lost, ret_why);
    }
    source_close(&from);
    return outcome;
}
