/* Coded values: codes with their schemes, and small tables that translate one vocabulary to another. */
#include "hl7/net/map_priv.h"

struct pair {
    const char *code, *means;
};

static const struct pair sexes[] = {{"M", "M"}, {"F", "F"}, {"O", "O"}, {"A", "O"}, {"N", "O"}, {"U", ""}};
/* HL7 table 0485 and TQ.6; in words as some senders write them. */
static const struct pair priorities[] = {
    {"S", "STAT"},    {"STAT", "STAT"},     {"A", "HIGH"},    {"P", "HIGH"},    {"C", "HIGH"},
    {"ASAP", "HIGH"}, {"URGENT", "HIGH"},   {"HIGH", "HIGH"}, {"R", "ROUTINE"}, {"ROUTINE", "ROUTINE"},
    {"T", "MEDIUM"},  {"MEDIUM", "MEDIUM"}, {"LOW", "LOW"}};
static const struct pair modalities[] = {
#define MODALITY(written, modality) {written, modality},
#include "hl7/net/modalities.def"
#undef MODALITY
};
static const struct pair results[] = {
#define RESULT(code, status) {code, status},
#include "hl7/net/results.def"
#undef RESULT
};
static const struct pair needs[] = {
#define NEED(code, words) {code, words},
#include "hl7/net/needs.def"
#undef NEED
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const char *meaning_of(const struct pair *p, size_t n, struct str code)
{
    for (size_t i = 0; i < n; i++)
        if (str_is_nocase(code, p[i].code))
            return p[i].means;
    return NULL;
}

static struct str code_text(const struct mapping *x, const struct map_source *s)
{
    return part_text(x, first_repetition(x, s), s->at.component ? 0 : 1, 0);
}

/* ---- code^scheme^meaning ---- */

/* The form's own separators can not stand in a part. */
static struct str code_part(const struct mapping *x, struct str repetition, unsigned n)
{
    struct str text = part_text(x, repetition, n, 0);
    if (str_find(text, '^') == text.n)
        return text;
    char *p = arena_cstr(x->d->arena, text);
    for (size_t i = 0; i < text.n; i++)
        p[i] = p[i] == '^' ? ' ' : p[i];
    return (struct str){p, text.n};
}

static void read_code(const struct mapping *x, const struct map_source *s, struct str *ret_scheme, struct str *ret_text)
{
    unsigned n = s->at.component ? s->at.component : 1;
    struct str r = hl7_repetition(x->m, hl7_field(s->segment, s->at.field), 1);
    struct str code = code_part(x, r, n), meaning = code_part(x, r, n + 1);
    *ret_scheme = code_part(x, r, n + 2);
    if (code.n)
        *ret_text = arena_printf(x->d->arena, "%.*s^%.*s^%.*s", STR_ARG(code), STR_ARG(*ret_scheme), STR_ARG(meaning));
    while (ret_text->n && ret_text->p[ret_text->n - 1] == '^')
        ret_text->n--;
}

bool transform_code(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    struct str scheme;
    (void)e;
    read_code(x, s, &scheme, ret_text);
    return true;
}

bool transform_coded(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    struct str scheme, text = STR_NONE;
    (void)e;
    read_code(x, s, &scheme, &text);
    if (scheme.n)
        *ret_text = text;
    return true;
}

/* ---- vocabularies ---- */

static void translate(struct mapping *x, const struct map_source *s, const struct pair *table, size_t n,
                      struct str *ret_text)
{
    struct str code = code_text(x, s);
    const char *means = meaning_of(table, n, code);
    if (means)
        *ret_text = str_of(means);
    else if (code.n)
        domain_warn(x->d, "%s-%u has a code that is not known here: passed over", s->at.segment, s->at.field);
}

bool transform_sex(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    (void)e;
    translate(x, s, sexes, COUNT(sexes), ret_text);
    return true;
}

bool transform_priority(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    (void)e;
    translate(x, s, priorities, COUNT(priorities), ret_text);
    return true;
}

/* A status that is not understood would publish a report as something it is not. */
bool transform_result(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    const char *status = meaning_of(results, COUNT(results), code_text(x, s));
    if (!status)
        return source_error(s, ERR_CODE_INVALID, "the result status is not known", e);
    *ret_text = str_of(status);
    return true;
}

/* Table 0271: authenticated is final, documented is preliminary, what is being dictated is only known of. */
static const struct pair completions[] = {{"LA", "final"},       {"AU", "final"},      {"DO", "preliminary"},
                                          {"PA", "preliminary"}, {"IP", "registered"}, {"IN", "registered"},
                                          {"DI", "registered"}};

bool transform_completion(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    const char *status = meaning_of(completions, COUNT(completions), code_text(x, s));
    if (!status)
        return source_error(s, ERR_CODE_INVALID, "the completion status is not known", e);
    *ret_text = str_of(status);
    return true;
}

/* A code string (PS3.5 6.2, CS): upper case, digits, blank, underscore, at most 16. */
static bool code_string(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'A' && s.p[i] <= 'Z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == ' ' || s.p[i] == '_'))
            return false;
    return s.n > 0 && s.n <= 16;
}

bool transform_modality(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    struct str code = code_text(x, s);
    const char *means = meaning_of(modalities, COUNT(modalities), code);
    char *upper = arena_cstr(x->d->arena, code);
    (void)e;
    for (size_t i = 0; i < code.n; i++)
        if (upper[i] >= 'a' && upper[i] <= 'z')
            upper[i] = (char)(upper[i] - 'a' + 'A');
    struct str plain = {upper, code.n};
    if (means)
        *ret_text = str_of(means);
    else if (code_string(plain))
        *ret_text = plain;
    if (!ret_text->n)
        domain_warn(x->d, "%s-%u names no modality: passed over", s->at.segment, s->at.field);
    return true;
}

/* Table 0004 and the class of an encounter (v3-ActCode) it is. */
static const struct pair classes[] = {{"I", "IMP"}, {"O", "AMB"}, {"E", "EMER"}, {"P", "PRENC"}, {"R", "AMB"},
                                      {"B", "IMP"}, {"C", ""},    {"N", ""},     {"U", ""}};

bool transform_class(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    (void)e;
    translate(x, s, classes, COUNT(classes), ret_text);
    return true;
}

/* ---- ambulatory status ---- */

bool transform_pregnancy(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    (void)e;
    for (size_t i = 1; i <= hl7_repetitions(x->m, s->raw); i++)
        if (str_is_nocase(part_text(x, hl7_repetition(x->m, s->raw, i), 1, 0), "B6"))
            *ret_text = STR("3");
    return true;
}

bool transform_needs(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    struct str part[COUNT(needs)];
    size_t count = 0;
    (void)e;
    for (size_t i = 1; i <= hl7_repetitions(x->m, s->raw) && count < COUNT(needs); i++) {
        struct str code = part_text(x, hl7_repetition(x->m, s->raw, i), 1, 0);
        const char *words = meaning_of(needs, COUNT(needs), code);
        if (words)
            part[count++] = str_of(words);
    }
    *ret_text = join_texts(x->d->arena, part, count, ", ");
    return true;
}
