#include "dicom/net/find.h"

#include <string.h>

#include "base/log.h"

enum { QUERY_TEXT_MAX = 4096 };

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

void find_tell(struct find *f, const char *what)
{
    if (!f->session->told)
        log_warning("dimse", "'%s' %s", f->session->who.name, what);
    f->session->told = true;
}

size_t find_limit(struct find *f, size_t n, size_t max)
{
    if (n <= max)
        return n;
    log_warning("dimse", "a query of '%s' has more than %zu answers; the rest is not sent", f->session->who.name, max);
    return max;
}

/* ---- values ---- */

bool find_any_key(void *ctx, const struct dicom_item *item, const struct dicom_element *el)
{
    (void)item;
    *(bool *)ctx = *(bool *)ctx || (el->tag & 0xffff) != 0;
    return true;
}

bool find_put_unknown(struct dicom_item *to, const struct dicom_element *el, struct str value, struct err *e)
{
    char vr[3];
    dicom_tag_vr(el->tag, vr);
    if (strcmp(vr, "SQ") == 0)
        return dicom_put_sequence(to, el->tag, e);
    if (!dicom_put(to, el->tag, value, e))
        err_clear(e);
    return true;
}

struct telling {
    struct buf *to;
    struct arena *arena;
};

static bool tell_key(void *ctx, const struct dicom_item *keys, const struct dicom_element *el)
{
    struct telling *t = ctx;
    if (strcmp(el->vr, "SQ") == 0) {
        for (size_t i = 0; i < el->count; i++)
            dicom_each(dicom_item_find(keys, el->tag, i), tell_key, t);
        return true;
    }
    struct str value = dicom_get(keys, el->tag, t->arena);
    const char *keyword = dicom_tag_keyword(el->tag, t->arena);
    if (value.n && el->tag != DICOM_SPECIFIC_CHARACTER_SET && keyword)
        buf_printf(t->to, "%s%s=%.*s", t->to->n ? " " : "", keyword, STR_ARG(value));
    return !t->to->failed;
}

struct str find_text(const struct dicom_item *keys, struct arena *a)
{
    CLEANUP(buf_release) struct buf b;
    buf_init(&b, QUERY_TEXT_MAX);
    struct telling t = {&b, a};
    dicom_each(keys, tell_key, &t);
    return arena_str(a, buf_view(&b));
}

/* ---- searching ---- */

static bool work(struct op *op, void *ctx, struct err *e)
{
    struct find *f = ctx;
    f->count = 0;
    op->event->query = find_text(find_keys(f), op->arena);
    if (!f->search(op, f, e))
        return false;
    op->event->count = (int64_t)f->count;
    return true;
}

/* ---- answering ---- */

/* In the requester's character set; NULL with the error set. */
static struct dicom_dataset *make(struct find *f, size_t i, struct err *e)
{
    struct dicom_dataset *ds = dicom_dataset_new(session_charset(f->session, find_keys(f)), e);
    if (ds && !f->answer(f, i, dicom_dataset_root(ds), e)) {
        dicom_dataset_free(ds);
        return NULL;
    }
    if (ds && dicom_dataset_lossy(ds))
        find_tell(f, "asks in a character set that can not say all of the answers; '?' stands for the rest");
    return ds;
}

enum next { NEXT_SENT, NEXT_CANCELLED, NEXT_FAILED, NEXT_LOST };

static enum next send_next(struct find *f, const struct dicom_command *command, size_t i, struct err *e)
{
    struct session *s = f->session;
    bool cancelled = false;
    if (!dicom_cancelled(s->association, command, &cancelled, e))
        return NEXT_LOST;
    if (cancelled)
        return NEXT_CANCELLED;
    struct dicom_dataset *ds = make(f, i, e);
    if (!ds)
        return NEXT_FAILED;
    bool sent = dicom_respond(s->association, command, STATUS_PENDING, NULL, ds, e);
    dicom_dataset_free(ds);
    return sent ? NEXT_SENT : NEXT_LOST;
}

static bool send_answers(struct find *f, const struct service *service, const struct dicom_command *command)
{
    struct session *s = f->session;
    enum next next = NEXT_SENT;
    struct err e;
    err_clear(&e);
    for (size_t i = 0; i < f->count && next == NEXT_SENT; i++)
        next = send_next(f, command, i, &e);
    if (next == NEXT_LOST)
        return false;
    if (next == NEXT_FAILED)
        return session_fail(s, service, command, &e);
    return session_answer(s, service, command, next == NEXT_CANCELLED ? STATUS_CANCEL : STATUS_SUCCESS);
}

bool find_serve(struct find *f, const struct service *service, const struct dicom_command *command)
{
    struct session *s = f->session;
    struct err e;
    bool lost = false;
    err_clear(&e);
    f->request = dicom_receive_dataset(s->association, command, &lost, &e);
    if (!f->request) {
        session_bad_input(s, &e);
        return !lost && session_fail(s, service, command, &e);
    }
    bool ok = session_gate_serve(s, service, work, f, &e);
    bool alive = ok ? send_answers(f, service, command) : session_fail(s, service, command, &e);
    dicom_dataset_free(f->request);
    return alive;
}
