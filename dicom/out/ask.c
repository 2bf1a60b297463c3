/* Asking a node: C-FIND, and C-MOVE to another node. */
#include "base/json.h"

#include "dicom/out/out_priv.h"

#define TAG_LEVEL DICOM_TAG(0x0008, 0x0052)
#define FIND_PATIENT "1.2.840.10008.5.1.4.1.2.1.1"
#define FIND_STUDY "1.2.840.10008.5.1.4.1.2.2.1"
#define MOVE_STUDY "1.2.840.10008.5.1.4.1.2.2.2"
#define WORKLIST "1.2.840.10008.5.1.4.31"

static const char *class_of(struct str model)
{
    static const struct {
        const char *model, *sop_class;
    } rows[] = {{"STUDY", FIND_STUDY}, {"PATIENT", FIND_PATIENT}, {"WORKLIST", WORKLIST}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (str_is_nocase(model, rows[i].model))
            return rows[i].sop_class;
    return NULL;
}

/* Plain keys need no character set, which some nodes do not know. */
static bool is_plain(const struct str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < words[i].n; k++)
            if ((unsigned char)words[i].p[k] > 0x7e)
                return false;
    return true;
}

static bool put_key(struct dicom_item *to, struct str word, struct err *e)
{
    uint32_t tag;
    size_t cut = str_find(word, '=');
    struct str name = str_sub(word, 0, cut);
    if (!dicom_tag_of(name, &tag))
        return err_set(e, ERR_INVALID, "'%.*s' is no attribute", STR_ARG(str_utf8_clip(name, 60)));
    return dicom_put(to, tag, str_sub(word, cut + 1, word.n), e);
}

static bool put_keys(struct dicom_dataset *ds, const struct dicom_asking *q, struct err *e)
{
    struct dicom_item *root = dicom_dataset_root(ds);
    for (size_t i = 0; i < q->n; i++)
        if (!put_key(root, q->keys[i], e))
            return err_wrap(e, "a key");
    return !q->level.n || dicom_put(root, TAG_LEVEL, q->level, e);
}

struct answers {
    struct buf *json;
    int n, limit;
    bool failed;
    struct err *e;
};

static bool take(void *ctx, struct dicom_dataset *answer)
{
    struct answers *a = ctx;
    json_put_comma(a->json);
    a->failed = !dicom_item_json(dicom_dataset_root(answer), NULL, a->json, a->e) || !buf_ok(a->json, a->e);
    return !a->failed && ++a->n < a->limit;
}

static bool run_find(struct dicom_association *assoc, const char *sop_class, struct dicom_dataset *keys,
                     struct answers *a, struct err *e)
{
    struct dicom_finding finding = {.take = take, .ctx = a};
    bool cut;
    if (!dicom_find(assoc, sop_class, keys, &finding, e) || a->failed)
        return false;
    cut = finding.status == 0xFE00;
    return finding.status == 0 || cut ||
           err_set(e, ERR_UNAVAILABLE, "the node answered the query with %04X", (unsigned)finding.status);
}

bool dicom_call_find(const struct auth_reach *to, const struct dicom_asking *q, struct buf *ret_json, int *ret_n,
                     struct err *e)
{
    const char *sop_class = class_of(q->model);
    if (!sop_class)
        return err_set(e, ERR_INVALID, "a query is asked of STUDY, PATIENT or WORKLIST");
    const struct dicom_proposal proposal = {.abstract_syntax = sop_class};
    struct answers a = {.json = ret_json, .limit = q->limit > 0 ? q->limit : 1000, .e = e};
    struct dicom_dataset *keys = dicom_dataset_new(is_plain(q->keys, q->n) ? "" : "ISO_IR 192", e);
    struct dicom_association *assoc = keys && put_keys(keys, q, e) ? dicom_call(to, &proposal, 1, e) : NULL;
    buf_putc(ret_json, '[');
    bool ok = assoc && run_find(assoc, sop_class, keys, &a, e);
    buf_putc(ret_json, ']');
    if (ok)
        dicom_release(assoc, NULL);
    dicom_association_free(assoc);
    dicom_dataset_free(keys);
    *ret_n = a.n;
    return ok && buf_ok(ret_json, e);
}

/* ---- C-MOVE ---- */

struct dicom_dataset *dicom_selection_keys(const struct dicom_selection *what, struct err *e)
{
    static const char *const levels[] = {"STUDY", "SERIES", "IMAGE"};
    static const uint32_t tags[] = {DICOM_TAG(0x0020, 0x000D), DICOM_TAG(0x0020, 0x000E), DICOM_TAG(0x0008, 0x0018)};
    const struct str uids[] = {what->study, what->series, what->instance};
    int deepest = what->instance.n ? 2 : what->series.n ? 1 : 0;
    struct dicom_dataset *ds = dicom_dataset_new("", e);
    bool ok = ds && dicom_put(dicom_dataset_root(ds), TAG_LEVEL, str_of(levels[deepest]), e);
    for (int i = 0; ok && i <= deepest; i++)
        ok = dicom_uid_check(uids[i], true, e) && dicom_put(dicom_dataset_root(ds), tags[i], uids[i], e);
    if (ok)
        return ds;
    dicom_dataset_free(ds);
    return NULL;
}

static bool run_move(struct dicom_association *a, struct dicom_command *rq, struct dicom_dataset *keys,
                     struct dicom_tally *t, struct err *e)
{
    struct dicom_command rsp;
    if (!dicom_request(a, rq, keys, e))
        return false;
    do {
        if (!dicom_next_command(a, 600, &rsp, e))
            return false;
        if (rsp.kind != (DICOM_C_MOVE_RQ | DICOM_RESPONSE) || rsp.message_id != rq->message_id)
            return err_set(e, ERR_STRUCTURE, "the node answered with something else");
        if (rsp.has_counts)
            *t = (struct dicom_tally){rsp.status, rsp.completed, rsp.failed, rsp.warning};
        t->status = rsp.status;
    } while ((rsp.status & 0xff00) == 0xff00);
    return true;
}

bool dicom_call_move(const struct auth_reach *to, const struct dicom_selection *what, const char *destination,
                     struct dicom_tally *ret_tally, struct err *e)
{
    static const struct dicom_proposal proposal = {.abstract_syntax = MOVE_STUDY};
    struct dicom_command rq = {.kind = DICOM_C_MOVE_RQ, .sop_class_uid = MOVE_STUDY};
    struct dicom_tally t = {.status = 0};
    const char *whom = destination ? destination : dicom_house.config.ae_title;
    str_copy(rq.move_destination, sizeof rq.move_destination, str_of(whom));
    struct dicom_dataset *keys = dicom_selection_keys(what, e);
    struct dicom_association *a = keys ? dicom_call(to, &proposal, 1, e) : NULL;
    bool ok = a && run_move(a, &rq, keys, &t, e);
    if (ok)
        dicom_release(a, NULL);
    dicom_association_free(a);
    dicom_dataset_free(keys);
    *ret_tally = t;
    return ok;
}
