/* FHIR XML to the tree its JSON form would give. The tables say what is an array, an attribute, a primitive.
 */
#include "fhir/model/check_priv.h"

#include <string.h>

#include "base/xml.h"

#define FHIR_SPACE "http://hl7.org/fhir"
#define XHTML_SPACE "http://www.w3.org/1999/xhtml"
#define XSI_SPACE "http://www.w3.org/2001/XMLSchema-instance"

enum { DIV_MAX = 10 * 1000 * 1000 };

struct loader {
    struct xml_reader *x;
    struct arena *arena;
    struct err *e;
};

/* An object being filled, and the run of like-named elements its last child belongs to. */
struct filling {
    struct fhir_node *object;
    const struct fhir_type *type;
    const struct fhir_elem *elem;        /* of the run */
    struct fhir_node *values, *siblings; /* its arrays, made when the first value or extension comes */
    unsigned count;                      /* items of the run so far */
    unsigned depth;                      /* of the JSON form */
    struct fhir_frame frame;
};

static bool read_content(struct loader *l, struct filling *f);
static bool read_resource(struct loader *l, struct fhir_node *object, unsigned depth, const struct fhir_frame *up);

/* ---- errors ---- */
static bool at(const struct loader *l, const struct fhir_frame *f)
{
    char place[200];
    fhir_frame_text(f, place, sizeof place);
    return err_at(l->e, "%s", place);
}

static bool fail(const struct loader *l, const struct fhir_frame *f, const char *what, struct str subject)
{
    subject = str_utf8_clip(subject, 64);
    err_set(l->e, ERR_STRUCTURE, "xml line %u: %s%s%.*s%s", xml_line(l->x), what, subject.n ? " '" : "",
            STR_ARG(subject), subject.n ? "'" : "");
    err_line(l->e, xml_line(l->x), xml_column(l->x));
    return at(l, f);
}

/* ---- nodes ---- */
static struct fhir_node *new_node(const struct loader *l, enum fhir_kind kind)
{
    struct fhir_node *n = ARENA_NEW(l->arena, struct fhir_node);
    n->kind = kind;
    n->line = xml_line(l->x);
    n->column = xml_column(l->x);
    return n;
}

static void set_key(const struct loader *l, struct fhir_node *n, struct str name, bool sibling)
{
    n->key = sibling ? arena_printf(l->arena, "_%.*s", STR_ARG(name)) : arena_str(l->arena, name);
}

/* Put a node, or NULL for "nothing here", into one of the two halves of an array element. */
static void put_item(const struct loader *l, struct filling *f, struct fhir_node **half, struct fhir_node *item)
{
    if (!*half && !item)
        return;
    if (!*half) {
        *half = new_node(l, FHIR_ARRAY);
        set_key(l, *half, fhir_elem_name(f->elem), half == &f->siblings);
        fhir_add_node(f->object, *half);
        for (unsigned i = 0; i < f->count; i++)
            fhir_add_node(*half, new_node(l, FHIR_NULL));
    }
    fhir_add_node(*half, item ? item : new_node(l, FHIR_NULL));
}

/* A value and what extends it, either may be NULL, to their places in the object. */
static void put_pair(const struct loader *l, struct filling *f, struct fhir_node *value, struct fhir_node *sibling)
{
    if (f->elem->flags & FHIR_ELEM_ARRAY) {
        put_item(l, f, &f->values, value);
        put_item(l, f, &f->siblings, sibling);
    } else {
        struct fhir_node *both[] = {value, sibling};
        for (int i = 0; i < 2; i++) {
            if (!both[i])
                continue;
            set_key(l, both[i], fhir_elem_name(f->elem), i == 1);
            fhir_add_node(f->object, both[i]);
        }
    }
    f->count++;
}

static void add_attribute(const struct loader *l, struct fhir_node *object, const struct xml_attribute *at)
{
    struct fhir_node *n = new_node(l, FHIR_STRING);
    set_key(l, n, at->name, false);
    n->text = arena_str(l->arena, at->value);
    fhir_add_node(object, n);
}

/* ---- attributes ---- */
/* Of an object: the elements the tables write as attributes. */
static bool read_attributes(struct loader *l, struct filling *f)
{
    struct xml_attribute at;
    for (int i = 0; xml_attribute(l->x, i, &at); i++) {
        if (str_is(at.space, XSI_SPACE))
            continue; /* schemaLocation: a hint for others */
        const struct fhir_elem *el = at.space.n ? NULL : fhir_elem_find(f->type, at.name);
        if (!el || !(el->flags & FHIR_ELEM_ATTRIBUTE))
            return fail(l, &f->frame, "no such attribute", at.name);
        add_attribute(l, f->object, &at);
    }
    return true;
}

/* Of a primitive: its value, and the id among what extends it. */
static bool read_primitive_attributes(struct loader *l, struct filling *sibling, unsigned format,
                                      struct fhir_node **ret_value)
{
    struct xml_attribute at;
    for (int i = 0; xml_attribute(l->x, i, &at); i++) {
        if (!at.space.n && str_is(at.name, "value")) {
            bool plain = fhir_format_json(format, at.value); /* what is not stays a string, for the check to refuse */
            *ret_value = new_node(l, plain ? fhir_format_kind(format) : FHIR_STRING);
            (*ret_value)->text = arena_str(l->arena, at.value);
        } else if (!at.space.n && str_is(at.name, "id")) {
            add_attribute(l, sibling->object, &at);
        } else {
            return fail(l, &sibling->frame, "no such attribute", at.name);
        }
    }
    return true;
}

/* ---- elements ---- */
static bool read_primitive(struct loader *l, struct filling *f, const struct fhir_frame *frame)
{
    struct fhir_node *value = NULL;
    struct filling sibling = {.object = new_node(l, FHIR_OBJECT),
                              .type = &fhir_types[FHIR_T_Element],
                              .depth = f->depth + 2,
                              .frame = *frame};
    unsigned format = fhir_elem_type(f->elem)->format;
    if (!read_primitive_attributes(l, &sibling, format, &value) || !read_content(l, &sibling))
        return false;
    bool extended = sibling.object->first != NULL;
    if (!value && !extended)
        return fail(l, frame, "an element must have a value or an extension", STR_NONE);
    put_pair(l, f, value, extended ? sibling.object : NULL);
    return true;
}

static bool read_div(struct loader *l, struct filling *f, const struct fhir_frame *frame)
{
    struct buf out;
    if (!str_is(xml_space(l->x), XHTML_SPACE))
        return fail(l, frame, "must be in the namespace " XHTML_SPACE, STR_NONE);
    buf_init(&out, DIV_MAX);
    struct fhir_node *n = new_node(l, FHIR_STRING);
    bool ok = xml_copy(l->x, &out, l->e);
    if (ok) {
        n->text = arena_str(l->arena, buf_view(&out));
        put_pair(l, f, n, NULL);
    }
    buf_release(&out);
    return ok || at(l, frame);
}

/* Move to the next element: *ret_start false when the end of the one around it comes first. */
static bool next_element(struct loader *l, const struct fhir_frame *f, bool *ret_start)
{
    enum xml_event event = XML_EVENT_TEXT;
    while (event == XML_EVENT_TEXT || event == XML_EVENT_COMMENT) {
        if (!xml_next(l->x, &event, l->e))
            return at(l, f);
        if (event == XML_EVENT_TEXT && str_trim(xml_text(l->x)).n)
            return fail(l, f, "text between elements", STR_NONE);
    }
    *ret_start = event == XML_EVENT_START;
    return true;
}

/* contained, entry.resource, parameter.resource: one element, holding one resource. */
static bool read_wrapped(struct loader *l, struct filling *f, const struct fhir_frame *frame)
{
    bool start = false;
    struct fhir_node *n = new_node(l, FHIR_OBJECT);
    if (!next_element(l, frame, &start))
        return false;
    if (!start)
        return fail(l, frame, "must hold a resource", STR_NONE);
    if (!read_resource(l, n, f->depth + 2, frame) || !next_element(l, frame, &start))
        return false;
    if (start)
        return fail(l, frame, "must hold one resource", STR_NONE);
    put_pair(l, f, n, NULL);
    return true;
}

static bool read_object(struct loader *l, struct filling *f, const struct fhir_frame *frame)
{
    struct filling below = {.object = new_node(l, FHIR_OBJECT),
                            .type = fhir_elem_type(f->elem),
                            .depth = f->depth + 1 + ((f->elem->flags & FHIR_ELEM_ARRAY) != 0),
                            .frame = *frame};
    if (!read_attributes(l, &below) || !read_content(l, &below))
        return false;
    put_pair(l, f, below.object, NULL);
    return true;
}

/* Whether the element may come here: known, not an attribute, repeated only in one run of an array. */
static bool begin_run(struct loader *l, struct filling *f, struct str name)
{
    const struct fhir_elem *el = fhir_elem_find(f->type, name);
    if (!el || (el->flags & FHIR_ELEM_ATTRIBUTE))
        return fail(l, &f->frame, "no such element", name);
    if (el == f->elem && (el->flags & FHIR_ELEM_ARRAY))
        return true;
    for (const struct fhir_node *m = f->object->first; m; m = m->next) {
        struct str key = m->key.n && m->key.p[0] == '_' ? str_sub(m->key, 1, m->key.n) : m->key;
        if (str_eq(key, fhir_elem_name(el)))
            return fail(l, &f->frame, "twice, or not together", name);
    }
    f->elem = el;
    f->values = f->siblings = NULL;
    f->count = 0;
    return true;
}

static bool read_element(struct loader *l, struct filling *f)
{
    struct str name = xml_name(l->x);
    if (!begin_run(l, f, name))
        return false;
    const struct fhir_type *t = fhir_elem_type(f->elem);
    int index = f->elem->flags & FHIR_ELEM_ARRAY ? (int)f->count : -1;
    struct fhir_frame frame = fhir_frame_below(&f->frame, f->elem, index);
    if (t->format == FHIR_FORMAT_xhtml)
        return read_div(l, f, &frame);
    if (!str_is(xml_space(l->x), FHIR_SPACE))
        return fail(l, &frame, "must be in the namespace " FHIR_SPACE, STR_NONE);
    if (t->sort == FHIR_SORT_PRIMITIVE)
        return read_primitive(l, f, &frame);
    return t == &fhir_types[FHIR_T_Resource] ? read_wrapped(l, f, &frame) : read_object(l, f, &frame);
}

/* All child elements, to the end of the one at hand. */
static bool read_content(struct loader *l, struct filling *f)
{
    if (f->depth > FHIR_DEPTH_MAX)
        return fail(l, &f->frame, "nested too deep", STR_NONE);
    for (bool start = true; start;) {
        if (!next_element(l, &f->frame, &start))
            return false;
        if (start && !read_element(l, f))
            return false;
    }
    return true;
}

/* The reader stands on the start of the resource's element. */
static bool read_resource(struct loader *l, struct fhir_node *object, unsigned depth, const struct fhir_frame *up)
{
    const struct fhir_type *t = fhir_resource_find(xml_name(l->x));
    struct filling f = {.object = object, .type = t, .depth = depth, .frame = {.name = STR("Resource"), .index = -1}};
    if (up)
        f.frame = *up;
    if (!t || !str_is(xml_space(l->x), FHIR_SPACE))
        return fail(l, &f.frame, "no resource type of the namespace " FHIR_SPACE, xml_name(l->x));
    if (!up)
        f.frame.name = fhir_type_name(t);
    fhir_add_string(l->arena, object, "resourceType", fhir_type_name(t));
    return read_attributes(l, &f) && read_content(l, &f);
}

static bool read_document(struct loader *l, struct fhir_node *object)
{
    const struct fhir_frame nowhere = {.name = STR("Resource"), .index = -1};
    bool start = false;
    if (!next_element(l, &nowhere, &start))
        return false;
    if (!start)
        return fail(l, &nowhere, "no element", STR_NONE);
    object->line = xml_line(l->x);
    object->column = xml_column(l->x);
    return read_resource(l, object, 1, NULL) && next_element(l, &nowhere, &start);
}

struct fhir_node *fhir_parse_xml(struct arena *a, struct str text, struct err *e)
{
    struct loader l = {xml_open(text, FHIR_DEPTH_MAX, e), a, e};
    struct fhir_node *object = ARENA_NEW(a, struct fhir_node);
    object->kind = FHIR_OBJECT;
    bool ok = l.x && read_document(&l, object);
    xml_close(l.x);
    return ok ? object : NULL;
}
