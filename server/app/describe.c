/* The tables of the house, printed for people: the same rows the code runs on. */
#include <stdio.h>
#include <string.h>

#include "admin/admin.h"
#include "app/command.h"
#include "app/house.h"
#include "dicom/web/web.h"
#include "domain/rule.h"
#include "fhir/rest/rest.h"
#include "hl7/explain/explain.h"
#include "metrics/metrics.h"

static void describe_errors(struct buf *b)
{
    buf_puts(b, "| error | HTTP | FHIR issue | MSA | ERR-3 | DIMSE | meaning |\n|---|---|---|---|---|---|---|\n");
    for (int i = ERR_NONE + 1; i < ERR_CODES; i++) {
        const struct err_row *r = err_row((enum err_code)i);
        buf_printf(b, "| %s | %d | %s | %s | %d | %04X | %s |\n", r->name, r->http, r->fhir, r->msa, r->hl7, r->dimse,
                   r->meaning);
    }
}

static void describe_permissions(struct buf *b)
{
    buf_puts(b, "| permission | what it allows |\n|---|---|\n");
#define PERMISSION(name, meaning) buf_puts(b, "| " #name " | " meaning " |\n");
#include "auth/permissions.def"
#undef PERMISSION
}

static void describe_roles(struct buf *b)
{
    static const struct {
        const char *title;
        uint64_t permissions;
    } roles[] = {
#define ROLE(name, title, permissions) {title, permissions},
#include "auth/roles.def"
#undef ROLE
    };
    buf_puts(b, "| role | title | permissions |\n|---|---|---|\n");
    for (int i = 0; i < ROLES; i++) {
        buf_printf(b, "| %s | %s |", auth_role_name((enum role)i), roles[i].title);
        for (int p = 0; p < PERMISSIONS; p++)
            if (roles[i].permissions >> p & 1)
                buf_printf(b, " %s", auth_permission_name((enum permission)p));
        buf_puts(b, " |\n");
    }
}

static void describe_events(struct buf *b)
{
    buf_puts(b, "| event | DICOM event | type | action | object | meaning |\n|---|---|---|---|---|---|\n");
#define EVENT(name, event_id, type_code, action, object, meaning) \
    buf_puts(b, "| " #name " | " event_id " | " type_code " | " action " | " object " | " meaning " |\n");
#include "audit/events.def"
#undef EVENT
}

static void describe_routes(struct buf *b)
{
    const struct gate_route *const tables[] = {fhir_routes,    dicom_web_routes, admin_routes,
                                               explain_routes, hl7_routes,       dicom_routes};
    const int counts[] = {fhir_route_count,    dicom_web_route_count, admin_route_count,
                          explain_route_count, hl7_route_count,       dicom_route_count};
    buf_puts(b, "| method | path | permission | audit event |\n|---|---|---|---|\n");
    for (size_t t = 0; t < sizeof counts / sizeof counts[0]; t++)
        for (int i = 0; i < counts[t]; i++) {
            const struct gate_route *r = &tables[t][i];
            buf_printf(b, "| %s | %s | %s | %s |\n", r->method, r->pattern,
                       r->act.public_ ? "none: public" : auth_permission_name(r->act.permission),
                       audit_kind_name(r->act.audit));
        }
}

static void describe_fields(struct buf *b)
{
    buf_puts(b, "| field | form | FHIR | HL7 v2 | DICOM |\n|---|---|---|---|---|\n");
    for (int f = 0; f < FIELDS; f++) {
        const struct field_row *r = field_row((enum field)f);
        buf_printf(b, "| %s | %s | %s.%s | ", r->name, field_form_name(r->form), field_entity_name(r->entity), r->path);
        hl7_map_describe((enum field)f, b);
        buf_puts(b, " | ");
        dicom_field_describe((enum field)f, b);
        buf_puts(b, " |\n");
    }
}

struct table {
    const char *name;
    void (*print)(struct buf *b);
};

/* TO ADD A TABLE: a row here, and its name in the usage line of commands.def. */
static const struct table tables[] = {
    {"options", config_describe},
    {"routes", describe_routes},
    {"operations", fhir_operations_describe},
    {"triggers", hl7_triggers_describe},
    {"services", dicom_services_describe},
    {"errors", describe_errors},
    {"metrics", metrics_describe},
    {"roles", describe_roles},
    {"permissions", describe_permissions},
    {"audit-events", describe_events},
    {"jobs", jobs_describe},
    {"fields", describe_fields},
    {"rules", rules_describe},
    {"example-config", config_example},
};

int command_describe(const struct command_line *line)
{
    struct err e;
    struct buf b;
    err_clear(&e);
    buf_init(&b, 4 << 20);
    for (size_t i = 0; line->word_count == 1 && i < sizeof tables / sizeof tables[0]; i++)
        if (strcmp(line->words[0], tables[i].name) == 0) {
            tables[i].print(&b);
            fwrite(b.p, 1, b.n, stdout);
            buf_release(&b);
            return 0;
        }
    buf_release(&b);
    err_set(&e, ERR_INVALID, "describe takes one of the tables that `isocentre help` lists");
    return command_fail(&e);
}

int command_check_config(const struct command_line *line)
{
    struct err e;
    struct config *config;
    struct command_line own = *line;
    err_clear(&e);
    if (line->word_count == 1)
        own.config_path = line->words[0];
    if (!command_config(&own, &config, &e))
        return command_fail(&e);
    config_free(config);
    printf("%s is fine\n", own.config_path ? own.config_path : "the default configuration");
    return 0;
}
