/* `isocentre hl7 destination …`. */
#include <stdio.h>

#include "app/command.h"
#include "hl7/out/out.h"

enum { LIST_MAX = 16 << 20 };

static bool one_name(const struct command_line *line, struct err *e)
{
    return line->word_count == 1 || err_set(e, ERR_INVALID, "the name of one destination is needed");
}

static bool add(struct db *db, const struct command_line *line, struct err *e)
{
    struct hl7_setting settings[64];
    struct arena arena;
    size_t n = 0;
    if (line->word_count < 1)
        return err_set(e, ERR_INVALID, "hl7 destination add needs a name, and settings as setting=value");
    for (int i = 1; i < line->word_count; i++) {
        struct str word = str_of(line->words[i]);
        size_t equals = str_find(word, '=');
        if (equals == word.n)
            return err_set(e, ERR_INVALID, "a setting reads setting=value");
        settings[n++] = (struct hl7_setting){str_sub(word, 0, equals), str_sub(word, equals + 1, word.n)};
    }
    const struct command_change c = {"hl7 destination add", "Destination", line->words[0], NULL};
    arena_init(&arena);
    bool ok = db_begin(db, DB_WRITE, e) && hl7_destination_put(db, &arena, str_of(line->words[0]), settings, n, e) &&
              command_commit(db, &c, e);
    arena_release(&arena);
    return ok;
}

int command_destination_add(const struct command_line *line)
{
    return command_with_database(line, add);
}

static bool list(struct db *db, const struct command_line *line, struct err *e)
{
    struct arena arena;
    CLEANUP(buf_release) struct buf b;
    (void)line;
    arena_init(&arena);
    buf_init(&b, LIST_MAX);
    bool ok = hl7_destination_list(db, &arena, &b, e);
    if (ok)
        printf("%.*s\n", STR_ARG(buf_view(&b)));
    arena_release(&arena);
    return ok;
}

int command_destination_list(const struct command_line *line)
{
    return command_with_database(line, list);
}

static bool remove_it(struct db *db, const struct command_line *line, struct err *e)
{
    struct arena arena;
    if (!one_name(line, e))
        return false;
    const struct command_change c = {"hl7 destination remove", "Destination", line->words[0], NULL};
    arena_init(&arena);
    bool ok = db_begin(db, DB_WRITE, e) && hl7_destination_remove(db, &arena, str_of(line->words[0]), e) &&
              command_commit(db, &c, e);
    arena_release(&arena);
    return ok;
}

int command_destination_remove(const struct command_line *line)
{
    return command_with_database(line, remove_it);
}

static bool set_paused(struct db *db, const struct command_line *line, bool paused, struct err *e)
{
    struct arena arena;
    if (!one_name(line, e))
        return false;
    const struct command_change c = {paused ? "hl7 destination pause" : "hl7 destination resume", "Destination",
                                     line->words[0], NULL};
    arena_init(&arena);
    bool ok = db_begin(db, DB_WRITE, e) && hl7_destination_pause(db, &arena, str_of(line->words[0]), paused, e) &&
              command_commit(db, &c, e);
    arena_release(&arena);
    return ok;
}

static bool pause_it(struct db *db, const struct command_line *line, struct err *e)
{
    return set_paused(db, line, true, e);
}

static bool resume_it(struct db *db, const struct command_line *line, struct err *e)
{
    return set_paused(db, line, false, e);
}

int command_destination_pause(const struct command_line *line)
{
    return command_with_database(line, pause_it);
}

int command_destination_resume(const struct command_line *line)
{
    return command_with_database(line, resume_it);
}

static bool echo(struct db *db, const struct command_line *line, struct err *e)
{
    CLEANUP(arena_release) struct arena arena;
    clock_us began = clock_monotonic();
    arena_init(&arena);
    if (!one_name(line, e) || !hl7_destination_echo(db, &arena, str_of(line->words[0]), e))
        return false;
    printf("%s took the connection after %lld ms\n", line->words[0], (long long)((clock_monotonic() - began) / 1000));
    return true;
}

int command_destination_echo(const struct command_line *line)
{
    return command_with_database(line, echo);
}

int command_destination_describe(const struct command_line *line)
{
    CLEANUP(buf_release) struct buf b;
    (void)line;
    buf_init(&b, LIST_MAX);
    hl7_settings_describe(&b);
    printf("%.*s", STR_ARG(buf_view(&b)));
    return 0;
}
