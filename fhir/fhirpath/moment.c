#include "fhir/fhirpath/moment_priv.h"

#include <stdio.h>

#define NANOS 1000000000LL

static bool take(struct str *s, char c)
{
    if (!s->n || s->p[0] != c)
        return false;
    *s = str_sub(*s, 1, s->n);
    return true;
}

/* Exactly n digits. */
static bool take_digits(struct str *s, size_t n, int64_t *ret_n)
{
    int64_t value = 0;
    if (s->n < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (s->p[i] < '0' || s->p[i] > '9')
            return false;
        value = value * 10 + (s->p[i] - '0');
    }
    *s = str_sub(*s, n, s->n);
    *ret_n = value;
    return true;
}

static bool between(int64_t n, int64_t low, int64_t high)
{
    return n >= low && n <= high;
}

static int days_in(int64_t year, int64_t month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

/* ---- reading ---- */
static bool take_date(struct str *s, struct moment *m)
{
    if (!take_digits(s, 4, &m->part[0]) || m->part[0] < 1)
        return false;
    m->precision = MOMENT_YEAR;
    if (!take(s, '-'))
        return true;
    if (!take_digits(s, 2, &m->part[1]) || !between(m->part[1], 1, 12))
        return false;
    m->precision = MOMENT_MONTH;
    if (!take(s, '-'))
        return true;
    m->precision = MOMENT_DAY;
    return take_digits(s, 2, &m->part[2]) && between(m->part[2], 1, days_in(m->part[0], m->part[1]));
}

static bool take_fraction(struct str *s, struct moment *m)
{
    int64_t nanos = 0, weight = NANOS / 10;
    int digits = 0;
    for (; s->n && s->p[0] >= '0' && s->p[0] <= '9'; *s = str_sub(*s, 1, s->n), digits++) {
        nanos += weight * (s->p[0] - '0');
        weight /= 10;
    }
    m->fraction_digits = digits > 9 ? 9 : digits;
    m->part[5] += nanos;
    return digits > 0;
}

static bool take_time(struct str *s, struct moment *m)
{
    if (!take_digits(s, 2, &m->part[3]) || !between(m->part[3], 0, 23))
        return false;
    m->precision = MOMENT_HOUR;
    if (!take(s, ':'))
        return true;
    if (!take_digits(s, 2, &m->part[4]) || !between(m->part[4], 0, 59))
        return false;
    m->precision = MOMENT_MINUTE;
    if (!take(s, ':'))
        return true;
    if (!take_digits(s, 2, &m->part[5]) || !between(m->part[5], 0, 60))
        return false;
    m->precision = MOMENT_SECOND;
    m->part[5] *= NANOS;
    return !take(s, '.') || take_fraction(s, m);
}

static bool take_zone(struct str *s, struct moment *m)
{
    int64_t hours = 0, minutes = 0;
    bool east = take(s, '+');
    m->has_zone = true;
    if (!east && !take(s, '-'))
        return take(s, 'Z');
    m->offset = 0;
    if (!take_digits(s, 2, &hours) || !take(s, ':') || !take_digits(s, 2, &minutes) || !between(hours, 0, 14) ||
        !between(minutes, 0, 59))
        return false;
    m->offset = (int)(hours * 60 + minutes) * (east ? 1 : -1);
    return true;
}

bool moment_parse(struct str text, struct moment *ret_m)
{
    struct moment m = {.part = {0, 1, 1}};
    if (!take_date(&text, &m))
        return false;
    m.has_t = take(&text, 'T');
    if (m.has_t && text.n && (m.precision != MOMENT_DAY || !take_time(&text, &m)))
        return false;
    if (text.n && (m.precision < MOMENT_HOUR || !take_zone(&text, &m)))
        return false;
    if (text.n)
        return false;
    *ret_m = m;
    return true;
}

bool moment_parse_time(struct str text, struct moment *ret_m)
{
    struct moment m = {.part = {1, 1, 1}, .time_only = true};
    take(&text, 'T');
    if (!take_time(&text, &m) || text.n)
        return false;
    *ret_m = m;
    return true;
}

/* ---- reckoning ---- */
/* Days since 0000-03-01 of the Gregorian calendar run backwards too; after Howard Hinnant's days_from_civil. */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400, in_era = year - era * 400;
    int64_t in_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year;
}

static void date_of(int64_t days, int64_t part[3])
{
    int64_t era = (days >= 0 ? days : days - 146096) / 146097, in_era = days - era * 146097;
    int64_t year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int64_t in_year = in_era - (365 * year + year / 4 - year / 100), shifted = (5 * in_year + 2) / 153;
    part[2] = in_year - (153 * shifted + 2) / 5 + 1;
    part[1] = shifted + (shifted < 10 ? 3 : -9);
    part[0] = year + era * 400 + (part[1] <= 2);
}

/* Nanoseconds are too many for the years there are: days, and nanoseconds of the day. */
static void shift(struct moment *m, int64_t days, int64_t nanos)
{
    const int64_t day = 86400 * NANOS;
    int64_t now = (m->part[3] * 60 + m->part[4]) * 60 * NANOS + m->part[5] + nanos;
    int64_t carry = now / day - (now % day < 0);
    now -= carry * day;
    if (!m->time_only)
        date_of(days_of(m->part[0], m->part[1], m->part[2]) + days + carry, m->part);
    m->part[3] = now / (3600 * NANOS);
    m->part[4] = now / (60 * NANOS) % 60;
    m->part[5] = now % (60 * NANOS);
}

int moment_compare(struct moment a, struct moment b, bool *ret_known)
{
    bool timed = a.precision >= MOMENT_HOUR && b.precision >= MOMENT_HOUR && !a.time_only;
    *ret_known = a.time_only == b.time_only && !(timed && a.has_zone != b.has_zone);
    if (!*ret_known)
        return 0;
    if (timed && a.has_zone) {
        shift(&a, 0, -a.offset * 60 * NANOS);
        shift(&b, 0, -b.offset * 60 * NANOS);
    }
    enum moment_precision coarser = a.precision < b.precision ? a.precision : b.precision;
    for (int i = 0; i <= (int)coarser; i++)
        if (a.part[i] != b.part[i])
            return a.part[i] < b.part[i] ? -1 : 1;
    *ret_known = a.precision == b.precision;
    return 0;
}

/* TO ADD A UNIT: a row here. months or nanos say how long it is. */
static const struct {
    const char *name;
    int months;
    int64_t nanos;
} units[] = {
    {"year", 12, 0},
    {"month", 1, 0},
    {"week", 0, 7 * 86400 * NANOS},
    {"day", 0, 86400 * NANOS},
    {"hour", 0, 3600 * NANOS},
    {"minute", 0, 60 * NANOS},
    {"second", 0, NANOS},
    {"millisecond", 0, NANOS / 1000},
    {"wk", 0, 7 * 86400 * NANOS},
    {"d", 0, 86400 * NANOS},
    {"h", 0, 3600 * NANOS},
    {"min", 0, 60 * NANOS},
    {"s", 0, NANOS},
    {"ms", 0, NANOS / 1000},
};

static int unit_row(struct str unit)
{
    if (unit.n > 3 && unit.p[unit.n - 1] == 's')
        unit.n--;
    for (int i = 0; i < (int)(sizeof units / sizeof units[0]); i++)
        if (str_is(unit, units[i].name))
            return i;
    return -1;
}

static bool add_months(struct moment *m, int64_t months)
{
    int64_t all = m->part[0] * 12 + m->part[1] - 1 + months;
    if (!between(all, 12, 9999 * 12 + 11))
        return false;
    m->part[0] = all / 12;
    m->part[1] = all % 12 + 1;
    int last = days_in(m->part[0], m->part[1]);
    if (m->part[2] > last)
        m->part[2] = last;
    return true;
}

bool moment_add(struct moment *m, int64_t count, struct str unit)
{
    int row = unit_row(unit);
    if (row < 0 || !between(count, -10000000000LL, 10000000000LL) || (m->time_only && units[row].months))
        return false;
    if (units[row].months) {
        int64_t months = count * units[row].months;
        if (m->precision == MOMENT_YEAR)
            months = months / 12 * 12;
        return add_months(m, months);
    }
    const int64_t day = 86400 * NANOS, per_day = day / units[row].nanos;
    int64_t days = per_day ? count / per_day : count * (units[row].nanos / day);
    int64_t nanos = per_day ? count % per_day * units[row].nanos : 0;
    if (m->precision < MOMENT_DAY) /* a partial date moves by whole months of 30, years of 365 days */
        return add_months(m, m->precision == MOMENT_YEAR ? days / 365 * 12 : days / 30);
    if (!between(days, -3700000, 3700000))
        return false;
    shift(m, days, m->precision == MOMENT_DAY ? 0 : nanos);
    return between(m->part[0], 1, 9999);
}

/* ---- writing ---- */
static int put_time(char *to, size_t size, const struct moment *m)
{
    int n = snprintf(to, size, "%02d", (int)m->part[3]);
    if (m->precision >= MOMENT_MINUTE)
        n += snprintf(to + n, size - (size_t)n, ":%02d", (int)m->part[4]);
    if (m->precision >= MOMENT_SECOND)
        n += snprintf(to + n, size - (size_t)n, ":%02d", (int)(m->part[5] / NANOS));
    if (m->fraction_digits) {
        char nanos[16];
        snprintf(nanos, sizeof nanos, "%09d", (int)(m->part[5] % NANOS));
        n += snprintf(to + n, size - (size_t)n, ".%.*s", m->fraction_digits, nanos);
    }
    if (m->has_zone && m->offset == 0)
        n += snprintf(to + n, size - (size_t)n, "Z");
    else if (m->has_zone)
        n += snprintf(to + n, size - (size_t)n, "%c%02d:%02d", m->offset < 0 ? '-' : '+',
                      (m->offset < 0 ? -m->offset : m->offset) / 60, (m->offset < 0 ? -m->offset : m->offset) % 60);
    return n;
}

struct str moment_text(struct arena *a, const struct moment *m)
{
    char text[80];
    int n = 0;
    if (!m->time_only) {
        n = snprintf(text, sizeof text, "%04d", (int)m->part[0]);
        if (m->precision >= MOMENT_MONTH)
            n += snprintf(text + n, sizeof text - (size_t)n, "-%02d", (int)m->part[1]);
        if (m->precision >= MOMENT_DAY)
            n += snprintf(text + n, sizeof text - (size_t)n, "-%02d", (int)m->part[2]);
        if (m->has_t && m->precision >= MOMENT_DAY)
            n += snprintf(text + n, sizeof text - (size_t)n, "T");
    }
    if (m->precision >= MOMENT_HOUR)
        n += put_time(text + n, sizeof text - (size_t)n, m);
    return arena_str(a, (struct str){text, (size_t)n});
}
