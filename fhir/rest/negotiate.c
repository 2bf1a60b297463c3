/* Which form the client sends and which it wants (http.html#mime-type). */
#include "fhir/rest/rest_priv.h"

#include <string.h>

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

/* "4.0" and "4.0.1" are versions of "4.0". */
static bool version_fits(struct str said, const char *release)
{
    return !said.n || (str_starts(said, release) && (said.n == 3 || said.p[3] == '.'));
}

static bool parameters_fit(struct str parameters, const char *release)
{
    struct str charset = parameter(parameters, "charset"), version = parameter(parameters, "fhirVersion");
    return (!charset.n || str_is_nocase(charset, "utf-8") || str_is_nocase(charset, "utf8")) &&
           version_fits(version, release);
}

static bool find_name(struct str media_type, const char *release, enum format *ret_format)
{
    size_t semicolon = str_find(media_type, ';');
    struct str name = str_trim(str_sub(media_type, 0, semicolon));
    if (!parameters_fit(str_sub(media_type, semicolon, media_type.n), release))
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
    bool point = false;
    for (size_t i = 0; i < q.n && unit; i++) {
        if (q.p[i] == '.' && !point) {
            unit = i ? unit : 100;
            point = true;
            continue;
        }
        if (q.p[i] < '0' || q.p[i] > '9')
            return 1000;
        value += (q.p[i] - '0') * unit;
        unit /= 10;
    }
    return !q.n || value > 1000 ? 1000 : value;
}

/* What the client says of a form: by its own name, by "application/…" or "text/…", by "…/…". The closest word
 * counts. */
struct liking {
    int closeness, weight, place; /* closeness 0: nothing said; place: which word of the header it was */
};

static void like(struct liking *l, int closeness, int w, int place)
{
    if (closeness < l->closeness || (closeness == l->closeness && w <= l->weight))
        return;
    *l = (struct liking){closeness, w, place};
}

static int closeness_of_range(struct str media_type)
{
    struct str name = str_trim(str_sub(media_type, 0, str_find(media_type, ';')));
    if (str_is(name, "*/*") || str_is(name, "*"))
        return 1;
    return str_is_nocase(name, "application/*") || str_is_nocase(name, "text/*") ? 2 : 0;
}

/* Of two forms liked alike, the one that was named first; JSON where none was. */
static bool best_of(struct str accept, const char *release, enum format *ret_format)
{
    struct liking of[2] = {{0}, {0}};
    struct str part;
    for (int place = 0; str_next(&accept, ',', &part); place++) {
        enum format f;
        int range = closeness_of_range(part);
        bool fits = range && parameters_fit(str_sub(part, str_find(part, ';'), part.n), release);
        if (find_name(part, release, &f))
            like(&of[f], 3, weight(part), place);
        for (int i = 0; fits && i < 2; i++)
            like(&of[i], range, weight(part), place);
    }
    const struct liking *json = &of[FORMAT_JSON], *xml = &of[FORMAT_XML];
    bool prefers_xml = xml->weight > json->weight || (xml->weight == json->weight && xml->place < json->place);
    *ret_format = prefers_xml ? FORMAT_XML : FORMAT_JSON;
    return json->weight > 0 || xml->weight > 0;
}

/* A parameter of a posted form, unescaped into a small place; empty when it is not there, or too long to be one of
 * those asked for here. A request that is done later has no form of its own (async.c). */
static struct str form_value(const struct http_request *r, const char *name, char *to, size_t size)
{
    static const char hex[] = "0123456789abcdef0123456789ABCDEF";
    struct str rest = r->body, one, key;
    struct str type = http_header(r, "Content-Type");
    if (!r->inner || !str_is(r->method, "POST") || !negotiate_is(type, "application/x-www-form-urlencoded"))
        return STR("");
    while (rest.n && str_next(&rest, '&', &one)) {
        size_t n = 0;
        if (!str_next(&one, '=', &key) || !str_is(key, name) || one.n >= size)
            continue;
        for (size_t i = 0; i < one.n; i++) {
            const char *high = one.p[i] == '%' && i + 2 < one.n && one.p[i + 1] ? strchr(hex, one.p[i + 1]) : NULL;
            const char *low = high && one.p[i + 2] ? strchr(hex, one.p[i + 2]) : NULL;
            to[n++] = low ? (char)((high - hex) % 16 * 16 + (low - hex) % 16) : one.p[i] == '+' ? ' ' : one.p[i];
            i += low ? 2 : 0;
        }
        return (struct str){to, n};
    }
    return STR("");
}

bool negotiate_answer(const struct http_request *r, struct answer_form *ret_form, struct err *e)
{
    char wanted_form[64], pretty_form[8];
    const char *release = str_starts(r->path, "/fhir/r5/") ? "5.0" : "4.0";
    struct str wanted = http_query(r, "_format"), accept = http_header_list(r, "Accept"),
               pretty = http_query(r, "_pretty");
    wanted = wanted.n ? wanted : form_value(r, "_format", wanted_form, sizeof wanted_form);
    pretty = pretty.n ? pretty : form_value(r, "_pretty", pretty_form, sizeof pretty_form);
    *ret_form = (struct answer_form){FORMAT_JSON, str_is(pretty, "true")};
    if (wanted.n)
        return find_name(wanted, release, &ret_form->format) ||
               err_set(e, ERR_NOT_ACCEPTABLE, "_format is json or xml");
    return !str_trim(accept).n || best_of(accept, release, &ret_form->format) ||
           err_set(e, ERR_NOT_ACCEPTABLE, "this server answers application/fhir+json and application/fhir+xml");
}

bool negotiate_body(struct str content_type, enum format *ret_format, struct err *e)
{
    if (content_type.n && str_find(content_type, '*') == content_type.n &&
        find_name(content_type, "4.0", ret_format))
        return true;
    return err_set(e, ERR_MEDIA_TYPE, "a body is application/fhir+json or application/fhir+xml in UTF-8");
}

bool negotiate_r5_body(struct str content_type, struct err *e)
{
    enum format f;
    if (content_type.n && str_find(content_type, '*') == content_type.n && find_name(content_type, "5.0", &f) &&
        f == FORMAT_JSON)
        return true;
    return err_set(e, ERR_MEDIA_TYPE, "a body is application/fhir+json in UTF-8, of FHIR 5.0");
}

bool negotiate_is(struct str content_type, const char *name)
{
    size_t semicolon = str_find(content_type, ';');
    return str_is_nocase(str_trim(str_sub(content_type, 0, semicolon)), name) &&
           parameters_fit(str_sub(content_type, semicolon, content_type.n), "4.0");
}

const char *negotiate_media_type(enum format f)
{
    return f == FORMAT_XML ? "application/fhir+xml;charset=utf-8" : "application/fhir+json;charset=utf-8";
}

/* The first that says it counts (RFC 7240 §2). */
struct str negotiate_prefer(const struct http_request *r, const char *name)
{
    struct str header = http_header_list(r, "Prefer"), group;
    while (header.n && str_next(&header, ',', &group)) {
        struct str value = parameter(group, name);
        if (value.p)
            return value;
    }
    return STR_NONE;
}

bool negotiate_prefers(const struct http_request *r, const char *token)
{
    struct str header = http_header_list(r, "Prefer"), group, one;
    while (header.n && str_next(&header, ',', &group))
        while (group.p && str_next(&group, ';', &one))
            if (str_is_nocase(str_trim(one), token))
                return true;
    return false;
}

void negotiate_applied(struct gate_http *h, const char *name, struct str value)
{
    struct arena *a = &h->request->arena;
    http_add(h->response, "Preference-Applied",
             value.n ? arena_printf(a, "%s=%.*s", name, STR_ARG(value)) : str_of(name));
}
