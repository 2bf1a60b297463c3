/* The JSON of a profile, with the line of whatever is wrong in it. */
#include <stdarg.h>
#include <stdio.h>

#include "base/json.h"
#include "hl7/profile/profile_priv.h"

enum { LIST_MAX = 1000, NAME_MAX_BYTES = 64, TEXT_MAX_BYTES = 400 };

struct reading {
    struct str text;
    const struct json *root;
    struct arena *a;
    struct hl7_profile *p;
    struct err *e;
};

static bool fault(struct reading *r, const struct json *at, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static bool fault(struct reading *r, const struct json *at, const char *fmt, ...)
{
    char text[300];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    unsigned line = json_line(r->root, at, r->text);
    err_set(r->e, ERR_INVALID, "line %u: %s", line, text);
    return err_line(r->e, line, 0);
}

static unsigned line_of(struct reading *r, const struct json *at)
{
    return json_line(r->root, at, r->text);
}

/* ---- parts ---- */

/* An object that has no members but these. */
static bool object(struct reading *r, const struct json *j, const char *what, const char *const *names)
{
    if (json_kind(j) != JSON_OBJECT)
        return fault(r, j ? j : r->root, "%s is no object", what);
    const struct json *m;
    for (size_t i = 0; (m = json_member(j, i)); i++) {
        const char *const *name = names;
        while (*name && !str_is(json_name(m), *name))
            name++;
        if (!*name)
            return fault(r, m, "%s has no member '%.*s'", what, (int)(json_name(m).n > 40 ? 40 : json_name(m).n),
                         json_name(m).p);
    }
    return true;
}

static bool text(struct reading *r, const struct json *j, const char *name, bool required, struct str *ret)
{
    const struct json *m = json_find(j, name);
    if (!m && !required)
        return true;
    if (json_kind(m) != JSON_STRING || (required && !json_text(m).n))
        return fault(r, m ? m : j, "%s is no text", name);
    if (json_text(m).n > TEXT_MAX_BYTES)
        return fault(r, m, "%s is longer than %d bytes", name, TEXT_MAX_BYTES);
    *ret = arena_str(r->a, json_text(m));
    return true;
}

static bool number(struct reading *r, const struct json *j, const char *name, int64_t *ret)
{
    const struct json *m = json_find(j, name);
    if (!m)
        return true;
    if (!json_int(j, name, ret) || *ret < 0 || *ret > 1000000)
        return fault(r, m, "%s is no number from 0 to 1000000", name);
    return true;
}

static bool flag(struct reading *r, const struct json *j, const char *name, bool *ret)
{
    const struct json *m = json_find(j, name);
    if (m && json_bool(j, name, true) != json_bool(j, name, false))
        return fault(r, m, "%s is neither true nor false", name);
    *ret = json_bool(j, name, false);
    return true;
}

static bool texts_of(struct reading *r, const struct json *list, const char *name, struct hl7_texts *ret)
{
    size_t n = json_count(list);
    if (json_kind(list) != JSON_ARRAY || n > LIST_MAX)
        return fault(r, list, "%s is no list of at most %d texts", name, LIST_MAX);
    ret->item = ARENA_ARRAY(r->a, struct str, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (json_kind(json_at(list, i)) != JSON_STRING)
            return fault(r, json_at(list, i), "%s has an item that is no text", name);
        ret->item[ret->n++] = arena_str(r->a, json_text(json_at(list, i)));
    }
    return true;
}

static bool texts(struct reading *r, const struct json *j, const char *name, struct hl7_texts *ret)
{
    const struct json *list = json_find(j, name);
    return !list || texts_of(r, list, name, ret);
}

static bool place(struct reading *r, const struct json *j, const char *name, bool whole, struct hl7_location *ret)
{
    const struct json *m = json_find(j, name);
    if (hl7_profile_place(json_text(m), ret) && (whole || ret->field))
        return true;
    return fault(r, m ? m : j, "%s is no place in a message, such as %sOBR-18 or PID-3.4.1", name,
                 whole ? "ZDS, " : "");
}

/* Walks over a list of objects. */
static bool each(struct reading *r, const char *name, size_t most, size_t *ret_n)
{
    const struct json *list = json_find(r->root, name);
    *ret_n = json_count(list);
    if (!list || (json_kind(list) == JSON_ARRAY && *ret_n <= most))
        return true;
    return fault(r, list, "%s is no list of at most %zu", name, most);
}

/* ---- tables ---- */

static bool read_tables(struct reading *r)
{
    const struct json *all = json_find(r->root, "tables"), *m;
    size_t n = 0;
    if (!all)
        return true;
    if (json_kind(all) != JSON_OBJECT)
        return fault(r, all, "tables is no object");
    while (json_member(all, n))
        n++;
    r->p->table = ARENA_ARRAY(r->a, struct hl7_profile_table, n + 1);
    for (size_t i = 0; i < n && (m = json_member(all, i)); i++) {
        struct hl7_profile_table *t = &r->p->table[r->p->tables++];
        t->name = arena_str(r->a, json_name(m));
        if (!texts_of(r, m, "a table", &t->codes))
            return false;
    }
    return true;
}

static const struct hl7_profile_table *table_find(const struct hl7_profile *p, struct str name)
{
    for (size_t i = 0; i < p->tables; i++)
        if (str_eq(p->table[i].name, name))
            return &p->table[i];
    return NULL;
}

/* ---- rules ---- */

static bool read_words(struct reading *r, const struct json *j, struct hl7_profile_rule *rule)
{
    struct str usage = STR("O"), severity = STR("error"), in = STR("message"), vr = STR(""), table = STR("");
    if (!text(r, j, "usage", false, &usage) || !text(r, j, "severity", false, &severity) ||
        !text(r, j, "in", false, &in) || !text(r, j, "vr", false, &vr) || !text(r, j, "table", false, &table))
        return false;
    rule->each_order = str_is(in, "order");
    rule->warning = str_is(severity, "warning");
    rule->vr = hl7_vr_find(vr);
    rule->table = table_find(r->p, table);
    if (!hl7_profile_usage(usage, &rule->usage))
        return fault(r, json_find(j, "usage"), "usage is none of R, RE, O, X, C");
    if (!rule->warning && !str_is(severity, "error"))
        return fault(r, json_find(j, "severity"), "severity is neither error nor warning");
    if (!rule->each_order && !str_is(in, "message"))
        return fault(r, json_find(j, "in"), "in is neither order nor message");
    if (vr.n && !rule->vr)
        return fault(r, json_find(j, "vr"), "vr is none of AE, CS, LO, SH, UI, PN");
    if (table.n && !rule->table)
        return fault(r, json_find(j, "table"), "the profile has no such table");
    return true;
}

static bool read_when(struct reading *r, const struct json *j, struct hl7_profile_rule *rule)
{
    static const char *const names[] = {"at", "is", NULL};
    const struct json *when = json_find(j, "when");
    if (rule->usage == HL7_USAGE_C && !when)
        return fault(r, j, "usage C needs a when");
    if (!when)
        return true;
    return object(r, when, "when", names) && place(r, when, "at", false, &rule->when.at) &&
           texts(r, when, "is", &rule->when.is);
}

static bool read_rule(struct reading *r, const struct json *j, struct hl7_profile_rule *rule)
{
    static const char *const names[] = {"at", "messages", "usage", "min", "max",      "length", "table",
                                        "vr", "value",    "when",  "in",  "severity", "text",   NULL};
    if (!object(r, j, "a rule", names) || !place(r, j, "at", true, &rule->at) ||
        !text(r, j, "at", true, &rule->place) || !texts(r, j, "messages", &rule->messages) || !read_words(r, j, rule) ||
        !number(r, j, "min", &rule->min) || !number(r, j, "max", &rule->max) ||
        !number(r, j, "length", &rule->length) || !text(r, j, "value", false, &rule->value) ||
        !text(r, j, "text", false, &rule->text) || !read_when(r, j, rule))
        return false;
    if (rule->max && rule->min > rule->max)
        return fault(r, j, "min is more than max");
    bool of_value = rule->length || rule->table || rule->vr || rule->value.n;
    if (!rule->at.field && of_value)
        return fault(r, j, "a segment has no length, table, vr or value");
    if (rule->at.field && rule->each_order)
        return fault(r, j, "in is for rules of whole segments");
    return true;
}

static bool read_rules(struct reading *r)
{
    size_t n;
    if (!each(r, "rules", HL7_RULES_MAX, &n))
        return false;
    r->p->rule = ARENA_ARRAY(r->a, struct hl7_profile_rule, n + 1);
    for (size_t i = 0; i < n; i++)
        if (!read_rule(r, json_at(json_find(r->root, "rules"), i), &r->p->rule[r->p->rules++]))
            return false;
    return true;
}

/* ---- moves ---- */

static bool read_moves(struct reading *r)
{
    static const char *const names[] = {"field", "from", "transform", "in", "also", NULL};
    size_t n;
    if (!each(r, "map", HL7_MOVES_MAX, &n))
        return false;
    r->p->move = ARENA_ARRAY(r->a, struct hl7_profile_move, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct json *j = json_at(json_find(r->root, "map"), i);
        struct hl7_profile_move *m = &r->p->move[r->p->moves++];
        struct hl7_location at;
        m->transform = STR("TEXT");
        m->line = line_of(r, j);
        if (!object(r, j, "a row of map", names) || !text(r, j, "field", true, &m->field) ||
            !place(r, j, "from", false, &at) || !text(r, j, "from", true, &m->from) ||
            !text(r, j, "transform", false, &m->transform) || !texts(r, j, "in", &m->in) ||
            !flag(r, j, "also", &m->also))
            return false;
        if (at.occurrence || at.repetition || at.subcomponent)
            return fault(r, json_find(j, "from"), "from names a field or component, without numbers in brackets");
    }
    return true;
}

/* ---- tests ---- */

static bool read_expected(struct reading *r, const struct json *test, struct hl7_profile_test *t)
{
    const struct json *fields = json_find(test, "fields"), *m;
    if (fields && json_kind(fields) != JSON_OBJECT)
        return fault(r, fields, "fields is no object");
    size_t n = 0;
    while (json_member(fields, n))
        n++;
    t->field = ARENA_ARRAY(r->a, struct hl7_expected, n + 1);
    for (size_t i = 0; i < n && (m = json_member(fields, i)); i++) {
        struct hl7_expected *x = &t->field[t->fields++];
        struct str name = json_name(m);
        size_t hash = str_find(name, '#');
        int64_t group = 1;
        bool numbered = hash < name.n;
        if (json_kind(m) != JSON_STRING || (numbered && !str_int(str_sub(name, hash + 1, name.n), &group)) || group < 1)
            return fault(r, m, "fields has names (FIELD, or FIELD#2 for the second group) with texts");
        *x = (struct hl7_expected){arena_str(r->a, str_sub(name, 0, hash)), arena_str(r->a, json_text(m)),
                                   (size_t)group, line_of(r, m)};
    }
    return true;
}

/* The message as one text, or as a list of segments. */
static bool read_message(struct reading *r, const struct json *test, struct hl7_profile_test *t)
{
    const struct json *m = json_find(test, "message");
    struct hl7_texts lines = {NULL, 0};
    if (json_kind(m) == JSON_STRING) {
        t->message = arena_str(r->a, json_text(m));
        return true;
    }
    if (!m || !texts_of(r, m, "message", &lines))
        return m ? false : fault(r, test, "message is no text and no list of segments");
    size_t room = 1, n = 0;
    for (size_t i = 0; i < lines.n; i++)
        room += lines.item[i].n + 1;
    char *p = arena_alloc(r->a, room);
    for (size_t i = 0; i < lines.n; i++) {
        for (size_t k = 0; k < lines.item[i].n; k++)
            p[n++] = lines.item[i].p[k];
        p[n++] = '\r';
    }
    t->message = (struct str){p, n};
    return true;
}

static bool read_tests(struct reading *r)
{
    static const char *const names[] = {"name", "message", "ack", "fields", NULL};
    size_t n;
    if (!each(r, "tests", HL7_TESTS_MAX, &n))
        return false;
    r->p->test = ARENA_ARRAY(r->a, struct hl7_profile_test, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct json *j = json_at(json_find(r->root, "tests"), i);
        struct hl7_profile_test *t = &r->p->test[r->p->tests++];
        t->ack = STR("AA");
        t->line = line_of(r, j);
        if (!object(r, j, "a test", names) || !text(r, j, "name", true, &t->name) ||
            !text(r, j, "ack", false, &t->ack) || !read_message(r, j, t) || !read_expected(r, j, t))
            return false;
        if (!str_is(t->ack, "AA") && !str_is(t->ack, "AE") && !str_is(t->ack, "AR"))
            return fault(r, json_find(j, "ack"), "ack is none of AA, AE, AR");
    }
    return true;
}

/* ---- the whole ---- */

static bool plain_name(struct str s)
{
    bool plain = s.n > 0 && s.n <= NAME_MAX_BYTES;
    for (size_t i = 0; plain && i < s.n; i++)
        plain = (s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= 'A' && s.p[i] <= 'Z') ||
                (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '-' || s.p[i] == '_' || s.p[i] == '.';
    return plain;
}

static bool read_sender(struct reading *r)
{
    static const char *const names[] = {"application", "facility", NULL};
    const struct json *sender = json_find(r->root, "sender");
    return object(r, sender, "sender", names) && text(r, sender, "application", true, &r->p->application) &&
           text(r, sender, "facility", false, &r->p->facility);
}

static bool read_all(struct reading *r)
{
    static const char *const names[] = {"name", "text", "sender", "tables", "rules", "map", "tests", NULL};
    struct str about;
    if (!object(r, r->root, "the profile", names) || !text(r, r->root, "name", true, &r->p->name) ||
        !text(r, r->root, "text", false, &about))
        return false;
    if (!plain_name(r->p->name))
        return fault(r, json_find(r->root, "name"), "name is of letters, digits, '-', '_' and '.', at most %d",
                     NAME_MAX_BYTES);
    return read_sender(r) && read_tables(r) && read_rules(r) && read_moves(r) && read_tests(r);
}

bool hl7_profile_read(struct str json, struct arena *a, struct hl7_profile *ret_profile, struct err *e)
{
    struct hl7_profile p = {.facility = STR("")};
    struct json *root = json_parse(json, e);
    if (!root)
        return err_wrap(e, "line %u", e ? e->line : 0);
    struct err own;
    err_clear(&own);
    struct reading r = {json, root, a, &p, e ? e : &own};
    bool ok = read_all(&r);
    json_free(root);
    if (ok)
        *ret_profile = p;
    return ok;
}
