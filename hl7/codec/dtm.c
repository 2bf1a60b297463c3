#include "hl7/codec/dtm.h"

#include <stdio.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Exactly n digits at the front of *s, between low and high. */
static bool digits(struct str *s, size_t n, int low, int high, int *ret_value)
{
    int v = 0;
    if (s->n < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!is_digit(s->p[i]))
            return false;
        v = v * 10 + (s->p[i] - '0');
    }
    *s = str_sub(*s, n, s->n);
    *ret_value = v;
    return v >= low && v <= high;
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

/* One to four digits behind the point. */
static bool fraction(struct str *s, struct hl7_dtm *dtm)
{
    int n = 0, micro = 0;
    for (int scale = 100000; s->n && is_digit(s->p[0]); scale /= 10, n++) {
        micro += (s->p[0] - '0') * scale;
        *s = str_sub(*s, 1, s->n);
    }
    dtm->date.micro = micro;
    dtm->fraction_digits = n;
    dtm->precision = HL7_FRACTION;
    return n >= 1 && n <= 4;
}

/* "+0200", "-0530"; also "Z" and "+02:00", which some senders mix in. */
static bool zone(struct str s, struct hl7_dtm *dtm)
{
    int hours, minutes;
    if (str_is(s, "Z")) {
        dtm->has_zone = true;
        return true;
    }
    if (!s.n || (s.p[0] != '+' && s.p[0] != '-'))
        return false;
    int sign = s.p[0] == '-' ? -1 : 1;
    s = str_sub(s, 1, s.n);
    if (!digits(&s, 2, 0, 14, &hours))
        return false;
    if (s.n && s.p[0] == ':')
        s = str_sub(s, 1, s.n);
    if (!digits(&s, 2, 0, 59, &minutes) || s.n)
        return false;
    dtm->date.offset_minutes = sign * (hours * 60 + minutes);
    dtm->has_zone = true;
    return true;
}

struct part {
    enum hl7_precision precision;
    size_t digits;
    int low, high;
    size_t at; /* the member of struct clock_date */
    const char *wrong;
};

static const struct part parts[] = {
    {HL7_YEAR, 4, 1, 9999, offsetof(struct clock_date, year), "the year is not four digits"},
    {HL7_MONTH, 2, 1, 12, offsetof(struct clock_date, month), "there is no such month"},
    {HL7_DAY, 2, 1, 31, offsetof(struct clock_date, day), "there is no such day"},
    {HL7_HOUR, 2, 0, 23, offsetof(struct clock_date, hour), "there is no such hour"},
    {HL7_MINUTE, 2, 0, 59, offsetof(struct clock_date, minute), "there is no such minute"},
    {HL7_SECOND, 2, 0, 60, offsetof(struct clock_date, second), "there is no such second"},
};

/* The digits before point and zone. */
static const char *civil(struct str *s, struct hl7_dtm *dtm)
{
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (i && (!s->n || !is_digit(s->p[0])))
            break;
        int value;
        if (!digits(s, parts[i].digits, parts[i].low, parts[i].high, &value))
            return parts[i].wrong;
        memcpy((char *)&dtm->date + parts[i].at, &value, sizeof value);
        dtm->precision = parts[i].precision;
    }
    if (dtm->date.day > month_days(dtm->date.year, dtm->date.month))
        return "the month has no such day";
    return NULL;
}

/* What is wrong with the text, or NULL. */
static const char *read_text(struct str s, struct hl7_dtm *dtm)
{
    if (!s.n)
        return "it is empty";
    const char *wrong = civil(&s, dtm);
    if (wrong)
        return wrong;
    if (s.n && s.p[0] == '.') {
        s = str_sub(s, 1, s.n);
        if (dtm->precision != HL7_SECOND || !fraction(&s, dtm))
            return "the fraction is not one to four digits behind the seconds";
    }
    if (s.n && !zone(s, dtm))
        return "what follows the digits is no time zone";
    return NULL;
}

bool hl7_dtm_parse(struct str text, const struct hl7_message *m, struct hl7_dtm *ret_dtm, struct err *e)
{
    struct hl7_dtm dtm = {.date = {.month = 1, .day = 1}};
    const char *wrong = read_text(str_trim(text), &dtm);
    if (wrong)
        return err_set(e, ERR_INVALID, "not a date or time: %s", wrong);
    if (!dtm.has_zone)
        dtm.date.offset_minutes = m && m->has_zone ? m->zone_minutes : clock_site_offset(&dtm.date);
    *ret_dtm = dtm;
    return true;
}

static int magnitude(int n)
{
    return n < 0 ? -n : n;
}

void hl7_dtm_fhir(const struct hl7_dtm *dtm, enum hl7_precision most, char ret_text[CLOCK_TEXT])
{
    const struct clock_date *d = &dtm->date;
    enum hl7_precision precision = dtm->precision < most ? dtm->precision : most;
    int n = snprintf(ret_text, CLOCK_TEXT, "%04d", d->year % 10000);
    if (precision >= HL7_MONTH)
        n += snprintf(ret_text + n, CLOCK_TEXT - (size_t)n, "-%02d", d->month % 100);
    if (precision >= HL7_DAY)
        n += snprintf(ret_text + n, CLOCK_TEXT - (size_t)n, "-%02d", d->day % 100);
    if (precision < HL7_HOUR)
        return;
    n += snprintf(ret_text + n, CLOCK_TEXT - (size_t)n, "T%02d:%02d:%02d", d->hour % 100,
                  precision >= HL7_MINUTE ? d->minute % 100 : 0,
                  precision >= HL7_SECOND ? d->second % 100 : 0);
    if (precision == HL7_FRACTION) {
        char micro[8];
        snprintf(micro, sizeof micro, "%06d", d->micro % 1000000);
        n += snprintf(ret_text + n, CLOCK_TEXT - (size_t)n, ".%.*s", dtm->fraction_digits, micro);
    }
    int offset = magnitude(d->offset_minutes);
    snprintf(ret_text + n, CLOCK_TEXT - (size_t)n, "%c%02d:%02d", d->offset_minutes < 0 ? '-' : '+',
             offset / 60 % 100, offset % 60);
}

/* Copy n digits behind a given character (0: none) from *from to *to. */
static bool copy_part(struct str *from, char before, size_t n, struct buf *to)
{
    if (before && (!from->n || from->p[0] != before))
        return false;
    *from = str_sub(*from, before != 0, from->n);
    for (size_t i = 0; i < n; i++)
        if (i >= from->n || !is_digit(from->p[i]))
            return false;
    buf_str(to, str_sub(*from, 0, n));
    *from = str_sub(*from, n, from->n);
    return true;
}

static void copy_fraction(struct str *from, struct buf *to)
{
    size_t n = 1;
    while (n < from->n && is_digit(from->p[n]))
        n++;
    buf_str(to, str_sub(*from, 0, n < 5 ? n : 5));
    *from = str_sub(*from, n, from->n);
}

static bool copy_zone(struct str s, struct buf *to)
{
    if (str_is(s, "Z")) {
        buf_puts(to, "+0000");
        return true;
    }
    if (!s.n || (s.p[0] != '+' && s.p[0] != '-'))
        return false;
    buf_putc(to, s.p[0]);
    s = str_sub(s, 1, s.n);
    return copy_part(&s, 0, 2, to) && copy_part(&s, ':', 2, to) && !s.n;
}

static bool compact(struct str s, struct buf *to)
{
    static const struct {
        char before;
        size_t n;
    } steps[] = {{0, 4}, {'-', 2}, {'-', 2}, {'T', 2}, {':', 2}, {':', 2}};
    size_t i = 0;
    for (; i < sizeof steps / sizeof steps[0] && (!i || (s.n && s.p[0] == steps[i].before)); i++)
        if (!copy_part(&s, steps[i].before, steps[i].n, to))
            return false;
    if (i == 6 && s.n && s.p[0] == '.')
        copy_fraction(&s, to);
    return !s.n || (i >= 5 && copy_zone(s, to));
}

bool hl7_dtm_from_fhir(struct str fhir, char ret_text[HL7_DTM_TEXT], struct err *e)
{
    CLEANUP(buf_release) struct buf text;
    struct hl7_dtm dtm;
    buf_init(&text, HL7_DTM_TEXT - 1);
    if (!compact(fhir, &text) || !buf_ok(&text, NULL))
        return err_set(e, ERR_INVALID, "not a FHIR date or dateTime");
    if (!hl7_dtm_parse(buf_view(&text), NULL, &dtm, e))
        return false;
    str_copy(ret_text, HL7_DTM_TEXT, buf_view(&text));
    return true;
}

void hl7_dtm_of(clock_us t, char ret_text[HL7_DTM_TEXT])
{
    struct clock_date d;
    clock_site_date(t, &d);
    int offset = magnitude(d.offset_minutes);
    snprintf(ret_text, HL7_DTM_TEXT, "%04d%02d%02d%02d%02d%02d%c%02d%02d", d.year % 10000, d.month % 100,
             d.day % 100, d.hour % 100, d.minute % 100, d.second % 100, d.offset_minutes < 0 ? '-' : '+',
             offset / 60 % 100, offset % 60);
}
