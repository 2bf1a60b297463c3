/* Keys of a worklist query (PS3.4 K.6.1.1, C.2.2.2). */
#include "dicom/net/answer.h"

static struct str *place_of(struct worklist_query *q, enum field f)
{
    switch (f) {
    case FIELD_PATIENT_ID:
        return &q->patient_id;
    case FIELD_PATIENT_ISSUER:
        return &q->patient_issuer;
    case FIELD_PATIENT_NAME:
        return &q->patient_name;
    case FIELD_ADMISSION_ID:
        return &q->admission_id;
    case FIELD_ACCESSION_NUMBER:
        return &q->accession_number;
    case FIELD_PROCEDURE_ID:
        return &q->procedure_id;
    case FIELD_STATION_AE:
        return &q->station_ae;
    case FIELD_MODALITY:
        return &q->modality;
    case FIELD_PERFORMING_PHYSICIAN:
        return &q->performing_physician;
    case FIELD_STEP_ID:
        return &q->step_id;
    case FIELD_STEP_LOCATION:
        return &q->step_location;
    default:
        return NULL;
    }
}

/* The values of a list key; none of them when one is "*". */
static void read_list(const struct dicom_item *item, uint32_t tag, struct arena *a, const struct str **ret_list,
                      size_t *ret_count)
{
    size_t n = dicom_count(item, tag), count = 0;
    struct str *list = ARENA_ARRAY(a, struct str, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct str s = dicom_get_nth(item, tag, i, a);
        if (str_is(s, "*"))
            return;
        if (s.n)
            list[count++] = s;
    }
    *ret_list = list;
    *ret_count = count;
}

static bool read_ends(struct worklist_query *q, const struct tag_row *r, struct str text, struct arena *a,
                      struct err *e)
{
    bool date = r->how == HOW_DATE;
    struct str ends[2];
    if (str_is(text, "*"))
        return true; /* not of these VRs, and sent all the same */
    if (!dicom_range(date ? RANGE_DATE : RANGE_TIME, text, a, ends, e))
        return false;
    *(date ? &q->from_date : &q->from_time) = ends[0];
    *(date ? &q->to_date : &q->to_time) = ends[1];
    return true;
}

static bool read_key(struct worklist_query *q, const struct tag_row *r, const struct dicom_item *item, struct arena *a,
                     struct err *e)
{
    struct str text = dicom_get(item, r->tag, a), *to = place_of(q, r->field);
    if (r->match == MATCH_RANGE)
        return read_ends(q, r, text, a, e);
    if (r->match == MATCH_LIST)
        read_list(item, r->tag, a, &q->study_uids, &q->study_uid_count);
    else if (r->field == FIELD_STEP_STATUS)
        read_list(item, r->tag, a, &q->statuses, &q->status_count);
    else if (to)
        *to = text;
    return true;
}

static bool has_key(const struct dicom_item *item, const struct tag_row *r)
{
    return item && r->match != MATCH_NONE && !dicom_is_empty(item, r->tag);
}

bool worklist_request(const struct dicom_item *root, struct arena *a, struct worklist_query *ret_query,
                      bool *ret_misplaced, struct err *e)
{
    struct worklist_query q = {.limit = WORKLIST_MAX + 1};
    const struct dicom_item *step = dicom_item_find(root, TAG_STEP_SEQUENCE, 0);
    bool misplaced = false;
    if (dicom_count(root, TAG_STEP_SEQUENCE) > 1)
        return err_set(e, ERR_INVALID, "the step sequence of a query has more than one item");
    for (size_t i = 0; worklist_tag(i); i++) {
        const struct tag_row *r = worklist_tag(i);
        bool in_step = r->place == PLACE_STEP;
        /* Step keys at the root are wrong, and common enough to be understood. */
        bool at_root = in_step && !has_key(step, r) && has_key(root, r);
        misplaced = misplaced || at_root;
        const struct dicom_item *item = in_step && !at_root ? step : root;
        if (has_key(item, r) && !read_key(&q, r, item, a, e))
            return false;
    }
    *ret_misplaced = misplaced;
    *ret_query = q;
    return true;
}
