#include "fhir/model/formats_priv.h"
#include "fhir/model/tables_priv.h"

#include <string.h>

#include "base/xml.h"

struct format {
    bool (*fits)(struct str text);
    const char *wanted;
};

/* ---- scanning ---- */
static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Exactly n digits at the front of *s, taken off; -1 otherwise. */
static int take_digits(struct str *s, size_t n)
{
    int value = 0;
    if (s->n < n)
        return -1;
    for (size_t i = 0; i < n; i++) {
        if (!is_digit(s->p[i]))
            return -1;
        value = value * 10 + (s->p[i] - '0');
    }
    *s = str_sub(*s, n, s->n);
    return value;
}

static bool take_char(struct str *s, char c)
{
    if (!s->n || s->p[0] != c)
        return false;
    *s = str_sub(*s, 1, s->n);
    return true;
}

/* A run of digits, at least one. */
static bool take_run(struct str *s)
{
    size_t n = 0;
    while (n < s->n && is_digit(s->p[n]))
        n++;
    *s = str_sub(*s, n, s->n);
    return n > 0;
}

static bool in_range(int value, int low, int high)
{
    return value >= low && value <= high;
}

/* ---- dates and times ---- */
static int days_in(int year, int month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

/* YYYY[-MM[-DD]]; *ret_full when the day is there. Year 0000 does not exist. */
static bool take_date(struct str *s, bool *ret_full)
{
    *ret_full = false;
    int year = take_digits(s, 4);
    if (year < 1)
        return false;
    if (!take_char(s, '-'))
        return true;
    int month = take_digits(s, 2);
    if (!in_range(month, 1, 12))
        return false;
    if (!take_char(s, '-'))
        return true;
    *ret_full = in_range(take_digits(s, 2), 1, 31);
    return *ret_full && in_range((s->p[-2] - '0') * 10 + (s->p[-1] - '0'), 1, days_in(year, month));
}

/* hh:mm:ss[.f]; a leap second is second 60. */
static bool take_time(struct str *s)
{
    if (!in_range(take_digits(s, 2), 0, 23) || !take_char(s, ':') || !in_range(take_digits(s, 2), 0, 59) ||
        !take_char(s, ':') || !in_range(take_digits(s, 2), 0, 60))
        return false;
    return !take_char(s, '.') || take_run(s);
}

static bool take_zone(struct str *s)
{
    if (take_char(s, 'Z'))
        return true;
    if (!take_char(s, '+') && !take_char(s, '-'))
        return false;
    int hours = take_digits(s, 2);
    if (!in_range(hours, 0, 14) || !take_char(s, ':'))
        return false;
    return in_range(take_digits(s, 2), 0, hours == 14 ? 0 : 59);
}

static bool fits_date(struct str s)
{
    bool full = false;
    return take_date(&s, &full) && !s.n;
}

static bool fits_instant(struct str s)
{
    bool full = false;
    return take_date(&s, &full) && full && take_char(&s, 'T') && take_time(&s) && take_zone(&s) && !s.n;
}

static bool fits_date_time(struct str s)
{
    return fits_date(s) || fits_instant(s);
}

static bool fits_time(struct str s)
{
    return take_time(&s) && !s.n;
}

/* ---- numbers ---- */
/* A longer exponent is beyond any measurement, and soon beyond what PostgreSQL can index. */
enum { EXPONENT_DIGITS = 3 };

static bool fits_decimal(struct str s)
{
    take_char(&s, '-');
    if (!take_char(&s, '0') && !take_run(&s))
        return false;
    if (take_char(&s, '.') && !take_run(&s))
        return false;
    if (take_char(&s, 'e') || take_char(&s, 'E')) {
        if (!take_char(&s, '+'))
            take_char(&s, '-');
        struct str digits = s;
        if (!take_run(&s) || digits.n - s.n > EXPONENT_DIGITS)
            return false;
    }
    return !s.n;
}

static bool fits_range(struct str s, int64_t low)
{
    int64_t value = 0;
    bool zero_first = s.n > 1 && (s.p[0] == '0' || (s.p[0] == '-' && s.p[1] == '0'));
    return !zero_first && s.n && s.p[0] != '+' && str_int(s, &value) && value >= low && value <= INT32_MAX;
}

static bool fits_integer(struct str s)
{
    return fits_range(s, INT32_MIN);
}

static bool fits_unsigned(struct str s)
{
    return fits_range(s, 0);
}

static bool fits_positive(struct str s)
{
    return fits_range(s, 1);
}

static bool fits_boolean(struct str s)
{
    return str_is(s, "true") || str_is(s, "false");
}

/* ---- texts ---- */
/* Nothing is stored that one of the two languages could not say. */
static bool fits_string(struct str s)
{
    return s.n > 0 && xml_can_carry(s);
}

static bool fits_uri(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= 0x20)
            return false;
    return fits_string(s);
}

/* Words with single spaces between them. */
static bool fits_code(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if ((unsigned char)s.p[i] < 0x20)
            return false;
        if (s.p[i] == ' ' && (i == 0 || i + 1 == s.n || s.p[i + 1] == ' '))
            return false;
    }
    return fits_string(s);
}

bool fhir_is_id(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!letter && !is_digit(c) && c != '-' && c != '.')
            return false;
    }
    return in_range((int)(s.n > 65 ? 65 : s.n), 1, 64);
}

static bool fits_oid(struct str s)
{
    if (!str_starts(s, "urn:oid:"))
        return false;
    s = str_sub(s, 8, s.n);
    struct str arc = STR_NONE;
    int arcs = 0;
    for (; str_next(&s, '.', &arc); arcs++) {
        bool first_bad = arcs == 0 && (arc.n != 1 || arc.p[0] > '2');
        if (first_bad || !arc.n || (arc.n > 1 && arc.p[0] == '0') || !take_run(&arc) || arc.n)
            return false;
    }
    return arcs >= 2;
}

static bool fits_uuid(struct str s)
{
    if (!str_starts(s, "urn:uuid:") || s.n != 45)
        return false;
    for (size_t i = 0; i < 36; i++) {
        char c = s.p[9 + i];
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        bool hex = is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (dash ? c != '-' : !hex)
            return false;
    }
    return true;
}

static bool is_base64(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || is_digit(c) || c == '+' || c == '/';
}

static bool fits_base64(struct str s)
{
    size_t count = 0, padding = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (is_space(s.p[i]))
            continue;
        padding += s.p[i] == '=';
        if (s.p[i] != '=' && (padding || !is_base64(s.p[i])))
            return false;
        count++;
    }
    return count > 0 && count % 4 == 0 && padding <= 2;
}

/* TO ADD A FORMAT: 1 its name in enum fhir_format  2 a row here  3 rows in
 * tests/unit/fhir/model/test_formats.c */
static const struct format formats[FHIR_FORMATS] = {
    [FHIR_FORMAT_base64Binary] = {fits_base64, "base64 text"},
    [FHIR_FORMAT_boolean] = {fits_boolean, "true or false"},
    [FHIR_FORMAT_canonical] = {fits_uri, "a canonical address without spaces"},
    [FHIR_FORMAT_code] = {fits_code, "a code without spaces at its ends or in a row"},
    [FHIR_FORMAT_date] = {fits_date, "a date YYYY[-MM[-DD]]"},
    [FHIR_FORMAT_dateTime] = {fits_date_time, "a date YYYY[-MM[-DD]] or YYYY-MM-DDThh:mm:ss[.f] with its zone"},
    [FHIR_FORMAT_decimal] = {fits_decimal, "a decimal number, its exponent of at most three digits"},
    [FHIR_FORMAT_id] = {fhir_is_id, "an id of 1 to 64 letters, digits, '-' or '.'"},
    [FHIR_FORMAT_instant] = {fits_instant, "an instant YYYY-MM-DDThh:mm:ss[.f] with its zone"},
    [FHIR_FORMAT_integer] = {fits_integer, "a whole number of 32 bits"},
    [FHIR_FORMAT_markdown] = {fits_string, "a text without control characters"},
    [FHIR_FORMAT_oid] = {fits_oid, "an OID urn:oid:1.2.3"},
    [FHIR_FORMAT_positiveInt] = {fits_positive, "a whole number from 1"},
    [FHIR_FORMAT_string] = {fits_string, "a text without control characters"},
    [FHIR_FORMAT_time] = {fits_time, "a time hh:mm:ss[.f]"},
    [FHIR_FORMAT_unsignedInt] = {fits_unsigned, "a whole number from 0"},
    [FHIR_FORMAT_uri] = {fits_uri, "a URI without spaces"},
    [FHIR_FORMAT_url] = {fits_uri, "a URL without spaces"},
    [FHIR_FORMAT_uuid] = {fits_uuid, "a UUID urn:uuid:…"},
    [FHIR_FORMAT_xhtml] = {fits_string, "an xhtml div"},
};

enum fhir_kind fhir_format_kind(unsigned format)
{
    switch (format) {
    case FHIR_FORMAT_boolean:
        return FHIR_BOOL;
    case FHIR_FORMAT_decimal:
    case FHIR_FORMAT_integer:
    case FHIR_FORMAT_positiveInt:
    case FHIR_FORMAT_unsignedInt:
        return FHIR_NUMBER;
    default:
        return FHIR_STRING;
    }
}

bool fhir_format_json(unsigned format, struct str text)
{
    enum fhir_kind kind = fhir_format_kind(format);
    if (kind == FHIR_BOOL)
        return fits_boolean(text);
    return kind != FHIR_NUMBER || fits_decimal(text);
}

const char *fhir_format_fault(unsigned format, struct str text)
{
    const struct format *f = &formats[format];
    return f->fits && !f->fits(text) ? f->wanted : NULL;
}
