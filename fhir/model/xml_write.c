/* A tree to FHIR XML, elements in the order of the specification. */
#include "fhir/model/narrative_priv.h"
#include "fhir/model/path_priv.h"
#include "fhir/model/tables_priv.h"

#include "base/xml.h"

struct writer {
    struct buf *out;
    bool pretty;
    int depth;
    struct err *e;
};

static bool put_resource(struct writer *w, const struct fhir_node *n, bool root);

static void new_line(struct writer *w)
{
    if (!w->pretty)
        return;
    buf_putc(w->out, '\n');
    for (int i = 0; i < w->depth; i++)
        buf_puts(w->out, "  ");
}

static bool put_attribute(struct writer *w, struct str name, const struct fhir_node *n)
{
    if (!n || !n->text.p)
        return true;
    if (!xml_can_carry(n->text))
        return err_set(w->e, ERR_INVALID, "xml: '%.*s' has characters XML cannot carry", STR_ARG(name));
    buf_putc(w->out, ' ');
    buf_str(w->out, name);
    buf_puts(w->out, "=\"");
    xml_put_value(w->out, n->text);
    buf_putc(w->out, '"');
    return true;
}

static void put_end(struct writer *w, struct str name)
{
    buf_puts(w->out, "</");
    buf_str(w->out, name);
    buf_putc(w->out, '>');
}

/* ---- members in order ---- */
struct pair { /* an element: its value, and what extends it if it is a primitive */
    const struct fhir_elem *elem;
    const struct fhir_node *value, *sibling;
};

static bool precedes(const struct fhir_elem *a, const struct fhir_elem *b)
{
    return a->order < b->order || (a->order == b->order && a < b);
}

static bool is_sibling(struct str key)
{
    return key.n > 1 && key.p[0] == '_';
}

/* The element that follows `after` among those the object has; elem NULL at the end. */
static bool next_pair(struct writer *w, const struct fhir_node *object, const struct fhir_type *t,
                      const struct fhir_elem *after, struct pair *ret_pair)
{
    struct pair found = {NULL, NULL, NULL};
    for (const struct fhir_node *m = object->first; m; m = m->next) {
        if (t->sort == FHIR_SORT_RESOURCE && str_is(m->key, "resourceType"))
            continue;
        bool sibling = is_sibling(m->key);
        const struct fhir_elem *el = fhir_elem_find(t, sibling ? str_sub(m->key, 1, m->key.n) : m->key);
        if (!el || (sibling && fhir_elem_type(el)->sort != FHIR_SORT_PRIMITIVE))
            return err_set(w->e, ERR_STRUCTURE, "xml: %s has no element '%.*s'", fhir_type_name(t).p,
                           STR_ARG(str_utf8_clip(m->key, 64)));
        if ((after && !precedes(after, el)) || (found.elem && precedes(found.elem, el)))
            continue;
        if (found.elem != el)
            found = (struct pair){el, NULL, NULL};
        *(sibling ? &found.sibling : &found.value) = m;
    }
    *ret_pair = found;
    return true;
}

/* ---- elements ---- */
static bool put_members(struct writer *w, const struct fhir_node *object, const struct fhir_type *t,
                        bool *ret_any);

/* "<name attributes", what it holds, and its end. */
static bool put_object(struct writer *w, struct str name, const struct fhir_node *n,
                       const struct fhir_type *t, const struct fhir_node *value)
{
    bool any = false;
    if (n && n->kind != FHIR_OBJECT)
        return err_set(w->e, ERR_STRUCTURE, "xml: '%.*s' must be an object", STR_ARG(name));
    buf_putc(w->out, '<');
    buf_str(w->out, name);
    for (unsigned i = 0; n && i < t->count; i++) {
        const struct fhir_elem *el = &fhir_elems[t->first + i];
        struct str attribute = fhir_elem_name(el);
        if ((el->flags & FHIR_ELEM_ATTRIBUTE) && !put_attribute(w, attribute, fhir_member_of(n, attribute)))
            return false;
    }
    if (!put_attribute(w, STR("value"), value) || (n && !put_members(w, n, t, &any)))
        return false;
    if (any) {
        new_line(w);
        put_end(w, name);
    } else {
        buf_puts(w->out, "/>");
    }
    return true;
}

static bool put_wrapped(struct writer *w, struct str name, const struct fhir_node *n)
{
    buf_putc(w->out, '<');
    buf_str(w->out, name);
    buf_putc(w->out, '>');
    w->depth++;
    new_line(w);
    bool ok = put_resource(w, n, false);
    w->depth--;
    new_line(w);
    put_end(w, name);
    return ok;
}

/* One occurrence of an element. */
static bool put_value(struct writer *w, const struct fhir_elem *el, const struct fhir_node *value,
                      const struct fhir_node *sibling)
{
    const struct fhir_type *t = fhir_elem_type(el);
    struct str name = fhir_elem_name(el);
    if (sibling && sibling->kind == FHIR_NULL)
        sibling = NULL;
    if (value && value->kind == FHIR_ARRAY)
        return err_set(w->e, ERR_STRUCTURE, "xml: '%.*s' must not be an array here", STR_ARG(name));
    new_line(w);
    if (t->format == FHIR_FORMAT_xhtml)
        return fhir_narrative_put(value ? value->text : STR_NONE, w->out, w->e);
    if (t->sort == FHIR_SORT_PRIMITIVE)
        return put_object(w, name, sibling, &fhir_types[FHIR_T_Element], value);
    return t == &fhir_types[FHIR_T_Resource] ? put_wrapped(w, name, value)
                                             : put_object(w, name, value, t, NULL);
}

/* Every occurrence; the two halves of a primitive array go side by side. */
static bool put_pair(struct writer *w, const struct pair *p)
{
    bool array = (p->elem->flags & FHIR_ELEM_ARRAY) != 0;
    const struct fhir_node *value = p->value, *sibling = p->sibling;
    if (!array)
        return put_value(w, p->elem, value, sibling);
    if ((value && value->kind != FHIR_ARRAY) || (sibling && sibling->kind != FHIR_ARRAY))
        return err_set(w->e, ERR_STRUCTURE, "xml: '%s' must be an array", fhir_elem_name(p->elem).p);
    value = value ? value->first : NULL;
    sibling = sibling ? sibling->first : NULL;
    while (value || sibling) {
        if (!put_value(w, p->elem, value, sibling))
            return false;
        value = value ? value->next : NULL;
        sibling = sibling ? sibling->next : NULL;
    }
    return true;
}

/* Everything that is no attribute; the start tag is closed before the first. */
static bool put_members(struct writer *w, const struct fhir_node *object, const struct fhir_type *t,
                        bool *ret_any)
{
    struct pair p = {NULL, NULL, NULL};
    w->depth++;
    for (;;) {
        if (!next_pair(w, object, t, p.elem, &p))
            return false;
        if (!p.elem)
            break;
        if (p.elem->flags & FHIR_ELEM_ATTRIBUTE)
            continue;
        if (!*ret_any)
            buf_putc(w->out, '>');
        *ret_any = true;
        if (!put_pair(w, &p))
            return false;
    }
    w->depth--;
    return true;
}

static bool put_resource(struct writer *w, const struct fhir_node *n, bool root)
{
    const struct fhir_type *t = n ? fhir_type_of(&fhir_types[FHIR_T_Resource], n) : NULL;
    bool any = false;
    if (!t)
        return err_set(w->e, ERR_STRUCTURE, "xml: resourceType must name a resource type");
    buf_putc(w->out, '<');
    buf_str(w->out, fhir_type_name(t));
    if (root)
        buf_puts(w->out, " xmlns=\"http://hl7.org/fhir\"");
    if (!put_members(w, n, t, &any))
        return false;
    if (any) {
        new_line(w);
        put_end(w, fhir_type_name(t));
    } else {
        buf_puts(w->out, "/>");
    }
    return true;
}

bool fhir_write_xml(const struct fhir_node *resource, bool pretty, struct buf *out, struct err *e)
{
    struct writer w = {out, pretty, 0, e};
    buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    new_line(&w);
    return put_resource(&w, resource, true) && buf_ok(out, e);
}
