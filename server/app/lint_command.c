/* `isocentre hl7 lint`: files of messages against a profile, without server or database. */
#include <stdio.h>

#include "app/command.h"
#include "hl7/profile/profile.h"

enum { FILE_MAX = 64 << 20 };

struct lint {
    const struct hl7_profile *profile; /* NULL: the built-in one that speaks of the message */
    const char *file;
    size_t messages, errors, warnings;
};

bool command_read_file(const char *path, struct buf *ret_bytes, struct err *e)
{
    FILE *f = fopen(path, "re");
    if (!f)
        return err_errno(e, ERR_NOT_FOUND, "open '%s'", path);
    for (size_t n = 1; n > 0 && !ret_bytes->failed;) {
        char *to = buf_reserve(ret_bytes, 65536);
        n = to ? fread(to, 1, 65536, f) : 0;
        if (to)
            buf_grew(ret_bytes, n);
    }
    bool ok = !ferror(f) || err_set(e, ERR_UNAVAILABLE, "read '%s'", path);
    fclose(f);
    return ok && (buf_ok(ret_bytes, e) || err_wrap(e, "'%s'", path));
}

static void tell(struct lint *l, const char *severity, const char *place, struct str text)
{
    printf("%s: message %zu: %s%s%s: %.*s\n", l->file, l->messages, severity, place[0] ? " at " : "", place,
           STR_ARG(text));
}

static void tell_quirks(struct lint *l, const struct hl7_quirks *q, struct arena *a)
{
    for (int i = 0; i < HL7_QUIRKS; i++)
        if (q->n[i]) {
            l->warnings++;
            tell(l, "warning", "",
                 arena_printf(a, "%s: %zu (%s)", hl7_quirk_rows[i].name, q->n[i], hl7_quirk_rows[i].meaning));
        }
}

static void tell_findings(struct lint *l, const struct hl7_findings *f)
{
    for (size_t i = 0; i < f->n; i++) {
        const struct hl7_finding *x = &f->item[i];
        l->errors += !x->warning;
        l->warnings += x->warning;
        tell(l, x->warning ? "warning" : "error", x->place, x->text);
    }
}

/* The profile named, else the built-in one for this kind of message; NULL when there is none. */
static const struct hl7_profile *profile_for(const struct lint *l, const struct hl7_message *m, struct arena *a)
{
    const char *name = hl7_profile_builtin_for(m, a);
    struct hl7_profile *p = ARENA_NEW(a, struct hl7_profile);
    if (l->profile)
        return l->profile;
    return name && hl7_profile_builtin(str_of(name), a, p) ? p : NULL;
}

static void lint_message(struct lint *l, struct str bytes)
{
    struct arena a CLEANUP(arena_release);
    struct hl7_message m;
    struct err e;
    err_clear(&e);
    arena_init(&a);
    l->messages++;
    if (!hl7_parse(bytes, NULL, &a, &m, &e)) {
        l->errors++;
        tell(l, "error", e.path, str_of(e.text));
        return;
    }
    struct hl7_findings *found = ARENA_NEW(&a, struct hl7_findings);
    const struct hl7_profile *p = profile_for(l, &m, &a);
    if (p)
        hl7_profile_check(p, &m, &a, found);
    else
        tell(l, "note", "", STR("no built-in profile speaks of this kind of message: only its form was checked"));
    tell_quirks(l, &m.quirks, &a);
    tell_findings(l, found);
}

static bool lint_file(struct lint *l, const char *path, struct err *e)
{
    CLEANUP(buf_release) struct buf bytes;
    buf_init(&bytes, FILE_MAX);
    if (!command_read_file(path, &bytes, e))
        return false;
    struct str rest = buf_view(&bytes), one;
    size_t before = l->messages;
    l->file = path;
    while (hl7_batch_next(&rest, &one))
        lint_message(l, one);
    if (l->messages == before)
        lint_message(l, buf_view(&bytes));
    return true;
}

/* RAD-4, RAD-128 or the name of a file. */
static bool read_profile(const char *name, struct arena *a, struct hl7_profile *ret, struct err *e)
{
    CLEANUP(buf_release) struct buf json;
    if (hl7_profile_builtin(str_of(name), a, ret))
        return true;
    buf_init(&json, FILE_MAX);
    return command_read_file(name, &json, e) &&
           (hl7_profile_read(buf_view(&json), a, ret, e) || err_wrap(e, "'%s'", name));
}

int command_hl7_lint(const struct command_line *line)
{
    struct arena a CLEANUP(arena_release);
    struct hl7_profile p;
    struct lint l = {.profile = NULL};
    struct err e;
    err_clear(&e);
    arena_init(&a);
    if (!line->word_count)
        return err_set(&e, ERR_INVALID, "hl7 lint needs files"), command_fail(&e);
    if (line->profile && !read_profile(line->profile, &a, &p, &e))
        return command_fail(&e);
    l.profile = line->profile ? &p : NULL;
    for (int i = 0; i < line->word_count; i++)
        if (!lint_file(&l, line->words[i], &e))
            return command_fail(&e);
    printf("%zu messages, %zu errors, %zu warnings\n", l.messages, l.errors, l.warnings);
    return l.errors ? 1 : 0;
}
