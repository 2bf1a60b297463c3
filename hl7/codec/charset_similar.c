#include <stddef.h>

#include "hl7/codec/charset_priv.h"

/* U+00C0 – U+00FF */
static const char *const latin1[] = {
    "A", "A", "A", "A", "A", "A", "AE", "C", "E", "E", "E", "E", "I", "I", "I",  "I",
    "D", "N", "O", "O", "O", "O", "O",  "x", "O", "U", "U", "U", "U", "Y", "TH", "ss",
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
    "d", "n", "o", "o", "o", "o", "o",  "/", "o", "u", "u", "u", "u", "y", "th", "y",
};

/* U+0100 – U+017F */
static const char *const latin_a[] = {
    "A", "a", "A", "a", "A", "a", "C",  "c",  "C", "c", "C", "c", "C",  "c",  "D", "d", "D", "d", "E",
    "e", "E", "e", "E", "e", "E", "e",  "E",  "e", "G", "g", "G", "g",  "G",  "g", "G", "g", "H", "h",
    "H", "h", "I", "i", "I", "i", "I",  "i",  "I", "i", "I", "i", "IJ", "ij", "J", "j", "K", "k", "k",
    "L", "l", "L", "l", "L", "l", "L",  "l",  "L", "l", "N", "n", "N",  "n",  "N", "n", "n", "N", "n",
    "O", "o", "O", "o", "O", "o", "OE", "oe", "R", "r", "R", "r", "R",  "r",  "S", "s", "S", "s", "S",
    "s", "S", "s", "T", "t", "T", "t",  "T",  "t", "U", "u", "U", "u",  "U",  "u", "U", "u", "U", "u",
    "U", "u", "W", "w", "Y", "y", "Y",  "Z",  "z", "Z", "z", "Z", "z",  "s",
};

struct similar {
    unsigned code_point;
    const char *text;
};

static const struct similar others[] = {
    {0x00A0, " "}, {0x00A9, "(C)"}, {0x00AB, "<<"},  {0x00AE, "(R)"}, {0x00B0, " deg"}, {0x00B1, "+/-"},
    {0x00B2, "2"}, {0x00B3, "3"},   {0x00B4, "'"},   {0x00B5, "u"},   {0x00B7, "."},    {0x00B9, "1"},
    {0x00BA, "o"}, {0x00BB, ">>"},  {0x00BC, "1/4"}, {0x00BD, "1/2"}, {0x00BE, "3/4"},  {0x0192, "f"},
    {0x0218, "S"}, {0x0219, "s"},   {0x021A, "T"},   {0x021B, "t"},   {0x03BC, "u"},    {0x1E9E, "SS"},
    {0x2010, "-"}, {0x2011, "-"},   {0x2013, "-"},   {0x2014, "-"},   {0x2018, "'"},    {0x2019, "'"},
    {0x201A, "'"}, {0x201C, "'"},   {0x201D, "'"},   {0x201E, "'"},   {0x2022, "*"},    {0x2026, "..."},
    {0x2039, "<"}, {0x203A, ">"},   {0x20AC, "EUR"}, {0x2122, "TM"},  {0x2192, "->"},   {0x2212, "-"},
    {0x2248, "="}, {0x2264, "<="},  {0x2265, ">="},
};

const char *charset_similar(unsigned code_point)
{
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (others[i].code_point == code_point)
            return others[i].text;
    if (code_point >= 0xC0 && code_point <= 0xFF)
        return latin1[code_point - 0xC0];
    if (code_point >= 0x100 && code_point <= 0x17F)
        return latin_a[code_point - 0x100];
    return NULL;
}
