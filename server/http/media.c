/* Media types and the choice between them. */
#include "http/media.h"

/* The offset of the first separator outside quotes (RFC 9110 §5.6.4), or s.n. */
static size_t find_unquoted(struct str s, char separator)
{
    bool quoted = false;
    for (size_t i = 0; i < s.n; i++) {
        if (quoted && s.p[i] == '\\')
            i++;
        else if (s.p[i] == '"')
            quoted = !quoted;
        else if (!quoted && s.p[i] == separator)
            return i;
    }
    return s.n;
}

static bool next_unquoted(struct str *rest, char separator, struct str *ret_part)
{
    if (!rest->p)
        return false;
    size_t at = find_unquoted(*rest, separator);
    *ret_part = str_trim(str_sub(*rest, 0, at));
    *rest = at < rest->n ? str_sub(*rest, at + 1, rest->n) : STR_NONE;
    return true;
}

/* "0.75" → 750; what is no weight counts as 1000, as if it were not there. */
static int weight_of(struct str text)
{
    int weight = 0, scale = 1000;
    if (!text.n || (text.p[0] != '0' && text.p[0] != '1') || (text.n > 1 && text.p[1] != '.') || text.n > 5)
        return 1000;
    for (size_t i = 0; i < text.n; i++) {
        if (i == 1)
            continue;
        if (text.p[i] < '0' || text.p[i] > '9')
            return 1000;
        weight += (text.p[i] - '0') * scale;
        scale /= 10;
    }
    return weight > 1000 ? 1000 : weight;
}

static struct str raw_parameter(struct str parameters, const char *name)
{
    struct str part;
    while (next_unquoted(&parameters, ';', &part)) {
        size_t equals = str_find(part, '=');
        if (equals < part.n && str_is_nocase(str_trim(str_sub(part, 0, equals)), name))
            return str_trim(str_sub(part, equals + 1, part.n));
    }
    return STR_NONE;
}

bool http_media_next(struct str *rest, struct http_media *ret_media)
{
    struct str part;
    while (next_unquoted(rest, ',', &part)) {
        size_t semicolon = find_unquoted(part, ';');
        struct str type = str_trim(str_sub(part, 0, semicolon));
        if (str_is(type, "*"))
            type = STR("*/*");
        if (str_find(type, '/') == type.n)
            continue;
        struct str parameters = str_sub(part, semicolon + 1, part.n);
        *ret_media = (struct http_media){type, parameters, weight_of(raw_parameter(parameters, "q"))};
        return true;
    }
    return false;
}

static struct str unescaped(struct str quoted, struct arena *a)
{
    if (str_find(quoted, '\\') == quoted.n)
        return quoted;
    char *to = arena_alloc(a, quoted.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < quoted.n; i++) {
        if (quoted.p[i] == '\\' && i + 1 < quoted.n)
            i++;
        to[n++] = quoted.p[i];
    }
    return (struct str){to, n};
}

struct str http_media_parameter(const struct http_media *m, const char *name, struct arena *a)
{
    struct str value = raw_parameter(m->parameters, name);
    if (value.n < 2 || value.p[0] != '"' || value.p[value.n - 1] != '"')
        return value;
    return unescaped(str_sub(value, 1, value.n - 2), a);
}

static bool same(struct str a, struct str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++) {
        char x = a.p[i], y = b.p[i];
        x = x >= 'A' && x <= 'Z' ? (char)(x | 0x20) : x;
        y = y >= 'A' && y <= 'Z' ? (char)(y | 0x20) : y;
        if (x != y)
            return false;
    }
    return true;
}

bool http_media_covers(struct str range, struct str type)
{
    if (str_is(range, "*/*"))
        return true;
    if (!str_ends(range, "/*"))
        return same(range, type);
    return same(str_sub(range, 0, range.n - 1), str_sub(type, 0, range.n - 1));
}

static int specificity(struct str range)
{
    return str_is(range, "*/*") ? 1 : str_ends(range, "/*") ? 2 : 3;
}

static int weight_for(struct str accept, struct str offer)
{
    struct http_media m;
    int best = 0, weight = 0;
    while (http_media_next(&accept, &m))
        if (http_media_covers(m.type, offer) && specificity(m.type) > best) {
            best = specificity(m.type);
            weight = m.weight;
        }
    return weight;
}

int http_accept(struct str accept, const char *const *offers, int count)
{
    int best = -1, most = 0;
    if (!str_trim(accept).n)
        return count ? 0 : -1;
    for (int i = 0; i < count; i++) {
        int weight = weight_for(accept, str_of(offers[i]));
        if (weight > most) {
            most = weight;
            best = i;
        }
    }
    return best;
}
