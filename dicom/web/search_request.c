/* From the parameters of a search to a study query (PS3.18 8.3.4, 10.6.1). */
#include "dicom/web/web_priv.h"

#include <string.h>

static bool hexadecimal(struct str s, uint32_t *ret_tag)
{
    uint32_t n = 0;
    if (s.n != 8)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return false;
        n = n << 4 | (uint32_t)digit;
    }
    *ret_tag = n;
    return true;
}

static bool is_of_studies(const struct archive_row *r)
{
    return r->tag && !r->in && r->level <= AT_STUDY;
}

enum archive_key search_key(struct str name, struct arena *a)
{
    uint32_t tag = 0;
    bool number = hexadecimal(name, &tag);
    int k = 0;
    for (; k < ARCHIVE_KEYS; k++) {
        const struct archive_row *r = archive_row((enum archive_key)k);
        const char *keyword = number || !is_of_studies(r) ? NULL : dicom_tag_keyword(r->tag, a);
        if (is_of_studies(r) && (number ? r->tag == tag : keyword && str_is(name, keyword)))
            break;
    }
    return (enum archive_key)k;
}

/* ---- matching keys ---- */

/* A list of UIDs comes with commas (PS3.18 8.3.4.1), from older clients with backslashes. */
static bool read_uids(struct str text, struct arena *a, struct archive_values *ret_values, struct err *e)
{
    char *copy = arena_cstr(a, text);
    size_t n = 1;
    for (size_t i = 0; i < text.n; i++)
        if (copy[i] == '\\' || copy[i] == ',') {
            copy[i] = ',';
            n++;
        }
    struct str *list = ARENA_ARRAY(a, struct str, n), rest = {copy, text.n}, one;
    for (n = 0; str_next(&rest, ',', &one); n++) {
        list[n] = str_trim(one);
        if (!dicom_uid_check(list[n], true, e))
            return false;
    }
    *ret_values = (struct archive_values){list, n};
    return true;
}

/* A time's end stands for all it leaves open: 1015 ends at 101559.999999. */
static bool read_range(enum archive_match match, struct str text, struct arena *a, struct archive_values *ret_values,
                       struct err *e)
{
    struct str *ends = ARENA_ARRAY(a, struct str, 2);
    bool times = match == ARCHIVE_MATCH_TIME;
    if (!dicom_range(times ? RANGE_TIME : RANGE_DATE, text, a, ends, e))
        return false;
    ends[1] = times ? dicom_time_end(ends[1], a) : ends[1];
    *ret_values = (struct archive_values){ends, ends[0].n || ends[1].n ? 2 : 0};
    return true;
}

static bool read_key(enum archive_key k, struct str value, struct arena *a, struct archive_query *q, struct err *e)
{
    enum archive_match match = archive_row(k)->match;
    struct str text = str_trim(value);
    if (match == ARCHIVE_MATCH_NONE)
        return err_set(e, ERR_INVALID, "attribute %08X is returned but not searched by", (unsigned)archive_row(k)->tag);
    if (!text.n || str_is(text, "*"))
        return true;
    if (match == ARCHIVE_MATCH_UID)
        return read_uids(text, a, &q->key[k], e);
    if (match == ARCHIVE_MATCH_DATE || match == ARCHIVE_MATCH_TIME)
        return read_range(match, text, a, &q->key[k], e);
    struct str *one = ARENA_NEW(a, struct str);
    *one = text;
    q->key[k] = (struct archive_values){one, 1};
    return true;
}

/* ---- parameters that are no keys ---- */

static bool read_number(struct str value, int max, int *ret_n, struct err *e)
{
    int64_t n;
    if (!str_int(value, &n) || n < 0)
        return err_set(e, ERR_INVALID, "limit and offset are whole numbers from 0");
    *ret_n = n < max ? (int)n : max;
    return true;
}

static bool read_limit(struct search *s, struct str value, struct arena *a, struct err *e)
{
    (void)a;
    s->limited = true;
    return read_number(value, SEARCH_MAX, &s->query.limit, e);
}

static bool read_offset(struct search *s, struct str value, struct arena *a, struct err *e)
{
    (void)a;
    return read_number(value, INT32_MAX, &s->query.offset, e);
}

/* Attributes this level does not hold are left out of the answer, as the standard has it. */
static bool read_includefield(struct search *s, struct str value, struct arena *a, struct err *e)
{
    struct str one;
    (void)e;
    while (str_next(&value, ',', &one)) {
        bool all = str_is(one, "all");
        enum archive_key named = all ? ARCHIVE_KEYS : search_key(str_trim(one), a);
        for (int k = 0; k < ARCHIVE_KEYS; k++)
            if (all ? is_of_studies(archive_row((enum archive_key)k)) : k == (int)named)
                s->query.asked[k] = true;
    }
    return true;
}

static bool read_fuzzymatching(struct search *s, struct str value, struct arena *a, struct err *e)
{
    (void)a;
    s->query.fuzzy = str_is(value, "true");
    return s->query.fuzzy || str_is(value, "false") || err_set(e, ERR_INVALID, "fuzzymatching is true or false");
}

/* Answered where the media type is chosen. */
static bool read_nothing(struct search *s, struct str value, struct arena *a, struct err *e)
{
    (void)s;
    (void)value;
    (void)a;
    (void)e;
    return true;
}

static const struct {
    const char *name;
    bool (*read)(struct search *s, struct str value, struct arena *a, struct err *e);
} controls[] = {
    {"limit", read_limit},
    {"offset", read_offset},
    {"includefield", read_includefield},
    {"fuzzymatching", read_fuzzymatching},
    {"accept", read_nothing},
};

static bool plain_name(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!strchr("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.", s.p[i]))
            return false;
    return s.n > 0 && s.n <= 64;
}

static bool read_parameter(struct search *s, const struct http_pair *p, struct arena *a, struct err *e)
{
    for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++)
        if (str_is(p->name, controls[i].name))
            return controls[i].read(s, p->value, a, e);
    enum archive_key k = search_key(p->name, a);
    if (k == ARCHIVE_KEYS)
        return err_set(e, ERR_INVALID, "parameter '%.*s' is neither a control nor an attribute of a study",
                       STR_ARG(plain_name(p->name) ? p->name : STR("?")));
    s->query.asked[k] = true; /* a key is always returned */
    return read_key(k, p->value, a, &s->query, e);
}

bool search_read(const struct http_request *r, struct arena *a, struct search *ret_search, struct err *e)
{
    struct search s = {.query = {.level = AT_STUDY, .limit = SEARCH_MAX}};
    for (int k = 0; k < ARCHIVE_KEYS; k++)
        s.query.asked[k] = archive_row((enum archive_key)k)->unasked && is_of_studies(archive_row((enum archive_key)k));
    for (size_t i = 0; i < r->query_count; i++)
        if (!read_parameter(&s, &r->query[i], a, e))
            return false;
    *ret_search = s;
    return true;
}
