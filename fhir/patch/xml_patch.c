/* XML Patch (RFC 5261): <diff> with <add>, <replace> and <remove>, applied to the document's XML form. */
#include "fhir/patch/xml_tree_priv.h"

enum { TEXT_MAX = 64 << 20, OPERATION_STEPS = 200 };

struct operation {
    struct xml_selector selector;
    struct str pos, type, ws;
    struct xml_node *content; /* holds what the operation holds */
};

static struct str content_text(const struct operation *o)
{
    const struct xml_node *n = o->content->first;
    return n && n->kind == XML_EVENT_TEXT ? n->text : STR("");
}

static bool is_white(const struct xml_node *n)
{
    return n && n->kind == XML_EVENT_TEXT && !str_trim(n->text).n;
}

static int height(const struct xml_node *n)
{
    int tallest = 0;
    for (const struct xml_node *m = n->first; m; m = m->next) {
        int h = height(m);
        tallest = h > tallest ? h : tallest;
    }
    return tallest + 1;
}

static bool fits_depth(const struct xml_node *below, const struct operation *o, struct err *e)
{
    int depth = height(o->content) - 1;
    for (; below; below = below->parent)
        depth++;
    return depth <= FHIR_DEPTH_MAX + 1 ||
           err_set(e, ERR_PROCESSING, "the document would be nested deeper than %d", FHIR_DEPTH_MAX);
}

/* ---- add ---- */

static bool add_attribute(struct patch *p, struct xml_node *n, const struct operation *o, struct err *e)
{
    struct str name = str_sub(o->type, 1, o->type.n);
    struct xml_value *v = ARENA_NEW(p->arena, struct xml_value);
    if (!name.n || str_find(name, ':') < name.n || n->kind != XML_EVENT_START)
        return err_set(e, ERR_INVALID, "a 'type' names an attribute of an element");
    if (xml_tree_attribute(n, name))
        return err_set(e, ERR_PROCESSING, "the attribute is there already");
    *v = (struct xml_value){name, STR(""), content_text(o), n->attributes};
    n->attributes = v;
    return true;
}

/* At the end; what belongs to a run of like elements goes to the run's end, for FHIR lets nothing come between. */
static bool append(struct patch *p, struct xml_node *parent, struct xml_node *node, struct err *e)
{
    int64_t steps = 1;
    struct xml_node *like = parent->last;
    bool run = node->kind == XML_EVENT_START && str_is(node->space, FHIR_SPACE);
    for (; run && like && !(like->kind == node->kind && str_eq(like->name, node->name)); steps++)
        like = like->previous;
    xml_tree_insert(parent, node, run && like ? like->next : NULL);
    return patch_step(p, steps, e);
}

static bool do_add(struct patch *p, const struct xml_place *at, const struct operation *o, struct err *e)
{
    struct xml_node *n = at->node, *next = NULL, *after = n->next;
    bool before = str_is(o->pos, "before"), behind = str_is(o->pos, "after"), first = str_is(o->pos, "prepend");
    if (at->attribute || (o->pos.n && !before && !behind && !first))
        return err_set(e, ERR_INVALID, "'add' takes a place beside or in a node: pos is before, after or prepend");
    if (o->type.n)
        return o->type.p[0] == '@' ? add_attribute(p, n, o, e)
                                   : err_set(e, ERR_INVALID, "a 'type' is '@' and the name of an attribute");
    struct xml_node *parent = before || behind ? n->parent : n, *old = first ? n->first : NULL;
    if (!parent->parent || parent->kind != XML_EVENT_START)
        return err_set(e, ERR_PROCESSING, "nothing can be added there");
    if (!fits_depth(parent, o, e))
        return false;
    for (struct xml_node *m = o->content->first; m; m = next) {
        next = m->next;
        xml_tree_remove(m);
        if (o->pos.n)
            xml_tree_insert(parent, m, before ? n : behind ? after : old);
        else if (!append(p, parent, m, e))
            return false;
    }
    return true;
}

/* ---- replace, remove ---- */

static bool do_replace(struct patch *p, const struct xml_place *at, const struct operation *o, struct err *e)
{
    struct xml_node *n = at->node, *with = o->content->first;
    (void)p;
    if (at->attribute) {
        at->attribute->text = content_text(o);
        return true;
    }
    while (n->kind == XML_EVENT_START && (is_white(with) || (with && with->kind == XML_EVENT_COMMENT)))
        with = with->next;
    bool alone = with && with->kind == n->kind && (!with->next || (is_white(with->next) && !with->next->next));
    if (!alone)
        return err_set(e, ERR_INVALID, "'replace' needs one node of the kind it replaces");
    if (!fits_depth(n->parent, o, e))
        return false;
    xml_tree_remove(with);
    xml_tree_insert(n->parent, with, n);
    xml_tree_remove(n);
    return true;
}

static bool do_remove(struct patch *p, const struct xml_place *at, const struct operation *o, struct err *e)
{
    struct xml_node *n = at->node;
    struct xml_value **v = &n->attributes;
    bool both = str_is(o->ws, "both");
    (void)p;
    if (at->attribute) {
        while (*v != at->attribute)
            v = &(*v)->next;
        *v = at->attribute->next;
        return true;
    }
    if (!n->parent->parent)
        return err_set(e, ERR_PROCESSING, "the whole resource can not be removed");
    if ((both || str_is(o->ws, "before")) && is_white(n->previous))
        xml_tree_remove(n->previous);
    if ((both || str_is(o->ws, "after")) && is_white(n->next))
        xml_tree_remove(n->next);
    xml_tree_remove(n);
    return true;
}

static const struct {
    const char *name;
    bool (*run)(struct patch *p, const struct xml_place *at, const struct operation *o, struct err *e);
} verbs[] = {{"add", do_add}, {"replace", do_replace}, {"remove", do_remove}};
enum { VERBS = sizeof verbs / sizeof verbs[0] };

/* ---- the patch ---- */

/* Where the reader stands the prefixes of 'sel' mean something. */
static bool read_operation(struct patch *p, struct xml_reader *x, struct operation *ret, struct err *e)
{
    struct xml_attribute at;
    struct str sel = STR("");
    *ret = (struct operation){.pos = STR(""), .type = STR(""), .ws = STR("")};
    struct {
        const char *name;
        struct str *to;
    } known[] = {{"sel", &sel}, {"pos", &ret->pos}, {"type", &ret->type}, {"ws", &ret->ws}};
    for (int i = 0; xml_attribute(x, i, &at); i++)
        for (size_t k = 0; k < sizeof known / sizeof known[0]; k++)
            if (str_is(at.name, known[k].name))
                *known[k].to = arena_str(p->arena, at.value);
    struct xml_node *holder = ARENA_NEW(p->arena, struct xml_node);
    holder->kind = XML_EVENT_START;
    if (!xml_select_read(p, x, sel, &ret->selector, e) || !xml_tree_read(p, x, holder, e))
        return false;
    ret->content = holder->first;
    return true;
}

/* o: room for an operation, which is large. */
static bool run(struct patch *p, struct xml_reader *x, struct xml_node *document, struct operation *o, struct err *e)
{
    struct xml_place at;
    size_t v = 0;
    while (v < VERBS && !str_is(xml_name(x), verbs[v].name))
        v++;
    if (v == VERBS)
        return err_set(e, ERR_INVALID, "an operation is add, replace or remove");
    return patch_step(p, OPERATION_STEPS, e) && read_operation(p, x, o, e) &&
           xml_select(p, &o->selector, document, &at, e) && verbs[v].run(p, &at, o, e);
}

static bool run_all(struct patch *p, struct xml_reader *x, struct xml_node *document, struct err *e)
{
    enum xml_event event = XML_EVENT_TEXT;
    int number = 0, depth = 0;
    struct operation *o = ARENA_NEW(p->arena, struct operation);
    for (;;) {
        if (!xml_next(x, &event, e))
            return false;
        if (event == XML_EVENT_DONE || (event == XML_EVENT_END && depth == 1))
            return depth == 1 || err_set(e, ERR_INVALID, "an XML Patch is a <diff>");
        if (event == XML_EVENT_TEXT && str_trim(xml_text(x)).n)
            return err_set(e, ERR_INVALID, "an XML Patch has no text between its operations");
        if (event != XML_EVENT_START)
            continue;
        if (!depth++ && !str_is(xml_name(x), "diff"))
            return err_set(e, ERR_INVALID, "an XML Patch is a <diff>");
        if (depth == 1)
            continue;
        depth = 1; /* run reads to the operation's end */
        if (number++ == PATCH_OPERATIONS_MAX)
            return err_set(e, ERR_TOO_LARGE, "a patch has at most %d operations", PATCH_OPERATIONS_MAX);
        if (!run(p, x, document, o, e))
            return err_wrap(e, "operation %d of the patch", number);
    }
}

/* What came of it must be XML of FHIR again; what is not is a patch that does not fit, not a wrong request. */
static bool take_result(struct patch *p, const struct xml_node *document, struct fhir_node **ret_node, struct err *e)
{
    struct buf b CLEANUP(buf_release);
    buf_init(&b, TEXT_MAX);
    xml_tree_write(document, &b);
    if (!buf_ok(&b, e))
        return false;
    p->root = fhir_parse_xml(p->arena, arena_str(p->arena, buf_view(&b)), e);
    if (p->root) {
        *ret_node = patch_end(p);
        return true;
    }
    e->code = ERR_PROCESSING;
    return err_wrap(e, "what the patch makes");
}

bool patch_xml(struct arena *a, const struct fhir_node *resource, struct str patch, struct fhir_node **ret_node,
               struct err *e)
{
    struct patch p;
    struct buf b CLEANUP(buf_release);
    struct xml_node *document = NULL;
    buf_init(&b, TEXT_MAX);
    patch_begin(&p, a, resource);
    if (!fhir_write_xml(resource, false, &b, e) || !buf_ok(&b, e) ||
        !xml_tree_parse(&p, buf_view(&b), &document, e))
        return err_wrap(e, "the document as XML");
    struct xml_reader *x = xml_open(patch, FHIR_DEPTH_MAX + 2, e);
    bool ok = x && run_all(&p, x, document, e);
    xml_close(x);
    return ok && take_result(&p, document, ret_node, e);
}
