/* The table of transforms, and those of plain texts, dates and identifiers. */
#include "hl7/net/map_priv.h"

#include <string.h>

#include "domain/authority.h"

enum { FIELD = false, SCAN = true, PARTS_MAX = 64 };

static const struct map_transform_row rows[] = {
#define TRANSFORM(name, function, scan, meaning) {name, function, scan, meaning},
#include "hl7/net/transforms.def"
#undef TRANSFORM
};

const struct map_transform_row *map_transform_find(const char *name)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    return NULL;
}

/* ---- helpers ---- */

struct str one_line(struct arena *a, struct str text)
{
    bool clean = true;
    for (size_t i = 0; i < text.n && clean; i++)
        clean = (unsigned char)text.p[i] >= 0x20;
    if (clean)
        return str_trim(text);
    char *p = arena_cstr(a, text);
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)p[i] < 0x20)
            p[i] = ' ';
    return str_trim((struct str){p, text.n});
}

struct str part_text(const struct mapping *x, struct str repetition, unsigned component, unsigned subcomponent)
{
    struct str raw = component ? hl7_component(x->m, repetition, component) : repetition;
    raw = hl7_subcomponent(x->m, raw, subcomponent ? subcomponent : 1);
    return one_line(x->d->arena, hl7_unescape(x->m, x->d->arena, raw));
}

/* Of a source that names a component, the part is inside the first repetition already. */
struct str first_repetition(const struct mapping *x, const struct map_source *s)
{
    return s->at.component ? s->raw : hl7_repetition(x->m, s->raw, 1);
}

bool source_error(const struct map_source *s, enum err_code code, const char *text, struct err *e)
{
    char place[HL7_ERL_TEXT];
    hl7_erl(s->segment, &s->at, place);
    err_set(e, code, "%s: %s", s->at.segment, text);
    return err_at(e, "%s", place);
}

struct str join_texts(struct arena *a, const struct str *part, size_t n, const char *separator)
{
    struct str all = STR_NONE;
    for (size_t i = 0; i < n; i++)
        if (part[i].n)
            all = all.n ? arena_printf(a, "%.*s%s%.*s", STR_ARG(all), separator, STR_ARG(part[i])) : part[i];
    return all;
}

/* ---- texts ---- */

bool transform_text(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    (void)e;
    *ret_text = part_text(x, first_repetition(x, s), s->at.component ? 0 : 1, 0);
    return true;
}

/* An AE title: 1 to 16 printable ASCII characters without backslash (PS3.5 6.2). These two fields are only a
 * habit: what else a sender puts there is no station. */
bool transform_station(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    struct str text = part_text(x, first_repetition(x, s), s->at.component ? 0 : 1, 0);
    bool title = text.n && text.n <= 16;
    (void)e;
    for (size_t i = 0; i < text.n && title; i++)
        title = text.p[i] >= 0x20 && text.p[i] < 0x7f && text.p[i] != '\\';
    if (title)
        *ret_text = text;
    else if (text.n)
        domain_warn(x->d, "%s-%u is no AE title: passed over", s->at.segment, s->at.field);
    return true;
}

/* ---- dates ---- */

static bool read_dtm(struct mapping *x, const struct map_source *s, struct hl7_dtm *ret_dtm, struct err *e)
{
    struct str text = part_text(x, first_repetition(x, s), s->at.component ? 0 : 1, 0);
    struct err why;
    err_clear(&why);
    return hl7_dtm_parse(text, x->m, ret_dtm, &why) || source_error(s, ERR_INVALID, why.text, e);
}

static struct str dtm_text(struct mapping *x, const struct hl7_dtm *dtm, enum hl7_precision most)
{
    char text[CLOCK_TEXT];
    hl7_dtm_fhir(dtm, most, text);
    return arena_str(x->d->arena, str_of(text));
}

bool transform_date(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    struct hl7_dtm dtm;
    if (!read_dtm(x, s, &dtm, e))
        return false;
    *ret_text = dtm_text(x, &dtm, HL7_DAY);
    return true;
}

bool transform_time(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    struct hl7_dtm dtm;
    if (!read_dtm(x, s, &dtm, e))
        return false;
    *ret_text = dtm_text(x, &dtm, HL7_SECOND);
    return true;
}

/* FHIR's instant needs a time of day; one is not made up. */
bool transform_instant(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    struct hl7_dtm dtm;
    if (!read_dtm(x, s, &dtm, e))
        return false;
    if (dtm.precision >= HL7_HOUR)
        *ret_text = dtm_text(x, &dtm, HL7_SECOND);
    return true;
}

/* ---- identifiers ---- */

/* The authority of an HD (namespace & universal id & type) spread over components or subcomponents. Only OIDs
 * are looked up: a namespace is its own name. */
static bool authority_text(struct mapping *x, struct str namespace_, struct str id, struct str type,
                           struct str *ret_text, struct err *e)
{
    struct authority k;
    bool oid = id.n && str_is_nocase(type, "ISO");
    if (!oid) {
        *ret_text = namespace_.n ? namespace_ : id;
        return true;
    }
    if (!authority_resolve(x->d, namespace_, id, "", &k, e))
        return false;
    *ret_text = k.namespace_;
    return true;
}

bool transform_hd(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    struct str hd = first_repetition(x, s);
    return authority_text(x, part_text(x, hd, 0, 1), part_text(x, hd, 0, 2), part_text(x, hd, 0, 3), ret_text, e);
}

bool transform_ei_issuer(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    struct str ei = first_repetition(x, s);
    if (!part_text(x, ei, 1, 0).n)
        return true; /* an authority of no number */
    return authority_text(x, part_text(x, ei, 2, 0), part_text(x, ei, 3, 0), part_text(x, ei, 4, 0), ret_text, e);
}

static bool cx_authority(struct mapping *x, struct str cx, struct str *ret_text, struct err *e)
{
    *ret_text = STR_NONE;
    return authority_text(x, part_text(x, cx, 4, 1), part_text(x, cx, 4, 2), part_text(x, cx, 4, 3), ret_text, e);
}

/* The number of the repetition that holds the patient's id: of the site's own authority, else the first with
 * an id; 0 if none has one. */
static bool primary_of(struct mapping *x, const struct map_source *s, size_t *ret_n, struct err *e)
{
    size_t n = hl7_repetitions(x->m, s->raw), first = 0;
    for (size_t i = 1; i <= n && i <= PARTS_MAX; i++) {
        struct str cx = hl7_repetition(x->m, s->raw, i), authority;
        if (!part_text(x, cx, 1, 0).n)
            continue;
        if (!cx_authority(x, cx, &authority, e))
            return false;
        if (authority.n && str_is(authority, x->d->policy->patient_authority)) {
            *ret_n = i;
            return true;
        }
        first = first ? first : i;
    }
    *ret_n = first;
    return true;
}

bool transform_cx(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    size_t n;
    if (!primary_of(x, s, &n, e))
        return false;
    if (n)
        *ret_text = part_text(x, hl7_repetition(x->m, s->raw, n), 1, 0);
    return true;
}

bool transform_cx_issuer(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    size_t n;
    return primary_of(x, s, &n, e) && (!n || cx_authority(x, hl7_repetition(x->m, s->raw, n), ret_text, e));
}

/* The list's own separators can not stand in a value. */
static bool list_safe(struct str s)
{
    return str_find(s, '\\') == s.n && str_find(s, '^') == s.n;
}

bool transform_cx_others(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    struct str part[PARTS_MAX];
    size_t n = hl7_repetitions(x->m, s->raw), primary, count = 0;
    if (!primary_of(x, s, &primary, e))
        return false;
    for (size_t i = 1; i <= n && count < PARTS_MAX; i++) {
        struct str cx = hl7_repetition(x->m, s->raw, i), id = part_text(x, cx, 1, 0), authority;
        if (i == primary || !id.n)
            continue;
        if (!cx_authority(x, cx, &authority, e))
            return false;
        if (list_safe(id) && list_safe(authority))
            part[count++] = arena_printf(x->d->arena, "%.*s^%.*s", STR_ARG(id), STR_ARG(authority));
        else
            domain_warn(x->d, "PID-3 repetition %zu has delimiters in its value: passed over", i);
    }
    *ret_text = join_texts(x->d->arena, part, count, "\\");
    return true;
}
