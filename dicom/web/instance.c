/* WADO-RS of one instance (PS3.18 10.4): the stored file's bytes, or the same in another transfer syntax, in
 * whichever envelope the client takes. */
#include "dicom/web/web_priv.h"

#include <sys/stat.h>
#include <unistd.h>

#include "dicom/leave/change.h"
#include "dicom/leave/leave.h"
#include "http/media.h"
#include "http/multipart.h"
#include "schema/queries.h"

struct stored { /* what the index says of the instance */
    struct str file, transfer_syntax, sha256, patient, accession;
    struct str view, told; /* what is told differently of it, and a hash of that; or "" */
    int64_t size;
};

/* The syntax a client wants is Explicit VR Little Endian unless it says another (PS3.18 8.7.3.5.2); "*" is the stored
 * one. What can not be made of that is not there, but for a client that named none: it gets what is stored. */
static bool choose_syntax(const struct http_media *m, struct str stored, struct arena *a, struct str *ret_syntax)
{
    struct str wanted = http_media_parameter(m, "transfer-syntax", a);
    bool named = wanted.n > 0;
    if (!named)
        wanted = STR(DICOM_EXPLICIT_LE);
    bool as_stored = str_is(wanted, "*") || str_eq(wanted, stored);
    bool made = !as_stored && leave_makes(arena_cstr(a, stored), arena_cstr(a, wanted));
    *ret_syntax = made ? arena_str(a, wanted) : stored;
    return made || as_stored || !named;
}

static enum instance_form form_of(const struct http_media *m, struct arena *a)
{
    struct str type = http_media_parameter(m, "type", a);
    if (str_is(m->type, "*/*") || str_is_nocase(m->type, "multipart/*"))
        return FORM_MULTIPART;
    if (str_is_nocase(m->type, "multipart/related"))
        return !type.n || str_is(type, "*/*") || str_is_nocase(type, "application/dicom") ? FORM_MULTIPART
                                                                                         : FORM_NOT_ACCEPTABLE;
    if (str_is_nocase(m->type, "application/dicom") || str_is_nocase(m->type, "application/*"))
        return FORM_SINGLE;
    return FORM_NOT_ACCEPTABLE;
}

enum instance_form instance_form(struct str accept, struct str stored_syntax, struct arena *a, struct str *ret_syntax)
{
    enum instance_form best = FORM_NOT_ACCEPTABLE;
    int weight = 0;
    struct http_media m;
    struct str rest = str_trim(accept).n ? accept : STR("multipart/related"), syntax;
    while (http_media_next(&rest, &m)) {
        enum instance_form form = form_of(&m, a);
        if (form == FORM_NOT_ACCEPTABLE || m.weight <= weight || !choose_syntax(&m, stored_syntax, a, &syntax))
            continue;
        best = form;
        weight = m.weight;
        *ret_syntax = syntax;
    }
    return best;
}

static bool read_uids(const struct gate_http *h, struct str ret_uid[3], struct err *e)
{
    static const char *const names[] = {"study", "series", "instance"};
    for (int i = 0; i < 3; i++) {
        ret_uid[i] = gate_path(h, names[i]);
        if (!dicom_uid_check(ret_uid[i], true, e))
            return err_wrap(e, "%s UID of the address", names[i]);
    }
    return true;
}

static bool find(struct op *op, const struct str uid[3], struct stored *ret_stored, struct err *e)
{
    struct db_args args = db_args(op->arena);
    db_text_opt(&args, op->access);
    for (int i = 0; i < 3; i++)
        db_text(&args, uid[i]);
    const struct db_rows *r = db_run(op->db, &Q_instance_get, &args, e);
    if (!r)
        return err_wrap(e, "find the instance");
    if (!db_count(r))
        return err_set(e, ERR_NOT_FOUND, "no such instance in this series and study");
    ret_stored->file = arena_str(op->arena, db_get(r, 0, 0));
    ret_stored->size = db_get_int(r, 0, 1);
    ret_stored->transfer_syntax = arena_str(op->arena, db_get(r, 0, 3));
    ret_stored->sha256 = arena_str(op->arena, db_get(r, 0, 4));
    ret_stored->patient = arena_str(op->arena, db_get(r, 0, 5));
    ret_stored->accession = arena_str(op->arena, db_get(r, 0, 6));
    ret_stored->view = arena_str(op->arena, db_get(r, 0, 8));
    ret_stored->told = arena_str(op->arena, db_get(r, 0, 9));
    return true;
}

static void send(struct gate_http *h, enum instance_form form, const struct stored *s, int fd)
{
    struct arena *a = &h->request->arena;
    struct str type = arena_printf(a, "application/dicom; transfer-syntax=%.*s", STR_ARG(s->transfer_syntax));
    struct http_multipart_writer w;
    if (form == FORM_SINGLE) {
        http_set(h->response, "Content-Type", type);
        http_file(h->response, fd, s->size);
        return;
    }
    /* The hash makes a boundary that the file can hold only by being its own hash. */
    http_multipart_begin(&w, h->response, STR("application/dicom"), str_sub(s->sha256, 0, 40));
    http_multipart_part(&w, arena_printf(a, "Content-Type: %.*s\r\nContent-Length: %lld\r\n", STR_ARG(type),
                                         (long long)s->size));
    http_part_file(h->response, fd, 0, s->size);
    http_multipart_end(&w);
}

/* What was corrected since leaves with the object. */
static bool as_told(struct stored *s, int *fd, struct err *e)
{
    struct leave_changed c;
    if (!leave_change(*fd, s->view, &c, e))
        return false;
    if (c.fd < 0)
        return true;
    close(*fd);
    *fd = c.fd;
    s->size = c.size;
    return true;
}

/* The file gives way to one in another syntax. */
static bool convert(struct stored *s, struct str syntax, int *fd, struct arena *a, struct err *e)
{
    struct stat st;
    int made;
    if (!leave_file(*fd, arena_cstr(a, syntax), &made, e)) {
        if (e->code == ERR_UNSUPPORTED || e->code == ERR_PROCESSING || e->code == ERR_STRUCTURE)
            e->code = ERR_NOT_ACCEPTABLE;
        return err_wrap(e, "in transfer syntax %.*s", STR_ARG(syntax));
    }
    close(*fd);
    *fd = made;
    s->transfer_syntax = syntax;
    if (fstat(made, &st) != 0)
        return err_errno(e, ERR_INTERNAL, "a converted object");
    s->size = st.st_size;
    return true;
}

static bool unchanged(const struct gate_http *h, struct str etag)
{
    struct str list = http_header(h->request, "If-None-Match"), one;
    while (list.n && str_next(&list, ',', &one)) {
        one = str_trim(one);
        if (str_starts(one, "W/"))
            one = str_sub(one, 2, one.n);
        if (str_is(one, "*") || str_eq(one, etag))
            return true;
    }
    return false;
}

bool web_instance(struct op *op, struct gate_http *h, struct err *e)
{
    struct str uid[3];
    struct stored s = {.size = 0};
    if (!read_uids(h, uid, e))
        return false;
    op->event->object_type = STR("Study");
    op->event->object_id = uid[2];
    op->event->study_uid = uid[0];
    op->event->count = 1;
    if (!find(op, uid, &s, e))
        return false;
    op->event->patient = s.patient;
    op->event->accession = s.accession;
    struct str accept = http_query(h->request, "accept");
    if (!accept.n)
        accept = http_header(h->request, "Accept");
    struct str syntax = STR("");
    enum instance_form form = instance_form(accept, s.transfer_syntax, op->arena, &syntax);
    if (form == FORM_NOT_ACCEPTABLE)
        return err_set(e, ERR_NOT_ACCEPTABLE,
                       "this instance is sent as application/dicom in transfer syntax %.*s or what it can become",
                       STR_ARG(s.transfer_syntax));
    bool as_stored = str_eq(syntax, s.transfer_syntax);
    struct str etag = arena_printf(op->arena, "\"%.*s%.*s%s%.*s\"", STR_ARG(s.sha256), STR_ARG(s.told),
                                   form == FORM_SINGLE ? "" : "-m", STR_ARG(as_stored ? STR("") : syntax));
    http_set(h->response, "ETag", etag);
    http_set(h->response, "Vary", STR("Accept"));
    if (unchanged(h, etag)) {
        h->response->status = 304;
        return true;
    }
    int fd = files_read_fd(op->files, arena_cstr(op->arena, s.file), e);
    if (fd < 0)
        return err_wrap(e, "instance '%.*s'", STR_ARG(uid[2]));
    if ((s.view.n && !as_told(&s, &fd, e)) || (!as_stored && !convert(&s, syntax, &fd, op->arena, e))) {
        close(fd);
        return err_wrap(e, "instance '%.*s'", STR_ARG(uid[2]));
    }
    send(h, form, &s, fd);
    return true;
}
