#include "config/config_priv.h"

#include <string.h>

/* Paths that are places inside state.path unless they are given. */
static const struct {
    const char *option, *inside;
} inside_state[] = {{"storage.path", "files"}, {"audit.key_file", "secrets/audit.pem"}};

static bool take_set(const char *set, struct config *c, struct err *e)
{
    struct str all = str_of(set), name = str_sub(all, 0, str_find(all, '='));
    if (name.n == all.n)
        return err_set(e, ERR_INVALID, "--set needs option=value");
    const struct option_row *o = option_find(name);
    if (!o)
        return err_set(e, ERR_INVALID, "--set: no such option '%.*s'", STR_ARG(name));
    if (!option_assign(o, c, str_sub(all, name.n + 1, all.n), e))
        return err_wrap(e, "--set: option '%s'", o->name);
    return true;
}

static bool take_defaults(struct config *c, struct err *e)
{
    for (int i = 0; i < option_count; i++)
        if (!option_assign(&option_rows[i], c, str_of(option_rows[i].fallback), e))
            return err_wrap(e, "default of option '%s'", option_rows[i].name);
    return true;
}

static bool fill_paths(struct config *c, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    buf_init(&b, 2000);
    for (size_t i = 0; i < sizeof inside_state / sizeof inside_state[0]; i++) {
        const struct option_row *o = option_find(str_of(inside_state[i].option));
        buf_reset(&b);
        option_write(o, c, &b);
        if (b.n)
            continue;
        buf_printf(&b, "%s/%s", c->state_path, inside_state[i].inside);
        if (!option_assign(o, c, buf_view(&b), e))
            return err_wrap(e, "option '%s'", o->name);
    }
    return true;
}

/* Ports at one address; 0 takes any free one. */
static bool check_doors(const struct config *c, struct err *e)
{
    const struct {
        const char *option, *address;
        int port;
    } doors[] = {{"http.port", c->http_address, c->http_port},
                 {"dicom.port", c->dicom_address, c->dicom_port},
                 {"hl7.port", c->hl7_address, c->hl7_port}};
    for (int i = 1; i < 3; i++)
        for (int k = 0; k < i; k++)
            if (doors[i].port && doors[i].port == doors[k].port && strcmp(doors[i].address, doors[k].address) == 0)
                return err_set(e, ERR_INVALID, "option '%s' and '%s' name the same port", doors[k].option,
                               doors[i].option);
    return true;
}

/* What no single row can say. */
static bool check_together(const struct config *c, struct err *e)
{
    if (c->auth_session_idle_seconds > c->auth_session_absolute_seconds)
        return err_set(e, ERR_INVALID,
                       "option 'auth.session_idle_seconds' must not exceed 'auth.session_absolute_seconds'");
    if (!check_doors(c, e))
        return false;
    if (c->ldap_url[0] && !c->ldap_user_base[0])
        return err_set(e, ERR_INVALID, "option 'ldap.url' needs 'ldap.user_base'");
    if (c->ldap_url[0] && !c->ldap_role_map[0])
        return err_set(e, ERR_INVALID, "option 'ldap.url' needs 'ldap.role_map': nobody would get a role");
    return true;
}

bool config_load(const char *path, const char *const *sets, int set_count, struct config **ret_config,
                 struct err *e)
{
    struct config *c = mem_zalloc(sizeof *c);
    bool ok = take_defaults(c, e) && (!path || file_read(path, c, e));
    for (int i = 0; ok && i < set_count; i++)
        ok = take_set(sets[i], c, e);
    ok = ok && fill_paths(c, e) && check_together(c, e);
    if (!ok) {
        config_free(c);
        return false;
    }
    *ret_config = c;
    return true;
}

#define FREE_STRING(p) mem_free(p);
#define FREE_PATH(p) mem_free(p);
#define FREE_AET(p) mem_free(p);
#define FREE_ADDRESS(p) mem_free(p);
#define FREE_INT(p)
#define FREE_BOOL(p)
#define FREE_ENUM(p)

void config_free(struct config *c)
{
    if (!c)
        return;
#define OPTION(field, option, type, fallback, min, max, choices, doc) FREE_##type(c->field)
#include "config/options.def"
#undef OPTION
    mem_free(c);
}
