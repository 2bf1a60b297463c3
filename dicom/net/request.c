/* Keys of a worklist query (PS3.4 K.6.1.1, C.2.2.2). */
#include "dicom/net/answer.h"

#include <string.h>

#include "base/log.h"

bool dicom_range(struct str text, struct str *ret_from, struct str *ret_to)
{
    struct str s = str_trim(text);
    size_t dash = str_find(s, '-');
    *ret_from = str_trim(str_sub(s, 0, dash));
    *ret_to = dash < s.n ? str_trim(str_sub(s, dash + 1, s.n)) : *ret_from;
    return strspn(ret_from->n ? ret_from->p : "", "0123456789.") >= ret_from->n;
}

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

static bool read_list(const struct dicom_item *item, uint32_t tag, struct arena *a, const struct str **ret_list,
                      size_t *ret_count)
{
    size_t n = dicom_count(item, tag);
    struct str *list = ARENA_ARRAY(a, struct str, n + 1);
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        struct str s = dicom_get_nth(item, tag, i, a);
        if (s.n && !str_is(s, "*"))
            list[count++] = s;
    }
    *ret_list = list;
    *ret_count = count;
    return true;
}

static bool read_range(struct worklist_query *q, const struct tag_row *r, struct str text, struct err *e)
{
    struct str *from = r->how == HOW_DATE ? &q->from_date : &q->from_time;
    struct str *to = r->how == HOW_DATE ? &q->to_date : &q->to_time;
    if (!text.n || str_is(text, "*"))
        return true;
    return dicom_range(text, from, to) || err_set(e, ERR_INVALID, "a date or time key is not of its form");
}

static bool read_key(struct worklist_query *q, const struct tag_row *r, const struct dicom_item *item, struct arena *a,
                     struct err *e)
{
    if (!item || r->match == MATCH_NONE || dicom_is_empty(item, r->tag))
        return true;
    if (r->match == MATCH_LIST)
        return read_list(item, r->tag, a, &q->study_uids, &q->study_uid_count);
    if (r->field == FIELD_STEP_STATUS)
        return read_list(item, r->tag, a, &q->statuses, &q->status_count);
    struct str text = dicom_get(item, r->tag, a);
    if (r->match == MATCH_RANGE)
        return read_range(q, r, text, e);
    struct str *to = place_of(q, r->field);
    if (to && !to->n)
        *to = text;
    return true;
}

bool worklist_request(const struct dicom_item *root, struct arena *a, struct worklist_query *ret_query, struct err *e)
{
    struct worklist_query q = {.limit = 1000};
    const struct dicom_item *step = dicom_item_find(root, TAG_STEP_SEQUENCE, 0);
    if (dicom_count(root, TAG_STEP_SEQUENCE) > 1)
        return err_set(e, ERR_INVALID, "the step sequence of a query has more than one item");
    for (size_t i = 0; worklist_tag(i); i++) {
        const struct tag_row *r = worklist_tag(i);
        if (!read_key(&q, r, r->place == PLACE_STEP ? step : root, a, e))
            return false;
        /* Step keys at the root are wrong, and common enough to be understood. */
        if (r->place == PLACE_STEP && !read_key(&q, r, root, a, e))
            return false;
    }
    *ret_query = q;
    return true;
}
