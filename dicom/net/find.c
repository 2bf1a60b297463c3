#include "dicom/net/find.h"

#include <string.h>

const char *session_charset(struct session *s, const struct dicom_item *request)
{
    struct str declared = dicom_get(request, DICOM_SPECIFIC_CHARACTER_SET, &s->arena);
    if (declared.n && dicom_charset_known(declared))
        return arena_cstr(&s->arena, declared);
    if (s->who.character_set[0] && dicom_charset_known(str_of(s->who.character_set)))
        return s->who.character_set;
    return "ISO_IR 192";
}

const struct dicom_item *find_keys(const struct find *f)
{
    return dicom_dataset_root(f->request);
}

struct dicom_item *find_answer(struct find *f, struct err *e)
{
    struct arena *a = &f->session->arena;
    if (f->count == f->room) {
        size_t room = f->room ? f->room * 2 : 64;
        struct dicom_dataset **wider = ARENA_ARRAY(a, struct dicom_dataset *, room);
        if (f->count)
            memcpy(wider, f->answers, f->count * sizeof *wider);
        f->answers = wider;
        f->room = room;
    }
    struct dicom_dataset *ds = dicom_dataset_new(session_charset(f->session, find_keys(f)), e);
    if (!ds)
        return NULL;
    f->answers[f->count++] = ds;
    return dicom_dataset_root(ds);
}

static void drop_answers(struct find *f)
{
    for (size_t i = 0; i < f->count; i++)
        dicom_dataset_free(f->answers[i]);
    f->count = 0;
}

static bool work(struct op *op, void *ctx, struct err *e)
{
    struct find *f = ctx;
    drop_answers(f);
    if (!f->search(op, f, e))
        return false;
    op->event->count = (int64_t)f->count;
    return true;
}

static bool send_answers(struct find *f, const struct service *service, const struct dicom_command *command)
{
    struct session *s = f->session;
    struct err e;
    err_clear(&e);
    for (size_t i = 0; i < f->count; i++) {
        bool cancelled = false;
        if (!dicom_cancelled(s->association, command, &cancelled, &e))
            return false;
        if (cancelled)
            return session_answer(s, service, command, 0xFE00);
        if (!dicom_respond(s->association, command, 0xFF00, NULL, f->answers[i], &e))
            return false;
    }
    return session_answer(s, service, command, 0x0000);
}

bool find_serve(struct session *s, const struct service *service, const struct dicom_command *command,
                bool (*search)(struct op *op, struct find *f, struct err *e))
{
    struct find f = {.session = s, .search = search};
    struct err e;
    bool lost = false;
    err_clear(&e);
    f.request = dicom_receive_dataset(s->association, command, &lost, &e);
    if (!f.request) {
        session_bad_input(s, &e);
        return !lost && session_fail(s, service, command, &e);
    }
    bool ok = session_gate_serve(s, service, work, &f, &e);
    bool alive = ok ? send_answers(&f, service, command) : session_fail(s, service, command, &e);
    drop_answers(&f);
    dicom_dataset_free(f.request);
    return alive;
}
