#include <stddef.h>

#include "hl7/codec/charset_priv.h"

/* U+00C0 – U+00FF */
static const char *const latin1[] = {
    "A", "A", "A", "A", "A", "A", "AE", "C", "E",  "E",  "E", "E", "I", "I", "I", "I", "D",  "N", "O",  "O", "O", "O",
    "O", "x", "O", "U", "U", "U", "U",  "Y", "TH", "ss", "a", "a", "a", "a", "a", "a", "ae", "c", "e",  "e", "e", "e",
    "i", "i", "i", "i", "d", "n", "o",  "o", "o",  "o",  "o", "/", "o", "u", "u", "u", "u",  "y", "th", "y",
};

/* U+0100 – U+017F */
static const char *const latin_a[] = {
    "A", "a", "A", "a", "A", "a", "C",  "c",  "C", "c", "C", "c", "C", "c", "D", "d", "D",  "d",  "E", "e", "E", "e",
    "E", "e", "E", "e", "E", "e", "G",  "g",  "G", "g", "G", "g", "G", "g", "H", "h", "H",  "h",  "I", "i", "I", "i",
    "I", "i", "I", "i", "I", "i", "IJ", "ij", "J", "j", "K", "k", "k", "L", "l", "L", "l",  "L",  "l", "L", "l", "L",
    "l", "N", "n", "N", "n", "N", "n",  "n",  "N", "n", "O", "o", "O", "o", "O", "o", "OE", "oe", "R", "r", "R", "r",
    "R", "r", "S", "s", "S", "s", "S",  "s",  "S", "s", "T", "t", "T", "t", "T", "t", "U",  "u",  "U", "u", "U", "u",
    "U", "u", "U", "u", "U", "u", "W",  "w",  "Y", "y", "Y", "Z", "z", "Z", "z", "Z", "z",  "s",
};

/* U+0391 – U+03A9 and, 32 behind, U+03B1 – U+03C9 (ISO 843, simplified) */
static const char *const greek[] = {
    "A", "B",  "G", "D",  "E",  "Z", "I", "Th", "I", "K", "L", "M", "N", "X", "O", "P", "R",  "S",  "S",
    "T", "Y",  "F", "Ch", "Ps", "O", "I", "Y",  "a", "e", "i", "i", "y", "a", "b", "g", "d",  "e",  "z",
    "i", "th", "i", "k",  "l",  "m", "n", "x",  "o", "p", "r", "s", "s", "t", "y", "f", "ch", "ps", "o",
};

/* U+0410 – U+042F and, 32 behind, U+0430 – U+044F (as machine readable passports, ICAO 9303, have them) */
static const char *const cyrillic[] = {
    "A", "B", "V", "G", "D", "E",  "Zh", "Z",  "I",  "I",    "K", "L", "M", "N", "O",  "P",
    "R", "S", "T", "U", "F", "Kh", "Ts", "Ch", "Sh", "Shch", "",  "Y", "",  "E", "Iu", "Ia",
    "a", "b", "v", "g", "d", "e",  "zh", "z",  "i",  "i",    "k", "l", "m", "n", "o",  "p",
    "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "",  "y", "",  "e", "iu", "ia",
};

/* Letters of which a range holds upper and lower by turns. */
static const struct {
    unsigned from, to;
    const char *upper, *lower;
} turns[] = {
    {0x01CD, 0x01CE, "A", "a"}, {0x01CF, 0x01D0, "I", "i"}, {0x01D1, 0x01D2, "O", "o"}, {0x01D3, 0x01DC, "U", "u"},
    {0x01FA, 0x01FB, "A", "a"}, {0x1E02, 0x1E07, "B", "b"}, {0x1E0A, 0x1E13, "D", "d"}, {0x1E24, 0x1E2B, "H", "h"},
    {0x1E62, 0x1E69, "S", "s"}, {0x1E6A, 0x1E71, "T", "t"}, {0x1E80, 0x1E89, "W", "w"}, {0x1EA0, 0x1EB7, "A", "a"},
    {0x1EB8, 0x1EC7, "E", "e"}, {0x1EC8, 0x1ECB, "I", "i"}, {0x1ECC, 0x1EE3, "O", "o"}, {0x1EE4, 0x1EF1, "U", "u"},
    {0x1EF2, 0x1EF9, "Y", "y"},
};

struct similar {
    unsigned code_point;
    const char *text;
};

static const struct similar others[] = {
    {0x00A0, " "},  {0x00A9, "(C)"}, {0x00AB, "<<"},  {0x00AE, "(R)"}, {0x00B0, " deg"}, {0x00B1, "+/-"},
    {0x00B2, "2"},  {0x00B3, "3"},   {0x00B4, "'"},   {0x00B5, "u"},   {0x00B7, "."},    {0x00B9, "1"},
    {0x00BA, "o"},  {0x00BB, ">>"},  {0x00BC, "1/4"}, {0x00BD, "1/2"}, {0x00BE, "3/4"},  {0x0192, "f"},
    {0x0218, "S"},  {0x0219, "s"},   {0x021A, "T"},   {0x021B, "t"},   {0x1E9E, "SS"},   {0x2010, "-"},
    {0x2011, "-"},  {0x2013, "-"},   {0x2014, "-"},   {0x2018, "'"},   {0x2019, "'"},    {0x201A, "'"},
    {0x201C, "'"},  {0x201D, "'"},   {0x201E, "'"},   {0x2022, "*"},   {0x2026, "..."},  {0x2039, "<"},
    {0x203A, ">"},  {0x20AC, "EUR"}, {0x2122, "TM"},  {0x2192, "->"},  {0x2212, "-"},    {0x2248, "="},
    {0x2264, "<="}, {0x2265, ">="},  {0x01A0, "O"},   {0x01A1, "o"},   {0x01AF, "U"},    {0x01B0, "u"},
    {0x0401, "E"},  {0x0451, "e"},   {0x0404, "Ie"},  {0x0454, "ie"},  {0x0406, "I"},    {0x0456, "i"},
    {0x0407, "I"},  {0x0457, "i"},   {0x0490, "G"},   {0x0491, "g"},   {0x040B, "C"},    {0x045B, "c"},
    {0x0402, "D"},  {0x0452, "d"},   {0x0386, "A"},   {0x0388, "E"},   {0x0389, "I"},    {0x038A, "I"},
    {0x038C, "O"},  {0x038E, "Y"},   {0x038F, "O"},   {0x03CA, "i"},   {0x03CB, "y"},    {0x03CC, "o"},
    {0x03CD, "y"},  {0x03CE, "o"},   {0x2032, "'"},   {0x2033, "'"},   {0x200B, ""},     {0x200C, ""},
    {0x200D, ""},   {0x200E, ""},    {0x200F, ""},    {0xFEFF, ""},    {0x3000, " "},    {0x3001, ","},
    {0x3002, "."},  {0x202F, " "},   {0x2009, " "},   {0x2126, "Ohm"},
};

/* The same character where two tables of one national set disagree on its number: Windows and JIS. */
static const unsigned variants[][2] = {
    {0xFF5E, 0x301C}, {0x301C, 0xFF5E}, {0x2225, 0x2016}, {0x2016, 0x2225}, {0xFF0D, 0x2212}, {0x2212, 0xFF0D},
    {0xFFE0, 0x00A2}, {0xFFE1, 0x00A3}, {0xFFE2, 0x00AC}, {0x2015, 0x2014}, {0x2014, 0x2015},
};

/* U+FF61 – U+FF9F, katakana of half width, as JIS X 0208 has them: numbers behind U+3000 */
static const unsigned char full_width[] = {
    0x02, 0x0C, 0x0D, 0x01, 0xFB, 0xF2, 0xA1, 0xA3, 0xA5, 0xA7, 0xA9, 0xE3, 0xE5, 0xE7, 0xC3, 0xFC,
    0xA2, 0xA4, 0xA6, 0xA8, 0xAA, 0xAB, 0xAD, 0xAF, 0xB1, 0xB3, 0xB5, 0xB7, 0xB9, 0xBB, 0xBD, 0xBF,
    0xC1, 0xC4, 0xC6, 0xC8, 0xCA, 0xCB, 0xCC, 0xCD, 0xCE, 0xCF, 0xD2, 0xD5, 0xD8, 0xDB, 0xDE, 0xDF,
    0xE0, 0xE1, 0xE2, 0xE4, 0xE6, 0xE8, 0xE9, 0xEA, 0xEB, 0xEC, 0xED, 0xEF, 0xF3, 0x9B, 0x9C,
};

unsigned charset_variant(unsigned code_point)
{
    for (size_t i = 0; i < sizeof variants / sizeof variants[0]; i++)
        if (variants[i][0] == code_point)
            return variants[i][1];
    return code_point >= 0xFF61 && code_point <= 0xFF9F ? 0x3000u + full_width[code_point - 0xFF61] : 0;
}

static const char *by_turns(unsigned code_point)
{
    for (size_t i = 0; i < sizeof turns / sizeof turns[0]; i++)
        if (code_point >= turns[i].from && code_point <= turns[i].to)
            return (code_point - turns[i].from) % 2 ? turns[i].lower : turns[i].upper;
    return NULL;
}

/* U+FF01 – U+FF5E are ASCII in full width; a delimiter among them must not become one. */
static const char *narrow(unsigned code_point)
{
    static const char from[] = "|^~\\&#", *const to[] = {"/", "'", "-", "/", "+", NULL};
    static const char letters[][2] = {
        "!", "\"", "",  "$", "%", "",  "'", "(", ")", "*", "+", ",", "-", ".", "/", "0", "1", "2", "3",
        "4", "5",  "6", "7", "8", "9", ":", ";", "<", "=", ">", "?", "@", "A", "B", "C", "D", "E", "F",
        "G", "H",  "I", "J", "K", "L", "M", "N", "O", "P", "Q", "R", "S", "T", "U", "V", "W", "X", "Y",
        "Z", "[",  "",  "]", "",  "_", "`", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l",
        "m", "n",  "o", "p", "q", "r", "s", "t", "u", "v", "w", "x", "y", "z", "{", "",  "}", "",
    };
    size_t i = code_point - 0xFF01;
    for (size_t k = 0; k + 1 < sizeof from; k++)
        if ((unsigned char)from[k] == code_point - 0xFEE0)
            return to[k];
    return letters[i];
}

const char *charset_similar(unsigned code_point)
{
    static const struct {
        unsigned from, to;
        const char *const *text;
    } tables[] = {{0xC0, 0xFF, latin1}, {0x100, 0x17F, latin_a}, {0x391, 0x3C9, greek}, {0x410, 0x44F, cyrillic}};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (others[i].code_point == code_point)
            return others[i].text;
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        if (code_point >= tables[i].from && code_point <= tables[i].to)
            return tables[i].text[code_point - tables[i].from];
    if (code_point >= 0xFF01 && code_point <= 0xFF5E)
        return narrow(code_point);
    return code_point >= 0x300 && code_point <= 0x36F ? "" : by_turns(code_point);
}
