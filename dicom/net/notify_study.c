#include "dicom/net/notify.h"

#include "schema/queries.h"

#define TAG_SERIES_SEQUENCE DICOM_TAG(0x0008, 0x1115)
#define TAG_SOP_SEQUENCE DICOM_TAG(0x0008, 0x1199)
#define TAG_PERFORMED_SEQUENCE DICOM_TAG(0x0008, 0x1111)
#define TAG_CLASS DICOM_TAG(0x0008, 0x1150)
#define TAG_UID DICOM_TAG(0x0008, 0x1155)

static const struct db_rows *rows(struct db *db, struct arena *a, const struct db_query *q,
                                  const struct notify_study *s, struct err *e)
{
    struct db_args args = db_args(a);
    if (q == &Q_notice_performed)
        db_text(&args, s->uid);
    else
        db_int(&args, s->key);
    return db_run(db, q, &args, e);
}

static bool put_performed(struct dicom_item *root, const struct db_rows *r, struct err *e)
{
    if (!dicom_put_sequence(root, TAG_PERFORMED_SEQUENCE, e))
        return false;
    for (int i = 0; i < db_count(r); i++) {
        struct dicom_item *to = dicom_put_item(root, TAG_PERFORMED_SEQUENCE, e);
        if (!to || !dicom_put(to, TAG_CLASS, STR(MPPS_CLASS), e) || !dicom_put(to, TAG_UID, db_get(r, i, 0), e) ||
            !dicom_put_sequence(to, DICOM_TAG(0x0040, 0x4019), e))
            return false;
    }
    return true;
}

static bool put_instance(struct dicom_item *series, const struct db_rows *r, int i, const char *ae_title, struct err *e)
{
    struct dicom_item *to = dicom_put_item(series, TAG_SOP_SEQUENCE, e);
    return to && dicom_put(to, TAG_CLASS, db_get(r, i, 1), e) && dicom_put(to, TAG_UID, db_get(r, i, 2), e) &&
           dicom_put(to, DICOM_TAG(0x0008, 0x0056), STR("ONLINE"), e) &&
           dicom_put(to, DICOM_TAG(0x0008, 0x0054), str_of(ae_title), e);
}

static bool put_series(struct dicom_item *root, const struct db_rows *r, const char *ae_title, struct err *e)
{
    struct dicom_item *series = NULL;
    for (int i = 0; i < db_count(r); i++) {
        if (!i || !str_eq(db_get(r, i, 0), db_get(r, i - 1, 0))) {
            series = dicom_put_item(root, TAG_SERIES_SEQUENCE, e);
            if (!series || !dicom_put(series, DICOM_TAG(0x0020, 0x000E), db_get(r, i, 0), e))
                return false;
        }
        if (!put_instance(series, r, i, ae_title, e))
            return false;
    }
    return true;
}

struct dicom_dataset *notify_availability(struct db *db, struct arena *a, const struct notify_study *s,
                                          const char *ae_title, struct err *e)
{
    struct dicom_dataset *ds = dicom_dataset_new("", e);
    struct dicom_item *root = ds ? dicom_dataset_root(ds) : NULL;
    const struct db_rows *r =
        root && dicom_put(root, DICOM_TAG(0x0020, 0x000D), s->uid, e) ? rows(db, a, &Q_notice_performed, s, e) : NULL;
    bool ok = r && put_performed(root, r, e) && (r = rows(db, a, &Q_notice_instances, s, e)) &&
              put_series(root, r, ae_title, e);
    if (ok)
        return ds;
    dicom_dataset_free(ds);
    return NULL;
}
