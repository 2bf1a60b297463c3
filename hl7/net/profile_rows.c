/* The rows of a profile's map, with the names in them looked up. */
#include "hl7/net/profile_priv.h"

static const struct {
    const char *name;
    unsigned structure;
} structures[] = {{"ORM", HL7_MAP_ORDER},
                  {"OMG", HL7_MAP_ORDER},
                  {"OMI", HL7_MAP_IMAGING},
                  {"ADT", HL7_MAP_PATIENT},
                  {"ORU", HL7_MAP_REPORT}};

static bool fault(const struct hl7_profile_move *m, const char *what, struct err *e)
{
    err_set(e, ERR_INVALID, "line %u: %s", m->line, what);
    return err_line(e, m->line, 0);
}

/* Wherever the field is known, unless the row says where. */
static unsigned usual_structures(enum field f)
{
    size_t n;
    const struct hl7_map_row *rows = hl7_map_rows(&n);
    unsigned bits = 0;
    for (size_t i = 0; i < n; i++)
        bits |= rows[i].field == f ? rows[i].structures : 0;
    return bits;
}

static bool structures_of(const struct hl7_profile_move *m, enum field f, unsigned *ret_bits, struct err *e)
{
    *ret_bits = m->in.n ? 0 : usual_structures(f);
    for (size_t i = 0; i < m->in.n; i++) {
        unsigned bits = 0;
        for (size_t k = 0; k < sizeof structures / sizeof structures[0]; k++)
            bits |= str_is(m->in.item[i], structures[k].name) ? structures[k].structure : 0;
        if (!bits)
            return fault(m, "in has a word that is none of ORM, OMG, OMI, ADT, ORU", e);
        *ret_bits |= bits;
    }
    return *ret_bits || fault(m, "the field comes from no message; say in which with in", e);
}

static bool override_of(const struct hl7_profile_move *m, struct arena *a, struct map_override *ret, struct err *e)
{
    enum field f = field_find(m->field);
    const char *location = arena_cstr(a, m->from), *transform = arena_cstr(a, m->transform);
    unsigned bits;
    if (f == FIELDS)
        return fault(m, "there is no such field (isocentre describe fields)", e);
    const struct map_transform_row *t = map_transform_find(transform);
    if (!t)
        return fault(m, "there is no such transform", e);
    if (!structures_of(m, f, &bits, e))
        return false;
    *ret = (struct map_override){.row = {f, location, transform, bits}, .transform = t, .also = m->also};
    return hl7_location_parse(location, &ret->at, NULL) || fault(m, "from is no place", e);
}

/* Names of fields in tests are checked here too: a slip there would make a test that can not fail. */
static bool check_tests(const struct hl7_profile *p, struct err *e)
{
    for (size_t i = 0; i < p->tests; i++)
        for (size_t k = 0; k < p->test[i].fields; k++) {
            const struct hl7_profile_move at = {.line = p->test[i].field[k].line};
            if (field_find(p->test[i].field[k].field) == FIELDS)
                return fault(&at, "there is no such field (isocentre describe fields)", e);
        }
    return true;
}

static bool rows_of(const struct hl7_profile *p, struct arena *a, struct map_overrides *ret_rows, struct err *e)
{
    struct map_override *item = ARENA_ARRAY(a, struct map_override, p->moves + 1);
    for (size_t i = 0; i < p->moves; i++)
        if (!override_of(&p->move[i], a, &item[i], e))
            return false;
    *ret_rows = (struct map_overrides){item, p->moves};
    return true;
}

bool profile_make(struct str document, struct arena *a, struct profile_live *ret_live, struct err *e)
{
    return hl7_profile_read(document, a, &ret_live->profile, e) && check_tests(&ret_live->profile, e) &&
           rows_of(&ret_live->profile, a, &ret_live->rows, e);
}
