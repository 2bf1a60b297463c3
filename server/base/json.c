#include "base/json.h"

#include <cjson/cJSON.h>
#include <string.h>

enum { TEXT_MAX = 1 << 20, DEPTH_MAX = 64 };

static const cJSON *raw(const struct json *j)
{
    return (const cJSON *)(const void *)j;
}

/* cJSON recurses; so depth is bounded before it sees the text. */
static bool depth_ok(struct str s)
{
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (quoted) {
            if (c == '\\')
                i++;
            else if (c == '"')
                quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if ((c == '{' || c == '[') && ++depth > DEPTH_MAX) {
            return false;
        } else if (c == '}' || c == ']') {
            depth--;
        }
    }
    return true;
}

static unsigned line_at(struct str text, size_t at)
{
    unsigned line = 1;
    for (size_t i = 0; i < at && i < text.n; i++)
        line += text.p[i] == '\n';
    return line;
}

struct json *json_parse(struct str text, struct err *e)
{
    if (text.n > TEXT_MAX)
        return err_set(e, ERR_TOO_LARGE, "JSON of more than %d bytes", TEXT_MAX), NULL;
    if (!depth_ok(text))
        return err_set(e, ERR_INVALID, "JSON nested deeper than %d", DEPTH_MAX), NULL;
    const char *end = NULL;
    cJSON *j = text.n ? cJSON_ParseWithLengthOpts(text.p, text.n, &end, 0) : NULL;
    if (j && str_trim((struct str){end, (size_t)(text.p + text.n - end)}).n == 0)
        return (struct json *)(void *)j;
    cJSON_Delete(j);
    size_t at = end ? (size_t)(end - text.p) : 0;
    err_set(e, ERR_INVALID, "not valid JSON near byte %zu", at);
    return err_line(e, line_at(text, at), 0), NULL;
}

void json_free(struct json *j)
{
    cJSON_Delete((cJSON *)(void *)j);
}

const struct json *json_find(const struct json *j, const char *name)
{
    return (const struct json *)(const void *)cJSON_GetObjectItemCaseSensitive(raw(j), name);
}

struct str json_text(const struct json *j)
{
    return str_of(cJSON_GetStringValue(raw(j)));
}

struct str json_str(const struct json *j, const char *name)
{
    return json_text(json_find(j, name));
}

bool json_number(const struct json *j, int64_t *ret_n)
{
    const cJSON *v = raw(j);
    if (!cJSON_IsNumber(v) || v->valuedouble < -9e15 || v->valuedouble > 9e15)
        return false;
    *ret_n = (int64_t)v->valuedouble;
    return true;
}

bool json_int(const struct json *j, const char *name, int64_t *ret_n)
{
    return json_number(json_find(j, name), ret_n);
}

bool json_bool(const struct json *j, const char *name, bool if_absent)
{
    const cJSON *v = raw(json_find(j, name));
    return cJSON_IsBool(v) ? cJSON_IsTrue(v) : if_absent;
}

size_t json_count(const struct json *j)
{
    return cJSON_IsArray(raw(j)) ? (size_t)cJSON_GetArraySize(raw(j)) : 0;
}

const struct json *json_at(const struct json *j, size_t i)
{
    return (const struct json *)(const void *)cJSON_GetArrayItem(raw(j), (int)i);
}

enum json_kind json_kind(const struct json *j)
{
    const cJSON *v = raw(j);
    if (cJSON_IsObject(v))
        return JSON_OBJECT;
    if (cJSON_IsArray(v))
        return JSON_ARRAY;
    if (cJSON_IsString(v))
        return JSON_STRING;
    return cJSON_IsNumber(v) ? JSON_NUMBER : v ? JSON_OTHER : JSON_NOTHING;
}

const struct json *json_member(const struct json *j, size_t i)
{
    return cJSON_IsObject(raw(j)) ? json_at(j, i) : NULL;
}

struct str json_name(const struct json *member)
{
    return member ? str_of(raw(member)->string) : STR_NONE;
}

/* How many values come before `at` when all are told in the order of the text. */
static bool count_before(const cJSON *from, const cJSON *at, size_t *n)
{
    if (from == at)
        return true;
    ++*n;
    for (const cJSON *c = from->child; c; c = c->next)
        if (count_before(c, at, n))
            return true;
    return false;
}

static size_t pass_string(struct str s, size_t i)
{
    for (i++; i < s.n && s.p[i] != '"'; i++)
        i += s.p[i] == '\\';
    return i;
}

/* The offset of the n-th value: a value begins where none has begun since the last '[', ',' or ':'; in an object only
 * behind ':'. */
static size_t offset_of(struct str s, size_t n)
{
    char inside[DEPTH_MAX + 1] = "";
    size_t depth = 0;
    bool due = true;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool closes = c == ']' || c == '}', mark = c == ',' || c == ':';
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
            continue;
        if (due && !closes && !mark && n-- == 0)
            return i;
        if (c == '"')
            i = pass_string(s, i);
        if ((c == '[' || c == '{') && depth < DEPTH_MAX)
            inside[depth++] = c;
        if (closes && depth)
            depth--;
        due = c == ':' || c == '[' || (c == ',' && depth && inside[depth - 1] == '[');
    }
    return s.n;
}

unsigned json_line(const struct json *root, const struct json *at, struct str text)
{
    size_t before = 0;
    if (!root || !at || !count_before(raw(root), raw(at), &before))
        return 0;
    return line_at(text, offset_of(text, before));
}

static void put_escape(struct buf *b, unsigned char c)
{
    static const char named[] = "\bb\ff\nn\rr\tt\"\"\\\\";
    for (size_t i = 0; i + 1 < sizeof named; i += 2)
        if ((unsigned char)named[i] == c) {
            buf_putc(b, '\\');
            buf_putc(b, named[i + 1]);
            return;
        }
    buf_printf(b, "\\u%04x", c);
}

/* Bytes at s that can be copied as they are; 0 when the first needs care. */
static size_t plain_run(struct str s)
{
    size_t n = 0;
    while (n < s.n && (unsigned char)s.p[n] >= 0x20 && s.p[n] != '"' && s.p[n] != '\\' && s.p[n] != 0x7f)
        n++;
    return n;
}

void json_put_str(struct buf *b, struct str s)
{
    bool valid = str_utf8_valid(s);
    buf_putc(b, '"');
    while (s.n) {
        size_t n = valid ? plain_run(s) : 0;
        buf_put(b, s.p, n);
        s = str_sub(s, n, s.n);
        if (!s.n)
            break;
        unsigned char c = (unsigned char)s.p[0];
        if (!valid && c >= 0x80)
            buf_puts(b, "\xEF\xBF\xBD");
        else if (c < 0x20 || c == '"' || c == '\\' || c == 0x7f)
            put_escape(b, c);
        else
            buf_putc(b, (char)c);
        s = str_sub(s, 1, s.n);
    }
    buf_putc(b, '"');
}

void json_put_comma(struct buf *b)
{
    if (b->n && b->p[b->n - 1] != '{' && b->p[b->n - 1] != '[')
        buf_putc(b, ',');
}

void json_put_name(struct buf *b, const char *name)
{
    json_put_comma(b);
    buf_printf(b, "\"%s\":", name);
}

void json_put_field(struct buf *b, const char *name, struct str value)
{
    json_put_name(b, name);
    json_put_str(b, value);
}

void json_put_field_opt(struct buf *b, const char *name, struct str value)
{
    if (value.n)
        json_put_field(b, name, value);
}

void json_put_parts(struct buf *b, const char *name, struct str joined, char separator)
{
    struct str one;
    json_put_name(b, name);
    buf_putc(b, '[');
    while (joined.n && str_next(&joined, separator, &one)) {
        json_put_comma(b);
        json_put_str(b, one);
    }
    buf_putc(b, ']');
}

void json_put_int(struct buf *b, const char *name, int64_t value)
{
    json_put_name(b, name);
    buf_printf(b, "%lld", (long long)value);
}

void json_put_bool(struct buf *b, const char *name, bool value)
{
    json_put_name(b, name);
    buf_puts(b, value ? "true" : "false");
}
