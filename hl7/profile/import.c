/* HL7 v2.x message profile XML (HL7 2.5.1 §2.12, HL7v2xConformanceProfile) to the JSON of a profile. Attributes say
 * what a part must be; its number is its place among its like. */
#include <stdio.h>

#include "base/json.h"
#include "base/xml.h"
#include "hl7/profile/profile_priv.h"

enum { DEPTH_MAX = 32, SEGMENTS_MAX = 300, LEVELS = 4 };

struct element { /* attributes of the element at hand */
    struct str name, usage, min, max, length, table, value, type, event;
};

struct import {
    struct xml_reader *x;
    struct arena *a;
    struct buf *out, *notes;
    struct str message; /* "ORM^O01" */
    int groups, optional_groups, repeating_groups;
    bool group_optional[DEPTH_MAX], group_repeats[DEPTH_MAX];
    struct str seen[SEGMENTS_MAX];
    size_t seen_n, rules, conditions, tables;
    struct str segment;
    bool known;            /* the segment was told in another group already */
    unsigned at[LEVELS];   /* numbers of field, component, subcomponent, from [1] */
    bool required[LEVELS]; /* whether [level] is R */
    int level;
    bool any_definition;
};

static struct element attributes(struct import *im)
{
    struct element e = {.name = STR_NONE};
    const struct {
        const char *name;
        struct str *to;
    } wanted[] = {{"Name", &e.name},
                  {"Usage", &e.usage},
                  {"Min", &e.min},
                  {"Max", &e.max},
                  {"Length", &e.length},
                  {"Table", &e.table},
                  {"ConstantValue", &e.value},
                  {"MsgType", &e.type},
                  {"EventType", &e.event}};
    struct xml_attribute given;
    for (int i = 0; xml_attribute(im->x, i, &given); i++)
        for (size_t k = 0; k < sizeof wanted / sizeof wanted[0]; k++)
            if (str_is(given.name, wanted[k].name))
                *wanted[k].to = arena_str(im->a, given.value);
    return e;
}

/* ---- rules ---- */

static struct str place(struct import *im, int level)
{
    const unsigned *n = im->at;
    if (!level)
        return im->segment;
    if (level == 1)
        return arena_printf(im->a, "%.*s-%u", STR_ARG(im->segment), n[1]);
    return level == 2 ? arena_printf(im->a, "%.*s-%u.%u", STR_ARG(im->segment), n[1], n[2])
                      : arena_printf(im->a, "%.*s-%u.%u.%u", STR_ARG(im->segment), n[1], n[2], n[3]);
}

static void begin_rule(struct import *im, int level)
{
    json_put_comma(im->out);
    buf_puts(im->out, im->rules++ ? "\n    {" : "\n    {");
    json_put_field(im->out, "at", place(im, level));
    if (im->message.n) {
        json_put_name(im->out, "messages");
        buf_putc(im->out, '[');
        json_put_str(im->out, im->message);
        buf_putc(im->out, ']');
    }
}

static bool is_number(struct str s, int64_t *ret_n)
{
    return s.n && str_int(s, ret_n) && *ret_n > 0 && *ret_n <= 1000000;
}

/* A part is asked for only where the part around it was sent. */
static void put_when(struct import *im, int level)
{
    if (level < 2 || im->required[level - 1])
        return;
    json_put_name(im->out, "when");
    buf_putc(im->out, '{');
    json_put_field(im->out, "at", place(im, level - 1));
    buf_putc(im->out, '}');
}

static void put_presence(struct import *im, int level, const struct element *e, bool counts)
{
    int64_t min = 0, max = 0;
    enum hl7_usage usage = HL7_USAGE_O;
    hl7_profile_usage(e->usage, &usage);
    im->conditions += usage == HL7_USAGE_C;
    bool firm = usage == HL7_USAGE_R || usage == HL7_USAGE_X;
    bool many = counts && is_number(e->max, &max), few = counts && is_number(e->min, &min) && min > 1;
    if (!firm && !many && !few)
        return;
    begin_rule(im, level);
    json_put_field(im->out, "usage", firm ? e->usage : STR("O"));
    if (few)
        json_put_int(im->out, "min", min);
    if (many)
        json_put_int(im->out, "max", max);
    if (usage == HL7_USAGE_R)
        put_when(im, level);
    buf_putc(im->out, '}');
}

/* Lengths of profiles are often those of the standard's tables: told, not refused. */
static void put_value(struct import *im, int level, const struct element *e)
{
    int64_t length;
    im->tables += e->table.n > 0;
    if (is_number(e->length, &length)) {
        begin_rule(im, level);
        json_put_int(im->out, "length", length);
        json_put_field(im->out, "severity", STR("warning"));
        buf_putc(im->out, '}');
    }
    if (e->value.n) {
        begin_rule(im, level);
        json_put_field(im->out, "value", e->value);
        buf_putc(im->out, '}');
    }
}

/* ---- elements ---- */

static void begin_group(struct import *im, const struct element *e)
{
    bool optional = !str_is(e->usage, "R"), repeats = !str_is(e->max, "1");
    if (im->groups >= DEPTH_MAX)
        return;
    im->group_optional[im->groups] = optional;
    im->group_repeats[im->groups++] = repeats;
    im->optional_groups += optional;
    im->repeating_groups += repeats;
}

static void end_group(struct import *im)
{
    if (!im->groups)
        return;
    im->optional_groups -= im->group_optional[--im->groups];
    im->repeating_groups -= im->group_repeats[im->groups];
}

static bool is_segment_name(struct str s)
{
    struct hl7_location at;
    return s.n == 3 && hl7_profile_place(s, &at);
}

static void begin_segment(struct import *im, const struct element *e)
{
    struct element told = *e;
    im->segment = is_segment_name(e->name) ? e->name : STR_NONE;
    im->level = 0;
    im->at[1] = 0;
    im->known = !im->segment.n || im->seen_n == SEGMENTS_MAX;
    for (size_t i = 0; i < im->seen_n && !im->known; i++)
        im->known = str_eq(im->seen[i], im->segment);
    if (im->known)
        return;
    im->seen[im->seen_n++] = im->segment;
    if (im->optional_groups || (im->groups && str_is(e->usage, "X")))
        told.usage = STR("O");
    put_presence(im, 0, &told, !im->groups);
}

static void begin_part(struct import *im, int level, const struct element *e)
{
    if (!im->segment.n || level > im->level + 1)
        return;
    im->level = level;
    im->at[level]++;
    if (level + 1 < LEVELS)
        im->at[level + 1] = 0;
    im->required[level] = str_is(e->usage, "R") && (level == 1 || im->required[level - 1]);
    if (im->known)
        return;
    put_presence(im, level, e, level == 1);
    put_value(im, level, e);
}

static int part_level(struct str name)
{
    static const char *const names[] = {"Field", "Component", "SubComponent"};
    for (int i = 0; i < 3; i++)
        if (str_is(name, names[i]))
            return i + 1;
    return 0;
}

static void start(struct import *im)
{
    struct str name = xml_name(im->x);
    struct element e = attributes(im);
    int level = part_level(name);
    if (level)
        begin_part(im, level, &e);
    else if (str_is(name, "Segment"))
        begin_segment(im, &e);
    else if (str_is(name, "SegGroup"))
        begin_group(im, &e);
    else if (str_is(name, "HL7v2xStaticDef")) {
        im->any_definition = true;
        im->message =
            e.type.n && e.event.n ? arena_printf(im->a, "%.*s^%.*s", STR_ARG(e.type), STR_ARG(e.event)) : e.type;
    }
}

static void end(struct import *im)
{
    struct str name = xml_name(im->x);
    int level = part_level(name);
    if (level)
        im->level = level - 1;
    else if (str_is(name, "Segment"))
        im->segment = STR_NONE;
    else if (str_is(name, "SegGroup"))
        end_group(im);
}

static bool walk(struct import *im, struct err *e)
{
    enum xml_event event = XML_EVENT_TEXT;
    while (event != XML_EVENT_DONE) {
        if (!xml_next(im->x, &event, e))
            return false;
        if (event == XML_EVENT_START)
            start(im);
        else if (event == XML_EVENT_END)
            end(im);
    }
    if (!im->any_definition)
        return err_set(e, ERR_STRUCTURE, "the XML has no HL7v2xStaticDef");
    return im->rules <= HL7_RULES_MAX ||
           err_set(e, ERR_TOO_LARGE, "the profile gives more than %d rules", HL7_RULES_MAX);
}

static void put_notes(const struct import *im)
{
    if (im->conditions)
        buf_printf(im->notes,
                   "%zu conditional parts: their predicates are words, so nothing asks for them; add rules with "
                   "usage C and when\n",
                   im->conditions);
    if (im->tables)
        buf_printf(im->notes, "%zu parts name a table: its codes are not in the file; add them under tables\n",
                   im->tables);
    if (im->seen_n == SEGMENTS_MAX)
        buf_printf(im->notes, "more than %d segments: the rest was left out\n", SEGMENTS_MAX);
}

bool hl7_profile_import(struct str xml, const struct hl7_profile *head, struct buf *out, struct buf *ret_notes,
                        struct err *e)
{
    struct arena a CLEANUP(arena_release);
    arena_init(&a);
    struct import *im = ARENA_NEW(&a, struct import);
    *im = (struct import){.a = &a, .out = out, .notes = ret_notes};
    im->x = xml_open(xml, DEPTH_MAX, e);
    if (!im->x)
        return err_wrap(e, "message profile");
    buf_puts(out, "{\n");
    buf_puts(out, "  \"name\":");
    json_put_str(out, head->name);
    buf_puts(out, ",\n  \"sender\":{");
    json_put_field(out, "application", head->application);
    json_put_field_opt(out, "facility", head->facility);
    buf_puts(out, "},\n  \"rules\":[");
    bool ok = walk(im, e);
    xml_close(im->x);
    buf_puts(out, "\n  ]\n}\n");
    put_notes(im);
    return (ok && buf_ok(out, e) && buf_ok(ret_notes, e)) || err_wrap(e, "message profile");
}
