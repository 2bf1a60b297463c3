/* N-CREATE of an instance availability notification: another archive tells what it has (PS3.4 R). Kept, for people and
 * for those who ask which archive has a study. */
#include "dicom/net/notify.h"

#include "dicom/net/mpps.h"
#include "record/record.h"
#include "schema/queries.h"

#define TAG_SERIES_SEQUENCE DICOM_TAG(0x0008, 0x1115)
#define TAG_SOP_SEQUENCE DICOM_TAG(0x0008, 0x1199)
#define TAG_PERFORMED_SEQUENCE DICOM_TAG(0x0008, 0x1111)

static struct str uid_at(const struct dicom_item *item, uint32_t tag, struct arena *a)
{
    struct str s = item ? dicom_get_nth(item, tag, 0, a) : STR("");
    return s.n && dicom_uid_check(s, true, NULL) ? s : STR("");
}

static struct str text_at(const struct dicom_item *item, uint32_t tag, struct arena *a)
{
    struct str s = item ? dicom_get_nth(item, tag, 0, a) : STR("");
    return s.n && s.n <= 16 && str_utf8_valid(s) ? s : STR("");
}

static bool check_new(struct op *op, struct str uid, struct err *e)
{
    struct db_args args = db_args(op->arena);
    db_text(&args, uid);
    const struct db_rows *r = db_run(op->db, &Q_notice_received_known, &args, e);
    if (r && db_count(r))
        return err_set(e, ERR_CONFLICT, "the notification is here already");
    return r != NULL;
}

static bool put(struct op *op, const struct mpps *m, struct str study, struct err *e)
{
    const struct dicom_item *root = dicom_dataset_root(m->request), *first = NULL;
    struct db_args args = db_args(op->arena);
    size_t instances = 0, n = dicom_count(root, TAG_SERIES_SEQUENCE);
    for (size_t i = 0; i < n; i++) {
        const struct dicom_item *series = dicom_item_find(root, TAG_SERIES_SEQUENCE, i);
        instances += dicom_count(series, TAG_SOP_SEQUENCE);
        first = first ? first : dicom_item_find(series, TAG_SOP_SEQUENCE, 0);
    }
    struct str dataset, uid = str_of(m->command.sop_instance_uid);
    if (!check_new(op, uid, e) || !normal_keep(m->request, op->arena, &dataset, e))
        return false;
    db_int(&args, record_rid_new());
    db_text(&args, uid);
    db_text(&args, op->department.p ? op->department : STR(""));
    db_text(&args, str_of(m->session->who.name));
    db_text(&args, study);
    db_text(&args, uid_at(dicom_item_find(root, TAG_PERFORMED_SEQUENCE, 0), DICOM_TAG(0x0008, 0x1155), op->arena));
    db_text(&args, text_at(first, DICOM_TAG(0x0008, 0x0056), op->arena));
    db_text(&args, text_at(first, DICOM_TAG(0x0008, 0x0054), op->arena));
    db_int(&args, (int64_t)instances);
    db_bytes(&args, dataset);
    op->event->count = (int64_t)instances;
    return db_send(op->db, &Q_notice_received_put, &args, e);
}

static bool keep(struct op *op, void *ctx, struct err *e)
{
    struct mpps *m = ctx;
    struct str study = uid_at(dicom_dataset_root(m->request), DICOM_TAG(0x0020, 0x000D), op->arena);
    op->event->object_type = STR("Study");
    op->event->object_id = study;
    op->event->study_uid = study;
    if (!study.n)
        return err_set(e, ERR_REQUIRED, "a notification names its study");
    if (!dicom_count(dicom_dataset_root(m->request), TAG_SERIES_SEQUENCE))
        return err_set(e, ERR_REQUIRED, "a notification names series");
    return put(op, m, study, e);
}

bool service_availability(struct session *s, const struct service *service, const struct dicom_command *command)
{
    struct mpps m = {.session = s, .command = *command};
    return mpps_serve_create(&m, service, keep);
}
