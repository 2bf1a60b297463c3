/* The table of the archive's attributes as code. */
#include "domain/archive.h"

#include <stdio.h>
#include <string.h>

#define AS_MORE_IF(fragment) (sizeof #fragment > 5 && (#fragment)[0] == 'm' && (#fragment)[4] == '_')
static const struct archive_row rows[ARCHIVE_KEYS] = {
#define KEY(name, level, tag, in, fragment, form, match, unasked) \
    {AT_##level, tag, in, ARCHIVE_FORM_##form, ARCHIVE_MATCH_##match, unasked, AS_MORE_IF(fragment)},
#include "domain/archive_keys.def"
#undef KEY
};

const struct archive_row *archive_row(enum archive_key k)
{
    return &rows[k];
}

enum archive_key archive_key_find(uint32_t tag, uint32_t in)
{
    int k = 0;
    while (k < ARCHIVE_KEYS && (!rows[k].tag || rows[k].tag != tag || rows[k].in != in))
        k++;
    return (enum archive_key)k;
}

void archive_member(enum archive_key k, char ret_name[ARCHIVE_MEMBER])
{
    if (rows[k].in)
        snprintf(ret_name, ARCHIVE_MEMBER, "%08X.%08X", (unsigned)rows[k].in, (unsigned)rows[k].tag);
    else
        snprintf(ret_name, ARCHIVE_MEMBER, "%08X", (unsigned)rows[k].tag);
}

enum archive_key archive_unique(enum archive_level level)
{
    static const enum archive_key unique[ARCHIVE_LEVELS] = {ARCHIVE_PATIENT_ID, ARCHIVE_STUDY_UID, ARCHIVE_SERIES_UID,
                                                            ARCHIVE_SOP_UID};
    return unique[level];
}
