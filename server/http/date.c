/* Dates of HTTP in the three forms a recipient takes (RFC 9110 §5.6.7). */
#include "http/http.h"

#include <stdio.h>
#include <string.h>

struct parts {
    int day, year, hour, minute, second;
    char month[4];
};

static bool read_new(const char *text, struct parts *p, int *ret_end)
{
    return sscanf(text, "%*3[A-Za-z], %2d %3[A-Za-z] %4d %2d:%2d:%2d GMT%n", &p->day, p->month, &p->year, &p->hour,
                  &p->minute, &p->second, ret_end) == 6;
}

/* "Sunday, 06-Nov-94": a year that seems more than fifty years ahead is of the century before. */
static bool read_rfc850(const char *text, struct parts *p, int *ret_end)
{
    struct clock_date now;
    if (sscanf(text, "%*[A-Za-z], %2d-%3[A-Za-z]-%2d %2d:%2d:%2d GMT%n", &p->day, p->month, &p->year, &p->hour,
               &p->minute, &p->second, ret_end) != 6)
        return false;
    clock_site_date(clock_now(), &now);
    p->year += now.year / 100 * 100;
    p->year -= p->year > now.year + 50 ? 100 : 0;
    return true;
}

static bool read_asctime(const char *text, struct parts *p, int *ret_end)
{
    return sscanf(text, "%*3[A-Za-z] %3[A-Za-z] %2d %2d:%2d:%2d %4d%n", p->month, &p->day, &p->hour, &p->minute,
                  &p->second, &p->year, ret_end) == 6;
}

static int month_of(const char *name)
{
    static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const char *at = strlen(name) == 3 ? strstr(names, name) : NULL;
    return at && (at - names) % 3 == 0 ? (int)(at - names) / 3 + 1 : 0;
}

static bool sensible(const struct parts *p)
{
    return month_of(p->month) && p->day >= 1 && p->day <= 31 && p->year >= 1 && p->hour >= 0 && p->hour <= 23 &&
           p->minute >= 0 && p->minute <= 59 && p->second >= 0 && p->second <= 60;
}

bool http_date_parse(struct str text, clock_us *ret_time)
{
    static bool (*const forms[])(const char *, struct parts *, int *) = {read_new, read_rfc850, read_asctime};
    char copy[64];
    text = str_trim(text);
    if (!str_copy(copy, sizeof copy, text) || strlen(copy) != text.n)
        return false;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct parts p = {0};
        int end = -1;
        if (!forms[i](copy, &p, &end) || end != (int)text.n || !sensible(&p))
            continue;
        struct clock_date date = {.year = p.year,
                                  .month = month_of(p.month),
                                  .day = p.day,
                                  .hour = p.hour,
                                  .minute = p.minute,
                                  .second = p.second};
        *ret_time = clock_of(&date);
        return true;
    }
    return false;
}
