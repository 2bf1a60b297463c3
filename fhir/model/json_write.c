#include "fhir/model/model.h"

static void put_string(struct buf *out, struct str s)
{
    static const char hex[] = "0123456789abcdef";
    buf_putc(out, '"');
    size_t plain = 0; /* where the run of bytes not written yet starts */
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        buf_put(out, s.p + plain, i - plain);
        plain = i + 1;
        const char *short_form = c == '"'    ? "\\\""
                                 : c == '\\' ? "\\\\"
                                 : c == '\n' ? "\\n"
                                 : c == '\r' ? "\\r"
                                             : NULL;
        if (c == '\t')
            short_form = "\\t";
        if (short_form)
            buf_puts(out, short_form);
        else
            buf_put(out, (char[]){'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]}, 6);
    }
    if (plain < s.n)
        buf_put(out, s.p + plain, s.n - plain);
    buf_putc(out, '"');
}

static void new_line(struct buf *out, bool pretty, int depth)
{
    if (!pretty)
        return;
    buf_putc(out, '\n');
    for (int i = 0; i < depth; i++)
        buf_puts(out, "  ");
}

static void put_node(struct buf *out, const struct fhir_node *n, bool pretty, int depth)
{
    if (n->kind == FHIR_STRING) {
        put_string(out, n->text);
        return;
    }
    if (n->kind != FHIR_OBJECT && n->kind != FHIR_ARRAY) {
        buf_str(out, n->kind == FHIR_NULL ? STR("null") : n->text);
        return;
    }
    buf_putc(out, n->kind == FHIR_OBJECT ? '{' : '[');
    for (const struct fhir_node *child = n->first; child; child = child->next) {
        if (child != n->first)
            buf_putc(out, ',');
        new_line(out, pretty, depth + 1);
        if (n->kind == FHIR_OBJECT) {
            put_string(out, child->key);
            buf_puts(out, pretty ? ": " : ":");
        }
        put_node(out, child, pretty, depth + 1);
    }
    if (n->first)
        new_line(out, pretty, depth);
    buf_putc(out, n->kind == FHIR_OBJECT ? '}' : ']');
}

bool fhir_write_json(const struct fhir_node *n, bool pretty, struct buf *out, struct err *e)
{
    put_node(out, n, pretty, 0);
    return buf_ok(out, e);
}
