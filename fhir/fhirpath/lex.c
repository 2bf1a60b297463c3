#include "fhir/fhirpath/lex_priv.h"

#include <string.h>

bool lex_fail(const struct lexer *l, unsigned place, const char *what, struct err *e)
{
    unsigned line = 1, column = 1;
    for (unsigned i = 0; i < place && i < l->text.n; i++) {
        column = l->text.p[i] == '\n' ? 1 : column + 1;
        line += l->text.p[i] == '\n';
    }
    return err_set(e, ERR_INVALID, "fhirpath line %u column %u: %s", line, column, what);
}

static char at(const struct lexer *l, size_t offset)
{
    return l->at + offset < l->text.n ? l->text.p[l->at + offset] : '\0';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* Blanks, and the two kinds of comments. */
static bool skip(struct lexer *l, struct err *e)
{
    for (;;) {
        char c = at(l, 0);
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            l->at++;
        } else if (c == '/' && at(l, 1) == '/') {
            while (l->at < l->text.n && at(l, 0) != '\n')
                l->at++;
        } else if (c == '/' && at(l, 1) == '*') {
            unsigned place = (unsigned)l->at;
            while (l->at < l->text.n && !(at(l, 0) == '*' && at(l, 1) == '/'))
                l->at++;
            if (l->at >= l->text.n)
                return lex_fail(l, place, "a comment without end", e);
            l->at += 2;
        } else {
            return true;
        }
    }
}

/* ---- strings ---- */
static int hex_digit(char c)
{
    if (is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Behind "\u". A character beyond the basic plane is written as a pair in some texts; those are refused. */
static bool read_unicode(struct lexer *l, char **to, struct err *e)
{
    unsigned c = 0;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(at(l, 0));
        if (digit < 0)
            return lex_fail(l, (unsigned)l->at, "\\u needs four hexadecimal digits", e);
        c = c * 16 + (unsigned)digit;
        l->at++;
    }
    if (c == 0 || (c >= 0xD800 && c <= 0xDFFF))
        return lex_fail(l, (unsigned)l->at, "\\u does not name a character", e);
    if (c < 0x80) {
        *(*to)++ = (char)c;
    } else if (c < 0x800) {
        *(*to)++ = (char)(0xC0 | c >> 6);
        *(*to)++ = (char)(0x80 | (c & 0x3F));
    } else {
        *(*to)++ = (char)(0xE0 | c >> 12);
        *(*to)++ = (char)(0x80 | (c >> 6 & 0x3F));
        *(*to)++ = (char)(0x80 | (c & 0x3F));
    }
    return true;
}

static bool read_escape(struct lexer *l, char **to, struct err *e)
{
    static const char from[] = "'\"`/\\fnrt", plain[] = "'\"`/\\\f\n\r\t";
    char c = at(l, 0);
    l->at++;
    if (c == 'u')
        return read_unicode(l, to, e);
    const char *found = c ? strchr(from, c) : NULL;
    if (!found)
        return lex_fail(l, (unsigned)l->at - 2, "no such escape", e);
    *(*to)++ = plain[found - from];
    return true;
}

/* To the closing quote; decoding only ever shortens. */
static bool read_quoted(struct lexer *l, char quote, enum token_kind kind, struct err *e)
{
    char *text = arena_alloc(l->arena, l->text.n - l->at + 1), *to = text;
    for (l->at++; l->at < l->text.n && at(l, 0) != quote;) {
        if (at(l, 0) != '\\') {
            *to++ = at(l, 0);
            l->at++;
            continue;
        }
        l->at++;
        if (!read_escape(l, &to, e))
            return false;
    }
    if (l->at >= l->text.n)
        return lex_fail(l, l->token.place, "a text without its closing quote", e);
    l->at++;
    l->token.kind = kind;
    l->token.text = (struct str){text, (size_t)(to - text)};
    return true;
}

/* ---- numbers and dates ---- */
static void read_number(struct lexer *l)
{
    size_t start = l->at;
    while (is_digit(at(l, 0)))
        l->at++;
    if (at(l, 0) == '.' && is_digit(at(l, 1)))
        for (l->at++; is_digit(at(l, 0));)
            l->at++;
    l->token.kind = TOKEN_NUMBER;
    l->token.text = str_sub(l->text, start, l->at - start);
}

/* hh[:mm[:ss[.f]]] and, of a date with time, the zone; the checks of the value are moment.c's. */
static void skip_time(struct lexer *l)
{
    while (is_digit(at(l, 0)) || at(l, 0) == ':' || (at(l, 0) == '.' && is_digit(at(l, 1))))
        l->at++;
    if (at(l, 0) == 'Z')
        l->at++;
    else if ((at(l, 0) == '+' || at(l, 0) == '-') && is_digit(at(l, 1)) && is_digit(at(l, 2)) && at(l, 3) == ':')
        l->at += 6;
}

static bool read_date(struct lexer *l, struct err *e)
{
    size_t start = ++l->at;
    if (at(l, 0) == 'T') {
        start = ++l->at;
        skip_time(l);
        l->token.kind = TOKEN_TIME;
    } else {
        while (is_digit(at(l, 0)) || (at(l, 0) == '-' && is_digit(at(l, 1))))
            l->at++;
        l->token.kind = TOKEN_DATE;
        if (at(l, 0) == 'T') {
            l->at++;
            skip_time(l);
            l->token.kind = TOKEN_DATETIME;
        }
    }
    if (l->at > l->text.n)
        l->at = l->text.n;
    l->token.text = str_sub(l->text, start, l->at - start);
    return l->token.text.n || lex_fail(l, l->token.place, "no date or time behind '@'", e);
}

/* ---- names and signs ---- */
static void read_name(struct lexer *l, enum token_kind kind)
{
    size_t start = l->at++;
    while (is_letter(at(l, 0)) || is_digit(at(l, 0)))
        l->at++;
    l->token.kind = kind;
    l->token.text = str_sub(l->text, start, l->at - start);
}

static bool read_sign(struct lexer *l, struct err *e)
{
    static const char *const signs[] = {"<=", ">=", "!=", "!~", "<", ">", "=", "~", "+", "-", "*", "/",
                                        "&",  "|",  "(",  ")",  "[", "]", "{", "}", ".", ",", "%", NULL};
    for (const char *const *sign = signs; *sign; sign++) {
        if (str_starts(str_sub(l->text, l->at, l->text.n), *sign)) {
            l->token.kind = TOKEN_SIGN;
            l->token.text = str_of(*sign);
            l->at += l->token.text.n;
            return true;
        }
    }
    return lex_fail(l, l->token.place, "a character that is no part of the language", e);
}

bool lex_next(struct lexer *l, struct err *e)
{
    if (!skip(l, e))
        return false;
    l->token = (struct token){TOKEN_END, STR_NONE, (unsigned)l->at};
    if (l->at >= l->text.n)
        return true;
    char c = at(l, 0);
    if (c == '\'')
        return read_quoted(l, c, TOKEN_STRING, e);
    if (c == '`' || c == '"') /* '"' is how names were quoted before the normative release */
        return read_quoted(l, c, TOKEN_QUOTED, e);
    if (c == '@')
        return read_date(l, e);
    if (is_digit(c))
        read_number(l);
    else if (is_letter(c))
        read_name(l, TOKEN_NAME);
    else if (c == '$')
        read_name(l, TOKEN_SPECIAL);
    else
        return read_sign(l, e);
    return true;
}

bool lex_is(const struct lexer *l, const char *sign)
{
    return l->token.kind == TOKEN_SIGN && str_is(l->token.text, sign);
}
