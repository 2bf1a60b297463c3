/* Names of persons to DICOM PN, "family^given^middle^prefix^suffix" (PS3.5 6.2.1). HL7 has the suffix before
 * the prefix. */
#include "hl7/net/map_priv.h"

#include <string.h>

/* Where the parts of a name stand: numbers of components or of subcomponents. */
struct name_shape {
    unsigned family, given, middle, suffix, prefix, degree;
    bool sub; /* all in the subcomponents of the first component */
};
static const struct name_shape xpn = {1, 2, 3, 4, 5, 6, false}, xcn = {2, 3, 4, 5, 6, 7, false},
                               cnn = {2, 3, 4, 5, 6, 7, true};

/* Characters that mean something in a PN or in a display text become blanks. */
static struct str name_part(const struct mapping *x, struct str name, bool sub, unsigned n)
{
    struct str text = sub ? part_text(x, name, 1, n) : part_text(x, name, n, 1);
    char *p = arena_cstr(x->d->arena, text);
    for (size_t i = 0; i < text.n; i++)
        if (strchr("^=\\,", p[i]))
            p[i] = ' ';
    return str_trim((struct str){p, text.n});
}

static struct str name_of(const struct mapping *x, struct str name, const struct name_shape *k)
{
    struct arena *a = x->d->arena;
    struct name_parts p = {.family = name_part(x, name, k->sub, k->family),
                           .given = name_part(x, name, k->sub, k->given),
                           .middle = name_part(x, name, k->sub, k->middle),
                           .prefix = name_part(x, name, k->sub, k->prefix)};
    const struct str suffix[] = {name_part(x, name, k->sub, k->suffix), name_part(x, name, k->sub, k->degree)};
    p.suffix = join_texts(a, suffix, 2, " ");
    if (p.middle.n && !p.given.n) {
        p.given = p.middle;
        p.middle = STR_NONE;
    }
    return name_join(a, &p);
}

/* How well a repetition of an XPN serves as the group of this representation (XPN-8: A, I, P); 0: not at all.
 * Among the fitting ones the legal name is best, an alias the last. */
static int fitness(const struct mapping *x, struct str name, char representation)
{
    struct str code = part_text(x, name, 8, 0), type = part_text(x, name, 7, 0);
    char said = code.n ? code.p[0] : 'A';
    if (said != representation && !(representation == 'A' && said != 'I' && said != 'P'))
        return 0;
    return str_is(type, "L") ? 4 : !type.n ? 3 : str_is(type, "A") || str_is(type, "N") ? 1 : 2;
}

static struct str best_group(const struct mapping *x, const struct map_source *s, char representation)
{
    struct str best = STR_NONE;
    int found = 0;
    size_t n = hl7_repetitions(x->m, s->raw);
    for (size_t i = 1; i <= n && i <= 20; i++) {
        struct str name = hl7_repetition(x->m, s->raw, i), text = name_of(x, name, &xpn);
        int fit = text.n ? fitness(x, name, representation) : 0;
        if (fit > found) {
            found = fit;
            best = text;
        }
    }
    return best;
}

bool transform_xpn(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    struct str alphabetic = best_group(x, s, 'A'), ideographic = best_group(x, s, 'I'),
               phonetic = best_group(x, s, 'P');
    (void)e;
    if (phonetic.n)
        *ret_text =
            arena_printf(x->d->arena, "%.*s=%.*s=%.*s", STR_ARG(alphabetic), STR_ARG(ideographic), STR_ARG(phonetic));
    else if (ideographic.n)
        *ret_text = arena_printf(x->d->arena, "%.*s=%.*s", STR_ARG(alphabetic), STR_ARG(ideographic));
    else
        *ret_text = alphabetic;
    return true;
}

bool transform_xcn(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    (void)e;
    *ret_text = name_of(x, first_repetition(x, s), &xcn);
    return true;
}

bool transform_xcn_id(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    (void)e;
    *ret_text = part_text(x, first_repetition(x, s), 1, 0);
    return true;
}

/* NDL keeps the person in subcomponents of its first component; many senders write an XCN there, or a bare
 * name. */
bool transform_ndl(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    struct str r = first_repetition(x, s), only = part_text(x, r, 1, 1), second = part_text(x, r, 2, 1);
    bool dated = second.n && second.p[0] >= '0' && second.p[0] <= '9'; /* NDL.2 is a time */
    (void)e;
    struct str name = name_of(x, r, &cnn);
    if (!name.n && second.n && !dated)
        name = name_of(x, r, &xcn);
    if (!name.n && (str_find(only, ' ') < only.n || str_find(only, ',') < only.n))
        name = name_part(x, r, false, 1);
    *ret_text = name;
    return true;
}
