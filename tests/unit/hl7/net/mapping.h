/* A message mapped without a database: what the tests of maps and report texts stand on. Issuers must not be
 * OIDs, which are looked up. */
#ifndef TESTS_UNIT_HL7_NET_MAPPING_H
#define TESTS_UNIT_HL7_NET_MAPPING_H

#include <stdio.h>
#include <string.h>

#include "hl7/net/net_priv.h"
#include "unit.h"

static const struct domain_policy test_policy = {.patient_authority = "CLINIC",
                                                 .accession_authority = "CLINIC"};

struct test_mapping {
    struct arena arena;
    struct domain domain;
    struct hl7_message message;
    struct mapping x;
    struct err e;
};

/* Ready for map_next(); false when the message or its trigger is not understood. */
static inline bool test_mapping_open(struct test_mapping *t, struct str bytes)
{
    struct hl7_header h;
    memset(t, 0, sizeof *t);
    arena_init(&t->arena);
    t->domain = (struct domain){.arena = &t->arena, .policy = &test_policy};
    if (!hl7_parse(bytes, NULL, &t->arena, &t->message, &t->e))
        return false;
    hl7_header(&t->message, &t->arena, &h);
    const struct trigger *trigger = trigger_find(h.type, h.event);
    if (!trigger)
        return false;
    t->x = (struct mapping){.d = &t->domain, .m = &t->message, .structure = trigger->map};
    return true;
}

/* The first group of a message, mapped. */
static inline bool test_mapping_run(struct test_mapping *t, const char *message)
{
    return test_mapping_open(t, str_of(message)) && map_next(&t->x) && map_run(&t->x, &t->e);
}

static inline struct str test_mapping_get(const struct test_mapping *t, enum field f)
{
    return fields_get(&t->x.fields, f);
}

#endif
