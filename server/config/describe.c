#include "config/config_priv.h"

#include <string.h>

void config_describe(struct buf *b)
{
    buf_puts(b, "| option | value | default | what it is |\n|---|---|---|---|\n");
    for (int i = 0; i < option_count; i++) {
        const struct option_row *o = &option_rows[i];
        buf_printf(b, "| %s | ", o->name);
        option_kind(o, b);
        buf_printf(b, " | %s | %s |\n", o->fallback, o->doc);
    }
}

static struct str group_of(const struct option_row *o)
{
    const char *dot = strchr(o->name, '.');
    return (struct str){o->name, dot ? (size_t)(dot - o->name) : 0};
}

static void put_option(const struct option_row *o, struct str group, struct buf *b)
{
    const char *indent = group.n ? "    " : "";
    const char *quote = o->type == OPTION_INT || o->type == OPTION_BOOL ? "" : "\"";
    buf_printf(b, "%s# %s (", indent, o->doc);
    option_kind(o, b);
    buf_printf(b, ")\n%s# %s = %s%s%s;\n", indent, o->name + (group.n ? group.n + 1 : 0), quote, o->fallback,
               quote);
}

void config_example(struct buf *b)
{
    struct str open = {"", 0};
    buf_puts(b, "# Configuration of isocentre. Every option stands here as a comment with its default; "
                "remove the '#' in\n"
                "# front of an option to change it. Printed by `isocentre describe example-config`.\n");
    for (int i = 0; i < option_count; i++) {
        struct str group = group_of(&option_rows[i]);
        if (!str_eq(group, open)) {
            buf_puts(b, open.n ? "};\n\n" : "\n");
            buf_printf(b, "%.*s: {\n", STR_ARG(group));
            open = group;
        }
        put_option(&option_rows[i], group, b);
    }
    buf_puts(b, open.n ? "};\n" : "");
}

/* A URI's "user:password@" and libpq's "password=…" without what they hide. */
static void put_hidden(struct str value, struct buf *b)
{
    const char *scheme = memmem(value.p, value.n, "://", 3);
    const char *at = scheme ? memchr(scheme, '@', value.n - (size_t)(scheme - value.p)) : NULL;
    const char *colon = at ? memchr(scheme + 3, ':', (size_t)(at - scheme - 3)) : NULL;
    if (memmem(value.p, value.n, "password=", 9))
        buf_puts(b, "(hidden)");
    else if (colon)
        buf_printf(b, "%.*s:…%.*s", (int)(colon - value.p), value.p, (int)(value.p + value.n - at), at);
    else
        buf_str(b, value);
}

void config_print(const struct config *c, struct buf *b)
{
    CLEANUP(buf_release) struct buf value;
    buf_init(&value, 16384);
    for (int i = 0; i < option_count; i++) {
        buf_reset(&value);
        option_write(&option_rows[i], c, &value);
        buf_printf(b, "%s = ", option_rows[i].name);
        put_hidden(buf_view(&value), b);
        buf_putc(b, '\n');
    }
}
