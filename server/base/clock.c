#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

static clock_us read_clock(clockid_t id)
{
    struct timespec ts;
    clock_gettime(id, &ts);
    return (clock_us)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

clock_us clock_now(void)
{
    return read_clock(CLOCK_REALTIME);
}

clock_us clock_monotonic(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

struct timespec clock_timespec(clock_us monotonic)
{
    return (struct timespec){.tv_sec = monotonic / 1000000, .tv_nsec = monotonic % 1000000 * 1000};
}

struct timespec clock_in(int ms)
{
    return clock_timespec(clock_monotonic() + (clock_us)ms * 1000);
}

/* Floor division that keeps the rest in [0, 1000000). */
static time_t seconds_of(clock_us t, int *ret_micro)
{
    clock_us s = t / 1000000, us = t % 1000000;
    if (us < 0)
        s--, us += 1000000;
    *ret_micro = (int)us;
    return (time_t)s;
}

void clock_text(clock_us t, char ret_text[CLOCK_TEXT])
{
    int us;
    time_t s = seconds_of(t, &us);
    struct tm tm;
    gmtime_r(&s, &tm);
    size_t n = (size_t)snprintf(ret_text, CLOCK_TEXT, "%04d", tm.tm_year + 1900); /* strftime does not pad years */
    n += strftime(ret_text + n, CLOCK_TEXT - n, "-%m-%dT%H:%M:%S", &tm);
    snprintf(ret_text + n, CLOCK_TEXT - n, ".%06dZ", us);
}

bool clock_set_site(const char *zone, struct err *e)
{
    char path[300];
    struct stat st;
    if (!zone[0] || strstr(zone, "..") || zone[0] == '/')
        return err_set(e, ERR_INVALID, "no time zone '%s'", zone);
    snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", zone);
    if (strcmp(zone, "UTC") != 0 && (stat(path, &st) != 0 || !S_ISREG(st.st_mode)))
        return err_set(e, ERR_INVALID, "no time zone '%s' (looked for %s)", zone, path);
    setenv("TZ", zone, 1);
    tzset();
    return true;
}

void clock_site_date(clock_us t, struct clock_date *ret_date)
{
    int us;
    time_t s = seconds_of(t, &us);
    struct tm tm;
    localtime_r(&s, &tm);
    *ret_date = (struct clock_date){tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
                                    tm.tm_min,         tm.tm_sec,     us,         (int)(tm.tm_gmtoff / 60)};
}

void clock_site_text(clock_us t, char ret_text[CLOCK_TEXT])
{
    struct clock_date d;
    clock_site_date(t, &d);
    int o = d.offset_minutes < 0 ? -d.offset_minutes : d.offset_minutes;
    snprintf(ret_text, CLOCK_TEXT, "%04d-%02d-%02dT%02d:%02d:%02d.%03d%c%02d:%02d", d.year % 10000, d.month % 100,
             d.day % 100, d.hour % 100, d.minute % 100, d.second % 100, d.micro / 1000 % 1000,
             d.offset_minutes < 0 ? '-' : '+', o / 60 % 100, o % 60);
}

int clock_site_offset(const struct clock_date *local)
{
    struct tm tm = {.tm_year = local->year - 1900,
                    .tm_mon = local->month - 1,
                    .tm_mday = local->day,
                    .tm_hour = local->hour,
                    .tm_min = local->minute,
                    .tm_sec = local->second,
                    .tm_isdst = -1};
    mktime(&tm);
    return (int)(tm.tm_gmtoff / 60);
}

/* Days from 1970-01-01 of a Gregorian date (Howard Hinnant's civil algorithm, public domain). */
static int64_t days_of(int64_t y, int m, int d)
{
    y -= m <= 2;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t yoe = y - era * 400, doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

clock_us clock_of(const struct clock_date *date)
{
    int64_t s = days_of(date->year, date->month, date->day) * 86400 + date->hour * 3600 + date->minute * 60 +
                date->second - (int64_t)date->offset_minutes * 60;
    return s * 1000000 + date->micro;
}

/* Exactly n digits at the front of *s. */
static bool digits(struct str *s, int n, int low, int high, int *ret_value)
{
    int v = 0;
    if (s->n < (size_t)n)
        return false;
    for (int i = 0; i < n; i++) {
        if (s->p[i] < '0' || s->p[i] > '9')
            return false;
        v = v * 10 + (s->p[i] - '0');
    }
    *s = str_sub(*s, (size_t)n, s->n);
    *ret_value = v;
    return v >= low && v <= high;
}

static bool lit(struct str *s, char c)
{
    if (!s->n || s->p[0] != c)
        return false;
    *s = str_sub(*s, 1, s->n);
    return true;
}

static int month_days(int y, int m)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    return m == 2 && leap ? 29 : days[m - 1];
}

enum precision { P_YEAR, P_MONTH, P_DAY, P_MINUTE, P_SECOND, P_MILLI };

static bool parse_fraction(struct str *s, int *ret_micro)
{
    int scale = 100000, v = 0, n = 0;
    while (s->n && s->p[0] >= '0' && s->p[0] <= '9') {
        v += (s->p[0] - '0') * scale;
        scale /= 10;
        n++;
        *s = str_sub(*s, 1, s->n);
    }
    *ret_micro = v;
    return n > 0;
}

static bool parse_zone(struct str *s, struct clock_date *d)
{
    int h, m;
    if (!s->n) {
        d->offset_minutes = clock_site_offset(d);
        return true;
    }
    if (lit(s, 'Z'))
        return s->n == 0;
    bool minus = s->p[0] == '-';
    if (!lit(s, '-') && !lit(s, '+'))
        return false;
    if (!digits(s, 2, 0, 14, &h) || !lit(s, ':') || !digits(s, 2, 0, 59, &m) || s->n)
        return false;
    d->offset_minutes = (minus ? -1 : 1) * (h * 60 + m);
    return true;
}

static bool parse_time(struct str *s, struct clock_date *d, enum precision *p)
{
    if (!digits(s, 2, 0, 23, &d->hour) || !lit(s, ':') || !digits(s, 2, 0, 59, &d->minute))
        return false;
    *p = P_MINUTE;
    if (lit(s, ':')) {
        if (!digits(s, 2, 0, 60, &d->second))
            return false;
        *p = P_SECOND;
        if (lit(s, '.')) {
            if (!parse_fraction(s, &d->micro))
                return false;
            *p = P_MILLI;
        }
    }
    return parse_zone(s, d);
}

static clock_us end_of(const struct clock_date *d, enum precision p, clock_us from)
{
    struct clock_date next = *d;
    switch (p) {
    case P_YEAR:
        next.year++;
        break;
    case P_MONTH:
        next.month++;
        if (next.month > 12)
            next.month = 1, next.year++;
        break;
    case P_DAY:
        return from + (clock_us)86400 * 1000000;
    case P_MINUTE:
        return from + (clock_us)60 * 1000000;
    case P_SECOND:
        return from + 1000000;
    default:
        return from + 1000;
    }
    next.offset_minutes = clock_site_offset(&next);
    return clock_of(&next);
}

bool clock_range(struct str text, clock_us *ret_from, clock_us *ret_to)
{
    struct clock_date d = {.month = 1, .day = 1};
    enum precision p = P_YEAR;
    struct str s = text;
    if (!digits(&s, 4, 1, 9999, &d.year))
        return false;
    if (s.n) {
        if (!lit(&s, '-') || !digits(&s, 2, 1, 12, &d.month))
            return false;
        p = P_MONTH;
        if (s.n && (!lit(&s, '-') || !digits(&s, 2, 1, month_days(d.year, d.month), &d.day)))
            return false;
        if (text.n >= 10)
            p = P_DAY;
    }
    if (s.n) {
        if (!lit(&s, 'T') || !parse_time(&s, &d, &p))
            return false;
    } else {
        d.offset_minutes = clock_site_offset(&d);
    }
    *ret_from = clock_of(&d);
    *ret_to = end_of(&d, p, *ret_from);
    return true;
}
