#include "hl7/profile/profile_priv.h"

bool hl7_profile_place(struct str text, struct hl7_location *ret_at)
{
    char whole[32], field[40];
    if (!str_copy(whole, sizeof whole, text))
        return false;
    if (text.n != 3)
        return hl7_location_parse(whole, ret_at, NULL);
    str_copy(field, sizeof field, text);
    field[3] = '-', field[4] = '1', field[5] = '\0';
    if (!hl7_location_parse(field, ret_at, NULL))
        return false;
    ret_at->field = 0;
    return true;
}

bool hl7_profile_usage(struct str text, enum hl7_usage *ret_usage)
{
    static const struct {
        const char *name;
        enum hl7_usage usage;
    } rows[] = {{"R", HL7_USAGE_R}, {"RE", HL7_USAGE_RE}, {"O", HL7_USAGE_O}, {"X", HL7_USAGE_X},
                {"C", HL7_USAGE_C}, {"CE", HL7_USAGE_C},  {"B", HL7_USAGE_O}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (str_is(text, rows[i].name)) {
            *ret_usage = rows[i].usage;
            return true;
        }
    return false;
}
