/* The table of services as code. */
#include "dicom/net/net_priv.h"

#include <string.h>

static const struct service services[] = {
#define KNOWN true
#define PLAIN false
#define SERVICE(name, sop_class, command, syntaxes, permission, audit, tx, handler) \
    {sop_class, command, syntaxes, {name, permission, audit, GATE_##tx, false}, handler},
#include "dicom/net/services.def"
#undef SERVICE
#undef KNOWN
#undef PLAIN
};

enum { SERVICES = sizeof services / sizeof services[0] };

const struct service *service_find(const char *sop_class, int command)
{
    for (int i = 0; i < SERVICES; i++) {
        bool fits = services[i].sop_class[0] == '*' ? dicom_uid_is_storage(sop_class)
                                                    : strcmp(services[i].sop_class, sop_class) == 0;
        if (fits && (!command || command == services[i].command))
            return &services[i];
    }
    return NULL;
}

const struct service *service_private(int command)
{
    for (int i = 0; i < SERVICES; i++)
        if (services[i].sop_class[0] == '*' && (!command || command == services[i].command))
            return &services[i];
    return NULL;
}

void dicom_services_describe(struct buf *b)
{
    buf_puts(b, "| service | SOP class | permission | audit event |\n|---|---|---|---|\n");
    for (int i = 0; i < SERVICES; i++)
        buf_printf(b, "| %s | %s | %s | %s |\n", services[i].act.request,
                   services[i].sop_class[0] == '*' ? "every storage SOP class" : services[i].sop_class,
                   auth_permission_name(services[i].act.permission), audit_kind_name(services[i].act.audit));
}
