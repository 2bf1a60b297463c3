/* Text to tree: what binds tighter is read first, from a table of operators. */
#include "fhir/fhirpath/fhirpath_priv.h"
#include "fhir/fhirpath/lex_priv.h"
#include "fhir/fhirpath/moment_priv.h"
#include "fhir/fhirpath/ops_priv.h"
#include "fhir/fhirpath/regex_priv.h"

#include <string.h>

enum { ARGS_MAX = 16, CHAIN_MAX = 256 };

struct parser {
    struct lexer lex;
    struct arena *arena;
    int depth, nodes_deep;
    struct err *e;
};

static const struct node *parse_level(struct parser *p, int level);

static bool fail(struct parser *p, const char *what)
{
    return lex_fail(&p->lex, p->lex.token.place, what, p->e);
}

static bool next(struct parser *p)
{
    return lex_next(&p->lex, p->e);
}

static bool take(struct parser *p, const char *sign)
{
    char what[32];
    if (lex_is(&p->lex, sign))
        return next(p);
    snprintf(what, sizeof what, "expected '%s'", sign);
    return fail(p, what);
}

static struct node *new_node(struct parser *p, enum xop op)
{
    struct node *n = ARENA_NEW(p->arena, struct node);
    n->op = op;
    n->place = p->lex.token.place;
    return n;
}

static void set_args(struct parser *p, struct node *n, const struct node *a, const struct node *b)
{
    n->args = ARENA_ARRAY(p->arena, const struct node *, 2);
    n->args[0] = a;
    n->args[1] = b;
    n->arg_count = b ? 2 : 1;
}

/* ---- literals ---- */
static const struct node *literal(struct parser *p, enum fhirpath_kind kind, struct str text, struct str unit)
{
    struct node *n = new_node(p, X_LITERAL);
    struct fhirpath_item *item = ARENA_NEW(p->arena, struct fhirpath_item);
    *item = (struct fhirpath_item){.kind = kind, .text = text, .unit = unit, .index = -1};
    n->item = item;
    return n;
}

static bool is_calendar_unit(struct str word)
{
    static const char *const units[] = {"year",   "month",       "week",    "day",         "hour",  "minute",
                                        "second", "millisecond", "years",   "months",      "weeks", "days",
                                        "hours",  "minutes",     "seconds", "milliseconds"};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (str_is(word, units[i]))
            return true;
    return false;
}

/* A number, or a quantity when a unit follows. */
static const struct node *parse_number(struct parser *p)
{
    struct str text = p->lex.token.text, unit = STR_NONE;
    if (!next(p))
        return NULL;
    const struct token *t = &p->lex.token;
    if (t->kind == TOKEN_STRING || (t->kind == TOKEN_NAME && is_calendar_unit(t->text))) {
        unit = t->text;
        return next(p) ? literal(p, FHIRPATH_QUANTITY, text, unit) : NULL;
    }
    bool whole = str_find(text, '.') == text.n;
    if (whole && text.n > 18)
        whole = false;
    return literal(p, whole ? FHIRPATH_INTEGER : FHIRPATH_DECIMAL, text, unit);
}

static const struct node *parse_moment(struct parser *p)
{
    struct str text = p->lex.token.text;
    enum token_kind kind = p->lex.token.kind;
    struct moment m;
    if (!(kind == TOKEN_TIME ? moment_parse_time(text, &m) : moment_parse(text, &m))) {
        fail(p, "no such date or time");
        return NULL;
    }
    if (!next(p))
        return NULL;
    return literal(p,
                   kind == TOKEN_TIME   ? FHIRPATH_TIME
                   : kind == TOKEN_DATE ? FHIRPATH_DATE
                                        : FHIRPATH_DATETIME,
                   text, STR_NONE);
}

/* ---- types: "Patient", "FHIR.Patient", "System.String" ---- */
static bool parse_name(struct parser *p, struct str *ret_name)
{
    if (p->lex.token.kind != TOKEN_NAME && p->lex.token.kind != TOKEN_QUOTED)
        return fail(p, "expected a name");
    *ret_name = p->lex.token.text;
    return next(p);
}

static bool parse_type(struct parser *p, struct node *n)
{
    unsigned place = p->lex.token.place;
    if (!parse_name(p, &n->name))
        return false;
    if (lex_is(&p->lex, ".")) {
        n->space = n->name;
        if (!next(p) || !parse_name(p, &n->name))
            return false;
    }
    return type_known(n->space, n->name) || lex_fail(&p->lex, place, "no such type", p->e);
}

/* ---- functions ---- */
/* Arguments to the closing bracket; the opening one is read. */
static bool parse_args(struct parser *p, struct node *n)
{
    const struct node *args[ARGS_MAX];
    while (!lex_is(&p->lex, ")")) {
        if (n->arg_count == ARGS_MAX)
            return fail(p, "too many arguments");
        if (n->arg_count && !take(p, ","))
            return false;
        if (!(args[n->arg_count] = parse_level(p, 0)))
            return false;
        n->arg_count++;
    }
    n->args = ARENA_ARRAY(p->arena, const struct node *, (size_t)n->arg_count + 1);
    memcpy(n->args, args, sizeof *args * (size_t)n->arg_count);
    return take(p, ")");
}

/* A pattern that is written out is compiled once. */
static bool prepare_pattern(struct parser *p, struct node *n)
{
    struct err e = {0};
    if (!function_takes_pattern(n->function) || n->args[0]->op != X_LITERAL ||
        n->args[0]->item->kind != FHIRPATH_STRING)
        return true;
    n->regex = regex_compile(p->arena, n->args[0]->item->text, &e);
    return n->regex || lex_fail(&p->lex, n->place, e.text, p->e);
}

static bool check_call(struct parser *p, struct node *n)
{
    char what[120];
    const struct function *f = n->function = function_find(n->name);
    struct str shown = str_utf8_clip(n->name, 64);
    if (f && n->arg_count >= f->min && (f->max < 0 || n->arg_count <= f->max))
        return prepare_pattern(p, n);
    snprintf(what, sizeof what, f ? "wrong number of arguments of %.*s()" : "no function %.*s()", STR_ARG(shown));
    return lex_fail(&p->lex, n->place, what, p->e);
}

/* is(T), as(T), ofType(T): their argument is a type. */
static bool parse_type_call(struct parser *p, struct node *n)
{
    return parse_type(p, n) && take(p, ")");
}

static const struct node *parse_call(struct parser *p, struct node *n)
{
    bool typed = str_is(n->name, "is") || str_is(n->name, "as") || str_is(n->name, "ofType");
    n->op = !typed ? X_CALL : str_is(n->name, "is") ? X_IS : X_AS;
    if (!next(p))
        return NULL;
    if (typed)
        return parse_type_call(p, n) ? n : NULL;
    return parse_args(p, n) && check_call(p, n) ? n : NULL;
}

/* A member or a function, of input or of $this. */
static const struct node *parse_invocation(struct parser *p, const struct node *input)
{
    struct node *n = new_node(p, X_MEMBER);
    bool quoted = p->lex.token.kind == TOKEN_QUOTED;
    n->input = input;
    if (!parse_name(p, &n->name))
        return NULL;
    return !quoted && lex_is(&p->lex, "(") ? parse_call(p, n) : n;
}

/* ---- terms ---- */
static const struct node *parse_special(struct parser *p)
{
    static const struct {
        const char *name;
        enum xop op;
    } words[] = {{"$this", X_THIS}, {"$index", X_INDEX}, {"$total", X_TOTAL}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_is(p->lex.token.text, words[i].name)) {
            struct node *n = new_node(p, words[i].op);
            return next(p) ? n : NULL;
        }
    fail(p, "no such word");
    return NULL;
}

static const struct node *parse_variable(struct parser *p)
{
    struct node *n = new_node(p, X_VARIABLE);
    if (!next(p))
        return NULL;
    enum token_kind kind = p->lex.token.kind;
    if (kind != TOKEN_NAME && kind != TOKEN_QUOTED && kind != TOKEN_STRING) {
        fail(p, "expected the name of a variable");
        return NULL;
    }
    n->name = p->lex.token.text;
    return next(p) ? n : NULL;
}

static const struct node *parse_brackets(struct parser *p)
{
    if (!next(p))
        return NULL;
    const struct node *n = parse_level(p, 0);
    return n && take(p, ")") ? n : NULL;
}

static const struct node *parse_empty(struct parser *p)
{
    struct node *n = new_node(p, X_EMPTY);
    return next(p) && take(p, "}") ? n : NULL;
}

static const struct node *parse_sign(struct parser *p)
{
    if (lex_is(&p->lex, "("))
        return parse_brackets(p);
    if (lex_is(&p->lex, "{"))
        return parse_empty(p);
    if (lex_is(&p->lex, "%"))
        return parse_variable(p);
    fail(p, "expected a value");
    return NULL;
}

static const struct node *parse_word(struct parser *p)
{
    struct str word = p->lex.token.text;
    if (str_is(word, "true") || str_is(word, "false"))
        return next(p) ? literal(p, FHIRPATH_BOOLEAN, word, STR_NONE) : NULL;
    return parse_invocation(p, NULL);
}

static const struct node *parse_term(struct parser *p)
{
    struct str text = p->lex.token.text;
    switch (p->lex.token.kind) {
    case TOKEN_NAME:
        return parse_word(p);
    case TOKEN_QUOTED:
        return parse_invocation(p, NULL);
    case TOKEN_STRING:
        return next(p) ? literal(p, FHIRPATH_STRING, text, STR_NONE) : NULL;
    case TOKEN_NUMBER:
        return parse_number(p);
    case TOKEN_SPECIAL:
        return parse_special(p);
    case TOKEN_SIGN:
        return parse_sign(p);
    case TOKEN_END:
        fail(p, "the expression ends where a value should be");
        return NULL;
    default:
        return parse_moment(p);
    }
}

/* A term with what is done to it: .name .function() [index]. */
static const struct node *parse_postfix(struct parser *p)
{
    const struct node *n = parse_term(p);
    for (int chain = 0; n; chain++) {
        bool dot = lex_is(&p->lex, ".");
        if (!dot && !lex_is(&p->lex, "["))
            return n;
        if (chain == CHAIN_MAX) {
            fail(p, "too many steps");
            return NULL;
        }
        struct node *at = dot ? NULL : new_node(p, X_AT);
        if (!next(p))
            return NULL;
        if (dot) {
            n = parse_invocation(p, n);
            continue;
        }
        const struct node *index = parse_level(p, 0);
        if (!index || !take(p, "]"))
            return NULL;
        at->input = n;
        set_args(p, at, index, NULL);
        n = at;
    }
    return NULL;
}

static const struct node *parse_unary(struct parser *p)
{
    bool minus = lex_is(&p->lex, "-");
    if (!minus && !lex_is(&p->lex, "+"))
        return parse_postfix(p);
    struct node *n = new_node(p, minus ? X_NEGATE : X_PLUS);
    if (!next(p))
        return NULL;
    n->input = parse_level(p, UNARY_LEVEL);
    return n->input ? n : NULL;
}

/* ---- operators ---- */
/* "x is T", "x as T". */
static const struct node *parse_is(struct parser *p, const struct node *left)
{
    struct node *n = new_node(p, str_is(p->lex.token.text, "is") ? X_IS : X_AS);
    n->input = left;
    return next(p) && parse_type(p, n) ? n : NULL;
}

static const struct operator_row *operator_here(const struct parser *p)
{
    enum token_kind kind = p->lex.token.kind;
    return kind == TOKEN_NAME || kind == TOKEN_SIGN ? operator_find(p->lex.token.text) : NULL;
}

static const struct node *parse_binary(struct parser *p, const struct node *left, const struct operator_row *o)
{
    struct node *n = new_node(p, X_BINARY);
    n->operator_ = o;
    if (!next(p))
        return NULL;
    const struct node *right = parse_level(p, o->level + 1);
    if (!right)
        return NULL;
    set_args(p, n, left, right);
    return n;
}

/* Everything that binds at least as tight as level. */
static const struct node *parse_level(struct parser *p, int level)
{
    if (++p->depth > FHIRPATH_NESTING) {
        fail(p, "nested too deep");
        return NULL;
    }
    const struct node *left = parse_unary(p);
    for (int chain = 0; left; chain++) {
        const struct operator_row *o = operator_here(p);
        if (!o || o->level < level)
            break;
        if (chain == CHAIN_MAX) {
            fail(p, "too many operators in a row");
            return NULL;
        }
        left = o->run ? parse_binary(p, left, o) : parse_is(p, left);
    }
    p->depth--;
    return left;
}

const struct node *fhirpath_parse(struct arena *a, struct str text, struct err *e)
{
    struct parser p = {.lex = {.arena = a, .text = text}, .arena = a, .e = e};
    if (!next(&p))
        return NULL;
    const struct node *n = parse_level(&p, 0);
    if (n && p.lex.token.kind != TOKEN_END) {
        fail(&p, "expected an operator");
        return NULL;
    }
    return n;
}
