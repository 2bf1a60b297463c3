#include "dicom/shim/range.h"

/* Digits alone: the points of old dates and the colons of old times (ACR-NEMA) are dropped. */
static struct str plain(enum range_kind kind, struct str s, struct arena *a)
{
    char *out = arena_alloc(a, s.n + 1);
    size_t n = 0;
    bool old = kind == RANGE_DATE ? s.n == 10 && s.p[4] == '.' && s.p[7] == '.' : s.n > 2 && s.p[2] == ':';
    for (size_t i = 0; i < s.n; i++)
        if (!old || s.p[i] != (kind == RANGE_DATE ? '.' : ':'))
            out[n++] = s.p[i];
    return (struct str){out, n};
}

static bool digits(struct str s, size_t from)
{
    for (size_t i = from; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return true;
}

/* YYYYMMDD; HH, HHMM, HHMMSS or HHMMSS.f (PS3.5 table 6.2-1). */
static bool well_formed(enum range_kind kind, struct str s)
{
    if (!s.n)
        return true;
    if (kind == RANGE_DATE)
        return s.n == 8 && digits(s, 0);
    if (s.n > 6)
        return s.n > 7 && s.n <= 13 && digits(str_sub(s, 0, 6), 0) && s.p[6] == '.' && digits(s, 7);
    return s.n % 2 == 0 && digits(s, 0);
}

bool dicom_range(enum range_kind kind, struct str text, struct arena *a, struct str ret_ends[2], struct err *e)
{
    struct str s = str_trim(text);
    size_t dash = str_find(s, '-');
    struct str from = plain(kind, str_trim(str_sub(s, 0, dash)), a);
    struct str to = dash < s.n ? plain(kind, str_trim(str_sub(s, dash + 1, s.n)), a) : from;
    if (str_is(s, "*"))
        from = to = STR("");
    else if ((s.n && !from.n && !to.n) || !well_formed(kind, from) || !well_formed(kind, to))
        return err_set(e, ERR_INVALID, "a %s key is not of its form", kind == RANGE_DATE ? "date" : "time");
    ret_ends[0] = from;
    ret_ends[1] = to;
    return true;
}

struct str dicom_time_end(struct str time, struct arena *a)
{
    static const char last[] = "235959.999999";
    bool cut = time.n > 0 && time.n < sizeof last - 1;
    return cut ? arena_printf(a, "%.*s%s", STR_ARG(time), last + time.n) : time;
}
