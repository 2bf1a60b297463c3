#include "db/db_priv.h"

#include <string.h>

/* The first row whose state is a prefix of SQLSTATE decides. */
static const struct {
    const char *state;
    enum err_code code;
} states[] = {
    {"23505", ERR_CONFLICT},      {"40", ERR_CONFLICT},       {"55P03", ERR_CONFLICT},
    {"57014", ERR_TIMEOUT},       {"25P03", ERR_TIMEOUT},     {"08", ERR_UNAVAILABLE},
    {"57P", ERR_UNAVAILABLE},     {"53300", ERR_UNAVAILABLE}, {"53100", ERR_STORAGE_FULL},
    {"P0404", ERR_NOT_FOUND},     {"P0409", ERR_CONFLICT},    {"P0412", ERR_PRECONDITION},
    {"P0422", ERR_BUSINESS_RULE},
};

static enum err_code code_of(const char *state)
{
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        if (strncmp(state, states[i].state, strlen(states[i].state)) == 0)
            return states[i].code;
    return ERR_INTERNAL;
}

bool error_set(struct err *e, const PGresult *r, const PGconn *c, const char *what)
{
    const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
    const char *text = r ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    enum err_code code = state ? code_of(state) : ERR_UNAVAILABLE;
    if (state && strncmp(state, "P0", 2) == 0 && code != ERR_INTERNAL)
        return err_set(e, code, "%s", text ? text : what); /* our own functions speak to the caller */
    if (state && strncmp(state, "22", 2) == 0)
        return err_set(e, code, "%s: a value does not fit its type (%s)", what, state);
    if (state)
        return err_set(e, code, "%s: %s (%s)", what, text ? text : "no text", state), err_inside(e);
    /* libpq's own words: several lines, the first says it */
    const char *own = c ? PQerrorMessage(c) : "";
    size_t n = strcspn(own, "\n");
    err_set(e, code, "%s: %.*s", what, n ? (int)n : 22, n ? own : "the connection is lost");
    return err_inside(e);
}
