/* A profile asked of a message: every rule, at every place it speaks of. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "hl7/profile/profile_priv.h"

struct check {
    const struct hl7_message *m;
    struct arena *a;
    struct hl7_group *order; /* the order groups, in their order */
    size_t orders;
    struct hl7_findings *found;
};

/* One place a rule is asked of. */
struct spot {
    const struct hl7_profile_rule *rule;
    const struct hl7_segment *segment; /* NULL: it is not there */
    struct hl7_location at;
};

static void find(struct check *c, const struct spot *s, enum err_code code, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
static void find(struct check *c, const struct spot *s, enum err_code code, const char *fmt, ...)
{
    char what[120];
    va_list ap;
    if (c->found->n == HL7_FINDINGS_MAX)
        return;
    va_start(ap, fmt);
    vsnprintf(what, sizeof what, fmt, ap);
    va_end(ap);
    struct hl7_finding *f = &c->found->item[c->found->n++];
    *f = (struct hl7_finding){.where = s->rule->place, .code = code, .warning = s->rule->warning};
    if (s->segment)
        hl7_erl(s->segment, &s->at, f->place);
    else
        snprintf(f->place, sizeof f->place, "%.3s^%u", s->at.segment, s->at.occurrence ? s->at.occurrence : 1);
    f->text = arena_printf(c->a, "%.*s %s%s%.*s", STR_ARG(s->rule->place), what, s->rule->text.n ? ": " : "",
                           STR_ARG(s->rule->text));
}

/* ---- which rules speak of the message, and where ---- */

static bool speaks_of(const struct hl7_profile_rule *rule, struct str type, struct str event)
{
    for (size_t i = 0; i < rule->messages.n; i++) {
        struct str name = rule->messages.item[i];
        size_t hat = str_find(name, '^');
        if (str_eq(str_sub(name, 0, hat), type) && (hat == name.n || str_eq(str_sub(name, hat + 1, name.n), event)))
            return true;
    }
    return !rule->messages.n;
}

static void find_orders(struct check *c)
{
    struct hl7_group all = hl7_all(c->m), g = {0};
    size_t n = 0;
    while (hl7_group_next(&all, "ORC OBR", &g))
        n++;
    c->order = ARENA_ARRAY(c->a, struct hl7_group, n + 1);
    g = (struct hl7_group){0};
    while (c->orders < n && hl7_group_next(&all, "ORC OBR", &g))
        c->order[c->orders++] = g;
}

/* The order group a segment stands in, else the whole message. */
static struct hl7_group around(const struct check *c, const struct hl7_segment *s)
{
    size_t at = (size_t)(s - c->m->segments), low = 0, high = c->orders;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (c->order[middle].to <= at)
            low = middle + 1;
        else
            high = middle;
    }
    bool inside = low < c->orders && c->order[low].from <= at;
    return inside ? c->order[low] : hl7_all(c->m);
}

/* In the group; what it lacks stands in front of all groups. */
static bool holds(const struct check *c, const struct hl7_profile_when *when, const struct hl7_group *g)
{
    struct str text;
    struct hl7_group all = hl7_all(c->m);
    if (!when->at.field)
        return true;
    const struct hl7_group *in = hl7_segment_find(g, when->at.segment, 1) ? g : &all;
    if (!when->is.n)
        return hl7_presence(hl7_at(in, &when->at)) == HL7_VALUE;
    if (hl7_text_at(in, &when->at, c->a, &text) != HL7_VALUE)
        return false;
    for (size_t i = 0; i < when->is.n; i++)
        if (str_eq(when->is.item[i], text))
            return true;
    return false;
}

/* ---- values ---- */

static bool in_table(const struct hl7_profile_table *t, struct str code)
{
    for (size_t i = 0; i < t->codes.n; i++)
        if (str_eq(t->codes.item[i], code))
            return true;
    return false;
}

/* raw has a value: a whole repetition, or the part of it the rule names. */
static void check_value(struct check *c, const struct spot *s, struct str raw)
{
    const struct hl7_profile_rule *rule = s->rule;
    struct str whole = hl7_unescape(c->m, c->a, raw);
    struct str first = hl7_subcomponent(c->m, hl7_component(c->m, raw, 1), 1);
    first = str_trim(rule->at.component ? whole : hl7_unescape(c->m, c->a, first));
    if (rule->length && str_utf8_count(whole) > (size_t)rule->length)
        find(c, s, ERR_LENGTH, "is longer than %lld characters", (long long)rule->length);
    if (rule->table && !in_table(rule->table, first))
        find(c, s, ERR_CODE_INVALID, "is not in table %.*s", (int)(rule->table->name.n > 40 ? 40 : rule->table->name.n),
             rule->table->name.p);
    if (rule->value.n && !str_eq(rule->value, first))
        find(c, s, ERR_CODE_INVALID, "has another value than the profile allows");
    if (rule->vr && !hl7_vr_fits(rule->vr, first))
        find(c, s, first.n && str_utf8_count(first) > rule->vr->max ? ERR_LENGTH : ERR_INVALID,
             "does not fit DICOM's %s", rule->vr->meaning);
}

/* Presence, then the value. */
static void check_part(struct check *c, const struct spot *s, struct str raw, bool required)
{
    enum hl7_presence presence = hl7_presence(raw);
    if (required && presence != HL7_VALUE)
        find(c, s, ERR_REQUIRED, presence == HL7_NULL ? "is required, and can not be removed" : "is required");
    else if (s->rule->usage == HL7_USAGE_X && presence == HL7_VALUE)
        find(c, s, ERR_CARDINALITY, "must not be sent");
    else if (presence == HL7_VALUE)
        check_value(c, s, raw);
}

static struct str part_at(const struct check *c, struct str repetition, const struct hl7_location *at)
{
    struct str raw = at->component ? hl7_component(c->m, repetition, at->component) : repetition;
    return at->subcomponent ? hl7_subcomponent(c->m, raw, at->subcomponent) : raw;
}

static void check_count(struct check *c, const struct spot *s, size_t n)
{
    const struct hl7_profile_rule *rule = s->rule;
    if (rule->min && n && n < (size_t)rule->min)
        find(c, s, ERR_CARDINALITY, "is there fewer than %lld times", (long long)rule->min);
    if (rule->max && n > (size_t)rule->max)
        find(c, s, ERR_CARDINALITY, "is there more than %lld times", (long long)rule->max);
}

/* The condition is about the field itself: then it is asked of each repetition. */
static bool of_same_field(const struct hl7_profile_rule *rule)
{
    const struct hl7_location *when = &rule->when.at;
    return !rule->when.is.n && rule->at.field && when->field == rule->at.field && !when->repetition &&
           strcmp(when->segment, rule->at.segment) == 0;
}

static void check_field(struct check *c, const struct hl7_profile_rule *rule, const struct hl7_segment *segment)
{
    struct spot s = {rule, segment, rule->at};
    struct str field = hl7_field(segment, rule->at.field);
    bool required = rule->usage == HL7_USAGE_R || rule->usage == HL7_USAGE_C;
    size_t n = hl7_repetitions(c->m, field), from = 1, to = n ? n : 1;
    if (str_is(segment->name, "MSH") && rule->at.field <= 2)
        n = from = to = 1;
    if (!rule->at.repetition)
        check_count(c, &s, n);
    else
        from = to = rule->at.repetition;
    for (size_t i = from; i <= to && c->found->n < HL7_FINDINGS_MAX; i++) {
        struct str repetition = n > 1 || i > 1 ? hl7_repetition(c->m, field, i) : field;
        s.at.repetition = rule->at.component || n > 1 ? (unsigned)i : 0;
        if (!of_same_field(rule) || hl7_presence(part_at(c, repetition, &rule->when.at)) == HL7_VALUE)
            check_part(c, &s, part_at(c, repetition, &rule->at), required);
    }
}

static void check_fields(struct check *c, const struct hl7_profile_rule *rule)
{
    struct hl7_group all = hl7_all(c->m);
    const struct hl7_segment *s = NULL;
    while ((s = hl7_segment_next(&all, s, rule->at.segment))) {
        struct hl7_group g = around(c, s);
        if (rule->at.occurrence && rule->at.occurrence != s->occurrence)
            continue;
        if (of_same_field(rule) || holds(c, &rule->when, &g))
            check_field(c, rule, s);
        if (c->found->n == HL7_FINDINGS_MAX)
            return;
    }
}

/* ---- whole segments ---- */

static void check_scope(struct check *c, const struct hl7_profile_rule *rule, const struct hl7_group *g, size_t number)
{
    struct spot s = {rule, hl7_segment_find(g, rule->at.segment, 1), rule->at};
    size_t n = 0;
    if (!holds(c, &rule->when, g))
        return;
    for (const struct hl7_segment *x = s.segment; x; x = hl7_segment_next(g, x, rule->at.segment))
        n++;
    s.at.occurrence = (unsigned)number;
    if (!n && (rule->usage == HL7_USAGE_R || rule->usage == HL7_USAGE_C))
        find(c, &s, ERR_REQUIRED, "is required");
    else if (n && rule->usage == HL7_USAGE_X)
        find(c, &s, ERR_CARDINALITY, "must not be sent");
    else
        check_count(c, &s, n);
}

static void check_segments(struct check *c, const struct hl7_profile_rule *rule)
{
    struct hl7_group all = hl7_all(c->m);
    if (!rule->each_order)
        check_scope(c, rule, &all, 1);
    for (size_t i = 0; rule->each_order && i < c->orders; i++)
        check_scope(c, rule, &c->order[i], i + 1);
}

void hl7_profile_check(const struct hl7_profile *p, const struct hl7_message *m, struct arena *a,
                       struct hl7_findings *ret_findings)
{
    struct check c = {.m = m, .a = a, .found = ret_findings};
    struct str type = hl7_get(m, a, "MSH-9.1"), event = hl7_get(m, a, "MSH-9.2");
    ret_findings->n = 0;
    find_orders(&c);
    for (size_t i = 0; i < p->rules; i++) {
        const struct hl7_profile_rule *rule = &p->rule[i];
        if (!speaks_of(rule, type, event))
            continue;
        if (rule->at.field)
            check_fields(&c, rule);
        else
            check_segments(&c, rule);
    }
}
