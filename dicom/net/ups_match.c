/* Matching of unified procedure steps by any key (PS3.4 C.2.2.2): on the data set itself, for what may be asked is as
 * much as what may be said, and lists are short. Time zones are not compared. */
#include "dicom/net/find.h"
#include "dicom/net/ups.h"

#include <ctype.h>
#include <string.h>

/* ---- values ---- */

static bool same(char a, char b, bool fold)
{
    return a == b || (fold && tolower((unsigned char)a) == tolower((unsigned char)b));
}

/* Iterative: a pattern of stars costs the product of the lengths at most. */
static bool wild(struct str pattern, struct str text, bool fold)
{
    size_t p = 0, t = 0, star = pattern.n, mark = 0;
    while (t < text.n) {
        if (p < pattern.n && pattern.p[p] == '*') {
            star = p++;
            mark = t;
        } else if (p < pattern.n && (pattern.p[p] == '?' || same(pattern.p[p], text.p[t], fold))) {
            p++;
            t++;
        } else if (star < pattern.n) {
            p = star + 1;
            t = ++mark;
        } else
            return false;
    }
    while (p < pattern.n && pattern.p[p] == '*')
        p++;
    return p == pattern.n;
}

static bool is_moment(const char *vr)
{
    return strcmp(vr, "DA") == 0 || strcmp(vr, "TM") == 0 || strcmp(vr, "DT") == 0;
}

static struct str digits(struct str s)
{
    size_t n = 0;
    while (n < s.n && ((s.p[n] >= '0' && s.p[n] <= '9') || s.p[n] == '.'))
        n++;
    return str_sub(s, 0, n);
}

/* By the digits both have. */
static int compare(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    return str_cmp(str_sub(a, 0, n), str_sub(b, 0, n));
}

/* Where "from-to" is cut: at the first '-' that begins no zone. */
static size_t range_cut(struct str key)
{
    for (size_t i = str_find(key, '-'); i < key.n; i++) {
        bool zone = key.p[i] == '-' && i >= 8 && digits(str_sub(key, i + 1, key.n)).n == 4 &&
                    (i + 5 == key.n || key.p[i + 5] == '-');
        if (key.p[i] == '-' && !zone)
            return i;
    }
    return key.n;
}

static bool in_range(struct str key, struct str value)
{
    size_t cut = range_cut(key);
    struct str from = digits(str_sub(key, 0, cut)), to = digits(str_sub(key, cut + 1, key.n)), v = digits(value);
    if (!v.n)
        return false;
    if (cut == key.n)
        return compare(v, from) == 0;
    return (!from.n || compare(v, from) >= 0) && (!to.n || compare(v, to) <= 0);
}

static bool value_matches(const struct dicom_element *el, struct str key, struct str value)
{
    if (is_moment(el->vr))
        return in_range(key, value);
    bool name = strcmp(el->vr, "PN") == 0;
    return strcmp(el->vr, "UI") == 0 ? str_eq(key, value) : wild(key, value, name);
}

/* Any value of the key for UIDs (list matching), else the key as one; any value of the data set. */
static bool element_matches(const struct dicom_item *keys, const struct dicom_element *el, const struct dicom_item *ds,
                            struct arena *a)
{
    size_t wanted = strcmp(el->vr, "UI") == 0 ? dicom_count(keys, el->tag) : 1, n = dicom_count(ds, el->tag);
    for (size_t k = 0; k < wanted; k++) {
        struct str key = dicom_get_nth(keys, el->tag, k, a);
        if (!key.n || str_is(key, "*"))
            return true;
        for (size_t i = 0; i < n; i++)
            if (value_matches(el, key, dicom_get_nth(ds, el->tag, i, a)))
                return true;
    }
    return false;
}

/* ---- keys ---- */

struct matching {
    const struct dicom_item *ds;
    struct arena *arena;
    bool ok;
};

static bool match_key(void *ctx, const struct dicom_item *keys, const struct dicom_element *el);

static bool any_item(const struct dicom_item *key, const struct dicom_item *ds, uint32_t tag, struct arena *a)
{
    struct matching universal = {NULL, a, true};
    dicom_each(key, match_key, &universal);
    if (universal.ok)
        return true; /* no key in it has a value */
    for (size_t i = 0; i < dicom_count(ds, tag); i++)
        if (ups_matches(key, dicom_item_find(ds, tag, i), a))
            return true;
    return false;
}

/* Without a data set: is there anything to match? */
static bool match_key(void *ctx, const struct dicom_item *keys, const struct dicom_element *el)
{
    struct matching *m = ctx;
    if (el->tag == DICOM_SPECIFIC_CHARACTER_SET || el->tag == TAG_TRANSACTION_UID || (el->tag & 0xffff) == 0 ||
        dicom_is_empty(keys, el->tag))
        return true;
    if (strcmp(el->vr, "SQ") == 0) {
        const struct dicom_item *key = dicom_item_find(keys, el->tag, 0);
        struct matching inner = {NULL, m->arena, true};
        if (m->ds)
            m->ok = any_item(key, m->ds, el->tag, m->arena);
        else if (key) {
            dicom_each(key, match_key, &inner);
            m->ok = inner.ok;
        }
    } else
        m->ok = m->ds && element_matches(keys, el, m->ds, m->arena);
    return m->ok;
}

bool ups_matches(const struct dicom_item *keys, const struct dicom_item *ds, struct arena *a)
{
    struct matching m = {ds, a, true};
    dicom_each(keys, match_key, &m);
    return m.ok;
}

/* ---- what is answered, and what is kept of a filter ---- */

struct picking {
    const struct dicom_item *ds;
    struct dicom_item *to;
    struct err *e;
    bool ok;
};

static bool pick_items(const struct dicom_item *key, const struct picking *p, uint32_t tag)
{
    size_t n = dicom_count(p->ds, tag);
    if (!dicom_put_sequence(p->to, tag, p->e))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct dicom_item *item = dicom_put_item(p->to, tag, p->e);
        if (!item || !ups_pick(key, dicom_item_find(p->ds, tag, i), item, p->e))
            return false;
    }
    return true;
}

static bool pick_one(void *ctx, const struct dicom_item *keys, const struct dicom_element *el)
{
    struct picking *p = ctx;
    const struct dicom_item *key = strcmp(el->vr, "SQ") == 0 ? dicom_item_find(keys, el->tag, 0) : NULL;
    bool any = false;
    if (el->tag == DICOM_SPECIFIC_CHARACTER_SET || el->tag == TAG_TRANSACTION_UID || (el->tag & 0xffff) == 0)
        return true;
    if (key)
        dicom_each(key, find_any_key, &any);
    if (!dicom_exists(p->ds, el->tag))
        p->ok = find_put_unknown(p->to, el, STR(""), p->e);
    else
        p->ok = any ? pick_items(key, p, el->tag) : dicom_put_copy(p->to, p->ds, el->tag, p->e);
    return p->ok;
}

bool ups_pick(const struct dicom_item *keys, const struct dicom_item *ds, struct dicom_item *to, struct err *e)
{
    struct picking p = {ds, to, e, true};
    dicom_each(keys, pick_one, &p);
    return p.ok;
}

static bool keep_key(void *ctx, const struct dicom_item *keys, const struct dicom_element *el)
{
    struct picking *p = ctx;
    if (el->tag != TAG_UPS_RECEIVER && el->tag != TAG_UPS_LOCK && el->tag != DICOM_SPECIFIC_CHARACTER_SET &&
        (el->tag & 0xffff) != 0)
        p->ok = dicom_put_copy(p->to, keys, el->tag, p->e);
    return p->ok;
}

bool ups_copy(const struct dicom_item *request, struct dicom_item *to, struct err *e)
{
    struct picking p = {NULL, to, e, true};
    dicom_each(request, keep_key, &p);
    return p.ok;
}
