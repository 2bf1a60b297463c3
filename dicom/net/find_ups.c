/* C-FIND of unified procedure steps: the index narrows by its columns, the kept data set decides (PS3.4 CC.2.8). */
#include "dicom/net/find.h"
#include "dicom/net/ups.h"

enum { ANSWERS_MAX = 1000, PAGE = 16, BYTES_MAX = 32 << 20 };

struct hits {
    struct str *answer; /* explicit little endian, UTF-8 */
    size_t n, room, bytes;
};

static bool answer(struct find *f, size_t i, struct dicom_item *to, struct err *e)
{
    const struct hits *hits = f->ctx;
    struct dicom_dataset *ds = dicom_dataset_parse(hits->answer[i], DICOM_EXPLICIT_LE, e);
    bool ok = ds && ups_copy(dicom_dataset_root(ds), to, e);
    dicom_dataset_free(ds);
    return ok;
}

static struct str exact(const struct dicom_item *keys, uint32_t tag, struct arena *a)
{
    struct str s = dicom_get(keys, tag, a);
    bool plain = str_find(s, '*') == s.n && str_find(s, '?') == s.n && str_find(s, '\\') == s.n;
    return s.n && plain ? s : STR("");
}

static struct workitem_query narrow(const struct dicom_item *keys, struct arena *a)
{
    struct workitem_query q = {.limit = PAGE};
    size_t n = dicom_count(keys, TAG_SOP_INSTANCE_UID), count = 0;
    struct str *uid = ARENA_ARRAY(a, struct str, n + 1);
    for (size_t i = 0; i < n; i++) {
        uid[count] = dicom_get_nth(keys, TAG_SOP_INSTANCE_UID, i, a);
        count += uid[count].n > 0;
    }
    q.sop_uids = uid;
    q.sop_uid_count = count;
    q.state = exact(keys, TAG_UPS_STATE, a);
    q.patient_id = exact(keys, DICOM_TAG(0x0010, 0x0020), a);
    q.worklist_label = exact(keys, DICOM_TAG(0x0074, 0x1202), a);
    return q;
}

static bool keep(struct op *op, const struct find *f, struct hits *hits, const struct dicom_item *root,
                 struct err *e)
{
    struct dicom_dataset *ds = dicom_dataset_new("ISO_IR 192", e);
    struct dicom_item *to = ds ? dicom_dataset_root(ds) : NULL;
    ARENA_ROOM(op->arena, hits->answer, hits->n, 1, hits->room);
    bool ok = to && ups_pick(find_keys(f), root, to, e) && dicom_put_copy(to, root, TAG_SOP_INSTANCE_UID, e) &&
              normal_keep(ds, op->arena, &hits->answer[hits->n], e);
    dicom_dataset_free(ds);
    if (ok)
        hits->bytes += hits->answer[hits->n++].n;
    return ok;
}

static bool look(struct op *op, const struct find *f, struct hits *hits, const struct workitem_row *row,
                 struct arena *page, struct err *e)
{
    struct dicom_dataset *view = ups_view(row, page, e);
    struct dicom_item *root = view ? dicom_dataset_root(view) : NULL;
    bool ok = root && dicom_put(root, TAG_SOP_CLASS_UID, STR(UPS_PUSH_CLASS), e) &&
              dicom_put(root, TAG_SOP_INSTANCE_UID, row->sop_uid, e);
    if (ok && ups_matches(find_keys(f), root, page))
        ok = keep(op, f, hits, root, e);
    dicom_dataset_free(view);
    return ok;
}

/* Page by page: one is in memory. */
static bool walk(struct op *op, struct find *f, struct hits *hits, struct arena *page, struct err *e)
{
    struct domain d = gate_domain(op);
    struct workitem_query q = narrow(find_keys(f), op->arena);
    struct workitem_row *rows;
    size_t n;
    d.arena = page;
    op->event->patient = q.patient_id;
    do {
        arena_reset(page);
        if (!workitem_find(&d, &q, &rows, &n, e))
            return false;
        for (size_t i = 0; i < n && hits->n <= ANSWERS_MAX; i++)
            if (!look(op, f, hits, &rows[i], page, e))
                return false;
        if (hits->bytes > BYTES_MAX)
            return err_set(e, ERR_TOO_LARGE, "the answers are over %d bytes; ask for less", BYTES_MAX);
        q.behind = n ? rows[n - 1].rid : 0;
    } while (n == PAGE && hits->n <= ANSWERS_MAX);
    return true;
}

static bool search(struct op *op, struct find *f, struct err *e)
{
    struct hits *hits = ARENA_NEW(op->arena, struct hits);
    struct arena page;
    arena_init(&page);
    op->event->object_type = STR("Worklist");
    bool ok = walk(op, f, hits, &page, e);
    arena_release(&page);
    f->ctx = hits;
    f->count = ok ? find_limit(f, hits->n, ANSWERS_MAX) : 0;
    return ok;
}

bool service_find_ups(struct session *s, const struct service *service, const struct dicom_command *command)
{
    struct find f = {.session = s, .search = search, .answer = answer};
    return find_serve(&f, service, command);
}
