#include "fhir/patch/xml_tree_priv.h"

enum { NODE_STEPS = 4 };

void xml_tree_insert(struct xml_node *parent, struct xml_node *node, struct xml_node *before)
{
    node->parent = parent;
    node->next = before;
    node->previous = before ? before->previous : parent->last;
    if (node->previous)
        node->previous->next = node;
    else
        parent->first = node;
    if (before)
        before->previous = node;
    else
        parent->last = node;
}

void xml_tree_remove(struct xml_node *node)
{
    struct xml_node *parent = node->parent;
    if (node->previous)
        node->previous->next = node->next;
    else
        parent->first = node->next;
    if (node->next)
        node->next->previous = node->previous;
    else
        parent->last = node->previous;
    node->parent = node->next = node->previous = NULL;
}

struct xml_value *xml_tree_attribute(const struct xml_node *n, struct str name)
{
    struct xml_value *v = n->attributes;
    while (v && !str_eq(v->name, name))
        v = v->next;
    return v;
}

/* ---- reading ---- */

static struct xml_node *new_node(struct patch *p, struct xml_node *parent, enum xml_event kind)
{
    struct xml_node *n = ARENA_NEW(p->arena, struct xml_node);
    n->kind = kind;
    n->name = n->space = n->text = STR("");
    if (parent)
        xml_tree_insert(parent, n, NULL);
    return n;
}

static struct xml_node *new_element(struct patch *p, struct xml_reader *x, struct xml_node *parent)
{
    struct xml_attribute at;
    struct xml_node *n = new_node(p, parent, XML_EVENT_START);
    struct xml_value **last = &n->attributes;
    n->name = arena_str(p->arena, xml_name(x));
    n->space = arena_str(p->arena, xml_space(x));
    for (int i = 0; xml_attribute(x, i, &at); i++) {
        struct xml_value *v = ARENA_NEW(p->arena, struct xml_value);
        *v = (struct xml_value){arena_str(p->arena, at.name), arena_str(p->arena, at.space),
                                arena_str(p->arena, at.value), NULL};
        *last = v;
        last = &v->next;
    }
    return n;
}

bool xml_tree_read(struct patch *p, struct xml_reader *x, struct xml_node *parent, struct err *e)
{
    struct xml_node *top = new_element(p, x, parent), *at = top;
    enum xml_event event;
    while (at != parent) {
        if (!xml_next(x, &event, e) || !patch_step(p, NODE_STEPS, e))
            return false;
        if (event == XML_EVENT_DONE)
            return err_set(e, ERR_STRUCTURE, "xml: no end");
        if (event == XML_EVENT_START)
            at = new_element(p, x, at);
        else if (event == XML_EVENT_END)
            at = at->parent;
        else
            new_node(p, at, event)->text = arena_str(p->arena, xml_text(x));
    }
    return true;
}

static bool read_document(struct patch *p, struct xml_reader *x, struct xml_node *document, struct err *e)
{
    enum xml_event event = XML_EVENT_COMMENT;
    while (event != XML_EVENT_START)
        if (!xml_next(x, &event, e) || event == XML_EVENT_DONE)
            return false;
    return xml_tree_read(p, x, document, e);
}

bool xml_tree_parse(struct patch *p, struct str text, struct xml_node **ret_document, struct err *e)
{
    struct xml_reader *x = xml_open(text, FHIR_DEPTH_MAX, e);
    *ret_document = new_node(p, NULL, XML_EVENT_START);
    bool ok = x && read_document(p, x, *ret_document, e);
    xml_close(x);
    return ok;
}

/* ---- writing ---- */

static void put_start(const struct xml_node *n, struct buf *out)
{
    buf_putc(out, '<');
    buf_str(out, n->name);
    if (!str_eq(n->space, n->parent->space)) {
        buf_puts(out, " xmlns=\"");
        xml_put_value(out, n->space);
        buf_putc(out, '"');
    }
    for (const struct xml_value *v = n->attributes; v; v = v->next) {
        buf_puts(out, v->space.n ? " xml:" : " "); /* of others the reader of FHIR wants to hear nothing */
        buf_str(out, v->name);
        buf_puts(out, "=\"");
        xml_put_value(out, v->text);
        buf_putc(out, '"');
    }
    buf_puts(out, n->first ? ">" : "/>");
}

static void put_node(const struct xml_node *n, struct buf *out)
{
    if (n->kind == XML_EVENT_TEXT) {
        xml_put_text(out, n->text);
        return;
    }
    if (n->kind == XML_EVENT_COMMENT) {
        buf_puts(out, "<!--");
        buf_str(out, n->text);
        buf_puts(out, "-->");
        return;
    }
    put_start(n, out);
    for (const struct xml_node *m = n->first; m; m = m->next)
        put_node(m, out);
    if (!n->first)
        return;
    buf_puts(out, "</");
    buf_str(out, n->name);
    buf_putc(out, '>');
}

/* Depth is that of the document and of the patch together, so it is bounded before this is called. */
void xml_tree_write(const struct xml_node *document, struct buf *out)
{
    for (const struct xml_node *m = document->first; m; m = m->next)
        put_node(m, out);
}
