#include <string.h>

#include "hl7/profile/profile.h"

static const struct hl7_vr rows[] = {
#define VR(name, max, allowed, meaning) {name, max, allowed, meaning},
#include "hl7/profile/vr.def"
#undef VR
};

const struct hl7_vr *hl7_vr_find(struct str name)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (str_is(name, rows[i].name))
            return &rows[i];
    return NULL;
}

bool hl7_vr_fits(const struct hl7_vr *vr, struct str text)
{
    if (str_utf8_count(text) > vr->max)
        return false;
    for (size_t i = 0; i < text.n; i++)
        if (vr->allowed ? !strchr(vr->allowed, text.p[i]) : text.p[i] == '\\')
            return false;
    return true;
}
