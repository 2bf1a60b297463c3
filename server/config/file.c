#include "config/config_priv.h"

#include <inttypes.h>
#include <libconfig.h>
#include <stdio.h>
#include <sys/stat.h>

enum { FILE_MAX = 1 << 20, NAME_BYTES = 128 };

static bool fault(const config_setting_t *s, const char *path, struct err *e, const char *name)
{
    const char *file = config_setting_source_file(s);
    return err_wrap(e, "%s:%d: option '%s'", file ? file : path, config_setting_source_line(s), name);
}

/* The value as text, if its libconfig type is the option's. */
static bool value_text(const config_setting_t *s, const struct option_row *o, struct buf *b, struct err *e)
{
    int type = config_setting_type(s);
    bool number = type == CONFIG_TYPE_INT || type == CONFIG_TYPE_INT64;
    if (o->type == OPTION_INT) {
        if (!number)
            return err_set(e, ERR_INVALID, "must be an integer without quotes");
        buf_printf(b, "%" PRId64, (int64_t)config_setting_get_int64(s));
    } else if (o->type == OPTION_BOOL) {
        if (type != CONFIG_TYPE_BOOL)
            return err_set(e, ERR_INVALID, "must be true or false without quotes");
        buf_puts(b, config_setting_get_bool(s) ? "true" : "false");
    } else {
        if (type != CONFIG_TYPE_STRING)
            return err_set(e, ERR_INVALID, "must be a text in quotes");
        buf_puts(b, config_setting_get_string(s));
    }
    return buf_ok(b, e);
}

static bool take_setting(const config_setting_t *s, const char *name, struct config *c, const char *path,
                         struct err *e)
{
    const struct option_row *o = option_find(str_of(name));
    CLEANUP(buf_release) struct buf value;
    buf_init(&value, FILE_MAX);
    if (!o) {
        err_set(e, ERR_INVALID, "no such option");
        return fault(s, path, e, name);
    }
    if (!value_text(s, o, &value, e) || !option_assign(o, c, buf_view(&value), e))
        return fault(s, path, e, name);
    return true;
}

/* Options are at most one group deep, so that a group within a group is an unknown option. */
static bool take_group(config_setting_t *group, const char *prefix, struct config *c, const char *path,
                       struct err *e)
{
    for (int i = 0; i < config_setting_length(group); i++) {
        config_setting_t *s = config_setting_get_elem(group, (unsigned)i);
        const char *key = config_setting_name(s);
        char name[NAME_BYTES];
        snprintf(name, sizeof name, "%s%s%s", prefix, prefix[0] ? "." : "", key ? key : "?");
        bool ok = config_setting_is_group(s) && !prefix[0] ? take_group(s, name, c, path, e)
                                                           : take_setting(s, name, c, path, e);
        if (!ok)
            return false;
    }
    return true;
}

static bool readable(const char *path, struct err *e)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return err_errno(e, ERR_INVALID, "%s", path);
    if (!S_ISREG(st.st_mode) || st.st_size > FILE_MAX)
        return err_set(e, ERR_INVALID, "%s: not a configuration file", path);
    return true;
}

static bool parse(config_t *parsed, const char *path, struct err *e)
{
    if (config_read_file(parsed, path))
        return true;
    const char *file = config_error_file(parsed);
    if (config_error_type(parsed) == CONFIG_ERR_FILE_IO)
        return err_set(e, ERR_INVALID, "%s: cannot be read", path);
    return err_set(e, ERR_INVALID, "%s:%d: %s", file ? file : path, config_error_line(parsed),
                   config_error_text(parsed));
}

bool file_read(const char *path, struct config *c, struct err *e)
{
    config_t parsed;
    if (!readable(path, e))
        return false;
    config_init(&parsed);
    bool ok = parse(&parsed, path, e) && take_group(config_root_setting(&parsed), "", c, path, e);
    config_destroy(&parsed);
    return ok;
}
