/* The rules of the workflow, by name (rules.def). Threads: any; the table is constant. */
#ifndef DOMAIN_RULE_H
#define DOMAIN_RULE_H

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

enum rule {
#define RULE(name, visible, error, meaning) RULE_##name,
#include "domain/rules.def"
#undef RULE
    RULES
};

/* Refuse by a rule: the error says "name: …" and carries the name. Returns false. */
bool rule_break(enum rule r, struct err *e, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
const char *rule_name(enum rule r);

struct rule_state { /* a status, and those it may become, each followed by a blank */
    const char *status, *next;
};
/* May a thing go from one status to another? To the same it may, and from a status no row knows. */
bool rule_transition(const struct rule_state *states, size_t n, struct str from, struct str to);
/* A Markdown table of all rules. */
void rules_describe(struct buf *b);

#endif
