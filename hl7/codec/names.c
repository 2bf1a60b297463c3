#include "hl7/codec/names.h"

static const struct {
    const char *segment, *title, *fields;
} rows[] = {
#define NAMES(segment, title, fields) {segment, title, fields},
#include "hl7/codec/names.def"
#undef NAMES
};
enum { ROWS = sizeof rows / sizeof rows[0] };

static size_t row_of(struct str segment)
{
    size_t i = 0;
    while (i < ROWS && !str_is(segment, rows[i].segment))
        i++;
    return i;
}

struct str hl7_segment_title(struct str segment)
{
    size_t i = row_of(segment);
    return i < ROWS ? str_of(rows[i].title) : STR_NONE;
}

struct str hl7_field_title(struct str segment, size_t field)
{
    size_t i = row_of(segment);
    struct str rest = i < ROWS ? str_of(rows[i].fields) : STR_NONE, one = STR_NONE;
    while (rest.p && field && str_next(&rest, '|', &one))
        if (--field == 0)
            return one;
    return STR_NONE;
}
