/* One stored object onto an association: as stored when the peer takes that, else converted (PS3.4 B.2, C.4.2.2.2). */
#include "dicom/net/retrieve.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dicom/leave/change.h"
#include "dicom/net/header.h"

struct source { /* an object's data set */
    int fd;
    struct dicom_converter *converter; /* NULL: bytes as they are stored */
    struct dicom_dataset *header;      /* without bulk data: all there is to send */
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

static bool is_plain(struct str syntax)
{
    return str_is(syntax, DICOM_EXPLICIT_LE) || str_is(syntax, DICOM_IMPLICIT_LE) || str_is(syntax, DICOM_EXPLICIT_BE);
}

/* What an object can be sent in when its stored syntax is not taken: the plain ones into each other, and headers
 * alone. Compressed pixels stay as they are until there is a codec to ask: its place is here and in source_open. */
static bool converts(const struct sender *s, const struct retrieve_object *o)
{
    return is_plain(o->syntax) || s->without_bulk;
}

static const struct dicom_context *choose(const struct sender *s, const struct retrieve_object *o, struct err *e)
{
    static const char *const plain[] = {DICOM_EXPLICIT_LE, DICOM_IMPLICIT_LE, DICOM_EXPLICIT_BE};
    const struct dicom_context *c = s->without_bulk && !is_plain(o->syntax) ? NULL : context_of(s, o, o->syntax);
    for (size_t i = 0; !c && converts(s, o) && i < sizeof plain / sizeof plain[0]; i++)
        c = context_of(s, o, str_of(plain[i]));
    if (!c)
        err_set(e, ERR_UNSUPPORTED, "not taken: %.*s in %.*s", STR_ARG(o->sop_class), STR_ARG(o->syntax));
    return c;
}

/* ---- its bytes ---- */

static bool source_read(void *ctx, void *bytes, size_t n, size_t *ret_n, struct err *e)
{
    struct source *s = ctx;
    if (s->converter)
        return dicom_converter_read(s->converter, bytes, n, ret_n, e);
    ssize_t got;
    do
        got = read(s->fd, bytes, n);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return err_errno(e, ERR_INTERNAL, "read a stored object");
    *ret_n = (size_t)got;
    return true;
}

static void source_close(struct source *s)
{
    dicom_converter_free(s->converter);
    dicom_dataset_free(s->header);
    if (s->fd >= 0)
        close(s->fd);
}

/* What was corrected since leaves with the object. */
static bool as_told(struct str view, struct source *s, int *ret_header_size, struct err *e)
{
    struct leave_changed c;
    if (!leave_change(s->fd, view, &c, e))
        return false;
    if (c.fd < 0)
        return true;
    close(s->fd);
    s->fd = c.fd;
    *ret_header_size = c.header_size;
    return true;
}

static bool source_open(const struct sender *s, const struct retrieve_object *o, const char *syntax,
                        struct source *ret_source, struct err *e)
{
    struct stat st;
    int header_size = o->header_size;
    char name[FILES_NAME], stored[DICOM_UID_SIZE];
    str_copy(name, sizeof name, o->file);
    str_copy(stored, sizeof stored, o->syntax);
    ret_source->fd = files_read_fd(s->files, name, e);
    if (ret_source->fd < 0)
        return false;
    if (fstat(ret_source->fd, &st) != 0 || st.st_size != o->size)
        return err_set(e, ERR_INTERNAL, "the stored object has not the size it was stored with");
    if (o->view.n && !as_told(o->view, ret_source, &header_size, e))
        return false;
    if (s->without_bulk)
        return (ret_source->header = dicom_file_header(ret_source->fd, e)) != NULL;
    if (strcmp(stored, syntax) == 0)
        return lseek(ret_source->fd, header_size, SEEK_SET) == header_size ||
               err_errno(e, ERR_INTERNAL, "read a stored object");
    return (ret_source->converter = dicom_converter_new(ret_source->fd, header_size, stored, syntax, e)) != NULL;
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
                             : dicom_request_stream(s->association, command, source_read, from, ret_why);
    if (sent && s->await(s->ctx, command, &response, ret_why))
        return judge(response.status, ret_why);
    *ret_lost = true;
    return OBJECT_FAILED;
}

enum retrieve_outcome sender_send(struct sender *s, const struct retrieve_object *o, bool *ret_lost,
                                  struct err *ret_why)
{
    struct dicom_command command;
    struct source from = {.fd = -1};
    enum retrieve_outcome outcome = OBJECT_FAILED;
    *ret_lost = false;
    const struct dicom_context *c = choose(s, o, ret_why);
    if (c && source_open(s, o, c->accepted, &from, ret_why)) {
        fill_command(s, o, c->id, &command);
        outcome = deliver(s, &from, &command, ret_lost, ret_why);
    }
    source_close(&from);
    return outcome;
}
