/* Fields made of several parts or several segments: places, addresses, phone numbers, notes, allergies,
 * measurements. */
#include "hl7/net/map_priv.h"

#include <stdlib.h>
#include <string.h>

enum { PARTS_MAX = 64 };

static struct str join_parts(const struct mapping *x, struct str repetition, const unsigned *component, size_t n,
                             const char *separator)
{
    struct str part[8];
    for (size_t i = 0; i < n; i++)
        part[i] = part_text(x, repetition, component[i], 1);
    return join_texts(x->d->arena, part, n, separator);
}

bool transform_location(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    static const unsigned unit_room_bed_facility[] = {1, 2, 3, 4};
    (void)e;
    *ret_text = join_parts(x, first_repetition(x, s), unit_room_bed_facility, 4, " ");
    return true;
}

bool transform_address(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    static const unsigned street_other_city_state_zip_country[] = {1, 2, 3, 4, 5, 6};
    (void)e;
    *ret_text = join_parts(x, first_repetition(x, s), street_other_city_state_zip_country, 6, ", ");
    return true;
}

bool transform_phone(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    static const unsigned country_area_number[] = {5, 6, 7};
    struct str r = first_repetition(x, s);
    (void)e;
    *ret_text = part_text(x, r, 1, 0);
    if (!ret_text->n)
        *ret_text = part_text(x, r, 12, 0);
    if (!ret_text->n)
        *ret_text = join_parts(x, r, country_area_number, 3, " ");
    return true;
}

/* ---- several segments ---- */

/* NTE-3 may repeat and may hold lines; both are lines of the comment. */
static struct str note_text(const struct mapping *x, const struct hl7_segment *nte)
{
    struct str part[PARTS_MAX], field = hl7_field(nte, 3);
    size_t n = hl7_repetitions(x->m, field), count = 0;
    for (size_t i = 1; i <= n && count < PARTS_MAX; i++)
        part[count++] = str_trim(hl7_unescape(x->m, x->d->arena, hl7_repetition(x->m, field, i)));
    return join_texts(x->d->arena, part, count, "\n");
}

bool transform_notes(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    struct str part[PARTS_MAX];
    size_t count = 0;
    const struct hl7_segment *obr = x->group.m ? hl7_segment_find(&x->group, "OBR", 1) : NULL;
    const struct hl7_segment *end = x->group.m ? x->m->segments + x->group.to : NULL;
    (void)s;
    (void)e;
    for (const struct hl7_segment *n = obr ? obr + 1 : end; n != end && str_is(n->name, "NTE") && count < PARTS_MAX;
         n++)
        part[count++] = note_text(x, n);
    *ret_text = join_texts(x->d->arena, part, count, "\n");
    return true;
}

bool transform_allergies(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    struct str part[PARTS_MAX];
    size_t count = 0;
    (void)s;
    (void)e;
    for (const struct hl7_segment *al = scan_next(x, NULL, "AL1"); al && count < PARTS_MAX;
         al = scan_next(x, al, "AL1")) {
        struct str r = hl7_repetition(x->m, hl7_field(al, 3), 1), words = part_text(x, r, 2, 0);
        part[count++] = words.n ? words : part_text(x, r, 1, 0);
    }
    *ret_text = join_texts(x->d->arena, part, count, "; ");
    return true;
}

/* ---- measurements ---- */

struct measure {
    const char *codes, *words; /* blank between codes, comma between words */
    double most;               /* what is over it is a slip of the unit */
};
struct unit {
    const char *name;
    double factor;
};
static const struct measure weight = {"29463-7 3141-9 3142-7 8335-2", "BODY WEIGHT,WEIGHT", 700};
static const struct measure size = {"8302-2 3137-7 3138-5 8301-4", "BODY HEIGHT,HEIGHT,BODY LENGTH", 3};
static const struct unit weights[] = {
    {"kg", 1}, {"g", 0.001}, {"lb", 0.45359237}, {"lbs", 0.45359237}, {"[lb_av]", 0.45359237}};
static const struct unit sizes[] = {{"m", 1}, {"cm", 0.01}, {"mm", 0.001}, {"in", 0.0254}, {"[in_i]", 0.0254}};

/* Is the text one of the list, letter case aside? */
static bool listed(const char *list, char separator, struct str text)
{
    struct str rest = str_of(list), one;
    char word[32];
    while (text.n && str_next(&rest, separator, &one)) {
        str_copy(word, sizeof word, one);
        if (str_is_nocase(text, word))
            return true;
    }
    return false;
}

static bool measures(const struct mapping *x, const struct hl7_segment *obx, const struct measure *k)
{
    struct str what = hl7_repetition(x->m, hl7_field(obx, 3), 1);
    return listed(k->codes, ' ', part_text(x, what, 1, 0)) || listed(k->words, ',', part_text(x, what, 1, 0)) ||
           listed(k->words, ',', part_text(x, what, 2, 0));
}

/* A plain decimal number. */
static bool number_of(struct arena *a, struct str text, double *ret_number)
{
    char *end, *p = arena_cstr(a, text);
    for (size_t i = 0; i < text.n; i++)
        if (!strchr("0123456789.", p[i]))
            return false;
    *ret_number = strtod(p, &end);
    return text.n && text.n <= 12 && !*end;
}

static struct str decimal(struct arena *a, double number)
{
    struct str s = arena_printf(a, "%.3f", number);
    while (s.n && s.p[s.n - 1] == '0')
        s.n--;
    return s.n && s.p[s.n - 1] == '.' ? str_sub(s, 0, s.n - 1) : s;
}

static struct str convert(struct mapping *x, const struct hl7_segment *obx, const struct measure *k,
                          const struct unit *units, size_t n)
{
    struct arena *a = x->d->arena;
    struct str text = part_text(x, hl7_repetition(x->m, hl7_field(obx, 5), 1), 1, 0);
    struct str unit = part_text(x, hl7_repetition(x->m, hl7_field(obx, 6), 1), 1, 0);
    double number;
    for (size_t i = 0; i < n && number_of(a, text, &number); i++)
        if (str_is_nocase(unit, units[i].name) && number > 0 && number * units[i].factor <= k->most)
            return units[i].factor == 1 ? text : decimal(a, number * units[i].factor);
    return STR_NONE;
}

static struct str measured(struct mapping *x, const struct measure *k, const struct unit *units, size_t n)
{
    for (const struct hl7_segment *obx = scan_next(x, NULL, "OBX"); obx; obx = scan_next(x, obx, "OBX")) {
        if (!measures(x, obx, k))
            continue;
        struct str value = convert(x, obx, k, units, n);
        if (value.n)
            return value;
        domain_warn(x->d, "OBX %u: a measurement whose number or unit can not be taken: passed over", obx->occurrence);
    }
    return STR_NONE;
}

bool transform_weight(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    (void)s;
    (void)e;
    *ret_text = measured(x, &weight, weights, sizeof weights / sizeof weights[0]);
    return true;
}

bool transform_size(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    (void)s;
    (void)e;
    *ret_text = measured(x, &size, sizes, sizeof sizes / sizeof sizes[0]);
    return true;
}
