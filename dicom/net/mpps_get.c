/* N-GET of a performed procedure step (PS3.4 F.8). */
#include "dicom/net/mpps.h"

struct copying {
    struct dicom_item *to;
    struct err *e;
    bool ok;
};

static bool copy_one(void *ctx, const struct dicom_item *from, const struct dicom_element *el)
{
    struct copying *c = ctx;
    if (el->tag != DICOM_SPECIFIC_CHARACTER_SET && (el->tag & 0xffff) != 0)
        c->ok = dicom_put_copy(c->to, from, el->tag, c->e);
    return c->ok;
}

/* All of it, or what the request lists; what it lists and is not held is told by the status. */
static bool copy(struct mpps *m, const struct dicom_item *from, struct err *e)
{
    struct copying c = {dicom_dataset_root(m->answer), e, true};
    const struct dicom_command *command = &m->command;
    if (!command->attribute_count)
        dicom_each(from, copy_one, &c);
    for (size_t i = 0; i < command->attribute_count && c.ok; i++) {
        uint32_t tag = command->attributes[i];
        if (dicom_exists(from, tag))
            c.ok = tag == DICOM_SPECIFIC_CHARACTER_SET || dicom_put_copy(c.to, from, tag, e);
        else
            m->status = STATUS_ATTRIBUTES_MISSING;
    }
    return c.ok;
}

/* In the peer's character set, else in that of its creation; in UTF-8 when that can not say all. */
static bool fill(struct mpps *m, struct dicom_dataset *kept, const struct performed_row *row, struct arena *a,
                 struct err *e)
{
    const struct principal *who = &m->session->who;
    const char *wanted = who->character_set[0] ? who->character_set : arena_cstr(a, row->character_set);
    const char *set[] = {dicom_charset_known(str_of(wanted)) ? wanted : "ISO_IR 192", "ISO_IR 192"};
    if (!dicom_put(dicom_dataset_root(kept), TAG_STEP_STATE, row->status, e))
        return false;
    for (size_t i = 0; i < 2; i++) {
        dicom_dataset_free(m->answer);
        m->status = STATUS_SUCCESS;
        m->answer = dicom_dataset_new(set[i], e);
        if (!m->answer || !copy(m, dicom_dataset_root(kept), e))
            return false;
        if (!dicom_dataset_lossy(m->answer))
            break;
    }
    return true;
}

static bool get(struct op *op, void *ctx, struct err *e)
{
    struct mpps *m = ctx;
    struct domain d = gate_domain(op);
    struct performed_row row;
    struct performed_result r = {.attention = STR_NONE};
    mpps_describe(op, str_of(m->command.sop_instance_uid), &r);
    if (!performed_get(&d, str_of(m->command.sop_instance_uid), &row, e))
        return false;
    struct dicom_dataset *kept = dicom_dataset_parse(row.dataset, DICOM_EXPLICIT_LE, e);
    bool ok = kept && fill(m, kept, &row, op->arena, e);
    dicom_dataset_free(kept);
    r.procedure = row.procedure;
    mpps_describe(op, row.sop_uid, &r);
    return ok;
}

bool service_mpps_get(struct session *s, const struct service *service, const struct dicom_command *command)
{
    struct mpps m = {.session = s, .command = *command};
    struct err e;
    err_clear(&e);
    bool ok = session_gate_serve(s, service, get, &m, &e);
    bool alive =
        ok ? session_answer_with(s, service, command, m.status, m.answer) : normal_fail(s, service, command, &e);
    dicom_dataset_free(m.answer);
    return alive;
}
