#include <string.h>

#include "hl7/codec/charset_priv.h"

/* ISO 2375 registrations used by HL7 table 0211 and DICOM PS3.3 C.12.1.1.2. JIS X 0201 Roman is read as ASCII, because
 * its yen sign stands where the escape character is. */
const struct iso2022_code iso2022_codes[] = {
    {"(B", false, 1, 0, NULL, "ASCII"},           {"(J", false, 1, 0, NULL, NULL},
    {"(I", false, 1, 0, "CP932", NULL},           {"$@", false, 2, 0, "EUC-JP", NULL},
    {"$B", false, 2, 0, "EUC-JP", "ISO IR87"},    {"$(D", false, 2, '\x8F', "EUC-JP", "ISO IR159"},
    {"$A", false, 2, 0, "EUC-CN", NULL},          {"$(C", false, 2, 0, "EUC-KR", NULL},
    {")I", true, 1, 0, "CP932", "ISO IR14"},      {"$)C", true, 2, 0, "EUC-KR", "KS X 1001"},
    {"$)A", true, 2, 0, "EUC-CN", "GB 2312"},     {"$)G", true, 2, 0, "EUC-TW", "CNS 11643-1992"},
    {"-A", true, 1, 0, "ISO-8859-1", "8859/1"},   {"-B", true, 1, 0, "ISO-8859-2", "8859/2"},
    {"-C", true, 1, 0, "ISO-8859-3", "8859/3"},   {"-D", true, 1, 0, "ISO-8859-4", "8859/4"},
    {"-L", true, 1, 0, "ISO-8859-5", "8859/5"},   {"-G", true, 1, 0, "ISO-8859-6", "8859/6"},
    {"-F", true, 1, 0, "ISO-8859-7", "8859/7"},   {"-H", true, 1, 0, "ISO-8859-8", "8859/8"},
    {"-M", true, 1, 0, "ISO-8859-9", "8859/9"},   {"-V", true, 1, 0, "ISO-8859-10", "8859/10"},
    {"-T", true, 1, 0, "TIS-620", "8859/11"},     {"-Y", true, 1, 0, "ISO-8859-13", "8859/13"},
    {"-_", true, 1, 0, "ISO-8859-14", "8859/14"}, {"-b", true, 1, 0, "ISO-8859-15", "8859/15"},
    {"-f", true, 1, 0, "ISO-8859-16", "8859/16"},
};
const size_t iso2022_code_count = sizeof iso2022_codes / sizeof iso2022_codes[0];

const struct iso2022_code *iso2022_code_of(const struct hl7_charset *set)
{
    for (size_t i = 0; i < iso2022_code_count; i++)
        if (iso2022_codes[i].set && strcmp(iso2022_codes[i].set, set->name) == 0)
            return &iso2022_codes[i];
    return NULL;
}
