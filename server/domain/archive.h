/* The archive index as a thing to search, at the levels of patient, study, series and instance, for C-FIND, C-MOVE,
 * C-GET and QIDO-RS alike: answers come from the index alone. Which attributes there are: archive_keys.def.
 * Owner: answers live in the operation's arena. Threads: by operation. Cost: one SELECT of the columns asked for. */
#ifndef DOMAIN_ARCHIVE_H
#define DOMAIN_ARCHIVE_H

#include "domain/domain.h"

enum archive_level { AT_PATIENT, AT_STUDY, AT_SERIES, AT_INSTANCE, ARCHIVE_LEVELS };
enum archive_form { ARCHIVE_FORM_TEXT, ARCHIVE_FORM_LIST, ARCHIVE_FORM_VALUES, ARCHIVE_FORM_COUNT };
enum archive_match {
    ARCHIVE_MATCH_NONE,
    ARCHIVE_MATCH_TEXT,
    ARCHIVE_MATCH_NAME,
    ARCHIVE_MATCH_UID,
    ARCHIVE_MATCH_DATE,
    ARCHIVE_MATCH_TIME
};
enum archive_key {
#define KEY(name, level, tag, in, fragment, form, match, unasked) ARCHIVE_##name,
#include "domain/archive_keys.def"
#undef KEY
    ARCHIVE_KEYS
};

struct archive_row { /* one row of archive_keys.def */
    enum archive_level level;
    uint32_t tag, in;
    enum archive_form form;
    enum archive_match match;
    bool unasked;
    bool more; /* stands in `more` */
};
const struct archive_row *archive_row(enum archive_key k);
/* The row of an attribute: at the root (in 0) or in a sequence. ARCHIVE_KEYS when there is none. */
enum archive_key archive_key_find(uint32_t tag, uint32_t in);
/* Its member of `more`: "00080080", "00400275.00401001". */
enum { ARCHIVE_MEMBER = 20 };
void archive_member(enum archive_key k, char ret_name[ARCHIVE_MEMBER]);
/* The key that names one thing of a level: Patient ID, Study, Series, SOP Instance UID. */
enum archive_key archive_unique(enum archive_level level);

/* What is asked. A key without values matches everything. Values of TEXT and NAME may hold the wildcards * and ?, and
 * fit when one of them does; "\"\"" is the empty value. Of DATE and TIME they are the two ends, either may be "". Keys
 * of levels below the one asked for are of anything in it. */
struct archive_values {
    const struct str *v;
    size_t n;
};
struct archive_query {
    enum archive_level level;
    bool asked[ARCHIVE_KEYS]; /* which to answer with; those of levels below stay empty */
    struct archive_values key[ARCHIVE_KEYS];
    bool fuzzy;    /* names by their words in whatever order, case, accents and umlauts */
    bool combined; /* date and time are one range */
    bool zoned;    /* study and series dates and times are of a zone so many minutes east of UTC */
    int zone_minutes;
    int limit, offset;
};

struct archive_answers {
    size_t n, columns;
    int column[ARCHIVE_KEYS]; /* of each key in a row of cells; -1: not asked */
    const struct str *cell;
};
bool archive_find(struct domain *d, const struct archive_query *q, struct archive_answers *ret_answers, struct err *e);
/* "" when it has none or was not asked. */
struct str archive_get(const struct archive_answers *answers, size_t i, enum archive_key k);

#endif
