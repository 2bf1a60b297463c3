/* The grammar of search values (search.html#escaping, #prefix). */
#include "fhir/search/search_priv.h"

bool value_next(struct str *rest, char separator, struct str *ret_part)
{
    if (!rest->p)
        return false;
    for (size_t i = 0; i < rest->n; i++) {
        if (rest->p[i] == '\\') {
            i++;
        } else if (rest->p[i] == separator) {
            *ret_part = str_sub(*rest, 0, i);
            *rest = str_sub(*rest, i + 1, rest->n);
            return true;
        }
    }
    *ret_part = *rest;
    *rest = STR_NONE;
    return true;
}

struct str value_plain(struct arena *a, struct str s)
{
    if (str_find(s, '\\') == s.n)
        return s;
    char *to = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\\' && i + 1 < s.n)
            i++;
        to[n++] = s.p[i];
    }
    return (struct str){to, n};
}

enum prefix value_prefix(struct str *value)
{
    static const char names[] = "eqnegtltgelesaebap";
    for (int i = 0; value->n > 2 && names[2 * i]; i++)
        if (value->p[0] == names[2 * i] && value->p[1] == names[2 * i + 1]) {
            *value = str_sub(*value, 2, value->n);
            return (enum prefix)i;
        }
    return PREFIX_EQ;
}

static size_t digits(struct str s, size_t i)
{
    size_t n = 0;
    while (i + n < s.n && s.p[i + n] >= '0' && s.p[i + n] <= '9')
        n++;
    return n;
}

enum { NUMBER_MAX = 40, EXPONENT_MAX = 400 };

bool value_number(struct arena *a, struct str text, struct str *ret_number, struct str *ret_half)
{
    size_t i = text.n && (text.p[0] == '-' || text.p[0] == '+') ? 1 : 0, places = 0, n = digits(text, i);
    int64_t exponent = 0;
    if (text.n > NUMBER_MAX || !n)
        return false;
    i += n;
    if (i < text.n && text.p[i] == '.') {
        places = digits(text, i + 1);
        i += places + 1;
        if (!places)
            return false;
    }
    if (i < text.n && (text.p[i] == 'e' || text.p[i] == 'E')) {
        if (!str_int(str_sub(text, i + 1, text.n), &exponent) || exponent > EXPONENT_MAX || exponent < -EXPONENT_MAX)
            return false;
        i = text.n;
    }
    *ret_number = text;
    *ret_half = arena_printf(a, "0.5e%d", (int)exponent - (int)places);
    return i == text.n;
}
