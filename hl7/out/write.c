/* Canonical texts as parts of HL7 segments (transforms.def). */
#include "hl7/out/out_priv.h"

#include "domain/authority.h"

enum { IDS_MAX = 30 };

/* ---- parts ---- */

static struct hl7_location filled(const struct hl7_location *at)
{
    struct hl7_location l = *at;
    l.repetition = l.repetition ? l.repetition : 1;
    l.component = l.component ? l.component : 1;
    l.subcomponent = l.subcomponent ? l.subcomponent : 1;
    return l;
}

static bool same_segment(const struct hl7_location *a, const struct hl7_location *b)
{
    return str_is(str_of(a->segment), b->segment);
}

static bool covers(const struct hl7_location *at, const struct hl7_location *part)
{
    return same_segment(at, part) && at->field == part->field &&
           (!at->repetition || at->repetition == part->repetition) &&
           (!at->component || at->component == part->component) &&
           (!at->subcomponent || at->subcomponent == part->subcomponent);
}

void part_clear(struct parts *p, const struct hl7_location *at)
{
    size_t kept = 0;
    for (size_t i = 0; i < p->n; i++)
        if (!covers(at, &p->part[i].at))
            p->part[kept++] = p->part[i];
    p->n = kept;
}

void part_put(struct parts *p, const struct hl7_location *at, struct str text)
{
    struct hl7_location l = filled(at);
    if (!text.n)
        return;
    part_clear(p, &l);
    p->full = p->full || p->n == PARTS_MAX;
    if (!p->full)
        p->part[p->n++] = (struct part){l, text};
}

static int64_t rank(const struct hl7_location *l)
{
    return (((int64_t)l->field * 1000 + l->repetition) * 1000 + l->component) * 1000 + l->subcomponent;
}

bool parts_segment(const struct parts *p, const char *name, struct hl7_writer *w)
{
    const struct hl7_location wanted = {.segment = {name[0], name[1], name[2], 0}};
    int64_t last = 0;
    for (bool begun = false;;) {
        const struct part *next = NULL;
        for (size_t i = 0; i < p->n; i++)
            if (same_segment(&p->part[i].at, &wanted) && rank(&p->part[i].at) > last &&
                (!next || rank(&p->part[i].at) < rank(&next->at)))
                next = &p->part[i];
        if (!next && begun)
            hl7_end(w);
        if (!next)
            return begun;
        if (!begun)
            hl7_begin(w, name);
        begun = true;
        last = rank(&next->at);
        hl7_put_part(w, next->at.field, next->at.repetition, next->at.component, next->at.subcomponent, next->text);
    }
}

static void put_at(struct parts *p, const struct hl7_location *at, unsigned further, struct str text)
{
    struct hl7_location l = filled(at);
    l.component += further;
    part_put(p, &l, text);
}

/* ---- plain texts ---- */

bool write_text(struct parts *p, const struct hl7_location *at, struct str text, struct err *e)
{
    (void)e;
    part_put(p, at, text);
    return true;
}

bool write_parts(struct parts *p, const struct hl7_location *at, struct str text, struct err *e)
{
    struct str part;
    (void)e;
    for (unsigned i = 0; text.n && str_next(&text, '^', &part); i++)
        put_at(p, at, i, part);
    return true;
}

/* ---- names ---- */

static void put_name(struct parts *p, const struct hl7_location *at, struct str group, bool sub)
{
    struct name_parts n = name_split(group);
    const struct str part[] = {n.family, n.given, n.middle, n.suffix, n.prefix};
    for (unsigned i = 0; i < 5; i++) {
        struct hl7_location l = filled(at);
        if (sub)
            l.subcomponent += i;
        else
            l.component += i;
        part_put(p, &l, part[i]);
    }
}

/* Groups of PN: alphabetic, ideographic, phonetic (XPN-8). */
bool write_xpn(struct parts *p, const struct hl7_location *at, struct str text, struct err *e)
{
    static const char *const representation[] = {"A", "I", "P"};
    struct str group;
    bool several = str_find(text, '=') < text.n;
    (void)e;
    for (unsigned i = 0; i < 3 && str_next(&text, '=', &group); i++) {
        struct hl7_location l = filled(at);
        l.repetition += i;
        if (!group.n)
            continue;
        put_name(p, &l, group, false);
        put_at(p, &l, 6, STR("L"));
        if (several)
            put_at(p, &l, 7, str_of(representation[i]));
    }
    return true;
}

bool write_xcn(struct parts *p, const struct hl7_location *at, struct str text, struct err *e)
{
    struct hl7_location l = filled(at);
    (void)e;
    l.component++;
    put_name(p, &l, text, false);
    return true;
}

bool write_cnn(struct parts *p, const struct hl7_location *at, struct str text, struct err *e)
{
    struct hl7_location l = filled(at);
    (void)e;
    l.subcomponent++;
    put_name(p, &l, text, true);
    return true;
}

/* ---- identifiers ---- */

static bool resolve(struct parts *p, struct str name, struct authority *ret_k, struct err *e)
{
    return authority_resolve(p->d, name, STR_NONE, "", ret_k, e);
}

bool write_hd(struct parts *p, const struct hl7_location *at, struct str text, struct err *e)
{
    struct authority k;
    struct hl7_location l = filled(at);
    if (!resolve(p, text, &k, e))
        return false;
    part_put(p, &l, k.namespace_);
    l.subcomponent++;
    part_put(p, &l, k.oid);
    l.subcomponent++;
    part_put(p, &l, k.oid.n ? STR("ISO") : STR_NONE);
    return true;
}

bool write_ei(struct parts *p, const struct hl7_location *at, struct str text, struct err *e)
{
    struct authority k;
    if (!resolve(p, text, &k, e))
        return false;
    put_at(p, at, 0, k.namespace_);
    put_at(p, at, 1, k.oid);
    put_at(p, at, 2, k.oid.n ? STR("ISO") : STR_NONE);
    return true;
}

bool write_ids(struct parts *p, const struct hl7_location *at, struct str text, struct err *e)
{
    struct str one;
    for (unsigned i = 0; i < IDS_MAX && text.n && str_next(&text, '\\', &one); i++) {
        struct hl7_location l = filled(at);
        size_t mark = str_find(one, '^');
        l.repetition += i + 1;
        part_put(p, &l, str_sub(one, 0, mark));
        l.component = 4;
        if (mark + 1 < one.n && !write_hd(p, &l, str_sub(one, mark + 1, one.n), e))
            return false;
    }
    return true;
}

/* ---- times ---- */

bool write_date(struct parts *p, const struct hl7_location *at, struct str text, struct err *e)
{
    char *digits = arena_cstr(p->d->arena, text);
    size_t n = 0;
    (void)e;
    for (size_t i = 0; i < text.n && n < 8; i++)
        if (digits[i] >= '0' && digits[i] <= '9')
            digits[n++] = digits[i];
    part_put(p, at, (struct str){digits, n});
    return true;
}

/* What is no time is left out: a wrong one would mislead. */
bool write_time(struct parts *p, const struct hl7_location *at, struct str text, struct err *e)
{
    char dtm[HL7_DTM_TEXT];
    struct err why = {0};
    (void)e;
    if (hl7_dtm_from_fhir(text, dtm, &why))
        part_put(p, at, arena_str(p->d->arena, str_of(dtm)));
    return true;
}

/* ---- codes ---- */

bool write_code(struct parts *p, const struct hl7_location *at, struct str text, struct err *e)
{
    struct str part[3] = {STR_NONE};
    (void)e;
    for (int i = 0; i < 3 && str_next(&text, '^', &part[i]); i++)
        ;
    put_at(p, at, 0, part[0]);
    put_at(p, at, 1, part[2]);
    put_at(p, at, 2, part[1]);
    return true;
}

bool write_priority(struct parts *p, const struct hl7_location *at, struct str text, struct err *e)
{
    static const struct {
        const char *field, *code;
    } codes[] = {{"STAT", "S"}, {"HIGH", "A"}, {"ROUTINE", "R"}, {"MEDIUM", "T"}, {"LOW", "R"}};
    (void)e;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (str_is(text, codes[i].field))
            part_put(p, at, str_of(codes[i].code));
    return true;
}

bool write_pregnant(struct parts *p, const struct hl7_location *at, struct str text, struct err *e)
{
    (void)e;
    part_put(p, at, str_is(text, "3") ? STR("B6") : STR_NONE);
    return true;
}

/* ---- by name ---- */

write_transform *write_transform_find(struct str name)
{
    static const struct {
        const char *name;
        write_transform *run;
    } rows[] = {
#define TRANSFORM(name, function, meaning) {name, function},
#include "hl7/out/transforms.def"
#undef TRANSFORM
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (str_is(name, rows[i].name))
            return rows[i].run;
    return NULL;
}
