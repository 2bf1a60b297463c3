#include "dicom/leave/change.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"

enum {
    ORIGINAL_ATTRIBUTES = 0x04000561,
    MODIFIED_ATTRIBUTES = 0x04000550,
    MODIFIED_AT = 0x04000562,
    MODIFYING_SYSTEM = 0x04000563,
    SOURCE_OF_VALUES = 0x04000564,
    MODIFIED_WHY = 0x04000565,
    CHANGES_MAX = 256,
    INDEX_CHARACTERS = 194 /* of a name; other texts of a patient are not cut */
};

struct change {
    uint32_t in, tag;
    struct str value; /* p NULL: removed */
};
struct layer {
    const char *reason;
    clock_us at;
    bool told;
    struct change change[CHANGES_MAX];
    size_t n;
};
struct changing {
    struct dicom_item *root;
    struct arena arena;
    bool changed;
};

/* ---- names ---- */

void leave_name(uint32_t in, uint32_t tag, char ret_name[LEAVE_NAME])
{
    if (in)
        snprintf(ret_name, LEAVE_NAME, "%08X.%08X", in, tag);
    else
        snprintf(ret_name, LEAVE_NAME, "%08X", tag);
}

bool leave_attribute(struct str word, uint32_t *ret_in, uint32_t *ret_tag)
{
    size_t dot = str_find(word, '.');
    *ret_in = 0;
    if (dot == word.n)
        return dicom_tag_of(word, ret_tag);
    return dicom_tag_of(str_sub(word, 0, dot), ret_in) && dicom_tag_of(str_sub(word, dot + 1, word.n), ret_tag);
}

/* What names the object, its series and study, says how it is written, or describes its pixels. */
static bool is_fixed(uint32_t tag)
{
    uint32_t group = tag >> 16;
    return tag == DICOM_SPECIFIC_CHARACTER_SET || group < 0x0008 || group == 0x0028 || group == 0x0400 ||
           group >= 0x5000;
}

bool leave_may_change(uint32_t in, uint32_t tag, struct str value, struct err *e)
{
    char vr[3];
    dicom_tag_vr(tag, vr);
    if (is_fixed(tag) || is_fixed(in ? in : 0x00080000) || strcmp(vr, "UI") == 0)
        return err_set(e, ERR_FORBIDDEN, "element (%04x,%04x) is not told differently than it was stored", tag >> 16,
                       tag & 0xffff);
    if (in)
        dicom_tag_vr(in, vr);
    if (in && strcmp(vr, "SQ") != 0)
        return err_set(e, ERR_INVALID, "element (%04x,%04x) is no sequence", in >> 16, in & 0xffff);
    return dicom_value_check(tag, value.p ? value : STR(""), e);
}

/* ---- the text ---- */

static bool bad_view(struct err *e)
{
    return err_set(e, ERR_INVALID, "what is told of the object is not readable");
}

static bool read_layer(const struct json *j, struct layer *l, struct err *e)
{
    const struct json *set = json_find(j, "set"), *m;
    *l = (struct layer){.reason = str_is(json_str(j, "reason"), "CORRECT") ? "CORRECT" : "COERCE",
                        .told = json_bool(j, "told", false)};
    if (!json_int(j, "at", &l->at) || json_kind(set) != JSON_OBJECT)
        return bad_view(e);
    for (size_t i = 0; (m = json_member(set, i)); i++) {
        struct change *c = &l->change[l->n++];
        if (!leave_attribute(json_name(m), &c->in, &c->tag) || l->n == CHANGES_MAX)
            return bad_view(e);
        c->value = json_kind(m) == JSON_STRING ? json_text(m) : STR_NONE;
    }
    return true;
}

/* ---- one attribute ---- */

/* What a column of the index holds of this value. */
static struct str as_indexed(struct changing *x, const struct change *c)
{
    char vr[3];
    struct str now = dicom_get_nth(x->root, c->tag, 0, &x->arena);
    dicom_tag_vr(c->tag, vr);
    if (strcmp(vr, "DA") != 0)
        return now;
    if (now.n == 10 && now.p[4] == '.')
        now = arena_printf(&x->arena, "%.4s%.2s%.2s", now.p, now.p + 5, now.p + 8);
    return now.n == 8 ? now : STR("");
}

static bool says_the_same(struct changing *x, const struct change *c, bool told)
{
    struct str now = told && !c->in ? as_indexed(x, c) : STR_NONE;
    const struct dicom_item *i = c->in ? dicom_item_find(x->root, c->in, 0) : x->root;
    if (told && !c->in)
        return str_eq(now, c->value.p ? c->value : STR("")) ||
               (now.n > c->value.n && str_utf8_count(c->value) == INDEX_CHARACTERS &&
                memcmp(now.p, c->value.p, c->value.n) == 0);
    if (!i || !dicom_exists(i, c->tag))
        return !c->value.p;
    return c->value.p && str_eq(dicom_get(i, c->tag, &x->arena), c->value);
}

/* As it was; an attribute that was not there stands empty. Of what is in a sequence, the whole sequence. */
static bool keep_former(struct changing *x, struct dicom_item *former, const struct change *c, struct err *e)
{
    uint32_t tag = c->in ? c->in : c->tag;
    if (dicom_exists(former, tag))
        return true;
    if (dicom_exists(x->root, tag))
        return dicom_put_copy(former, x->root, tag, e);
    return c->in ? dicom_put_sequence(former, tag, e) : dicom_put(former, tag, STR(""), e);
}

static bool put_value(struct changing *x, const struct change *c, struct err *e)
{
    struct dicom_item *i = c->in ? dicom_item_at(x->root, c->in, 0) : x->root;
    if (!c->value.p) {
        if (i)
            dicom_remove(i, c->tag);
        return true;
    }
    if (!i && !(i = dicom_put_item(x->root, c->in, e)))
        return false;
    return dicom_put(i, c->tag, c->value, e);
}

/* ---- a layer ---- */

/* DT with its offset (PS3.5 6.2). */
static struct str moment(struct changing *x, clock_us at)
{
    struct clock_date d;
    clock_site_date(at, &d);
    int offset = d.offset_minutes < 0 ? -d.offset_minutes : d.offset_minutes;
    return arena_printf(&x->arena, "%04d%02d%02d%02d%02d%02d.%06d%c%02d%02d", d.year, d.month, d.day, d.hour, d.minute,
                        d.second, d.micro, d.offset_minutes < 0 ? '-' : '+', offset / 60, offset % 60);
}

static struct dicom_item *put_note(struct changing *x, const struct layer *l, struct err *e)
{
    struct dicom_item *note = dicom_put_item(x->root, ORIGINAL_ATTRIBUTES, e);
    if (!note || !dicom_put(note, MODIFIED_AT, moment(x, l->at), e) ||
        !dicom_put(note, MODIFYING_SYSTEM, STR("ISOCENTRE"), e) || !dicom_put(note, SOURCE_OF_VALUES, STR(""), e) ||
        !dicom_put(note, MODIFIED_WHY, str_of(l->reason), e))
        return NULL;
    return dicom_put_item(note, MODIFIED_ATTRIBUTES, e);
}

static bool put_layer(struct changing *x, const struct layer *l, struct err *e)
{
    struct dicom_item *former = NULL;
    const struct change *due[CHANGES_MAX];
    size_t n = 0;
    for (size_t i = 0; i < l->n; i++)
        if (!says_the_same(x, &l->change[i], l->told))
            due[n++] = &l->change[i];
    if (n && !(former = put_note(x, l, e)))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!keep_former(x, former, due[i], e))
            return false;
    for (size_t i = 0; i < n; i++)
        if (!put_value(x, due[i], e))
            return false;
    x->changed = x->changed || n;
    return true;
}

/* ---- the character set ---- */

static bool can_say(struct changing *x, const struct json *layers)
{
    const struct json *l, *m;
    bool lossy = false;
    struct str charset = dicom_item_charset(x->root, &x->arena);
    for (size_t i = 0; (l = json_at(layers, i)); i++)
        for (size_t k = 0; (m = json_member(json_find(l, "set"), k)); k++)
            dicom_charset_encode(charset, json_text(m), true, &x->arena, &lossy);
    return !lossy;
}

static bool make_room(struct changing *x, struct dicom_dataset *ds, const struct json *layers, struct err *e)
{
    if (can_say(x, layers))
        return true;
    if (!dicom_dataset_set_charset(ds, "ISO_IR 192", e))
        return false;
    return !dicom_dataset_lossy(ds) ||
           err_set(e, ERR_PROCESSING, "the object's texts are not of its character set and cannot be told in Unicode");
}

static bool change_all(struct changing *x, struct dicom_dataset *ds, const struct json *layers, struct err *e)
{
    struct layer *l = ARENA_NEW(&x->arena, struct layer);
    if (json_kind(layers) != JSON_ARRAY)
        return bad_view(e);
    if (!make_room(x, ds, layers, e))
        return false;
    for (size_t i = 0; i < json_count(layers); i++)
        if (!read_layer(json_at(layers, i), l, e) || !put_layer(x, l, e))
            return false;
    return true;
}

bool leave_change_dataset(struct dicom_dataset *ds, struct str view, bool *ret_changed, struct err *e)
{
    struct changing x = {.root = dicom_dataset_root(ds)};
    struct json *layers = json_parse(view, e);
    arena_init(&x.arena);
    bool ok = layers && change_all(&x, ds, layers, e);
    arena_release(&x.arena);
    json_free(layers);
    if (ok)
        *ret_changed = x.changed;
    return ok;
}
