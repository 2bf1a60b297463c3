#include "hl7/net/net_priv.h"

static const struct trigger rows[] = {
#define TRIGGER(name, permission, audit, handler, map, meaning) {name, permission, audit, handler, map, meaning},
#include "hl7/net/triggers.def"
#undef TRIGGER
};
enum { ROWS = sizeof rows / sizeof rows[0] };

const struct trigger *trigger_find(struct str type, struct str event)
{
    for (size_t i = 0; i < ROWS; i++) {
        struct str name = str_of(rows[i].name);
        size_t cut = str_find(name, '^');
        if (str_eq(str_sub(name, 0, cut), type) && str_eq(str_sub(name, cut + 1, name.n), event))
            return &rows[i];
    }
    return NULL;
}

void hl7_triggers_describe(struct buf *b)
{
    buf_puts(b, "| trigger | permission | audit event | what it does |\n|---|---|---|---|\n");
    for (size_t i = 0; i < ROWS; i++)
        buf_printf(b, "| %s | %s | %s | %s |\n", rows[i].name, auth_permission_name(rows[i].permission),
                   audit_kind_name(rows[i].audit), rows[i].meaning);
}
