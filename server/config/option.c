#include "config/config_priv.h"

#include <arpa/inet.h>
#include <stddef.h>

#define OPTION(field, option, type, fallback, min, max, choices, doc) \
    {option, OPTION_##type, fallback, min, max, choices, doc, offsetof(struct config, field)},
const struct option_row option_rows[] = {
#include "config/options.def"
};
#undef OPTION
const int option_count = sizeof option_rows / sizeof option_rows[0];

static void *field_of(const struct option_row *o, const struct config *c)
{
    return (char *)c + o->offset;
}

const struct option_row *option_find(struct str name)
{
    for (int i = 0; i < option_count; i++)
        if (str_is(name, option_rows[i].name))
            return &option_rows[i];
    return NULL;
}

static bool assign_text(const struct option_row *o, char **field, struct str value, struct err *e)
{
    if (value.n < (size_t)o->min || value.n > (size_t)o->max)
        return err_set(e, ERR_INVALID, "must have %d to %d bytes", o->min, o->max);
    for (size_t i = 0; i < value.n; i++)
        if ((unsigned char)value.p[i] < ' ' || value.p[i] == 0x7f)
            return err_set(e, ERR_INVALID, "must not hold control characters");
    char *copy = mem_alloc(value.n + 1);
    str_copy(copy, value.n + 1, value);
    mem_free(*field);
    *field = copy;
    return true;
}

/* PS3.5 6.2: no backslash, not only spaces. */
static bool check_aet(struct str value, struct err *e)
{
    for (size_t i = 0; i < value.n; i++)
        if (value.p[i] == '\\' || (unsigned char)value.p[i] > '~')
            return err_set(e, ERR_INVALID, "must be ASCII without '\\'");
    return str_trim(value).n > 0 || err_set(e, ERR_INVALID, "must not be blank");
}

static bool check_address(struct str value, struct err *e)
{
    char text[64];
    unsigned char bytes[16];
    if (str_copy(text, sizeof text, value) && (inet_pton(AF_INET, text, bytes) == 1 ||
                                               inet_pton(AF_INET6, text, bytes) == 1))
        return true;
    return err_set(e, ERR_INVALID, "must be an IP address");
}

static bool assign_int(const struct option_row *o, int *field, struct str value, struct err *e)
{
    int64_t n;
    if (!str_int(value, &n))
        return err_set(e, ERR_INVALID, "must be an integer");
    if (n < o->min || n > o->max)
        return err_set(e, ERR_INVALID, "must be %d to %d", o->min, o->max);
    *field = (int)n;
    return true;
}

static bool assign_bool(bool *field, struct str value, struct err *e)
{
    if (!str_is(value, "true") && !str_is(value, "false"))
        return err_set(e, ERR_INVALID, "must be true or false");
    *field = str_is(value, "true");
    return true;
}

static bool assign_enum(const struct option_row *o, int *field, struct str value, struct err *e)
{
    struct str rest = str_of(o->choices), choice;
    for (int i = 0; str_next(&rest, '|', &choice); i++) {
        if (str_eq(value, choice)) {
            *field = i;
            return true;
        }
    }
    return err_set(e, ERR_INVALID, "must be one of %s", o->choices);
}

bool option_assign(const struct option_row *o, struct config *c, struct str value, struct err *e)
{
    switch (o->type) {
    case OPTION_INT:
        return assign_int(o, field_of(o, c), value, e);
    case OPTION_BOOL:
        return assign_bool(field_of(o, c), value, e);
    case OPTION_ENUM:
        return assign_enum(o, field_of(o, c), value, e);
    case OPTION_AET:
        return assign_text(o, field_of(o, c), value, e) && check_aet(value, e);
    case OPTION_ADDRESS:
        return assign_text(o, field_of(o, c), value, e) && check_address(value, e);
    default:
        return assign_text(o, field_of(o, c), value, e);
    }
}

static void write_choice(const struct option_row *o, int place, struct buf *b)
{
    struct str rest = str_of(o->choices), choice;
    for (int i = 0; str_next(&rest, '|', &choice); i++)
        if (i == place)
            buf_str(b, choice);
}

void option_write(const struct option_row *o, const struct config *c, struct buf *b)
{
    const void *field = field_of(o, c);
    switch (o->type) {
    case OPTION_INT:
        buf_printf(b, "%d", *(const int *)field);
        break;
    case OPTION_BOOL:
        buf_puts(b, *(const bool *)field ? "true" : "false");
        break;
    case OPTION_ENUM:
        write_choice(o, *(const int *)field, b);
        break;
    default:
        buf_puts(b, *(char *const *)field);
    }
}

void option_kind(const struct option_row *o, struct buf *b)
{
    struct str rest = str_of(o->choices), choice;
    switch (o->type) {
    case OPTION_INT:
        buf_printf(b, "integer, %d to %d", o->min, o->max);
        break;
    case OPTION_BOOL:
        buf_puts(b, "true or false");
        break;
    case OPTION_ENUM:
        buf_puts(b, "one of");
        for (int i = 0; str_next(&rest, '|', &choice); i++)
            buf_printf(b, "%s %.*s", i ? "," : "", STR_ARG(choice));
        break;
    case OPTION_PATH:
        buf_puts(b, "path");
        break;
    case OPTION_AET:
        buf_puts(b, "AE title");
        break;
    case OPTION_ADDRESS:
        buf_puts(b, "IP address");
        break;
    default:
        buf_printf(b, "text, %d to %d bytes", o->min, o->max);
    }
}
