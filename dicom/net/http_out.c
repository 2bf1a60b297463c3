/* For people: send to a node, ask it, fetch from it; rules of what goes on by itself. */
#include "base/json.h"
#include "dicom/net/http.h"
#include "dicom/out/out.h"
#include "jobs/jobs.h"
#include "schema/queries.h"

enum { BODY_MAX = 16 << 20, PAGE_MAX = 500, KEYS_MAX = 64 };

static struct str member(struct op *op, const struct json *j, const char *name)
{
    struct str s = json_str(j, name);
    return s.p ? arena_str(op->arena, s) : STR("");
}

static bool read_selection(struct op *op, struct gate_http *h, const struct json *j, struct dicom_selection *ret,
                           struct err *e)
{
    *ret = (struct dicom_selection){member(op, j, "study"), member(op, j, "series"), member(op, j, "instance")};
    op->event->object_type = STR("Study");
    op->event->object_id = op->event->study_uid = ret->study;
    op->event->detail = arena_printf(op->arena, "node '%.*s'", STR_ARG(str_utf8_clip(gate_path(h, "ae"), 16)));
    return dicom_uid_check(ret->study, true, e) || err_wrap(e, "study");
}

static struct json *read_body(struct op *op, struct gate_http *h, struct dicom_selection *ret, struct err *e)
{
    struct json *j = json_parse(h->request->body, e);
    if (j && read_selection(op, h, j, ret, e))
        return j;
    json_free(j);
    return NULL;
}

/* {"study":"1.2","series":"","instance":""} */
bool dicom_http_send(struct op *op, struct gate_http *h, struct err *e)
{
    struct dicom_wish w = {.access = op->access, .ae = gate_path(h, "ae"), .who = str_of(op->who->name)};
    struct json *j = read_body(op, h, &w.what, e);
    int64_t send;
    int count;
    json_free(j);
    if (!j || !dicom_send_ask(op->db, op->arena, &w, &send, &count, e))
        return false;
    op->event->count = count;
    struct str body = arena_printf(op->arena, "{\"send\":\"%lld\",\"instances\":%d}", (long long)send, count);
    gate_http_body(h, 202, "application/json", body);
    return true;
}

static bool change_send(struct op *op, struct gate_http *h,
                        bool (*change)(struct db *db, struct arena *a, struct str access, int64_t send, struct err *e),
                        struct err *e)
{
    int64_t send;
    if (!str_int(gate_path(h, "id"), &send))
        return err_set(e, ERR_NOT_FOUND, "no such send");
    op->event->object_type = STR("Send");
    op->event->object_id = gate_path(h, "id");
    if (!change(op->db, op->arena, op->access, send, e))
        return false;
    gate_http_body(h, 202, "application/json", STR("{}"));
    return true;
}

bool dicom_http_send_again(struct op *op, struct gate_http *h, struct err *e)
{
    return change_send(op, h, dicom_send_again, e);
}

bool dicom_http_send_discard(struct op *op, struct gate_http *h, struct err *e)
{
    return change_send(op, h, dicom_send_discard, e);
}

static bool set_paused(struct op *op, struct gate_http *h, bool paused, struct err *e)
{
    op->event->object_type = STR("Peer");
    op->event->object_id = gate_path(h, "ae");
    op->event->detail = paused ? STR("nothing is sent to it") : STR("what waits is sent to it");
    if (!dicom_send_pause(op->db, op->arena, gate_path(h, "ae"), paused, e))
        return false;
    gate_http_body(h, 202, "application/json", STR("{}"));
    return true;
}

bool dicom_http_pause(struct op *op, struct gate_http *h, struct err *e)
{
    return set_paused(op, h, true, e);
}

bool dicom_http_resume(struct op *op, struct gate_http *h, struct err *e)
{
    return set_paused(op, h, false, e);
}

static void put_send(struct buf *b, const struct db_rows *r, int i)
{
    static const struct {
        const char *name;
        int column;
    } texts[] = {{"send", 0}, {"node", 1}, {"rule", 2}, {"askedBy", 3}, {"study", 4}, {"outcome", 6}, {"reason", 12}},
      numbers[] = {{"total", 7}, {"completed", 8}, {"failed", 9}, {"attempts", 10}};
    char when[CLOCK_TEXT];
    json_put_comma(b);
    buf_putc(b, '{');
    for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++)
        json_put_field(b, texts[k].name, db_get(r, i, texts[k].column));
    for (size_t k = 0; k < sizeof numbers / sizeof numbers[0]; k++)
        json_put_int(b, numbers[k].name, db_get_int(r, i, numbers[k].column));
    clock_site_text(db_get_int(r, i, 5), when);
    json_put_field(b, "created", str_of(when));
    buf_putc(b, '}');
}

static struct str parameter(struct gate_http *h, const char *name)
{
    struct str s = http_query(h->request, name);
    return s.p ? s : STR("");
}

/* ?node=PACS&outcome=failed&before=… */
bool dicom_http_sends(struct op *op, struct gate_http *h, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    struct str before = parameter(h, "before");
    struct db_args args = db_args(op->arena);
    int64_t from = 0;
    if (before.n && (!str_int(before, &from) || from < 0))
        return err_set(e, ERR_INVALID, "before is the number of a send");
    db_text_opt(&args, op->access);
    db_text(&args, parameter(h, "node"));
    db_text(&args, parameter(h, "outcome"));
    db_int(&args, from);
    db_int(&args, PAGE_MAX);
    const struct db_rows *r = db_run(op->db, &Q_dicom_send_list, &args, e);
    if (!r)
        return false;
    buf_init(&b, BODY_MAX);
    buf_puts(&b, "{\"items\":[");
    for (int i = 0; i < db_count(r); i++)
        put_send(&b, r, i);
    buf_puts(&b, "]}");
    op->event->count = db_count(r);
    return dicom_http_answer(h, &b, e);
}

/* ---- asking ---- */

static size_t read_keys(struct op *op, const struct json *keys, struct str *ret_keys)
{
    const struct json *m;
    size_t n = 0;
    for (; n < KEYS_MAX && (m = json_member(keys, n)); n++) {
        struct str name = json_name(m), value = json_text(m);
        ret_keys[n] = arena_printf(op->arena, "%.*s=%.*s", STR_ARG(name), STR_ARG(value));
    }
    return n;
}

static bool find(struct op *op, struct gate_http *h, const struct json *j, struct buf *b, struct err *e)
{
    struct str keys[KEYS_MAX], model = member(op, j, "model");
    struct dicom_asking q = {.model = model.n ? model : STR("STUDY"), .level = member(op, j, "level"), .keys = keys};
    struct auth_reach to;
    int64_t limit = 0;
    int n;
    json_int(j, "limit", &limit);
    q.n = read_keys(op, json_find(j, "keys"), keys);
    q.limit = limit > 0 && limit < PAGE_MAX ? (int)limit : PAGE_MAX;
    op->event->detail = arena_printf(op->arena, "node '%.*s'", STR_ARG(str_utf8_clip(gate_path(h, "ae"), 16)));
    for (size_t i = 0; i < q.n; i++)
        op->event->query =
            arena_printf(op->arena, "%.*s%s%.*s", STR_ARG(op->event->query), i ? " " : "", STR_ARG(keys[i]));
    bool ok = auth_peer_reach(op->db, gate_path(h, "ae"), &to, e) && dicom_call_find(&to, &q, b, &n, e);
    if (ok)
        op->event->count = n;
    return ok;
}

/* {"model":"STUDY","level":"STUDY","keys":{"PatientID":"P1","StudyInstanceUID":""},"limit":100} */
bool dicom_http_find(struct op *op, struct gate_http *h, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    struct json *j = json_parse(h->request->body, e);
    buf_init(&b, BODY_MAX);
    bool ok = j && find(op, h, j, &b, e);
    json_free(j);
    return ok && dicom_http_answer(h, &b, e);
}

/* {"study":"1.2","series":"","instance":"","destination":"VIEW1"}; to ourselves without a destination */
bool dicom_http_move(struct op *op, struct gate_http *h, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    struct dicom_selection what;
    struct auth_reach to;
    struct dicom_tally t;
    struct json *j = read_body(op, h, &what, e);
    struct str destination = j ? member(op, j, "destination") : STR("");
    json_free(j);
    if (!j || !auth_peer_reach(op->db, gate_path(h, "ae"), &to, e) ||
        !dicom_call_move(&to, &what, destination.n ? arena_cstr(op->arena, destination) : NULL, &t, e))
        return false;
    op->event->count = t.completed;
    buf_init(&b, BODY_MAX);
    buf_printf(&b, "{\"status\":\"%04X\",\"completed\":%u,\"failed\":%u,\"warning\":%u}", t.status, t.completed,
               t.failed, t.warning);
    return dicom_http_answer(h, &b, e);
}

/* {"study":"1.2","series":"","instance":""}: a job fetches it. */
bool dicom_http_get(struct op *op, struct gate_http *h, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    struct dicom_selection what;
    struct auth_reach to;
    struct json *j = read_body(op, h, &what, e);
    json_free(j);
    if (!j || !auth_peer_reach(op->db, gate_path(h, "ae"), &to, e))
        return false;
    buf_init(&b, 4096);
    dicom_get_payload(str_of(to.name), &what, &b);
    if (!buf_ok(&b, e) || !jobs_put(op->db, JOB_DICOM_GET, arena_str(op->arena, buf_view(&b)), 0, e))
        return false;
    gate_http_body(h, 202, "application/json", STR("{}"));
    return true;
}

/* ---- rules ---- */

bool dicom_http_routes(struct op *op, struct gate_http *h, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    buf_init(&b, BODY_MAX);
    buf_puts(&b, "{\"items\":");
    bool ok = dicom_route_list(op->db, op->arena, &b, e);
    buf_putc(&b, '}');
    return ok && dicom_http_answer(h, &b, e);
}

bool dicom_http_route_try(struct op *op, struct gate_http *h, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    struct str study = parameter(h, "study");
    op->event->study_uid = study;
    buf_init(&b, BODY_MAX);
    buf_puts(&b, "{\"items\":");
    bool ok = dicom_route_try(op->db, op->arena, op->access, study, &b, e);
    buf_putc(&b, '}');
    return ok && dicom_http_answer(h, &b, e);
}

static void tell_route(struct op *op, struct gate_http *h)
{
    op->event->object_type = STR("Route");
    op->event->object_id = gate_path(h, "name");
}

/* {"destination":"PACS","modality":"CT,MR"} */
bool dicom_http_route_put(struct op *op, struct gate_http *h, struct err *e)
{
    struct str pairs[KEYS_MAX];
    struct json *j = json_parse(h->request->body, e);
    size_t n = j ? read_keys(op, j, pairs) : 0;
    bool parsed = j != NULL;
    json_free(j);
    tell_route(op, h);
    if (!parsed || !dicom_route_put(op->db, op->arena, gate_path(h, "name"), pairs, n, e))
        return false;
    gate_http_body(h, 204, "application/json", STR(""));
    return true;
}

bool dicom_http_route_remove(struct op *op, struct gate_http *h, struct err *e)
{
    tell_route(op, h);
    if (!dicom_route_remove(op->db, op->arena, gate_path(h, "name"), e))
        return false;
    gate_http_body(h, 204, "application/json", STR(""));
    return true;
}
