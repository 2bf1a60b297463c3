#include "domain/rule.h"

#include <stdarg.h>
#include <stdio.h>

static const struct {
    const char *name;
    enum err_code code;
    const char *meaning;
} rules[RULES] = {
#define RULE(name, visible, error, meaning) [RULE_##name] = {visible, ERR_##error, meaning},
#include "domain/rules.def"
#undef RULE
};

const char *rule_name(enum rule r)
{
    return rules[r].name;
}

bool rule_break(enum rule r, struct err *e, const char *fmt, ...)
{
    char text[300];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    err_set(e, rules[r].code, "%s: %s", rules[r].name, text);
    return err_rule(e, rules[r].name);
}

static const struct rule_state *find(const struct rule_state *states, size_t n, struct str status)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(status, states[i].status))
            return &states[i];
    return NULL;
}

bool rule_transition(const struct rule_state *states, size_t n, struct str from, struct str to)
{
    const struct rule_state *s = find(states, n, from);
    if (!s || str_eq(from, to))
        return true;
    struct str next = str_of(s->next), one;
    while (str_next(&next, ' ', &one))
        if (str_eq(one, to))
            return true;
    return false;
}

void rules_describe(struct buf *b)
{
    buf_puts(b, "| rule | error | what it says |\n|---|---|---|\n");
    for (int i = 0; i < RULES; i++)
        buf_printf(b, "| %s | %s | %s |\n", rules[i].name, err_row(rules[i].code)->name, rules[i].meaning);
}
