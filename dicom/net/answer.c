#include "dicom/net/answer.h"

#include "base/clock.h"
#include "dicom/net/find.h"
#include "dicom/net/net.h"

static const struct tag_row rows[] = {
#define TAG(field, place, tag, how, match, type) {FIELD_##field, PLACE_##place, tag, HOW_##how, MATCH_##match, type},
#include "dicom/net/maps/worklist.def"
#undef TAG
};

enum { ROWS = sizeof rows / sizeof rows[0] };

const struct tag_row *worklist_tag(size_t i)
{
    return i < ROWS ? &rows[i] : NULL;
}

/* ---- values ---- */

static bool local(struct str text, struct clock_date *ret_date)
{
    clock_us from, to;
    if (!text.n || !clock_range(text, &from, &to))
        return false;
    clock_site_date(from, ret_date);
    return true;
}

static struct str as_date(struct arena *a, struct str text)
{
    struct clock_date d;
    if (text.n == 10) /* a date alone is the same day in every zone */
        return arena_printf(a, "%.4s%.2s%.2s", text.p, text.p + 5, text.p + 8);
    return local(text, &d) ? arena_printf(a, "%04d%02d%02d", d.year, d.month, d.day) : STR("");
}

static struct str as_time(struct arena *a, struct str text)
{
    struct clock_date d;
    if (text.n <= 10)
        return STR("");
    return local(text, &d) ? arena_printf(a, "%02d%02d%02d", d.hour, d.minute, d.second) : STR("");
}

struct filling {
    struct dicom_item *to;
    const struct worklist_step *step;
    struct arena *arena;
    struct err *e;
    enum tag_place place;
    bool ok;
};

/* ---- sequences: one item each, of the attributes the request asks for; all of them when it asks for none ---- */

struct sub { /* an item being filled */
    struct dicom_item *to;
    const struct dicom_item *asked; /* NULL: everything */
};

static const struct dicom_item *asked_in(const struct dicom_item *request, uint32_t sequence)
{
    const struct dicom_item *asked = request ? dicom_item_find(request, sequence, 0) : NULL;
    bool any = false;
    if (asked)
        dicom_each(asked, find_any_key, &any);
    return any ? asked : NULL;
}

static bool sub_open(struct dicom_item *to, const struct dicom_item *request, uint32_t sequence, struct sub *ret_sub,
                     struct err *e)
{
    ret_sub->asked = asked_in(request, sequence);
    ret_sub->to = dicom_put_item(to, sequence, e);
    return ret_sub->to != NULL;
}

static bool sub_put(const struct sub *s, uint32_t tag, struct str value, struct err *e)
{
    return (s->asked && !dicom_exists(s->asked, tag)) || dicom_put_or_empty(s->to, tag, value, e);
}

struct closing {
    const struct sub *sub;
    struct err *e;
    bool ok;
};

static bool put_missing(void *ctx, const struct dicom_item *asked, const struct dicom_element *el)
{
    struct closing *c = ctx;
    (void)asked;
    if (!dicom_exists(c->sub->to, el->tag) && (el->tag & 0xffff) != 0)
        c->ok = find_put_unknown(c->sub->to, el, STR(""), c->e);
    return c->ok;
}

/* What was asked and is not held comes back empty. */
static bool sub_close(const struct sub *s, struct err *e)
{
    struct closing c = {s, e, true};
    if (s->asked)
        dicom_each(s->asked, put_missing, &c);
    return c.ok;
}

/* A code value over 16 characters goes to Long Code Value (PS3.3 8.1). */
static bool put_code(struct dicom_item *to, const struct dicom_item *request, uint32_t sequence, struct str code,
                     struct err *e)
{
    struct str part[3] = {STR_NONE}, rest = code;
    struct sub s;
    for (int i = 0; i < 3 && str_next(&rest, '^', &part[i]); i++)
        ;
    if (!part[0].n)
        return dicom_put_sequence(to, sequence, e);
    bool is_long = part[0].n > 16;
    return sub_open(to, request, sequence, &s, e) &&
           (is_long ? dicom_put_or_empty(s.to, DICOM_TAG(0x0008, 0x0119), part[0], e)
                    : sub_put(&s, DICOM_TAG(0x0008, 0x0100), part[0], e)) &&
           sub_put(&s, DICOM_TAG(0x0008, 0x0102), part[1].n ? str_utf8_clip(part[1], 16) : STR("99LOCAL"), e) &&
           sub_put(&s, DICOM_TAG(0x0008, 0x0104), str_utf8_clip(part[2].n ? part[2] : part[0], 64), e) &&
           sub_close(&s, e);
}

static bool put_issuer(struct dicom_item *to, const struct dicom_item *request, uint32_t sequence, struct str issuer,
                       struct err *e)
{
    struct sub s;
    if (!issuer.n)
        return dicom_put_sequence(to, sequence, e);
    return sub_open(to, request, sequence, &s, e) && sub_put(&s, DICOM_TAG(0x0040, 0x0031), issuer, e) &&
           sub_close(&s, e);
}

/* A person's id as the code of a Person Identification Code Sequence (PS3.3 table 10-1). */
static bool put_person(struct dicom_item *to, const struct dicom_item *request, uint32_t sequence, struct str id,
                       struct err *e)
{
    struct sub s;
    if (!id.n)
        return dicom_put_sequence(to, sequence, e);
    return sub_open(to, request, sequence, &s, e) && put_code(s.to, s.asked, DICOM_TAG(0x0040, 0x1101), id, e) &&
           sub_close(&s, e);
}

/* "value^namespace\…" as Other Patient IDs. */
static bool put_ids(struct dicom_item *to, const struct dicom_item *request, uint32_t sequence, struct str list,
                    struct err *e)
{
    struct str one;
    struct sub s;
    if (!dicom_put_sequence(to, sequence, e))
        return false;
    while (list.n && str_next(&list, '\\', &one)) {
        size_t at = str_find(one, '^');
        if (!sub_open(to, request, sequence, &s, e) ||
            !sub_put(&s, DICOM_TAG(0x0010, 0x0020), str_sub(one, 0, at), e) ||
            !sub_put(&s, DICOM_TAG(0x0010, 0x0021), str_sub(one, at + 1, one.n), e) ||
            !sub_put(&s, DICOM_TAG(0x0010, 0x0022), STR("TEXT"), e) || !sub_close(&s, e))
            return false;
    }
    return true;
}

/* request: the item of the request the key stands in, NULL when the whole module was asked for. */
static bool put_row(struct filling *f, const struct dicom_item *request, const struct tag_row *r)
{
    struct str text = f->step->value[r->field];
    switch (r->how) {
    case HOW_DATE:
        return dicom_put_or_empty(f->to, r->tag, as_date(f->arena, text), f->e);
    case HOW_CLOCK:
        return dicom_put_or_empty(f->to, r->tag, as_time(f->arena, text), f->e);
    case HOW_CODE:
        return put_code(f->to, request, r->tag, text, f->e);
    case HOW_ISSUER:
        return put_issuer(f->to, request, r->tag, text, f->e);
    case HOW_PERSON:
        return put_person(f->to, request, r->tag, text, f->e);
    case HOW_IDS:
        return put_ids(f->to, request, r->tag, text, f->e);
    default:
        return dicom_put_or_empty(f->to, r->tag, text, f->e);
    }
}

/* ---- answers ---- */

static const struct tag_row *row_of(enum tag_place place, uint32_t tag)
{
    for (size_t i = 0; i < ROWS; i++)
        if (rows[i].place == place && rows[i].tag == tag)
            return &rows[i];
    return NULL;
}

static bool fill_all(struct filling *f)
{
    for (size_t i = 0; i < ROWS && f->ok; i++)
        if (rows[i].place == f->place && rows[i].type <= 2)
            f->ok = put_row(f, NULL, &rows[i]);
    return f->ok;
}

static bool fill_one(void *ctx, const struct dicom_item *request, const struct dicom_element *el);

/* The step sequence of an answer has exactly one item; an empty one in the request asks for the whole module. */
static bool fill_step(struct filling *f, const struct dicom_item *request)
{
    const struct dicom_item *asked = asked_in(request, TAG_STEP_SEQUENCE);
    struct filling inner = *f;
    inner.place = PLACE_STEP;
    inner.to = dicom_put_item(f->to, TAG_STEP_SEQUENCE, f->e);
    if (!inner.to)
        return false;
    if (!asked)
        return fill_all(&inner);
    dicom_each(asked, fill_one, &inner);
    return inner.ok;
}

/* Every key that was asked comes back; those this worklist does not hold come back empty. */
static bool fill_one(void *ctx, const struct dicom_item *request, const struct dicom_element *el)
{
    struct filling *f = ctx;
    const struct tag_row *r = row_of(f->place, el->tag);
    if (el->tag == DICOM_SPECIFIC_CHARACTER_SET || el->tag == DICOM_TAG(0x0008, 0x0052) || (el->tag & 0xffff) == 0)
        return true;
    if (el->tag == TAG_STEP_SEQUENCE && f->place == PLACE_ROOT)
        f->ok = fill_step(f, request);
    else if (r || (r = row_of(PLACE_STEP, el->tag))) /* a misplaced key is answered where it was asked */
        f->ok = put_row(f, request, r);
    else
        f->ok = find_put_unknown(f->to, el, STR(""), f->e);
    return f->ok;
}

bool worklist_answer(struct dicom_item *to, const struct dicom_item *request, const struct worklist_step *step,
                     struct arena *a, struct err *e)
{
    struct filling f = {to, step, a, e, PLACE_ROOT, true};
    dicom_each(request, fill_one, &f);
    return f.ok;
}

/* ---- everything, for who asks for no keys ---- */

static bool put_all(struct filling *f)
{
    for (size_t i = 0; i < ROWS && f->ok; i++)
        if (rows[i].place == f->place)
            f->ok = put_row(f, NULL, &rows[i]);
    return f->ok;
}

bool dicom_worklist_json(const struct worklist_step *step, struct arena *a, struct buf *ret_json, struct err *e)
{
    struct dicom_dataset *ds = dicom_dataset_new("ISO_IR 192", e);
    if (!ds)
        return false;
    struct filling root = {dicom_dataset_root(ds), step, a, e, PLACE_ROOT, true}, item = root;
    item.place = PLACE_STEP;
    item.to = dicom_put_item(root.to, TAG_STEP_SEQUENCE, e);
    bool ok = item.to && put_all(&root) && put_all(&item) && dicom_item_json(root.to, NULL, ret_json, e);
    dicom_dataset_free(ds);
    return ok;
}
