/* The walk over all states of a pattern at once. A program is a row of instructions; a thread is a place in it with the
 * groups it has seen. Each character is read once. */
#include "fhir/fhirpath/regex_priv.h"

#include <string.h>

#include "fhir/fhirpath/regex_code_priv.h"

struct thread {
    int pc;
    struct regex_match groups;
};

struct threads {
    struct thread *list;
    int n;
    uint32_t *marks, mark; /* which instructions are in the list already */
};

struct walk {
    const struct regex *x;
    const struct regex_job *job;
    struct threads now, then;
};

static bool is_word(unsigned c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* The code point at i, its length in *ret_n. */
static unsigned code_at(struct str s, size_t i, size_t *ret_n)
{
    unsigned char c = (unsigned char)s.p[i];
    size_t n = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    unsigned code = n == 1 ? c : c & (0xFFu >> (n + 1));
    if (i + n > s.n)
        n = s.n - i;
    for (size_t k = 1; k < n; k++)
        code = code << 6 | ((unsigned char)s.p[i + k] & 0x3F);
    *ret_n = n;
    return code;
}

static bool holds(const struct regex_code *code, struct str s, size_t i)
{
    bool before = i > 0 && is_word((unsigned char)s.p[i - 1]), after = i < s.n && is_word((unsigned char)s.p[i]);
    switch (code->op) {
    case R_START:
        return i == 0;
    case R_END:
        return i == s.n;
    case R_EDGE:
        return before != after;
    default:
        return before == after;
    }
}

static bool class_has(const struct regex *x, const struct regex_code *code, unsigned c)
{
    bool in = false;
    for (int r = code->a; r < code->b && !in; r++)
        in = c >= x->ranges[r].low && c <= x->ranges[r].high;
    return in != code->negated;
}

static bool reads(const struct regex *x, const struct regex_code *code, unsigned c)
{
    if (code->op == R_CHAR)
        return c == (unsigned)code->a;
    return code->op == R_ANY || class_has(x, code, c);
}

static bool count_step(const struct walk *w, struct err *e)
{
    if (--*w->job->steps > 0)
        return true;
    return err_set(e, ERR_TOO_LARGE, "fhirpath: the regular expression takes too long");
}

/* Follow jumps from pc until something must be read; earlier ways win. */
static bool follow(struct walk *w, struct threads *to, const struct thread *from, size_t at, struct err *e)
{
    struct thread t = *from;
    const struct regex_code *code = &w->x->code[t.pc];
    if (to->marks[t.pc] == to->mark)
        return true;
    to->marks[t.pc] = to->mark;
    if (!count_step(w, e))
        return false;
    switch (code->op) {
    case R_JUMP:
        t.pc = code->a;
        return follow(w, to, &t, at, e);
    case R_SPLIT:
        t.pc = code->a;
        if (!follow(w, to, &t, at, e))
            return false;
        t.pc = code->b;
        return follow(w, to, &t, at, e);
    case R_SAVE:
        if (code->a / 2 < REGEX_GROUPS)
            (code->a % 2 ? t.groups.to : t.groups.from)[code->a / 2] = (uint32_t)at;
        t.pc++;
        return follow(w, to, &t, at, e);
    case R_START:
    case R_END:
    case R_EDGE:
    case R_NO_EDGE:
        t.pc++;
        return !holds(code, w->job->text, at) || follow(w, to, &t, at, e);
    default:
        to->list[to->n++] = t;
        return true;
    }
}

static void clear(struct threads *t)
{
    t->n = 0;
    t->mark++;
}

static void make(struct threads *t, struct arena *a, int count)
{
    t->list = ARENA_ARRAY(a, struct thread, (size_t)count);
    t->marks = ARENA_ARRAY(a, uint32_t, (size_t)count);
    t->mark = 0;
    t->n = 0;
}

/* Read one character with every thread; a thread at the end is a match, and those after it are of lower rank. */
static bool step(struct walk *w, size_t at, bool *ret_found, struct regex_match *ret_match, struct err *e)
{
    struct str text = w->job->text;
    size_t length = 0;
    unsigned c = at < text.n ? code_at(text, at, &length) : 0;
    clear(&w->then);
    for (int i = 0; i < w->now.n; i++) {
        struct thread t = w->now.list[i];
        const struct regex_code *code = &w->x->code[t.pc];
        if (code->op == R_MATCH && !(w->job->whole && at < text.n)) {
            *ret_found = true;
            *ret_match = t.groups;
            break;
        }
        if (code->op == R_MATCH || at >= text.n || !reads(w->x, code, c))
            continue;
        t.pc++;
        if (!follow(w, &w->then, &t, at + length, e))
            return false;
    }
    return count_step(w, e);
}

static bool start_here(struct walk *w, size_t at, struct err *e)
{
    struct thread first = {0};
    memset(&first.groups, 0xFF, sizeof first.groups);
    return follow(w, &w->now, &first, at, e);
}

static size_t length_at(struct str s, size_t at)
{
    size_t n = 1;
    if (at < s.n)
        code_at(s, at, &n);
    return n;
}

bool regex_find(const struct regex *x, const struct regex_job *job, bool *ret_found, struct regex_match *ret_match,
                struct err *e)
{
    struct walk w = {.x = x, .job = job};
    struct regex_match match;
    bool found = false;
    make(&w.now, job->arena, x->count);
    make(&w.then, job->arena, x->count);
    clear(&w.now);
    for (size_t at = job->start; at <= job->text.n; at += length_at(job->text, at)) {
        bool may_start = !found && !(job->whole && at > job->start);
        if (may_start && !start_here(&w, at, e))
            return false;
        if (!w.now.n && !may_start)
            break;
        if (!step(&w, at, &found, &match, e))
            return false;
        struct threads kept = w.now;
        w.now = w.then;
        w.then = kept;
    }
    if (found && ret_match)
        *ret_match = match;
    *ret_found = found;
    return true;
}
