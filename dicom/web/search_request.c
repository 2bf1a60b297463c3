/* From the parameters of a search to a study query (PS3.18 8.3.4, 10.6.1). */
#include "dicom/web/web_priv.h"

#include <stddef.h>
#include <string.h>

static const struct study_tag rows[] = {
#define STUDY_TAG(tag, column, member, how, match, unasked)                                                            \
    {tag,       offsetof(struct study_row, column), offsetof(struct study_query, member),                              \
     HOW_##how, MATCH_##match,                      unasked},
#include "domain/study_keys.def"
#undef STUDY_TAG
};

enum { ROWS = sizeof rows / sizeof rows[0] };
_Static_assert(sizeof rows / sizeof rows[0] <= (size_t)STUDY_TAGS_MAX, "struct search has a place for each row");

const struct study_tag *study_tag(size_t i)
{
    return i < ROWS ? &rows[i] : NULL;
}

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

const struct study_tag *study_tag_find(struct str name, struct arena *a, size_t *ret_position)
{
    uint32_t tag = 0;
    bool number = hexadecimal(name, &tag);
    for (size_t i = 0; i < ROWS; i++) {
        const char *keyword = number ? NULL : dicom_tag_keyword(rows[i].tag, a);
        if (number ? rows[i].tag != tag : !keyword || !str_is(name, keyword))
            continue;
        *ret_position = i;
        return &rows[i];
    }
    return NULL;
}

/* ---- matching keys ---- */

/* A list of UIDs comes with commas (PS3.18 8.3.4.1), from older clients with backslashes. */
static bool read_uids(struct str text, struct arena *a, struct study_query *q, struct err *e)
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
    q->uids = list;
    q->uid_count = n;
    return true;
}

/* A time's end stands for all it leaves open: 1015 ends at 101559.999999. */
static bool read_range(enum study_match kind, struct str text, struct arena *a, struct str *ret_from,
                       struct str *ret_to, struct err *e)
{
    struct str ends[2];
    bool times = kind == MATCH_TIMES;
    if (!dicom_range(times ? RANGE_TIME : RANGE_DATE, text, a, ends, e))
        return false;
    *ret_from = ends[0];
    *ret_to = times ? dicom_time_end(ends[1], a) : ends[1];
    return true;
}

static bool read_key(const struct study_tag *r, struct str value, struct arena *a, struct study_query *q, struct err *e)
{
    struct str text = str_trim(value);
    switch (r->match) {
    case MATCH_NONE:
        return err_set(e, ERR_INVALID, "attribute %08X is returned but not searched by", (unsigned)r->tag);
    case MATCH_UIDS:
        return !text.n || str_is(text, "*") || read_uids(text, a, q, e);
    case MATCH_DATES:
        return read_range(r->match, text, a, &q->from_date, &q->to_date, e);
    case MATCH_TIMES:
        return read_range(r->match, text, a, &q->from_time, &q->to_time, e);
    default:
        *(struct str *)(void *)((char *)q + r->member) = text;
        return true;
    }
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
    size_t at;
    (void)e;
    while (str_next(&value, ',', &one))
        if (str_is(one, "all"))
            memset(s->include, true, sizeof s->include);
        else if (study_tag_find(str_trim(one), a, &at))
            s->include[at] = true;
    return true;
}

static bool read_fuzzymatching(struct search *s, struct str value, struct arena *a, struct err *e)
{
    (void)a;
    s->fuzzy = str_is(value, "true");
    return s->fuzzy || str_is(value, "false") || err_set(e, ERR_INVALID, "fuzzymatching is true or false");
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
    size_t at;
    for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++)
        if (str_is(p->name, controls[i].name))
            return controls[i].read(s, p->value, a, e);
    const struct study_tag *r = study_tag_find(p->name, a, &at);
    if (!r)
        return err_set(e, ERR_INVALID, "parameter '%.*s' is neither a control nor an attribute of a study",
                       STR_ARG(plain_name(p->name) ? p->name : STR("?")));
    s->include[at] = true; /* a key is always returned */
    return read_key(r, p->value, a, &s->query, e);
}

bool search_read(const struct http_request *r, struct arena *a, struct search *ret_search, struct err *e)
{
    struct search s = {.query.limit = SEARCH_MAX};
    for (size_t i = 0; i < r->query_count; i++)
        if (!read_parameter(&s, &r->query[i], a, e))
            return false;
    *ret_search = s;
    return true;
}
