/* Pattern to program. A quantified part is read again for each copy it needs; the work is counted, so that patterns
 * that would grow without end are refused. */
#include "fhir/fhirpath/regex_code_priv.h"

#include <string.h>

enum { WORK_MAX = 20000, COUNT_MAX = 1000, WITHOUT_END = -1 };

struct parser {
    struct str text;
    size_t at;
    struct regex_code code[REGEX_CODE_MAX];
    struct regex_range ranges[REGEX_RANGES_MAX];
    int count, range_count, class_size, groups, depth, work;
    struct err *e;
};

static bool parse_choice(struct parser *p);

static bool fail(struct parser *p, const char *what)
{
    return err_set(p->e, ERR_INVALID, "regular expression, character %zu: %s", p->at + 1, what);
}

static char peek(const struct parser *p)
{
    return p->at < p->text.n ? p->text.p[p->at] : '\0';
}

static bool take(struct parser *p, const char *text)
{
    if (!str_starts(str_sub(p->text, p->at, p->text.n), text))
        return false;
    p->at += strlen(text);
    return true;
}

static bool emit(struct parser *p, enum regex_op op, int a, int b)
{
    if (p->count == REGEX_CODE_MAX)
        return fail(p, "the pattern is too large");
    p->code[p->count++] = (struct regex_code){(uint8_t)op, false, a, b};
    return true;
}

static bool add_range(struct parser *p, unsigned low, unsigned high)
{
    if (p->range_count == REGEX_RANGES_MAX)
        return fail(p, "the pattern has too many ranges");
    p->ranges[p->range_count++] = (struct regex_range){low, high};
    return true;
}

/* ---- characters ---- */
static unsigned take_code(struct parser *p)
{
    unsigned char c = (unsigned char)p->text.p[p->at++];
    int more = c < 0x80 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
    unsigned code = more ? c & (0x3Fu >> more) : c;
    for (; more > 0 && p->at < p->text.n; more--)
        code = code << 6 | ((unsigned char)p->text.p[p->at++] & 0x3F);
    return code;
}

static bool take_hex(struct parser *p, int digits, unsigned *ret_code)
{
    *ret_code = 0;
    for (int i = 0; i < digits; i++) {
        char c = peek(p);
        int digit = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
        if (digit < 0)
            return fail(p, "expected a hexadecimal digit");
        *ret_code = *ret_code * 16 + (unsigned)digit;
        p->at++;
    }
    return true;
}

/* \d \D \w \W \s \S into the class at hand; false in *ret_was for other letters. */
static bool add_set(struct parser *p, char letter, bool *ret_was)
{
    static const struct {
        char letter;
        unsigned char ranges[10];
    } sets[] = {
        {'d', {'0', '9'}}, {'w', {'0', '9', 'A', 'Z', '_', '_', 'a', 'z'}}, {'s', {'\t', '\r', ' ', ' ', 0xA0, 0xA0}}};
    bool negated = letter >= 'A' && letter <= 'Z';
    *ret_was = false;
    for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++) {
        const unsigned char *r = sets[i].ranges;
        unsigned from = 0;
        if (sets[i].letter != (letter | 32))
            continue;
        *ret_was = true;
        for (; r[0]; r += 2) {
            if (!(negated ? add_range(p, from, r[0] - 1u) : add_range(p, r[0], r[1])))
                return false;
            from = r[1] + 1u;
        }
        return !negated || add_range(p, from, 0x10FFFF);
    }
    return true;
}

/* Behind a backslash: one character. */
static bool take_escape(struct parser *p, unsigned *ret_code)
{
    static const char from[] = "nrtfv0", to[] = "\n\r\t\f\v";
    char c = peek(p);
    if (!c)
        return fail(p, "a backslash at the end");
    const char *found = strchr(from, c);
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (c == 'u' || c == 'x') {
        p->at++;
        return take_hex(p, c == 'u' ? 4 : 2, ret_code);
    }
    if (letter && !found)
        return fail(p, "no such escape here");
    *ret_code = found ? (unsigned char)to[found - from] : take_code(p);
    p->at += found != NULL;
    return true;
}

/* One end of a range, or a whole set, in brackets. */
static bool take_class_end(struct parser *p, unsigned *ret_code, bool *ret_set)
{
    *ret_set = false;
    if (peek(p) != '\\') {
        *ret_code = take_code(p);
        return true;
    }
    p->at++;
    if (!add_set(p, peek(p), ret_set))
        return false;
    p->at += *ret_set;
    return *ret_set || take_escape(p, ret_code);
}

static bool parse_class_part(struct parser *p)
{
    unsigned low = 0, high = 0;
    bool set = false;
    if (!take_class_end(p, &low, &set) || set)
        return set;
    bool range = peek(p) == '-' && p->at + 1 < p->text.n && p->text.p[p->at + 1] != ']';
    if (!range)
        return add_range(p, low, low);
    p->at++;
    if (!take_class_end(p, &high, &set))
        return false;
    if (set) /* [a-\d]: the sign stands for itself */
        return add_range(p, low, low) && add_range(p, '-', '-');
    return low <= high ? add_range(p, low, high) : fail(p, "a range that runs backwards");
}

/* Copies of a class share their ranges: where the ranges from first on stand, here or earlier. */
static int shared(struct parser *p, int first)
{
    p->class_size = p->range_count - first;
    for (int at = 0; at + p->class_size <= first; at++) {
        if (memcmp(&p->ranges[at], &p->ranges[first], sizeof *p->ranges * (size_t)p->class_size) == 0) {
            p->range_count = first;
            return at;
        }
    }
    return first;
}

static bool parse_class(struct parser *p)
{
    bool negated = take(p, "^");
    int first = p->range_count;
    while (peek(p) != ']' || p->range_count == first) {
        if (p->at >= p->text.n)
            return fail(p, "a class without its ']'");
        if (!parse_class_part(p))
            return false;
    }
    p->at++;
    first = shared(p, first);
    if (!emit(p, R_CLASS, first, first + p->class_size))
        return false;
    p->code[p->count - 1].negated = negated;
    return true;
}

/* ---- atoms ---- */
static bool parse_group(struct parser *p)
{
    bool plain = take(p, "?:");
    if (!plain && peek(p) == '?')
        return fail(p, "only (…) and (?:…) are known groups");
    int group = plain ? 0 : ++p->groups;
    if (++p->depth > REGEX_NESTING)
        return fail(p, "nested too deep");
    if (!plain && !emit(p, R_SAVE, 2 * group, 0))
        return false;
    if (!parse_choice(p))
        return false;
    p->depth--;
    if (!take(p, ")"))
        return fail(p, "a group without its ')'");
    return plain || emit(p, R_SAVE, 2 * group + 1, 0);
}

static bool parse_escaped(struct parser *p)
{
    unsigned code = 0;
    bool set = false;
    int first = p->range_count;
    if (take(p, "b"))
        return emit(p, R_EDGE, 0, 0);
    if (take(p, "B"))
        return emit(p, R_NO_EDGE, 0, 0);
    if (!add_set(p, peek(p), &set))
        return false;
    if (set) {
        p->at++;
        return emit(p, R_CLASS, first, p->range_count);
    }
    return take_escape(p, &code) && emit(p, R_CHAR, (int)code, 0);
}

static bool parse_atom(struct parser *p)
{
    if (++p->work > WORK_MAX)
        return fail(p, "the pattern is too large");
    if (take(p, "("))
        return parse_group(p);
    if (take(p, "["))
        return parse_class(p);
    if (take(p, "\\"))
        return parse_escaped(p);
    if (take(p, "."))
        return emit(p, R_ANY, 0, 0);
    if (take(p, "^"))
        return emit(p, R_START, 0, 0);
    if (take(p, "$"))
        return emit(p, R_END, 0, 0);
    if (strchr("*+?", peek(p)))
        return fail(p, "nothing to repeat");
    return emit(p, R_CHAR, (int)take_code(p), 0);
}

/* ---- repetition ---- */
struct repeat {
    int min, max;
    bool lazy;
};

static bool take_count(struct parser *p, int *ret_n)
{
    size_t start = p->at;
    int n = 0;
    for (; peek(p) >= '0' && peek(p) <= '9'; p->at++)
        n = n > COUNT_MAX ? n : n * 10 + (peek(p) - '0');
    *ret_n = n;
    return p->at > start;
}

/* {n} {n,} {n,m}; anything else in braces stands for itself. */
static bool take_braces(struct parser *p, struct repeat *r)
{
    size_t start = p->at;
    bool ok = take(p, "{") && take_count(p, &r->min);
    r->max = r->min;
    if (ok && take(p, ",")) {
        r->max = WITHOUT_END;
        take_count(p, &r->max);
        if (p->text.p[p->at - 1] == ',')
            r->max = WITHOUT_END;
    }
    if (ok && take(p, "}"))
        return true;
    p->at = start;
    return false;
}

static bool take_repeat(struct parser *p, struct repeat *r)
{
    bool found = true;
    if (take(p, "*"))
        *r = (struct repeat){0, WITHOUT_END, false};
    else if (take(p, "+"))
        *r = (struct repeat){1, WITHOUT_END, false};
    else if (take(p, "?"))
        *r = (struct repeat){0, 1, false};
    else
        found = take_braces(p, r);
    r->lazy = found && take(p, "?");
    return found;
}

/* Where a quantified part begins: to read it again. */
struct mark {
    size_t at;
    int groups;
};

static bool copy(struct parser *p, const struct mark *m)
{
    p->at = m->at;
    p->groups = m->groups;
    return parse_atom(p);
}

static void set_split(struct parser *p, int split, int into, int past, bool lazy)
{
    p->code[split].a = lazy ? past : into;
    p->code[split].b = lazy ? into : past;
}

static bool put_star(struct parser *p, const struct mark *m, bool lazy)
{
    int split = p->count;
    if (!emit(p, R_SPLIT, 0, 0) || !copy(p, m) || !emit(p, R_JUMP, split, 0))
        return false;
    set_split(p, split, split + 1, p->count, lazy);
    return true;
}

static bool put_optional(struct parser *p, const struct mark *m, const struct repeat *r)
{
    int splits[COUNT_MAX + 1], n = 0;
    for (; n < r->max - r->min; n++) {
        splits[n] = p->count;
        if (!emit(p, R_SPLIT, 0, 0) || !copy(p, m))
            return false;
    }
    for (int i = 0; i < n; i++)
        set_split(p, splits[i], splits[i] + 1, p->count, r->lazy);
    return true;
}

static bool put_repeat(struct parser *p, const struct mark *m, const struct repeat *r)
{
    if (r->min > COUNT_MAX || r->max > COUNT_MAX)
        return fail(p, "a count over 1000");
    if (r->max != WITHOUT_END && r->max < r->min)
        return fail(p, "a count that runs backwards");
    for (int i = 0; i < r->min; i++)
        if (!copy(p, m))
            return false;
    return r->max == WITHOUT_END ? put_star(p, m, r->lazy) : put_optional(p, m, r);
}

static bool parse_piece(struct parser *p)
{
    const struct mark m = {p->at, p->groups};
    int code = p->count, ranges = p->range_count;
    struct repeat r = {0};
    if (!parse_atom(p))
        return false;
    size_t behind_atom = p->at;
    if (!take_repeat(p, &r))
        return true;
    size_t end = p->at;
    int groups = p->groups;
    p->count = code;
    p->range_count = ranges;
    if (!put_repeat(p, &m, &r))
        return false;
    p->at = end;
    p->groups = groups;
    return behind_atom < end;
}

static bool parse_row(struct parser *p)
{
    while (p->at < p->text.n && peek(p) != '|' && peek(p) != ')')
        if (!parse_piece(p))
            return false;
    return true;
}

/* a|b|c: the code of all before the last is moved by one for the split in front of it. */
static bool parse_choice(struct parser *p)
{
    int start = p->count;
    if (!parse_row(p))
        return false;
    if (!take(p, "|"))
        return true;
    if (!emit(p, R_JUMP, 0, 0) || !emit(p, R_JUMP, 0, 0))
        return false;
    int jump = p->count - 1;
    memmove(&p->code[start + 1], &p->code[start], sizeof *p->code * (size_t)(jump - 1 - start));
    for (int i = start + 1; i < jump; i++) {
        if (p->code[i].op == R_JUMP || p->code[i].op == R_SPLIT)
            p->code[i].a++;
        if (p->code[i].op == R_SPLIT)
            p->code[i].b++;
    }
    p->code[start] = (struct regex_code){R_SPLIT, false, start + 1, jump + 1};
    if (++p->depth > REGEX_NESTING * 4)
        return fail(p, "too many alternatives");
    if (!parse_choice(p))
        return false;
    p->depth--;
    p->code[jump].a = p->count;
    return true;
}

const struct regex *regex_compile(struct arena *a, struct str pattern, struct err *e)
{
    struct parser *p = ARENA_NEW(a, struct parser);
    p->text = pattern;
    p->e = e;
    if (!str_utf8_valid(pattern) && pattern.n) {
        fail(p, "bytes that are not UTF-8 text");
        return NULL;
    }
    if (!emit(p, R_SAVE, 0, 0) || !parse_choice(p))
        return NULL;
    if (p->at < pattern.n) {
        fail(p, "a ')' without its group");
        return NULL;
    }
    if (!emit(p, R_SAVE, 1, 0) || !emit(p, R_MATCH, 0, 0))
        return NULL;
    struct regex *x = ARENA_NEW(a, struct regex);
    x->count = p->count;
    x->range_count = p->range_count;
    x->code = ARENA_ARRAY(a, struct regex_code, (size_t)p->count);
    x->ranges = ARENA_ARRAY(a, struct regex_range, (size_t)p->range_count + 1);
    memcpy(x->code, p->code, sizeof *x->code * (size_t)p->count);
    memcpy(x->ranges, p->ranges, sizeof *x->ranges * (size_t)p->range_count);
    return x;
}
