/* From field values to the attributes of an answer, by the rows of maps/worklist.def. Threads: by data set. */
#ifndef DICOM_NET_ANSWER_H
#define DICOM_NET_ANSWER_H

#include "dicom/shim/shim.h"
#include "domain/worklist.h"

enum { WORKLIST_MAX = 1000 }; /* steps in one answer; asked for one more, to know whether there are more */
#define TAG_STEP_SEQUENCE DICOM_TAG(0x0040, 0x0100)

enum tag_place { PLACE_ROOT, PLACE_STEP };
enum tag_how { HOW_TEXT, HOW_DATE, HOW_CLOCK, HOW_CODE, HOW_ISSUER, HOW_PERSON, HOW_IDS };
enum tag_match { MATCH_NONE, MATCH_SINGLE, MATCH_WILD, MATCH_LIST, MATCH_RANGE };

struct tag_row {
    enum field field;
    enum tag_place place;
    uint32_t tag;
    enum tag_how how;
    enum tag_match match;
    int type;
};
/* Row by position, NULL behind the last. */
const struct tag_row *worklist_tag(size_t i);

/* Read the keys of a request. INVALID for what the standard forbids (several items in the step sequence, a date that is
 * none). *ret_misplaced: keys of the step stood at the root; they were taken all the same. */
bool worklist_request(const struct dicom_item *root, struct arena *a, struct worklist_query *ret_query,
                      bool *ret_misplaced, struct err *e);
/* One answer: the keys the request asked for, filled from the step. */
bool worklist_answer(struct dicom_item *to, const struct dicom_item *request, const struct worklist_step *step,
                     struct arena *a, struct err *e);

#endif
