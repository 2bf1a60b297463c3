#include "dicom/net/answer.h"

#include "base/clock.h"

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

/* A code value over 16 characters goes to Long Code Value (PS3.3 8.1). */
static bool put_code(struct dicom_item *to, uint32_t sequence, struct str code, struct err *e)
{
    struct str part[3] = {STR_NONE}, rest = code;
    for (int i = 0; i < 3 && str_next(&rest, '^', &part[i]); i++)
        ;
    if (!part[0].n)
        return dicom_put_sequence(to, sequence, e);
    struct dicom_item *item = dicom_put_item(to, sequence, e);
    uint32_t value = part[0].n > 16 ? DICOM_TAG(0x0008, 0x0119) : DICOM_TAG(0x0008, 0x0100);
    return item && dicom_put(item, value, part[0], e) &&
           dicom_put(item, DICOM_TAG(0x0008, 0x0102), part[1].n ? str_utf8_clip(part[1], 16) : STR("99LOCAL"), e) &&
           dicom_put(item, DICOM_TAG(0x0008, 0x0104), str_utf8_clip(part[2].n ? part[2] : part[0], 64), e);
}

static bool put_issuer(struct dicom_item *to, uint32_t sequence, struct str issuer, struct err *e)
{
    if (!issuer.n)
        return dicom_put_sequence(to, sequence, e);
    struct dicom_item *item = dicom_put_item(to, sequence, e);
    return item && dicom_put(item, DICOM_TAG(0x0040, 0x0031), issuer, e);
}

/* A person's id as the code of a Person Identification Code Sequence (PS3.3 table 10-1). */
static bool put_person(struct dicom_item *to, uint32_t sequence, struct str id, struct err *e)
{
    if (!id.n)
        return dicom_put_sequence(to, sequence, e);
    struct dicom_item *item = dicom_put_item(to, sequence, e);
    struct dicom_item *code = item ? dicom_put_item(item, DICOM_TAG(0x0040, 0x1101), e) : NULL;
    return code && dicom_put(code, DICOM_TAG(0x0008, 0x0100), str_utf8_clip(id, 16), e) &&
           dicom_put(code, DICOM_TAG(0x0008, 0x0102), STR("99LOCAL"), e) &&
           dicom_put(code, DICOM_TAG(0x0008, 0x0104), str_utf8_clip(id, 64), e);
}

/* "value^namespace\…" as Other Patient IDs. */
static bool put_ids(struct dicom_item *to, uint32_t sequence, struct str list, struct err *e)
{
    struct str one;
    if (!dicom_put_sequence(to, sequence, e))
        return false;
    while (list.n && str_next(&list, '\\', &one)) {
        size_t at = str_find(one, '^');
        struct dicom_item *item = dicom_put_item(to, sequence, e);
        if (!item || !dicom_put(item, DICOM_TAG(0x0010, 0x0020), str_sub(one, 0, at), e) ||
            !dicom_put(item, DICOM_TAG(0x0010, 0x0021), str_sub(one, at + 1, one.n), e) ||
            !dicom_put(item, DICOM_TAG(0x0010, 0x0022), STR("TEXT"), e))
            return false;
    }
    return true;
}

static bool put_row(struct dicom_item *to, const struct tag_row *r, struct str text, struct arena *a, struct err *e)
{
    switch (r->how) {
    case HOW_DATE:
        return dicom_put(to, r->tag, as_date(a, text), e);
    case HOW_CLOCK:
        return dicom_put(to, r->tag, as_time(a, text), e);
    case HOW_CODE:
        return put_code(to, r->tag, text, e);
    case HOW_ISSUER:
        return put_issuer(to, r->tag, text, e);
    case HOW_PERSON:
        return put_person(to, r->tag, text, e);
    case HOW_IDS:
        return put_ids(to, r->tag, text, e);
    case HOW_WORD: /* a language code has no coding scheme here */
        return put_code(to, r->tag, text, e);
    default:
        return dicom_put(to, r->tag, text, e);
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

struct filling {
    struct dicom_item *to;
    const struct worklist_step *step;
    struct arena *arena;
    struct err *e;
    enum tag_place place;
    bool ok;
};

static bool fill_all(struct filling *f)
{
    for (size_t i = 0; i < ROWS && f->ok; i++)
        if (rows[i].place == f->place && rows[i].type <= 2)
            f->ok = put_row(f->to, &rows[i], f->step->value[rows[i].field], f->arena, f->e);
    return f->ok;
}

static bool fill_one(void *ctx, const struct dicom_item *request, const struct dicom_element *el);

/* The step sequence of an answer has exactly one item; an empty one in the request asks for the whole module. */
static bool fill_step(struct filling *f, const struct dicom_item *request)
{
    const struct dicom_item *asked = dicom_item_find(request, TAG_STEP_SEQUENCE, 0);
    struct filling inner = *f;
    inner.place = PLACE_STEP;
    inner.to = dicom_put_item(f->to, TAG_STEP_SEQUENCE, f->e);
    if (!inner.to)
        return false;
    bool any = false;
    for (size_t i = 0; asked && i < ROWS && !any; i++)
        any = rows[i].place == PLACE_STEP && dicom_exists(asked, rows[i].tag);
    if (!any)
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
    else if (r)
        f->ok = put_row(f->to, r, f->step->value[r->field], f->arena, f->e);
    else if (el->vr[0] == 'S' && el->vr[1] == 'Q')
        f->ok = dicom_put_sequence(f->to, el->tag, f->e);
    else if (!dicom_put(f->to, el->tag, STR(""), f->e))
        err_clear(f->e); /* an attribute no dictionary holds can not be returned */
    return f->ok;
}

bool worklist_answer(struct dicom_item *to, const struct dicom_item *request, const struct worklist_step *step,
                     struct arena *a, struct err *e)
{
    struct filling f = {to, step, a, e, PLACE_ROOT, true};
    dicom_each(request, fill_one, &f);
    return f.ok;
}
