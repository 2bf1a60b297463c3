/* Words of an expression. Threads: any. */
#ifndef FHIR_FHIRPATH_LEX_PRIV_H
#define FHIR_FHIRPATH_LEX_PRIV_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum token_kind {
    TOKEN_END,
    TOKEN_NAME,   /* letters, digits, _ */
    TOKEN_QUOTED, /* `name` */
    TOKEN_STRING,
    TOKEN_NUMBER,
    TOKEN_DATE,     /* @2015-02 */
    TOKEN_DATETIME, /* @2015-02-04T, @2015-02-04T14:34 */
    TOKEN_TIME,     /* @T14:34 */
    TOKEN_SPECIAL,  /* $this, with the $ */
    TOKEN_SIGN      /* one or two characters */
};

struct token {
    enum token_kind kind;
    struct str text; /* decoded: without quotes, escapes, '@' and 'T' of a time */
    unsigned place;
};

struct lexer {
    struct arena *arena;
    struct str text;
    size_t at;
    struct token token; /* the one at hand */
};

/* Move to the next word; INVALID for what can be none. */
bool lex_next(struct lexer *l, struct err *e);
bool lex_is(const struct lexer *l, const char *sign);
/* The place of an offset, for people: column from 1. */
bool lex_fail(const struct lexer *l, unsigned place, const char *what, struct err *e);

#endif
