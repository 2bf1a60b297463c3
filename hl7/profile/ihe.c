/* The built-in profiles. */
#include "hl7/profile/profile_priv.h"

struct ihe_rule {
    const char *profile, *message, *place;
    enum hl7_usage usage;
    const char *vr, *when, *is;
    bool warning;
    const char *text;
};

enum { ERROR = false, WARNING = true };

static const struct ihe_rule rows[] = {
#define RULE(profile, message, place, usage, vr, when, is, severity, text) \
    {profile, message, place, HL7_USAGE_##usage, vr, when, is, severity, text},
#include "hl7/profile/ihe.def"
#undef RULE
};
enum { ROWS = sizeof rows / sizeof rows[0] };

static struct hl7_texts one(struct arena *a, const char *text)
{
    struct hl7_texts t = {ARENA_NEW(a, struct str), 1};
    t.item[0] = str_of(text);
    return t;
}

static struct hl7_profile_rule rule_of(const struct ihe_rule *row, struct arena *a)
{
    struct str place = str_of(row->place);
    struct hl7_profile_rule rule = {.each_order = str_ends(place, " ORDER"),
                                    .messages = one(a, row->message),
                                    .usage = row->usage,
                                    .vr = hl7_vr_find(str_of(row->vr)),
                                    .warning = row->warning,
                                    .text = str_of(row->text)};
    rule.place = str_sub(place, 0, str_find(place, ' '));
    hl7_profile_place(rule.place, &rule.at);
    if (row->when[0]) {
        hl7_profile_place(str_of(row->when), &rule.when.at);
        rule.when.is = one(a, row->is);
    }
    return rule;
}

bool hl7_profile_builtin(struct str name, struct arena *a, struct hl7_profile *ret_profile)
{
    struct hl7_profile p = {.name = name, .rule = ARENA_ARRAY(a, struct hl7_profile_rule, ROWS)};
    for (size_t i = 0; i < ROWS; i++)
        if (str_is(name, rows[i].profile))
            p.rule[p.rules++] = rule_of(&rows[i], a);
    if (p.rules)
        *ret_profile = p;
    return p.rules > 0;
}

const char *hl7_profile_builtin_for(const struct hl7_message *m, struct arena *a)
{
    struct str type = hl7_get(m, a, "MSH-9.1"), event = hl7_get(m, a, "MSH-9.2");
    struct str name = arena_printf(a, "%.*s^%.*s", STR_ARG(type), STR_ARG(event));
    for (size_t i = 0; i < ROWS; i++)
        if (str_is(name, rows[i].message))
            return rows[i].profile;
    return NULL;
}
