/* Which form the client sends and which it wants (http.html#mime-type). */
#include "fhir/rest/rest_priv.h"

static const struct {
    const char *name;
    enum format format;
} names[] = {
    {"application/fhir+json", FORMAT_JSON},
    {"application/json", FORMAT_JSON},
    {"text/json", FORMAT_JSON},
    {"json", FORMAT_JSON},
    {"application/fhir+xml", FORMAT_XML},
    {"application/xml", FORMAT_XML},
    {"text/xml", FORMAT_XML},
    {"xml", FORMAT_XML},
    /* A "+" of an address that nobody escaped reads as a space. */
    {"application/fhir json", FORMAT_JSON},
    {"application/fhir xml", FORMAT_XML},
    {"*/*", FORMAT_JSON},
    {"application/*", FORMAT_JSON},
};

/* The value of a media type's parameter without its quotes; STR_NONE when it is not there. */
static struct str parameter(struct str parameters, const char *name)
{
    struct str part;
    while (str_next(&parameters, ';', &part)) {
        part = str_trim(part);
        size_t eq = str_find(part, '=');
        if (eq == part.n || !str_is_nocase(str_trim(str_sub(part, 0, eq)), name))
            continue;
        struct str value = str_trim(str_sub(part, eq + 1, part.n));
        if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
            value = str_sub(value, 1, value.n - 2);
        return value;
    }
    return STR_NONE;
}

static bool charset_fits(struct str parameters)
{
    struct str charset = parameter(parameters, "charset"), version = parameter(parameters, "fhirVersion");
    return (!charset.n || str_is_nocase(charset, "utf-8") || str_is_nocase(charset, "utf8")) &&
           (!version.n || str_is(version, "4.0") || str_is(version, "4.0.1"));
}

static bool find_name(struct str media_type, enum format *ret_format)
{
    size_t semicolon = str_find(media_type, ';');
    struct str name = str_trim(str_sub(media_type, 0, semicolon));
    if (!charset_fits(str_sub(media_type, semicolon, media_type.n)))
        return false;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_is_nocase(name, names[i].name)) {
            *ret_format = names[i].format;
            return true;
        }
    return false;
}

/* q in thousandths; 1000 when absent or no number. */
static int weight(struct str media_type)
{
    struct str q = parameter(str_sub(media_type, str_find(media_type, ';'), media_type.n), "q");
    int value = 0, unit = 1000;
    if (!q.n || q.p[0] > '1' || q.p[0] < '0')
        return 1000;
    for (size_t i = 0; i < q.n && unit; i++) {
        if (q.p[i] == '.')
            continue;
        if (q.p[i] < '0' || q.p[i] > '9')
            return 1000;
        value += (q.p[i] - '0') * unit;
        unit /= 10;
    }
    return value;
}

static bool best_of(struct str accept, enum format *ret_format)
{
    int best = 0;
    struct str part;
    while (str_next(&accept, ',', &part)) {
        enum format f;
        int w = weight(part);
        if (w > best && find_name(part, &f)) {
            best = w;
            *ret_format = f;
        }
    }
    return best > 0;
}

bool negotiate_answer(const struct http_request *r, struct answer_form *ret_form, struct err *e)
{
    struct str wanted = http_query(r, "_format"), accept = http_header(r, "Accept");
    *ret_form = (struct answer_form){FORMAT_JSON, str_is(http_query(r, "_pretty"), "true")};
    if (wanted.n)
        return find_name(wanted, &ret_form->format) ||
               err_set(e, ERR_NOT_ACCEPTABLE, "_format is json or xml");
    return !accept.n || best_of(accept, &ret_form->format) ||
           err_set(e, ERR_NOT_ACCEPTABLE,
                   "this server answers application/fhir+json and application/fhir+xml");
}

bool negotiate_body(struct str content_type, enum format *ret_format, struct err *e)
{
    if (content_type.n && str_find(content_type, '*') == content_type.n &&
        find_name(content_type, ret_format))
        return true;
    return err_set(e, ERR_MEDIA_TYPE, "a body is application/fhir+json or application/fhir+xml in UTF-8");
}

bool negotiate_is(struct str content_type, const char *name)
{
    size_t semicolon = str_find(content_type, ';');
    return str_is_nocase(str_trim(str_sub(content_type, 0, semicolon)), name) &&
           charset_fits(str_sub(content_type, semicolon, content_type.n));
}

const char *negotiate_media_type(enum format f)
{
    return f == FORMAT_XML ? "application/fhir+xml;charset=utf-8" : "application/fhir+json;charset=utf-8";
}

struct str negotiate_prefer(const struct http_request *r, const char *name)
{
    struct str header = http_header(r, "Prefer"), group;
    if (!header.p)
        return STR_NONE;
    while (str_next(&header, ',', &group)) {
        struct str value = parameter(group, name);
        if (value.p)
            return value;
    }
    return STR_NONE;
}
