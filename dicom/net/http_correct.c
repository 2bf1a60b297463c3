/* For people: attributes of stored objects are corrected, tried out first, and corrections are undone. */
#include <unistd.h>

#include "base/json.h"
#include "dicom/leave/change.h"
#include "dicom/net/header.h"
#include "dicom/net/http.h"
#include "domain/correction.h"

enum { BODY_MAX = 4 << 20 };

struct asked { /* what the request says */
    struct correction c;
    struct correction_change change[CORRECTION_CHANGES_MAX];
};

static struct str text(struct op *op, const struct json *j, const char *name)
{
    struct str s = json_str(j, name);
    return s.p ? arena_str(op->arena, s) : STR("");
}

/* ---- what is asked for ---- */

static bool read_level(struct op *op, const struct json *j, struct correction *c, struct err *e)
{
    static const char *const names[] = {"patient", "study", "series", "instance"};
    struct str level = text(op, j, "level");
    for (int i = 0; i < ARCHIVE_LEVELS; i++)
        if (str_is(level, names[i])) {
            c->level = (enum archive_level)i;
            return true;
        }
    return err_set(e, ERR_INVALID, "'level' is patient, study, series or instance");
}

static bool read_change(struct op *op, const struct json *m, struct correction_change *ret, struct err *e)
{
    struct str name = str_utf8_clip(json_name(m), 80);
    enum json_kind kind = json_kind(m);
    if (!leave_attribute(name, &ret->in, &ret->tag))
        return err_set(e, ERR_INVALID, "there is no attribute '%.*s'", STR_ARG(name));
    if (ret->in && archive_key_find(ret->tag, ret->in) != ARCHIVE_ACCESSION_ISSUER)
        return err_set(e, ERR_UNSUPPORTED, "in sequences only the issuer of the accession number is corrected");
    if (kind != JSON_STRING && kind != JSON_OTHER)
        return err_set(e, ERR_INVALID, "'%.*s' is a text, or null", STR_ARG(name));
    ret->value = kind == JSON_STRING ? arena_str(op->arena, json_text(m)) : STR_NONE;
    return leave_may_change(ret->in, ret->tag, ret->value, e) || err_wrap(e, "'%.*s'", STR_ARG(name));
}

/* A "preview" that is misspelt would be the deed. */
static bool check_members(const struct json *j, struct err *e)
{
    static const char *const names[] = {"level", "series", "instance", "why", "preview", "attributes"};
    const struct json *m;
    for (size_t i = 0, k; (m = json_member(j, i)); i++) {
        struct str name = str_utf8_clip(json_name(m), 80);
        for (k = 0; k < sizeof names / sizeof names[0] && !str_is(name, names[k]); k++)
            continue;
        if (k == sizeof names / sizeof names[0])
            return err_set(e, ERR_INVALID, "a correction has no member '%.*s'", STR_ARG(name));
    }
    return true;
}

static bool read_asked(struct op *op, const struct json *j, struct asked *ret, struct err *e)
{
    const struct json *set = json_find(j, "attributes"), *m;
    struct correction *c = &ret->c;
    if (!check_members(j, e) || !read_level(op, j, c, e))
        return false;
    c->series = text(op, j, "series");
    c->instance = text(op, j, "instance");
    c->why = text(op, j, "why");
    c->preview = json_bool(j, "preview", false);
    c->change = ret->change;
    for (; (m = json_member(set, c->n)); c->n++)
        if (c->n == CORRECTION_CHANGES_MAX)
            return err_set(e, ERR_INVALID, "at most %d attributes at once", CORRECTION_CHANGES_MAX);
        else if (!read_change(op, m, &ret->change[c->n], e))
            return false;
    return true;
}

/* ---- what was done ---- */

/* What one of the objects told until now, beside what it tells from now on. */
static bool put_differences(struct op *op, const struct asked *q, const struct correction_done *done, struct buf *b,
                            struct err *e)
{
    bool changed;
    int fd = files_read_fd(op->files, arena_cstr(op->arena, done->file), e);
    struct dicom_dataset *ds = fd < 0 ? NULL : dicom_file_header(fd, e);
    if (fd >= 0)
        close(fd);
    if (!ds || (done->view.n && !leave_change_dataset(ds, done->view, &changed, e))) {
        dicom_dataset_free(ds);
        return false;
    }
    json_put_name(b, "differences");
    buf_putc(b, '[');
    for (size_t i = 0; i < q->c.n; i++) {
        const struct correction_change *x = &q->change[i];
        const struct dicom_item *root = dicom_dataset_root(ds), *at = x->in ? dicom_item_find(root, x->in, 0) : root;
        const char *keyword = dicom_tag_keyword(x->tag, op->arena);
        json_put_comma(b);
        buf_putc(b, '{');
        json_put_field(b, "attribute", str_of(keyword ? keyword : ""));
        if (at && dicom_exists(at, x->tag))
            json_put_field(b, "from", dicom_get(at, x->tag, op->arena));
        if (x->value.p)
            json_put_field(b, "to", x->value);
        buf_putc(b, '}');
    }
    buf_putc(b, ']');
    dicom_dataset_free(ds);
    return true;
}

static void describe(struct op *op, const struct correction_done *done, const char *what)
{
    op->event->object_type = STR("Study");
    op->event->object_id = op->event->study_uid = done->study;
    op->event->patient = done->patient;
    op->event->count = done->instances;
    op->event->detail = done->id ? arena_printf(op->arena, "%s: correction %lld", what, (long long)done->id)
                                 : str_of(what);
}

static void put_done(struct buf *b, const struct correction_done *done)
{
    buf_putc(b, '{');
    if (done->id)
        json_put_int(b, "id", done->id);
    json_put_int(b, "studies", done->studies);
    json_put_int(b, "instances", done->instances);
}

/* {"level": "study", "attributes": {"PatientName": "Roe^Ann", "StudyID": null}, "why": "…", "preview": true} */
bool dicom_http_correct(struct op *op, struct gate_http *h, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    struct domain d = gate_domain(op);
    struct asked *q = ARENA_NEW(op->arena, struct asked);
    struct correction_done done;
    struct json *j = json_parse(h->request->body, e);
    buf_init(&b, BODY_MAX);
    q->c.study = op->event->study_uid = gate_path(h, "uid");
    bool read = j && read_asked(op, j, q, e);
    json_free(j);
    if (!read || !correction_make(&d, &q->c, &done, e))
        return false;
    describe(op, &done, q->c.preview ? "tried out" : "made");
    put_done(&b, &done);
    json_put_bool(&b, "preview", q->c.preview);
    if (!put_differences(op, q, &done, &b, e))
        return false;
    buf_putc(&b, '}');
    return dicom_http_answer(h, &b, e);
}

bool dicom_http_correction_undo(struct op *op, struct gate_http *h, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    struct domain d = gate_domain(op);
    struct correction_done done;
    int64_t id;
    if (!str_int(gate_path(h, "id"), &id))
        return err_set(e, ERR_NOT_FOUND, "no such correction");
    if (!correction_undo(&d, id, &done, e))
        return false;
    describe(op, &done, "undone");
    buf_init(&b, BODY_MAX);
    put_done(&b, &done);
    buf_putc(&b, '}');
    return dicom_http_answer(h, &b, e);
}

bool dicom_http_corrections(struct op *op, struct gate_http *h, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    struct domain d = gate_domain(op);
    op->event->study_uid = gate_path(h, "uid");
    buf_init(&b, BODY_MAX);
    buf_puts(&b, "{\"items\":");
    if (!correction_list(&d, gate_path(h, "uid"), &b, e))
        return false;
    buf_putc(&b, '}');
    return dicom_http_answer(h, &b, e);
}
