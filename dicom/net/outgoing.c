#include "dicom/net/outgoing.h"

#include "schema/queries.h"

bool outgoing_find(struct db *db, struct arena *a, const struct outgoing_call *call, struct outgoing_place *ret_place,
                   struct err *e)
{
    struct outgoing_place place;
    struct db_args args = db_args(a);
    db_text(&args, call->peer);
    const struct db_rows *r = db_run(db, &Q_dicom_address, &args, e);
    if (!r)
        return false;
    if (!db_count(r))
        return err_set(e, ERR_NOT_FOUND, "no address of '%.*s' is known", STR_ARG(call->peer));
    struct str host = db_get(r, 0, 0);
    if (!str_copy(place.host, sizeof place.host, host.n ? host : call->address) ||
        !str_copy(place.peer, sizeof place.peer, call->peer) || !place.host[0])
        return err_set(e, ERR_NOT_FOUND, "no address of '%.*s' is known", STR_ARG(call->peer));
    place.port = (int)db_get_int(r, 0, 1);
    *ret_place = place;
    return true;
}

static bool talk(struct dicom_association *a, struct dicom_command *command, struct dicom_dataset *ds,
                 uint16_t *ret_status, struct err *e)
{
    struct dicom_command answer;
    if (!dicom_request(a, command, ds, e))
        return false;
    if (!dicom_next_command(a, 60, &answer, e))
        return err_wrap(e, "wait for the answer");
    if (answer.kind != (command->kind | DICOM_RESPONSE) || answer.message_id != command->message_id)
        return err_set(e, ERR_STRUCTURE, "the peer answered with something else (%04x)", answer.kind);
    *ret_status = answer.status;
    return true;
}

bool outgoing_send(const struct outgoing_call *call, const struct outgoing_place *place, struct dicom_command *command,
                   struct dicom_dataset *ds, uint16_t *ret_status, struct err *e)
{
    struct err ignored;
    const struct dicom_target target = {place->host, place->port, call->ae_title, place->peer, {15, 60, 60}};
    struct dicom_association *a = dicom_connect(&target, call->proposal, 1, e);
    if (!a)
        return false;
    err_clear(&ignored);
    bool ok = talk(a, command, ds, ret_status, e);
    if (ok)
        dicom_release(a, &ignored);
    dicom_association_free(a);
    return ok;
}
